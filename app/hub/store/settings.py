"""What the centre has set, by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from app.hub.store.engines import POSTGRESQL, SQLITE
from app.hub.store.schema import setting
from app.hub.store.transaction import Transaction, insert_into


def read_all(connection: Connection) -> dict[str, Any]:
    rows = connection.execute(select(setting.c.name, setting.c.value))
    return {str(name): value for name, value in rows}


def save(tx: Transaction, name: str, value: object) -> None:
    """Any JSON value but null."""
    row = {"name": name, "value": value, "changed": tx.at}
    tx.connection.execute(_SAVE[tx.connection.dialect.name], row)


def _save(dialect: str) -> Any:
    made = insert_into(setting, dialect)
    given = {"value": made.excluded.value, "changed": made.excluded.changed}
    return made.on_conflict_do_update(index_elements=[setting.c.name], set_=given)


# Made once: each new incident counts here.
_SAVE = {dialect: _save(dialect) for dialect in (SQLITE, POSTGRESQL)}
