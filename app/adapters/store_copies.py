"""Whole copies of a store's file beside it, and the way back to one of them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from app.adapters.sqlite_reading import unchanged
from app.domain.errors import Unavailable
from app.domain.text import Text

# A step of this name only adds tables, indexes or columns that have a default: a version that
# does not know it reads and writes the file as before.
ONLY_ADDS: Final = "_only_adds"
_DATED = re.compile(r"-(\d{8}-\d{6})(?:-(\d+))?$")


def names_of(steps: Migrations) -> set[str]:
    """All steps that this version knows: those that an empty database lacks."""
    with Database(memory=True) as empty:
        return {step.name for step in steps.pending(empty)}


def foreign(db: Database, steps: Migrations) -> list[str]:
    """Steps of a newer version, without which this one must not touch the file."""
    newer = {step.name for step in steps.applied(db)} - names_of(steps)
    return sorted(name for name in newer if not name.endswith(ONLY_ADDS))


def dated(kind: str, now: datetime) -> str:
    """What a file that is put beside the store is called after it: `damaged-20261127-101500`."""
    return f"{kind}-{now:%Y%m%d-%H%M%S}"


def free(path: Path) -> Path:
    """The path, with a number where a file of that name is there already."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def copy(db: Database, path: Path, mark: str) -> Path:
    """A whole copy beside the file, or none. Raises `Unavailable`, or SQLite's errors."""
    target = free(path.with_name(f"{path.stem}.{mark}{path.suffix}"))
    partial = target.with_name(target.name + ".part")
    try:
        with closing(sqlite3.connect(partial)) as made:
            db.conn.backup(made)
        partial.rename(target)
    except OSError as error:
        raise Unavailable(
            Text(
                f"저장 파일의 사본을 만들 수 없습니다 ({error.strerror}): {target}",
                f"The file cannot be copied ({error.strerror}): {target}",
            )
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return target


def go_back(db: Database, path: Path, now: datetime, steps: Migrations) -> Text | None:
    """Puts the newest copy that this version can read into the place of a newer file.

    In one transaction, after the newer one was copied, too: nothing of it is lost. None where
    there is no such copy. Raises `Unavailable`, or SQLite's errors; then all is as it was.
    """
    known = names_of(steps)
    for earlier in _copies(path):
        with closing(unchanged(earlier)) as source:
            if not _fits(source, known, steps):
                continue
            newer = copy(db, path, dated("newer", now))
            source.backup(db.conn)
            return Text(
                "더 새로운 판의 저장 파일이어서, 그 판이 바꾸기 전의 사본으로 돌아갔습니다 "
                f"({earlier.name}). 새 판에서 바꾼 영상벽·설정과 기록은 여기에 있습니다: {newer}",
                "The file was of a newer version: the copy from before that version is in use "
                f"({earlier.name}). What was changed and done since is kept here: {newer}",
            )
    return None


def _copies(path: Path) -> Iterator[Path]:
    """The newest first, by the date in the name: what was put back has dates of its own."""
    found: list[tuple[str, int, Path]] = []
    for file in path.parent.iterdir():
        ours = file.name.startswith(f"{path.stem}.before-") and file.suffix == path.suffix
        if ours and (date := _DATED.search(file.stem)) is not None:
            found.append((date[1], int(date[2] or 1), file))
    return (file for *_, file in sorted(found, reverse=True))


def _fits(source: sqlite3.Connection, known: Collection[str], steps: Migrations) -> bool:
    try:
        if source.execute("pragma quick_check(1)").fetchone() != ("ok",):
            return False
        applied = source.execute(
            "select name from _sqlite_migrations where migration_set = ?", [steps.name]
        ).fetchall()
    except sqlite3.DatabaseError:
        return False
    return bool(applied) and all(n in known or n.endswith(ONLY_ADDS) for (n,) in applied)
