"""Shares that have not ended, by camera and by incident; and the relay's tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from app.hub.store.schema import relay_token, share_camera
from app.hub.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Shared:
    """One camera of one share. `ends` in microseconds."""

    share: str
    camera: str
    incident: str
    receiver: str
    ends: int
    active: bool


@dataclass(frozen=True, slots=True)
class Token:
    """Times in microseconds. See `schema.relay_token`."""

    id: str
    sha256: str = field(repr=False)
    share: str | None
    camera: str
    site: str
    client: str
    profile: str
    moving: bool
    created: int
    until: int
    used: int | None = None
    address: str | None = None


def replace_cameras(tx: Transaction, share: str, rows: Sequence[Shared]) -> None:
    """What is kept of this share from now on; nothing for one that has ended."""
    tx.connection.execute(delete(share_camera).where(share_camera.c.share == share))
    if rows:
        tx.connection.execute(insert(share_camera), [asdict(row) for row in rows])


def of_incident(connection: Connection, incident: str) -> list[Shared]:
    return _shared(connection, share_camera.c.incident == incident)


def of_camera(connection: Connection, camera: str) -> list[Shared]:
    return _shared(connection, share_camera.c.camera == camera)


def due(connection: Connection, now: int) -> list[str]:
    """Ids of the active shares whose time is over."""
    query = (
        select(share_camera.c.share)
        .where(share_camera.c.active.is_(True), share_camera.c.ends <= now)
        .distinct()
        .order_by(share_camera.c.share)
    )
    return [str(id_) for id_ in connection.execute(query).scalars()]


def add_token(tx: Transaction, token: Token) -> None:
    tx.connection.execute(insert(relay_token).values(**asdict(token)))


def tokens(connection: Connection, *where: ColumnElement[bool]) -> list[Token]:
    """By id. `where` on the columns of `schema.relay_token`."""
    query = select(relay_token).where(*where).order_by(relay_token.c.id)
    return [Token(*row) for row in connection.execute(query)]


def token(connection: Connection, id_: str) -> Token | None:
    found = tokens(connection, relay_token.c.id == id_)
    return found[0] if found else None


def use_token(tx: Transaction, id_: str, address: str) -> None:
    """The first use; later ones change nothing."""
    tx.connection.execute(
        update(relay_token)
        .where(relay_token.c.id == id_, relay_token.c.used.is_(None))
        .values(used=tx.at, address=address)
    )


def lengthen_token(tx: Transaction, id_: str, until: int) -> None:
    where = relay_token.c.id == id_
    tx.connection.execute(update(relay_token).where(where).values(until=until))


def forget_tokens(tx: Transaction, ids: Iterable[str]) -> None:
    some = list(ids)
    if some:
        tx.connection.execute(delete(relay_token).where(relay_token.c.id.in_(some)))


def _shared(connection: Connection, condition: ColumnElement[bool]) -> list[Shared]:
    query = select(share_camera).where(condition)
    query = query.order_by(share_camera.c.share, share_camera.c.camera)
    return [Shared(*row) for row in connection.execute(query)]
