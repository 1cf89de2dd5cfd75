"""Looks whether the store still says what it must: for `python -m app.hub check` and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy import Connection, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.domain.text import Text
from app.hub.store import queries
from app.hub.store.engines import SQLITE
from app.hub.store.schema import attachment, client, command, entity, log, secret

# Each kind of damage is told so often; a ruined store must not fill the screen.
_MOST_EXAMPLES: Final = 10


def problems(connection: Connection) -> tuple[Text, ...]:
    """What is wrong, in words; nothing for a sound store. For `Reader.read`: sees one moment."""
    looks: tuple[Callable[[Connection], Iterator[Text]], ...] = (
        _file,
        _gaps,
        _versions,
        _entities,
        _unlogged,
        _commands,
        _references,
    )
    return tuple(text for look in looks for text in look(connection))


def _file(connection: Connection) -> Iterator[Text]:
    if connection.dialect.name != SQLITE:
        return
    for (verdict,) in connection.exec_driver_sql(f"pragma integrity_check({_MOST_EXAMPLES})"):
        if verdict != "ok":
            yield Text(f"파일이 손상되었습니다: {verdict}", f"The file is damaged: {verdict}")
    for row in connection.exec_driver_sql("pragma foreign_key_check").fetchmany(_MOST_EXAMPLES):
        yield Text(
            f"{row[0]} 표의 행이 없는 {row[2]} 행을 가리킵니다.",
            f"A row of {row[0]} points to a row of {row[2]} that is not there.",
        )


def _gaps(connection: Connection) -> Iterator[Text]:
    head = queries.head_of(connection)
    first, last, count = connection.execute(
        select(func.min(log.c.seq), func.max(log.c.seq), func.count())
    ).one()
    expected = head.seq - head.min_seq + 1
    if count != expected or (count and (first, last) != (head.min_seq, head.seq)):
        yield Text(
            f"로그에 빈 곳이 있습니다: {head.min_seq}–{head.seq} 가운데 {count}건 "
            f"({first}–{last}).",
            f"The log has a gap: {count} entries of {head.min_seq}–{head.seq} ({first}–{last}).",
        )


def _versions(connection: Connection) -> Iterator[Text]:
    """Each put or delete of an entity is one more than the one before."""
    before = func.lag(log.c.ver).over(partition_by=(log.c.t, log.c.id), order_by=log.c.seq)
    changes = (
        select(log.c.seq, log.c.ver, before.label("before")).where(log.c.op != "evt").subquery()
    )
    wrong = select(changes.c.seq).where(changes.c.ver != changes.c.before + 1)
    for (seq,) in connection.execute(wrong.order_by(changes.c.seq).limit(_MOST_EXAMPLES)):
        yield Text(f"로그 {seq}의 판 번호가 어긋납니다.", f"Entry {seq} has a wrong version.")


def _entities(connection: Connection) -> Iterator[Text]:
    """Where the log reaches back to its last change, an entity is what the log says."""
    newer = aliased(log)
    last = and_(
        log.c.op != "evt",
        ~exists().where(
            newer.c.t == log.c.t, newer.c.id == log.c.id,
            newer.c.seq > log.c.seq, newer.c.op != "evt",
        ),
    )  # fmt: skip
    same = and_(
        entity.c.seq == log.c.seq,
        entity.c.ver == log.c.ver,
        cast(entity.c.d, String) == cast(log.c.d, String),
        entity.c.deleted == (log.c.op == "del"),
    )
    there = exists().where(entity.c.t == log.c.t, entity.c.id == log.c.id, same)
    wrong = select(log.c.t, log.c.id).where(last, ~there).limit(_MOST_EXAMPLES)
    for kind, id_ in connection.execute(wrong):
        yield _differs(kind, id_)


def _unlogged(connection: Connection) -> Iterator[Text]:
    """No entity changed at a place where the log says nothing of it."""
    head = queries.head_of(connection)
    logged = exists().where(
        log.c.seq == entity.c.seq, log.c.t == entity.c.t, log.c.id == entity.c.id
    )
    recent = or_(
        and_(entity.c.seq >= head.min_seq, ~logged), entity.c.seq > head.seq, entity.c.seq < 1
    )
    for kind, id_ in connection.execute(
        select(entity.c.t, entity.c.id).where(recent).limit(_MOST_EXAMPLES)
    ):
        yield _differs(kind, id_)


def _commands(connection: Connection) -> Iterator[Text]:
    marked = exists().where(client.c.client == command.c.client, client.c.n >= command.c.n)
    wrong = select(command.c.client).where(~marked).distinct().limit(_MOST_EXAMPLES)
    for (name,) in connection.execute(wrong):
        yield Text(
            f"콘솔 {name}의 마지막 번호가 저장된 명령보다 작습니다.",
            f"The last number of console {name} is below that of a stored command.",
        )


def _references(connection: Connection) -> Iterator[Text]:
    """What is kept beside the log belongs to something that is or was there."""
    owned = (
        (attachment.c.id, attachment.c.incident, "incident", None),
        (secret.c.owner, secret.c.owner, "camera", secret.c.kind == "camera"),
    )
    for name, owner, kind, only in owned:
        wrong = select(name).where(~exists().where(entity.c.t == kind, entity.c.id == owner))
        if only is not None:
            wrong = wrong.where(only)
        for (found,) in connection.execute(wrong.limit(_MOST_EXAMPLES)):
            yield Text(
                f"{found}: 딸린 {kind}이(가) 없습니다.", f"{found}: its {kind} does not exist."
            )


def _differs(kind: str, id_: str) -> Text:
    return Text(
        f"{kind} {id_}의 상태가 로그와 다릅니다.", f"{kind} {id_} is not what the log says."
    )
