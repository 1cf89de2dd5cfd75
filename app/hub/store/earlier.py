"""The store as it was before a newer version changed it: a whole copy beside its SQLite file.

For the way back to the version before. A PostgreSQL database is its administrator's to copy.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path

from app.domain.errors import Unavailable
from app.domain.text import Text
from app.hub.store.columns import moment, now_us


def keep(file: Path, mark: str) -> Path:
    """`hub.before-0003-20261127-101500.db`, its owner's alone, or nothing.

    Of what is committed: a connection that is writing cannot be copied from. Raises `Unavailable`
    where there is no room or no right.
    """
    target = file.with_name(f"{file.stem}.{mark}-{moment(now_us()):%Y%m%d-%H%M%S}{file.suffix}")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with closing(reading(file)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("pragma journal_mode = delete").close()
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unavailable(
            Text(
                f"새 판이 저장소를 바꾸기 전의 사본을 만들 수 없어 바꾸지 않았습니다 ({reason}): "
                f"{target}",
                "The store was not brought up to date, for no copy of it could be made before "
                f"({reason}): {target}",
            )
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def newest_of(file: Path, known: Collection[str]) -> Path | None:
    """The latest of these copies that a version which knows these revisions can use."""
    with suppress(OSError):
        found = file.parent.glob(f"{file.stem}.before-*{file.suffix}")
        usable = (one for one in found if _revision(one) in known)
        return max(usable, key=lambda one: one.stem[-len("20261127-101500") :], default=None)
    return None


def reading(file: Path) -> sqlite3.Connection:
    """Without a right to write. Raises SQLite's errors."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _revision(copy: Path) -> str | None:
    try:
        with closing(reading(copy)) as opened:
            row = opened.execute("select version_num from alembic_version").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None
