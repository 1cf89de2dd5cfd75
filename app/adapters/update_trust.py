"""What an installation believes of updates: its key, its channel, and what it has used before."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.adapters.versions import Versions, write_durably
from app.domain.errors import Refused
from app.domain.text import Text
from app.domain.update import Edition

TRUST: Final = "trust"
# In each version's folder: what it believes, and which channel it follows.
KEYS: Final = "updates"
ROOT: Final = "root.json"
CHANNEL: Final = "channel"
SYSTEM: Final = "win_amd64"
_STABLE: Final = "stable"
# The framework's own files, the youngest last: a power cut between leaves what it reads anew.
_HISTORY: Final = "root_history"
_SEEN: Final = ("targets.json", "snapshot.json", "timestamp.json")


class Trust:
    """Of the installation in `root`; all block."""

    def __init__(self, root: Path) -> None:
        self.folder = root / TRUST
        self._versions = Versions(root)

    def key(self) -> bytes:
        """Of the version that starts, else of the one before. Raises Refused: there is none."""
        for version in (self._versions.current(), self._versions.previous()):
            try:
                if version:
                    return (self._versions.folder(version) / KEYS / ROOT).read_bytes()
            except OSError:
                continue
        raise Refused(
            Text(
                "이 설치본에는 업데이트 서명 키가 없습니다. 설치 파일로 업데이트하세요.",
                "This installation knows no key of updates. Update it by an installer.",
            )
        )

    def edition(self) -> Edition:
        version = self._versions.current() or self._versions.previous()
        return Edition(_channel(self._versions.folder(version)) if version else _STABLE, SYSTEM)

    def lack(self, version: Path) -> str:
        """Why the version in that folder would be the last one to come by an update; "" if not."""
        if not (version / KEYS / ROOT).is_file():
            return "it knows no key of updates"
        channel = self.edition().channel
        return "" if _channel(version) == channel else f"it leaves the channel {channel}"

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A copy: what is only looked at, or fails, does not change what is believed."""
        with tempfile.TemporaryDirectory(
            prefix="gwanje-trust-", ignore_cleanup_errors=True
        ) as name:
            copy = Path(name) / TRUST
            if self.folder.is_dir():
                # Contents only; Windows' own copying (CopyFile2) is not there under Wine.
                shutil.copytree(self.folder, copy, copy_function=shutil.copyfile)
            yield copy

    def believe(self, scratch: Path) -> None:
        """What was used is what later bundles must follow."""
        (self.folder / _HISTORY).mkdir(parents=True, exist_ok=True)
        roots = [f"{_HISTORY}/{file.name}" for file in sorted((scratch / _HISTORY).iterdir())]
        for name in (*roots, *_SEEN):
            write_durably(self.folder / name, (scratch / name).read_bytes())


def _channel(version: Path) -> str:
    try:
        return (version / KEYS / CHANNEL).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return _STABLE
