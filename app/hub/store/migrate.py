"""Brings a database to the newest schema, in one transaction, at every start.

Alembic's own `env.py` and ini file are left out: what they would say is said here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.domain.errors import Unavailable
from app.domain.text import Text


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


def upgrade(connection: Connection) -> bool:
    """Whether anything was to be done. The caller commits.

    Raises `Unavailable` for a database of a newer version, which is left as it is.
    """
    found = current(connection)
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
        raise Unavailable(
            Text(
                f"더 새로운 판의 허브가 만든 저장소입니다 ({found}). 그대로 두었습니다. "
                "그 판이나 더 새로운 판을 설치하세요.",
                f"The store was made by a newer version of the hub ({found}) and was left as it "
                "is. Install that version or a newer one.",
            )
        )
    if found == newest():
        return False
    context = MigrationContext.configure(connection, opts={"fn": _steps})
    with Operations.context(context):
        context.run_migrations()
    return True


def _steps(heads: tuple[str, ...], _context: MigrationContext) -> list[MigrationStep]:
    scripts = _scripts()
    pending = list(scripts.iterate_revisions("head", heads or "base"))
    return [
        MigrationStep.upgrade_from_script(scripts.revision_map, script)
        for script in reversed(pending)
    ]
