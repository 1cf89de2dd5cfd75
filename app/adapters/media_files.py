"""Files for people: whole or not there, never over another, failures in words."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from typing_extensions import override

from app.adapters.png_writer import write_png
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.file_names import candidates
from app.domain.text import Text
from app.services.media_ports import MediaFiles, Still

_BLOCK = 1 << 20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR})
# File systems without hard links (FAT, some network drives) say one of these.
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})


class FolderFiles(MediaFiles):
    """On the file system."""

    @override
    def save_png(self, folder: Path, stem: str, still: Still, texts: Mapping[str, str]) -> Path:
        def write(out: BinaryIO) -> None:
            write_png(out, still, texts)

        return _new_file(folder, stem, ".png", write)

    @override
    def save_copy(
        self, folder: Path, stem: str, source: Path, progress: Callable[[float], None]
    ) -> Path:
        def write(out: BinaryIO) -> None:
            size = max(1, os.fstat(clip.fileno()).st_size)
            while block := clip.read(_BLOCK):
                out.write(block)
                progress(min(1.0, clip.tell() / size))

        try:
            clip = source.open("rb")
        except OSError as error:
            raise Unavailable(
                Text("다시 볼 영상이 더 이상 없습니다.", "The clip is no longer there.")
            ) from error
        with clip:
            return _new_file(folder, stem, source.suffix, write)

    @override
    def publish(self, part: Path, folder: Path, stem: str) -> Path:
        with _in_words(folder):
            try:
                return _published(part, folder, stem)
            finally:
                part.unlink(missing_ok=True)


def _new_file(folder: Path, stem: str, suffix: str, write: Callable[[BinaryIO], None]) -> Path:
    """Writes beside the target under a hidden name, which is gone afterwards in any case."""
    part = folder / f".{secrets.token_hex(8)}.part{suffix}"
    with _in_words(folder):
        try:
            with part.open("xb") as out:
                write(out)
                _to_disk(out)
            return _published(part, folder, stem)
        finally:
            part.unlink(missing_ok=True)


def _to_disk(out: BinaryIO) -> None:
    # A full disk behind a network or a quota is told only when the bytes really go there.
    out.flush()
    os.fsync(out.fileno())


def _published(part: Path, folder: Path, stem: str) -> Path:
    for name in candidates(stem, part.suffix):
        target = folder / name
        try:
            _move_to_new(part, target)
        except FileExistsError:
            continue
        return target
    raise FileExistsError(errno.EEXIST, "too many files of one second", str(folder))


def _move_to_new(part: Path, target: Path) -> None:
    if sys.platform == "win32":  # there a rename never replaces
        part.rename(target)
        return
    try:
        os.link(part, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, "exists", str(target)) from None
        part.rename(target)
    else:
        part.unlink()


@contextlib.contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise failure(error, folder) from error


def failure(error: OSError, folder: Path) -> Failure:
    """What the operating system said about `folder`, for a person."""
    if error.errno in _FULL:
        return Unavailable(
            Text(
                f"디스크가 가득 차 저장하지 못했습니다: {folder}. "
                "공간을 비우거나 다른 폴더를 고르세요.",
                f"Not saved, the disk is full: {folder}. Free some space or choose another folder.",
            )
        )
    if error.errno in _FORBIDDEN:
        return Refused(
            Text(
                f"이 폴더에 쓸 권한이 없어 저장하지 못했습니다: {folder}. 다른 폴더를 고르세요.",
                f"Not saved, no right to write into {folder}. Choose another folder.",
            )
        )
    if error.errno in _MISSING:
        return Unavailable(
            Text(
                f"폴더가 없어 저장하지 못했습니다: {folder}. 폴더를 만들거나 다른 폴더를 고르세요.",
                f"Not saved, there is no folder {folder}. Create it or choose another one.",
            )
        )
    reason = error.strerror or type(error).__name__
    return Unavailable(
        Text(
            f"저장하지 못했습니다: {folder} ({reason}).",
            f"Not saved: {folder} ({reason}).",
        )
    )
