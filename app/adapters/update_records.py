"""What the helper program writes down beside the versions: its last act, and what failed here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from app.adapters.file_lock import FileLock
from app.domain.errors import Unavailable
from app.domain.text import Text
from app.services.whole_file import write_whole

LAST: Final = "last-update.json"
_REFUSED: Final = "refused.json"
_LOCK: Final = "update.lock"
_MOST_LETTERS: Final = 400
_ENOUGH: Final = 2


@dataclass(frozen=True, slots=True)
class LastAct:
    """`at`: ISO 8601, UTC. `version`: what was applied; empty where nothing was."""

    at: str
    bundle: str
    version: str
    ko: str
    en: str

    @property
    def text(self) -> Text:
        return Text(self.ko, self.en)


def last_act(root: Path) -> LastAct | None:
    told = _read(root / LAST)
    try:
        return LastAct(**told) if told else None
    except TypeError:
        return None  # of another version of the program


def tell(root: Path, act: LastAct) -> None:
    write_whole(root / LAST, json.dumps(asdict(act), ensure_ascii=False).encode())


class RefusedVersions:
    """Twice failed is failed: the first time may have been a slow disk or a full memory."""

    def __init__(self, trust: Path) -> None:
        self._file = trust / _REFUSED

    def why(self, version: str) -> str | None:
        told = self._told(version)
        return str(told["why"]) if told["times"] >= _ENOUGH else None

    def tries(self, version: str) -> None:
        self._keep(version, "it did not come back from its self-test", 1)

    def failed(self, version: str, why: str) -> None:
        self._keep(version, why, 0)

    def passed(self, version: str) -> None:
        told = _read(self._file)
        if told.pop(version, None) is not None:
            self._write(told)

    def never(self, version: str, why: str) -> None:
        self._keep(version, why, _ENOUGH)

    def _keep(self, version: str, why: str, more: int) -> None:
        times = self._told(version)["times"] + more
        self._write(_read(self._file) | {version: {"why": why[:_MOST_LETTERS], "times": times}})

    def _told(self, version: str) -> dict[str, Any]:
        told = _read(self._file).get(version)
        whole = isinstance(told, dict) and isinstance(told.get("times"), int) and "why" in told
        return told if whole and told is not None else {"why": "", "times": 0}

    def _write(self, told: dict[str, Any]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._file, json.dumps(told, ensure_ascii=False).encode())


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Raises Unavailable where another helper program is at work, or where one may not write."""
    try:
        lock = FileLock(root / _LOCK)
    except OSError as error:
        raise Unavailable(
            Text(
                f"{root}에 쓸 수 없습니다. 관리자 권한으로 실행하세요.",
                f"{root} cannot be written. Run it as an administrator.",
            )
        ) from error
    with closing(lock):
        if not lock.take():
            raise Unavailable(
                Text("다른 업데이트가 진행 중입니다.", "Another update is under way.")
            )
        yield


def _read(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
