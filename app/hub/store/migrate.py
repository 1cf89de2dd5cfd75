"""Brings a database to the newest schema, in one transaction, at every start.

Alembic's own `env.py` and ini file are left out: what they would say is said here.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.domain.errors import Unavailable
from app.domain.text import Text
from app.hub.store import earlier


@cache
def _scripts() -> ScriptDirectory:
    folder = str(Path(__file__).with_name("migrations"))
    return ScriptDirectory(folder, version_locations=[folder])


def newest() -> str:
    """The revision that this version makes."""
    return str(_scripts().get_current_head())


def current(connection: Connection) -> str | None:
    """The revision of this database; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, file: Path | None = None) -> bool:
    """Whether anything was to be done. The caller commits.

    `file`: of a hub's SQLite store; what is in it is copied beside it before it changes. Raises
    `Unavailable` for a database of a newer version, which is left as it is, and without a copy.
    """
    found = current(connection)
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
        raise Unavailable(_newer(found, known, file))
    if found == newest():
        return False
    if found is not None and file is not None:
        earlier.keep(file, f"before-{newest()}")
    context = MigrationContext.configure(connection, opts={"fn": _steps})
    with Operations.context(context):
        context.run_migrations()
    return True


def _newer(found: str, known: Collection[str], file: Path | None) -> Text:
    """What it is, where it is, and the two ways on."""
    ko, en = "허브의 저장소", "The store of the hub"
    if file is not None:
        ko, en = f"{ko} {file}", f"{en}, {file},"
    ko_back = en_back = ""
    if file is not None and (copy := earlier.newest_of(file, known)) is not None:
        ko_back = f" 이전 판을 쓰려면 이 파일을 다른 곳으로 옮기고 복구하세요: restore {copy}"
        en_back = f" To stay with this version, move that file away and restore {copy}"
    return Text(
        f"{ko}: 더 새로운 판이 만들었습니다 ({found}). 그대로 두었습니다. "
        f"그 판이나 더 새로운 판을 설치하세요.{ko_back}",
        f"{en} was made by a newer version ({found}) and was left as it is. "
        f"Install that version or a newer one.{en_back}",
    )


def _steps(heads: tuple[str, ...], _context: MigrationContext) -> list[MigrationStep]:
    scripts = _scripts()
    pending = list(scripts.iterate_revisions("head", heads or "base"))
    return [
        MigrationStep.upgrade_from_script(scripts.revision_map, script)
        for script in reversed(pending)
    ]
