"""An installation with versions side by side, and a publisher who signs bundles for it."""

from __future__ import annotations

import hashlib
import importlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from tuf.api.metadata import Metadata, Timestamp

from app.adapters.update_records import last_act
from app.adapters.update_trust import CHANNEL, KEYS, ROOT
from app.domain.errors import Failure
from app.updater.helper import Installation
from tests.architecture.sources import ROOT as PROJECT

_SCRIPTS: Final = PROJECT / "packaging" / "updates"
_MODULES: Final = ("keys", "bundle")
# What a version does when it is asked to test itself; a broken one says what is wrong.
_MAIN: Final = """import json, pathlib, sys
fine = {fine}
part = "ok" if fine else "no codec"
file = pathlib.Path(sys.argv[sys.argv.index("--self-test") + 1])
parts = {{"decode_h264": part, "clip_player": "absent"}}
file.write_text(json.dumps({{"ok": fine, "parts": parts}}))
sys.exit(0 if fine else 1)
"""


@contextmanager
def scripts() -> Iterator[dict[str, ModuleType]]:
    """The modules of packaging/updates, which find each other by their folder."""
    sys.path.insert(0, str(_SCRIPTS))
    try:
        yield {name: importlib.import_module(name) for name in _MODULES}
    finally:
        sys.path.remove(str(_SCRIPTS))
        for name in _MODULES:
            sys.modules.pop(name, None)


@dataclass
class Publisher:
    """Keys made here, and the bundles that they sign."""

    folder: Path
    modules: dict[str, Any]

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    def start(self) -> bytes:
        """The first root."""
        made: Path = self.modules["keys"].make(self.keys)
        return made.read_bytes()

    def bundle(self, version: str, *, fine: bool = True, channel: str = "stable") -> Path:
        return self.pack(self.built(version, fine=fine, channel=channel), channel=channel)

    def built(self, version: str, *, fine: bool = True, channel: str = "stable") -> Path:
        """A version that believes the publisher, as `make windows ARGS=--trust` makes it."""
        folder = self.folder / "built"
        return make_version(folder, version, fine=fine, root=self.root(), channel=channel)

    def root(self) -> bytes:
        return (self.keys / "metadata" / "1.root.json").read_bytes()

    def pack(self, folder: Path, *, channel: str = "stable", days: int = 400) -> Path:
        bundle = self.modules["bundle"]
        made: Path = bundle.make(
            bundle.Order(folder, channel, days=days), self.keys, self.folder / "share"
        )
        return made

    def forget_numbers(self) -> None:
        """As somebody does who restored an old backup of the keys' folder."""
        (self.keys / "metadata" / "timestamp.json").unlink()

    def expired(self, version: str) -> Path:
        """Signed rightly, and too long ago."""
        return self.pack(self.built(version), days=-1)


@dataclass
class Installed:
    """Its folder, as the installer leaves it."""

    root: Path

    @property
    def now(self) -> str:
        return (self.root / "current").read_text(encoding="ascii").strip()

    def whole(self, version: str) -> bool:
        folder = self.root / "versions" / version
        sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
            for digest, name in (line.split("  ", 1) for line in sums)
        )


def make_version(
    folder: Path, version: str, *, fine: bool = True, root: bytes = b"", channel: str = "stable"
) -> Path:
    """A small whole version in `folder`/`version`."""
    made = folder / version
    shutil.rmtree(made, ignore_errors=True)
    (made / "program").mkdir(parents=True)
    (made / "program" / "main.py").write_text(_MAIN.format(fine=fine), encoding="utf-8")
    (made / "lib").mkdir()
    # So much that a cut in the middle hits it, and 한글 in a name.
    for number in range(20):
        (made / "lib" / f"부품 {number}.bin").write_bytes(version.encode() * 4000)
    (made / KEYS).mkdir()
    if root:
        (made / KEYS / ROOT).write_bytes(root)
    (made / KEYS / CHANNEL).write_text(f"{channel}\n", encoding="ascii")
    files = sorted(path for path in made.rglob("*") if path.is_file())
    sums = "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(made).as_posix()}\n"
        for file in files
    )
    (made / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return made


def install(root: Path, version: str, key: bytes) -> Installed:
    make_version(root / "versions", version, root=key)
    (root / "current").write_text(f"{version}\n", encoding="ascii")
    return Installed(root)


def resign_for_later(bundle: Path, publisher: Publisher, to: Path) -> Path:
    """The same bundle with a later date, signed by a key of somebody else's."""
    import zipfile

    other = Publisher(publisher.folder / "somebody", publisher.modules)
    other.start()
    signer = other.modules["keys"].load(other.keys, "release")
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(to, "w") as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "metadata/timestamp.json":
                whole: Metadata[Timestamp] = Metadata.from_bytes(data)
                whole.signed.expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
                whole.sign(signer)
                data = whole.to_bytes()
            target.writestr(member, data)
    return to


def refused(installed: Installed, where: Path) -> str:
    """The English words; whatever it was, the present version stays, whole."""
    with pytest.raises(Failure) as caught:
        Installation(installed.root).apply(where)
    assert installed.now == "1.0.0"
    assert installed.whole("1.0.0")
    assert caught.value.text.ko != caught.value.text.en
    told = last_act(installed.root)
    assert told is not None
    assert told.version == ""
    assert told.text == caught.value.text
    return caught.value.text.en
