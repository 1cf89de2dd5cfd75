"""Where the clips that are being watched lie: a folder that only this user can read."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import time
from pathlib import Path

import psutil
from typing_extensions import override

from app.adapters.media_files import failure
from app.domain.errors import Failure, Refused
from app.domain.text import Text
from app.services.media_ports import ClipFolder

_log = logging.getLogger(__name__)

_PRIVATE = 0o700
# The start time of a process is known to a hundredth of a second; a number that was given again
# to another process starts later than that.
_SAME_START = 1.0


class PrivateClips(ClipFolder):
    """`root`/`<pid>-<start>`: the name tells the next console whether its owner still lives."""

    def __init__(self, root: Path) -> None:
        self._root = root
        own = psutil.Process()
        self._own = root / f"{own.pid}-{own.create_time():.2f}"

    @override
    def new_clip(self) -> Path:
        try:
            for folder in (self._root, self._own):
                folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            self._root.chmod(_PRIVATE)
        except OSError as error:
            raise failure(error, self._root) from error
        if _owned_by_another(self._root):
            raise _not_private(self._root)
        return self._own / f"{secrets.token_hex(8)}.mp4"

    @override
    def delete(self, clip: Path) -> None:
        try:
            clip.unlink(missing_ok=True)
        except OSError as error:
            # Windows keeps a file that a player still holds; `close` and the next start try again.
            _log.info("a clip is still in use: %s", error.strerror)

    @override
    def clear_leftovers(self) -> int:
        if not self._root.is_dir() or self._root.is_symlink():
            return 0
        cleared = 0
        for folder in self._root.iterdir():
            if folder != self._own and folder.is_dir() and not _owner_lives(folder.name):
                cleared += sum(1 for _ in folder.iterdir())
                shutil.rmtree(folder, ignore_errors=True)
        return cleared

    @override
    def close(self) -> None:
        # Windows lets go of a played file a moment after the player did.
        for _ in range(20):
            shutil.rmtree(self._own, ignore_errors=True)
            if not self._own.exists():
                return
            time.sleep(0.05)
        _log.warning("clips were left behind; the next start deletes them")


def _owner_lives(name: str) -> bool:
    pid, _, started = name.partition("-")
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(started)) < _SAME_START
    except (ValueError, psutil.Error):
        return False


def _owned_by_another(folder: Path) -> bool:
    return hasattr(os, "getuid") and folder.stat().st_uid != os.getuid()


def _not_private(folder: Path) -> Failure:
    return Refused(
        Text(
            f"다시보기 폴더가 다른 사용자의 것입니다: {folder}.",
            f"The folder for replays belongs to another user: {folder}.",
        )
    )
