"""Who may bring events in: feeds, each with a signing secret of its own."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select

from app.domain.errors import BadInput, Refused
from app.domain.text import Text
from app.formats.intake import signature
from app.hub.services.accounts import new_id
from app.hub.services.ports import Now, Sealing
from app.hub.store.reader import Reader
from app.hub.store.schema import feed
from app.hub.store.transaction import Transaction, insert_into
from app.hub.store.writer import Writer

_SECRET: Final = "feed"  # noqa: S105 - the name of a kind
_KEY_BYTES: Final = 32
# Twice the window in which a signature is good, so that no delivery can come in twice.
_REMEMBERED: Final = 2 * signature.WINDOW
_MOST_REMEMBERED: Final = 100_000


@dataclass(frozen=True, slots=True)
class Feed:
    """`kind`: the door (webhook, cap, its, disaster, platform)."""

    id: str
    name: str
    kind: str
    site: str
    disabled: bool = False
    d: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewFeed:
    name: str
    kind: str
    site: str
    disabled: bool = False


class Feeds:
    def __init__(self, writer: Writer, reader: Reader, vault: Sealing, now: Now) -> None:
        self._writer = writer
        self._reader = reader
        self._vault = vault
        self._now = now
        self._seen: dict[tuple[str, str], tuple[datetime, str]] = {}

    async def all(self) -> list[Feed]:
        """By name."""
        return await self._reader.read(_all)

    async def save(self, new: NewFeed) -> str:
        """Makes or changes the feed of that name; its new secret, which is told only here.

        Also while one is being changed: the former secret no longer serves.
        """
        key = secrets.token_bytes(_KEY_BYTES)
        id_ = new_id(self._now())

        def work(tx: Transaction) -> None:
            made = insert_into(feed, tx.connection.dialect.name).values(
                id=id_, name=new.name, kind=new.kind, site=new.site, disabled=new.disabled,
                changed=tx.at, d={},
            )  # fmt: skip
            given = {name: made.excluded[name] for name in ("kind", "site", "disabled", "changed")}
            tx.connection.execute(
                made.on_conflict_do_update(index_elements=[feed.c.name], set_=given)
            )
            kept = tx.connection.execute(select(feed.c.id).where(feed.c.name == new.name))
            self._vault.keep(tx, _SECRET, str(kept.scalar_one()), key)

        await self._writer.do(work)
        return f"whsec_{base64.b64encode(key).decode()}"

    async def named(self, name: str, door: str) -> Feed:
        """Raises `Refused` where nobody of that name may come in by that door."""
        found = await self._reader.read(lambda c: _named(c, name))
        if found is None or found.disabled or found.kind != door:
            raise Refused(_NOBODY)
        return found

    async def signed(
        self, name: str, door: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[Feed, signature.Signed]:
        """Whose signature it is. Raises `Refused`: the same for a name that nobody has."""

        def look(connection: Connection) -> tuple[Feed | None, bytes | None]:
            found = _named(connection, name)
            key = None if found is None else self._vault.reveal(connection, _SECRET, found.id)
            return found, key

        found, key = await self._reader.read(look)
        # A key that nobody has, so that the refusal of a stranger takes as long.
        key_ = signature.Secret(key or secrets.token_bytes(_KEY_BYTES))
        signed = signature.check(headers, body, [key_], self._now())
        if found is None or found.disabled or found.kind != door:
            raise Refused(_NOBODY)
        return found, signed

    def accepted_before(self, one: Feed, delivery: str) -> str | None:
        """The accepted id where this delivery came before: a sender that missed its answer."""
        kept = self._seen.get((one.id, delivery))
        return None if kept is None else kept[1]

    def remember(self, one: Feed, delivery: str, accepted: str) -> None:
        now = self._now()
        if len(self._seen) >= _MOST_REMEMBERED:
            self._forget(now - _REMEMBERED)
        self._seen[one.id, delivery] = (now, accepted)

    def _forget(self, before: datetime) -> None:
        fresh = {key: value for key, value in self._seen.items() if value[0] > before}
        self._seen = fresh if len(fresh) < _MOST_REMEMBERED else {}


def checked(name: str, kind: str, site: str, *, disabled: bool = False) -> NewFeed:
    """Raises `BadInput`."""
    if kind not in DOORS:
        known = ", ".join(DOORS)
        raise BadInput(Text(f"연계의 종류: {known}", f"The kind of a feed: one of {known}"))
    return NewFeed(name, kind, site, disabled)


DOORS: Final = ("webhook", "cap", "its", "disaster", "platform")


def _all(connection: Connection) -> list[Feed]:
    return [_of(row) for row in connection.execute(select(feed).order_by(feed.c.name)).mappings()]


def _named(connection: Connection, name: str) -> Feed | None:
    row = connection.execute(select(feed).where(feed.c.name == name)).mappings().one_or_none()
    return None if row is None else _of(row)


def _of(row: RowMapping) -> Feed:
    return Feed(row["id"], row["name"], row["kind"], row["site"], row["disabled"], row["d"])


_NOBODY = Text(
    "등록되지 않았거나 꺼진 연계입니다.", "No feed of that name may come in by this door."
)
