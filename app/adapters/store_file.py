"""Opens the file of the local store: locks, checks, puts aside, copies, migrates.

Imports sqlite-utils (and with it numpy and a plug-in loader, some 300 ms): only on the store's
own thread.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from app.adapters.migrations import migrations
from app.adapters.store_copies import copy, dated, foreign, free, go_back
from app.adapters.store_errors import BUSY, code_of, failure_of, is_damage
from app.domain.errors import Failure, Unavailable
from app.domain.text import Text

# Long enough for a virus scanner or a backup that looks in, short enough for the start.
_BUSY_SECONDS = 0.5
# SQLite's smallest page; it takes a shorter file for an empty database and writes over it. One
# of no bytes is what NTFS and ext4 leave of a new file after a power cut.
_SMALLEST = 512
_LOST = Text(
    "저장 파일이 손상되어 새로 시작했습니다. 영상벽과 설정을 다시 만들어야 할 수 있습니다.",
    "The file with walls and settings was damaged; a new one was begun.",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """`path` None: everything lives in memory, and `notices` say why."""

    db: Database
    path: Path | None
    notices: tuple[Text, ...] = ()


def in_memory(*notices: Text, steps: Migrations = migrations) -> Opened:
    db = Database(memory=True)
    steps.apply(db)
    return Opened(db, None, notices)


def open_or_do_without(
    path: Path,
    now: datetime,
    steps: Migrations = migrations,
    lost: Text = _LOST,
    *,
    back: bool = False,
) -> Opened:
    """The store of this file; where that cannot be, one in memory and words that say so."""
    try:
        return open_file(path, now, steps, lost, back=back)
    except Failure as failure:
        text = Text(
            f"이번에는 변경 내용이 저장되지 않습니다. {failure.text.ko}",
            f"Changes are not saved this time. {failure.text.en}",
        )
        return in_memory(text, steps=steps)


def open_file(
    path: Path,
    now: datetime,
    steps: Migrations = migrations,
    lost: Text = _LOST,
    *,
    back: bool = False,
) -> Opened:
    """Opens or makes the file. A damaged one is put aside under its date.

    `lost` tells the operator what that means. `back`: whether the copy from before a newer version
    may take the place of that version's file, which is kept beside it. Raises `Unavailable`: in
    use, of a newer version, not writable, no room.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _no_folder(path, error) from error
    notices: tuple[Text, ...] = ()
    try:
        try:
            db = _locked(path)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            notices = (_put_aside(path, now, lost),)
            db = _locked(path)
    except sqlite3.Error as error:
        raise _in_use(path) if code_of(error) in BUSY else failure_of(error, path) from error
    try:
        notices += _bring_up_to_date(db, path, now, steps, back=back)
    except sqlite3.Error as error:
        db.close()
        raise failure_of(error, path) from error
    except BaseException:
        db.close()
        raise
    _claim(path, now)
    return Opened(db, path, notices)


def close_file(opened: Opened) -> None:
    """On the thread that opened it."""
    opened.db.close()
    if opened.path is not None:
        _owner(opened.path).unlink(missing_ok=True)


def _locked(path: Path) -> Database:
    """A sound database that no other connection can use until it is closed (or its owner dies).

    The exclusive mode keeps the write-ahead index in plain memory instead of a mapped file.
    """
    if path.is_file() and path.stat().st_size < _SMALLEST:
        raise _damage("shorter than a page")
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        for statement in (
            "pragma locking_mode = exclusive",
            "pragma mmap_size = 0",
            "pragma journal_mode = wal",
            "pragma synchronous = full",
        ):
            connection.execute(statement).close()
        connection.execute("begin exclusive")
        connection.execute("commit")
        _check(connection)
    except BaseException:
        connection.close()
        raise
    return Database(connection)


def _check(connection: sqlite3.Connection) -> None:
    verdict = connection.execute("pragma quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise _damage(verdict)


def _damage(words: str) -> sqlite3.DatabaseError:
    """What SQLite would raise if it met the damage later."""
    error = sqlite3.DatabaseError(words)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _put_aside(path: Path, now: datetime, lost: Text) -> Text:
    """Renames the file and its journals; nothing is deleted."""
    aside = free(path.with_name(f"{path.stem}.{dated('damaged', now)}{path.suffix}"))
    try:
        for ending in ("-wal", "-shm", ""):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise Unavailable(
            Text(
                f"손상된 저장 파일을 옮길 수 없습니다 ({error.strerror}): {path}",
                f"The damaged file cannot be put aside ({error.strerror}): {path}",
            )
        ) from error
    return Text(
        f"{lost.ko} 손상된 파일은 여기에 있습니다: {aside}",
        f"{lost.en} The damaged file is kept here: {aside}",
    )


def _bring_up_to_date(
    db: Database, path: Path, now: datetime, steps: Migrations, *, back: bool
) -> tuple[Text, ...]:
    notices: tuple[Text, ...] = ()
    if newer := foreign(db, steps):
        words = go_back(db, path, now, steps) if back else None
        if words is None:
            raise Unavailable(
                Text(
                    f"더 새로운 판의 관제가 만든 저장 파일입니다 ({newer[-1]}). 그대로 두었습니다. "
                    f"새 판을 설치하세요: {path}",
                    f"The file was made by a newer version ({newer[-1]}) and was left as it is. "
                    f"Install that version: {path}",
                )
            )
        notices = (words,)
    pending = steps.pending(db)
    if pending and steps.applied(db):
        copy(db, path, dated(f"before-{pending[0].name}", now))
    steps.apply(db)
    return notices


def _owner(path: Path) -> Path:
    return path.with_name(path.name + ".owner")


def _claim(path: Path, now: datetime) -> None:
    """Leaves word of who has the file, for a second console's message; the lock is SQLite's."""
    word = {"process": os.getpid(), "computer": platform.node(), "since": now.isoformat()}
    with suppress(OSError):
        _owner(path).write_text(json.dumps(word), encoding="utf-8")


def _in_use(path: Path) -> Failure:
    try:
        word = json.loads(_owner(path).read_text(encoding="utf-8"))
        who = f"{word['computer']}, {word['process']}, {word['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "?"
    return Unavailable(
        Text(
            f"다른 관제 창이 같은 저장 파일을 쓰고 있습니다 ({who}): {path}",
            f"Another console is using the same file ({who}): {path}",
        )
    )


def _no_folder(path: Path, error: OSError) -> Failure:
    return Unavailable(
        Text(
            f"저장 폴더를 만들 수 없습니다 ({error.strerror}): {path.parent}",
            f"The folder cannot be made ({error.strerror}): {path.parent}",
        )
    )
