"""Packs a built version into a signed bundle for a share in a closed network.

    python packaging/updates/bundle.py --keys FOLDER --version-folder tree/versions/1.2.0

The keys' folder keeps the metadata of the last bundle: each is one number later than the one
before, which is how an installation knows an old one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import keys
from keys import WrongKeys
from securesystemslib.signer import Signer
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

SUFFIX: Final = ".gwanje-update"
# After that it is refused as a freeze: a site that updates once a year still can.
DAYS: Final = 400
# 2026-01-01: the same version packs to the same bytes.
_TIME: Final = (2026, 1, 1, 0, 0, 0)
_LAST: Final = Path("metadata") / "timestamp.json"


@dataclass(frozen=True)
class Order:
    """What is packed: `folder` is named by its version; `days` until the bundle is too old."""

    folder: Path
    channel: str = "stable"
    system: str = "win_amd64"
    days: int = DAYS


def make(order: Order, key_folder: Path, output: Path) -> Path:
    """`output`: the folder of the bundle; its path. Raises WrongKeys."""
    signer = keys.load(key_folder, keys.RELEASE)
    number = _number(key_folder) + 1
    _look(order)
    output.mkdir(parents=True, exist_ok=True)
    made = output / f"gwanje-{order.folder.name}-{order.channel}{SUFFIX}"
    with tempfile.TemporaryDirectory(prefix="gwanje-bundle-", dir=output) as name:
        repository = Path(name)
        target = _target(order, repository)
        _sign(repository / "metadata", target, number, order.days, signer)
        for root in sorted((key_folder / "metadata").glob("*.root.json")):
            shutil.copy(root, repository / "metadata")
        part = made.with_name(f"{made.name}.part")
        _zip(repository, part, zipfile.ZIP_STORED)
        # First the number, then the bundle: one that nobody has seen may be lost, not used twice.
        shutil.copy(repository / _LAST, key_folder / _LAST)
        part.replace(made)
    return made


def _look(order: Order) -> None:
    """Raises WrongKeys for what would be the last update that its users can take."""
    updates = order.folder / "updates"
    if not (order.folder / "SHA256SUMS").is_file():
        message = f"{order.folder}: no version that was built (make windows)"
    elif not (updates / "root.json").is_file():
        message = f"{order.folder}: built without --trust; no later update would be believed"
    elif (updates / "channel").read_text(encoding="ascii").strip() != order.channel:
        message = f"{order.folder}: built for another --channel than {order.channel}"
    else:
        return
    raise WrongKeys(message)


def _number(key_folder: Path) -> int:
    file = key_folder / _LAST
    try:
        last: Metadata[Timestamp] = Metadata.from_bytes(file.read_bytes())
    except FileNotFoundError:
        return 0
    except RepositoryError:
        message = f"{file}: damaged. Take it from the last bundle: later numbers must follow it"
        raise WrongKeys(message) from None
    return last.signed.version


def _target(order: Order, repository: Path) -> TargetFile:
    path = f"{order.channel}/{order.system}/gwanje.zip"
    packed = repository / "packed.zip"
    unpacked = _zip(order.folder, packed, zipfile.ZIP_DEFLATED)
    target = TargetFile.from_file(path, str(packed))
    target.unrecognized_fields["custom"] = {"version": order.folder.name, "unpacked": unpacked}
    named = repository / "targets" / Path(path).parent / f"{target.hashes['sha256']}.gwanje.zip"
    named.parent.mkdir(parents=True)
    packed.rename(named)
    return target


def _sign(folder: Path, target: TargetFile, number: int, days: int, signer: Signer) -> None:
    """Each names the next by its hash: two bundles of one number are two."""
    folder.mkdir(parents=True)
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)

    def put(
        name: str, whole: Metadata[Targets] | Metadata[Snapshot] | Metadata[Timestamp]
    ) -> bytes:
        whole.sign(signer)
        data = whole.to_bytes()
        (folder / name).write_bytes(data)
        return data

    def named(data: bytes) -> MetaFile:
        return MetaFile.from_data(number, data, ["sha256"])

    targets = Targets(version=number, expires=until, targets={target.path: target})
    data = put(f"{number}.targets.json", Metadata(targets))
    snapshot = Snapshot(version=number, expires=until, meta={"targets.json": named(data)})
    data = put(f"{number}.snapshot.json", Metadata(snapshot))
    timestamp = Timestamp(version=number, expires=until, snapshot_meta=named(data))
    put("timestamp.json", Metadata(timestamp))


def _zip(folder: Path, output: Path, how: int) -> int:
    """Sorted, of one time; how many bytes are in it."""
    total = 0
    with zipfile.ZipFile(output, "w", how) as packed:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            if file == output:
                continue
            info = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _TIME)
            info.compress_type = how
            packed.writestr(info, file.read_bytes())
            total += file.stat().st_size
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--version-folder", type=Path, required=True)
    parser.add_argument("--channel", default="stable")
    parser.add_argument("--days", type=int, default=DAYS, help="until it is refused as too old")
    parser.add_argument("--out", type=Path, default=Path("out") / "updates")
    given = parser.parse_args()
    order = Order(given.version_folder, given.channel, days=given.days)
    try:
        made = make(order, given.keys, given.out)
    except WrongKeys as wrong:
        print(f"[gwanje] {wrong}", file=sys.stderr)
        return 2
    print(json.dumps({"bundle": str(made), "size_mb": round(made.stat().st_size / 1e6, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
