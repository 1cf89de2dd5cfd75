"""Versions of the program side by side, and which of them starts.

current            one line: the version that the launcher starts
previous           the one before it; the launcher takes it where the current one is not there
managed            there: an MSI looks after the versions, and nothing here changes them
versions/1.2.0/    a whole version: python, lib, program, SHA256SUMS
versions/.…        being unpacked, or being taken away

A folder gets its name when all of it is on the disk, and `current` is replaced in one step, so
that a power cut at any moment leaves a version that starts.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from app.domain.update import damaged, is_number, no_space, number

CURRENT: Final = "current"
PREVIOUS: Final = "previous"
MANAGED: Final = "managed"
FOLDER: Final = "versions"
SUMS: Final = "SHA256SUMS"
# Beside what is unpacked: the archive itself, and room to breathe for the rest of the computer.
_SPARE_BYTES: Final = 200_000_000
_CHUNK: Final = 1 << 20

Step = Callable[[str], None]


def root_of(version: Path | None = None) -> Path | None:
    """The folder with `current` in it; None where versions do not lie side by side.

    `version`: the folder of one, this program's own unless given.
    """
    folder = Path(__file__).resolve().parents[3] if version is None else version
    root = folder.parent.parent
    return root if folder.parent.name == FOLDER and (root / CURRENT).is_file() else None


def of_this_program(version: Path | None = None) -> Path | None:
    """The same, where signed bundles bring the versions."""
    root = root_of(version)
    return None if root is None or (root / MANAGED).exists() else root


class Versions:
    """`root`: the program's folder. `step` hears what is about to be done; all block."""

    def __init__(self, root: Path, step: Step = lambda _: None) -> None:
        self.root = root
        self._all = root / FOLDER
        self._step = step

    def current(self) -> str:
        """Empty where it cannot be told."""
        return _line(self.root / CURRENT)

    def previous(self) -> str:
        return _line(self.root / PREVIOUS)

    def folder(self, version: str) -> Path:
        """Raises Refused: a version's name is never a path."""
        number(version)
        return self._all / version

    def has(self, version: str) -> bool:
        return (self.folder(version) / SUMS).is_file()

    def room_for(self, size: int) -> None:
        """`size` in bytes. Raises Refused."""
        free = shutil.disk_usage(self.root).free
        if free < size + _SPARE_BYTES:
            raise no_space(size + _SPARE_BYTES, free, str(self.root))

    def archive(self, version: str) -> Path:
        """Where a packed version is put before it is unpacked."""
        number(version)
        self._all.mkdir(exist_ok=True)
        return self._all / f".{version}.zip"

    def unpack(self, version: str) -> None:
        """Of its archive, beside the others. Raises Refused for one that is not whole."""
        target, part = self.folder(version), self._all / f".{version}.part"
        self._step("unpack")
        shutil.rmtree(part, ignore_errors=True)
        with zipfile.ZipFile(self.archive(version)) as packed:
            _extract(packed, part)
        if not sound(part):
            raise damaged(f"{version}.zip")
        self._step("give it its name")
        self._away(target)
        _patiently(lambda: part.rename(target))
        _flush(self._all)
        self.archive(version).unlink()

    def switch(self, version: str) -> None:
        """From the next start on. The one before stays for the way back."""
        if not self.has(version):
            raise damaged(version)
        before = self.current()
        if before not in ("", version):
            self._step("remember the one before")
            write_durably(self.root / PREVIOUS, f"{before}\n".encode())
        self._step("switch")
        write_durably(self.root / CURRENT, f"{version}\n".encode())
        self._step("switched")

    def remove(self, version: str) -> None:
        self._away(self.folder(version))

    def tidy(self) -> list[str]:
        """All but the present and the previous one, and what was left half done; what went."""
        present, gone = self.current(), []
        if not present:
            return []  # nobody takes anything away who does not know what starts
        kept = {present, self.previous()}
        for path in sorted(self._all.iterdir()) if self._all.is_dir() else ():
            ours = path.name.startswith(".") or is_number(path.name)
            if ours and path.name not in kept and self._gone(path):
                gone.append(path.name)
        return gone

    def _gone(self, path: Path) -> bool:
        """What somebody holds stays; the next update tries again."""
        try:
            if not path.is_file():
                return self._away(path)
            path.unlink()
        except OSError:
            return False
        return True

    def _away(self, folder: Path) -> bool:
        """Windows refuses to rename a folder out of which a program runs: that one stays."""
        if not folder.exists():
            return True
        doomed = folder
        if not folder.name.startswith("."):
            doomed = folder.with_name(f".{folder.name}.old")
            shutil.rmtree(doomed, ignore_errors=True)
            try:
                folder.rename(doomed)
            except OSError:
                return False
        shutil.rmtree(doomed, ignore_errors=True)
        return not doomed.exists()


def sound(folder: Path) -> bool:
    """Whether every file that its SHA256SUMS names is there with that content, and no other."""
    try:
        named = dict(_sums(folder / SUMS))
        there = {
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        }
        return there == {*named, SUMS} and all(
            _sha256(folder / name) == digest for name, digest in named.items()
        )
    except (OSError, ValueError):
        return False


def _sums(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        yield name, digest


def _extract(packed: zipfile.ZipFile, to: Path) -> None:
    """Only below `to`, and on the disk when it returns."""
    for member in packed.infolist():
        name = PurePosixPath(member.filename)
        if member.is_dir():
            continue
        if name.is_absolute() or ".." in name.parts or ":" in member.filename:
            raise damaged(member.filename)
        target = to.joinpath(*name.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(member) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, _CHUNK)
            file.flush()
            os.fsync(file.fileno())


def _line(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def write_durably(file: Path, data: bytes) -> None:
    """Replaced in one step, and on the disk when it returns."""
    part = file.with_name(f"{file.name}.part")
    with part.open("wb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())
    _patiently(lambda: part.replace(file))
    _flush(file.parent)


def _patiently(rename: Callable[[], object]) -> None:
    """A scanner of viruses holds fresh files for a moment, and Windows refuses to rename them."""
    for pause in (0.2, 0.5, 1.0, 2.0, 4.0):
        try:
            rename()
        except PermissionError:
            time.sleep(pause)
        else:
            return
    rename()


def _flush(folder: Path) -> None:
    """So that a renaming in it outlives a power cut; NTFS has a journal for that itself."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
