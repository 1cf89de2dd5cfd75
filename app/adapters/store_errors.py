"""SQLite's errors in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from app.domain.errors import Failure, Unavailable
from app.domain.text import Text

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FORBIDDEN = {
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH,
}  # fmt: skip


def code_of(error: sqlite3.Error) -> int:
    """The primary result code; 0 for errors that Python itself makes."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    return code_of(error) in DAMAGED


def failure_of(error: sqlite3.Error, path: Path | None) -> Failure:
    """What to tell the operator; `path` None for a store in memory."""
    where = "메모리" if path is None else str(path)
    place = "memory" if path is None else str(path)
    words = _words(code_of(error)) or Text(
        f"저장하지 못했습니다 ({error})", f"Nothing could be saved ({error})"
    )
    return Unavailable(Text(f"{words.ko}: {where}", f"{words.en}: {place}"))


def _words(code: int) -> Text | None:
    if code == sqlite3.SQLITE_FULL:
        return Text(
            "디스크가 가득 차서 저장하지 못했습니다. 공간을 비우세요",
            "The disk is full and nothing could be saved. Make room",
        )
    if code in BUSY:
        return Text(
            "다른 프로그램이 저장 파일을 쓰고 있습니다",
            "Another program is using the file",
        )
    if code in DAMAGED:
        return Text(
            "저장 파일이 손상되어 저장하지 못했습니다. 다시 시작하면 파일을 옆에 보관하고 새로 "
            "만듭니다",
            "The file is damaged and nothing could be saved. The next start puts it aside and "
            "begins a new one",
        )
    if code in _FORBIDDEN:
        return Text(
            "저장 파일을 쓸 수 없습니다. 폴더의 권한을 확인하세요",
            "The file cannot be written. Check the rights of its folder",
        )
    return None
