"""Everything that a subject may see, as of one place of the log, as NDJSON."""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections.abc import AsyncIterator, Sequence
from typing import Final

from sqlalchemy import Connection, func, or_, select

from app.domain.account import Subject
from app.domain.errors import BadInput
from app.domain.text import Text
from app.hub.store.reader import Snapshot
from app.hub.store.rows import Cursor, Page
from app.hub.store.schema import entity
from app.hub.web.frames import json_of
from app.hub.web.services import Services
from app.wire.entities import HOT, KINDS
from app.wire.stream import SnapshotHead, SnapshotTail

_log = logging.getLogger(__name__)

# A console that takes longer than this for a page holds the writer's log file back.
SECONDS: Final = 120.0
# Rows after which the loop serves others: a few milliseconds of work.
_AT_ONCE: Final = 200
_GZIP: Final = 16 + zlib.MAX_WBITS


def kinds_of(types: str | None) -> tuple[str, ...]:
    """Hot kinds first: a desk is worked on before its map is complete."""
    wanted = set(KINDS) if types is None else set(types.split(","))
    if unknown := wanted - set(KINDS):
        name = min(unknown)[:40]
        raise BadInput(Text(f"없는 종류입니다: {name}", f"There is no such kind: {name}"))
    return tuple(sorted(wanted, key=lambda kind: (kind not in HOT, kind)))


def check_cursor(after: str) -> None:
    """Raises `BadInput`."""
    Cursor.of(after)


async def lines(
    services: Services, subject: Subject, kinds: Sequence[str], after: str | None
) -> AsyncIterator[bytes]:
    """A head, the rows of one page, its tail; without that one if it takes too long.

    To wait for one's turn does not count: after a power cut all consoles come at once.
    """
    reader = services.hub.reader
    total = await reader.read(lambda c: _total(c, subject, kinds))
    async with reader.snapshot(kinds) as taken:
        head = SnapshotHead(
            epoch=taken.head.epoch,
            snap_seq=taken.head.seq,
            total=total,
            view=services.hub.visibility.view(subject),
        )
        yield _line(head.model_dump_json())
        try:
            async with asyncio.timeout(SECONDS):
                async for part in _page(services, subject, taken, after):
                    yield part
        except TimeoutError:
            # Without its tail the console asks for the page again.
            _log.warning("a snapshot for %s took longer than %.0f s", subject.username, SECONDS)


async def _page(
    services: Services, subject: Subject, taken: Snapshot, after: str | None
) -> AsyncIterator[bytes]:
    page = await taken.page(after)
    count = 0
    for start in range(0, len(page.rows), _AT_ONCE):
        part = _rows(services, subject, page, start)
        count += len(part)
        yield "".join(part).encode()
        await asyncio.sleep(0)
    yield _line(SnapshotTail(after=page.after, count=count).model_dump_json())


async def zipped(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    # Level 1: five times the speed of the default for a tenth more bytes.
    packer = zlib.compressobj(1, wbits=_GZIP)
    async for part in parts:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()


def _rows(services: Services, subject: Subject, page: Page, start: int) -> list[str]:
    found = []
    for one in page.rows[start : start + _AT_ONCE]:
        row = services.hub.visibility.row(subject, one.t, one.id, one.d)
        if row is not None:
            found.append(json_of({"t": one.t, "id": one.id, "ver": one.ver, "d": row}) + "\n")
    return found


def _total(connection: Connection, subject: Subject, kinds: Sequence[str]) -> int:
    """About how many rows come: those of the subject's own sites, and of none."""
    query = (
        select(func.count())
        .select_from(entity)
        .where(entity.c.t.in_(kinds), entity.c.deleted.is_(False))
        .where(or_(entity.c.site.in_(subject.within), entity.c.site.is_(None)))
    )
    return int(connection.execute(query).scalar_one())


def _line(text: str) -> bytes:
    return f"{text}\n".encode()
