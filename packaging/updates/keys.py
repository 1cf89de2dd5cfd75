"""Makes the keys of updates: once, on a computer that no network reaches.

    python packaging/updates/keys.py FOLDER
    python packaging/updates/keys.py FOLDER --renew [--replace release]

root-1.pem root-2.pem   both are needed to change who signs: kept apart, in two safes
release.pem             signs every bundle
metadata/1.root.json    what an installation believes from the start (`make windows ARGS=--trust`)

--renew makes the next root, for another five years; --replace puts a new key in the place of one
that was lost or stolen. Bundles carry all roots, so that installations follow. With
`GWANJE_UPDATE_PASSWORD_FILE` the keys are encrypted by the password in that file.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner, Signer
from tuf.api.metadata import Metadata, Root

ROOT_KEYS: Final = ("root-1", "root-2")
RELEASE: Final = "release"
_PASSWORD: Final = "GWANJE_UPDATE_PASSWORD_FILE"  # noqa: S105 - a name, not a password
# So long a computer may stay in its box and still follow; a lost key needs an installer then.
_ROOT_DAYS: Final = 5 * 365


class WrongKeys(Exception):  # noqa: N818 - a person has to do something
    """What, where, and what to do."""


def make(folder: Path) -> Path:
    """The first root, signed by both its keys. Raises WrongKeys: keys are never overwritten."""
    if any((folder / f"{name}.pem").exists() for name in (*ROOT_KEYS, RELEASE)):
        message = f"{folder}: there are keys already. Choose an empty folder."
        raise WrongKeys(message)
    (folder / "metadata").mkdir(parents=True, exist_ok=True)
    signers = {name: _new(folder / f"{name}.pem") for name in (*ROOT_KEYS, RELEASE)}
    root = Root(expires=_until())
    _name(root, signers)
    return _write(folder, root, [signers[name] for name in ROOT_KEYS])


def renew(folder: Path, replaced: Sequence[str] = ()) -> Path:
    """The next root. `replaced`: whose keys are new; the old ones stay as NAME-N.pem.

    It is signed by the keys of the last root as well, or nobody would follow. Raises WrongKeys.
    """
    last: Metadata[Root] = Metadata.from_bytes(_last(folder).read_bytes())
    number, old = last.signed.version, {name: load(folder, name) for name in (*ROOT_KEYS, RELEASE)}
    for name in replaced:
        (folder / f"{name}.pem").rename(folder / f"{name}-{number}.pem")
    new = {name: _new(folder / f"{name}.pem") for name in replaced}
    root = Root(version=number + 1, expires=_until())
    _name(root, old | new)
    signing = {one.public_key.keyid: one for one in (*old.values(), *new.values())}
    wanted = {*last.signed.roles[Root.type].keyids, *root.roles[Root.type].keyids}
    return _write(folder, root, [one for keyid, one in signing.items() if keyid in wanted])


def _name(root: Root, signers: Mapping[str, Signer]) -> None:
    for name in ROOT_KEYS:
        root.add_key(signers[name].public_key, Root.type)
    root.roles[Root.type].threshold = len(ROOT_KEYS)
    for role in ("targets", "snapshot", "timestamp"):
        root.add_key(signers[RELEASE].public_key, role)


def _write(folder: Path, root: Root, signers: Sequence[Signer]) -> Path:
    whole = Metadata(root)
    for signer in signers:
        whole.sign(signer, append=True)
    made = folder / "metadata" / f"{root.version}.root.json"
    whole.to_file(str(made))
    return made


def _last(folder: Path) -> Path:
    found = {int(one.name.split(".")[0]): one for one in folder.glob("metadata/*.root.json")}
    if not found:
        message = f"{folder}: no root there. Make the keys first."
        raise WrongKeys(message)
    return found[max(found)]


def _until() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=_ROOT_DAYS)


def load(folder: Path, name: str) -> Signer:
    """Raises WrongKeys."""
    file = folder / f"{name}.pem"
    try:
        key = load_pem_private_key(file.read_bytes(), _password())
    except (OSError, ValueError, TypeError) as error:
        message = f"{file}: no key that can be read ({type(error).__name__}). See {_PASSWORD}."
        raise WrongKeys(message) from None
    return CryptoSigner(key)  # an Ed25519 key: made above


def _new(file: Path) -> Signer:
    key = Ed25519PrivateKey.generate()
    data = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _encryption())
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(data)
    return CryptoSigner(key)


def _encryption() -> KeySerializationEncryption:
    password = _password()
    return NoEncryption() if password is None else BestAvailableEncryption(password)


def _password() -> bytes | None:
    named = os.environ.get(_PASSWORD)
    return Path(named).read_bytes().strip() if named else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--renew", action="store_true", help="the next root, for five more years")
    parser.add_argument(
        "--replace", nargs="*", default=[], choices=(*ROOT_KEYS, RELEASE), help="whose key is new"
    )
    given = parser.parse_args()
    try:
        print(renew(given.folder, given.replace) if given.renew else make(given.folder))
    except WrongKeys as wrong:
        print(f"[gwanje] {wrong}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
