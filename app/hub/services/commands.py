"""`POST /v1/commands`: acts in their order, each exactly once, each with an outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select

from app.domain.account import Subject
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.text import Text
from app.hub.services.acting import Acting, Conflict, Handler, NoRight
from app.hub.services.incident_json import words_of
from app.hub.services.visibility import Visibility
from app.hub.store import commands, queries, settings
from app.hub.store.columns import moment
from app.hub.store.rows import Entry
from app.hub.store.schema import client
from app.hub.store.schema import setting as setting_table
from app.hub.store.transaction import Transaction
from app.hub.store.writer import Writer
from app.wire.commands import Batch, Command, Outcome, Outcomes, Status

_LAST_SEEN = select(client.c.at).where(client.c.client == bindparam("client_"))
_EPOCH = "epoch"
_UNKNOWN = Text("알 수 없는 명령입니다", "there is no such command")
_USED = Text(
    "이 번호의 명령은 이미 처리되었습니다", "a command of this number was carried out already"
)


# Told, in the job, of an act that the person had no right to.
TellRefused = Callable[[Acting], None]


class Commands:
    """`handlers` by type of command."""

    def __init__(
        self,
        writer: Writer,
        visibility: Visibility,
        handlers: Mapping[str, Handler],
        refused: TellRefused = lambda _acting: None,
    ) -> None:
        self._writer = writer
        self._visibility = visibility
        self._handlers = dict(handlers)
        self._refused = refused

    @property
    def kinds(self) -> tuple[str, ...]:
        """The types that there are."""
        return tuple(sorted(self._handlers))

    async def apply(self, subject: Subject, batch: Batch) -> Outcomes:
        """After the COMMIT. A command sent again is answered again and not done again.

        Stops at a number that is not the expected one: `next_n` says from where to send again.
        """
        given = await self._writer.do(partial(self._all, subject=subject, batch=batch))
        epoch, next_n, outcomes = given
        return Outcomes(epoch=epoch, next_n=next_n, outcomes=tuple(outcomes))

    # --------------------------------------------------------------------- on the writer's thread

    def _all(
        self, tx: Transaction, subject: Subject, batch: Batch
    ) -> tuple[str, int, list[Outcome]]:
        outcomes: list[Outcome] = []
        for command in batch.commands:
            outcome = self._one(tx, subject, command)
            if outcome is None:
                break
            outcomes.append(outcome)
        name = batch.commands[-1].client
        epoch = queries.head_of(tx.connection).epoch
        return epoch, commands.next_n(tx.connection, name), outcomes

    def _one(self, tx: Transaction, subject: Subject, command: Command) -> Outcome | None:
        stored = commands.outcome_of(tx.connection, command.cmd_id)
        if stored is not None:
            return Outcome.model_validate(stored)
        expected = commands.next_n(tx.connection, command.client)
        if command.n < expected:
            return _refusal(command, Status.REFUSED, _USED)
        if command.n > expected:
            if not _may_jump(tx, command.client):
                return None
            commands.advance(tx, command.client, command.n - 1)
        outcome = self._carried_out(tx, subject, command)
        kept = outcome.model_dump(mode="json", exclude_none=True)
        # What is shown of a conflict is of this moment; asked again it may be another.
        kept.pop("current", None)
        commands.keep(tx, command.cmd_id, command.client, command.n, kept)
        return outcome

    def _carried_out(self, tx: Transaction, subject: Subject, command: Command) -> Outcome:
        acting = Acting(tx, subject, command, moment(tx.at))
        try:
            handler = self._handlers.get(command.type)
            if handler is None:
                raise Refused(_UNKNOWN)
            entry = handler(acting)
        except Conflict as conflict:
            current = self._current(tx, subject, conflict)
            return _refusal(command, Status.CONFLICT, conflict.text, current)
        except Unavailable:
            raise
        except Failure as failure:
            if isinstance(failure, NoRight):
                self._refused(acting)
            return _refusal(command, Status.REFUSED, failure.text)
        return _applied(tx, command, entry)

    def _current(
        self, tx: Transaction, subject: Subject, conflict: Conflict
    ) -> dict[str, Any] | None:
        found = tx.get(conflict.kind, conflict.id_)
        if found is None:
            return None
        # Of its own: the shared answers belong to the loop's thread.
        return Visibility(lambda: tx.at).row(subject, found.t, found.id, found.d)


def note_epoch(tx: Transaction) -> None:
    """At every start: from a restored backup on, clients may be ahead of what the hub knows."""
    epoch = queries.head_of(tx.connection).epoch
    if settings.read_all(tx.connection).get(_EPOCH, {}).get("name") != epoch:
        settings.save(tx, _EPOCH, {"name": epoch, "since": tx.at})


def _may_jump(tx: Transaction, name: str) -> bool:
    """Whether acts of this client may be missing for good: the hub never saw it in this epoch."""
    last: int | None = tx.connection.execute(_LAST_SEEN, {"client_": name}).scalar_one_or_none()
    if last is None:
        return True
    query = select(setting_table.c.value).where(setting_table.c.name == _EPOCH)
    since = (tx.connection.execute(query).scalar_one_or_none() or {}).get("since", 0)
    return last < int(since)


def _applied(tx: Transaction, command: Command, entry: Entry | None) -> Outcome:
    seq, ver = (tx.head, None) if entry is None else (entry.seq, entry.ver)
    return Outcome(cmd_id=command.cmd_id, n=command.n, status=Status.APPLIED, seq=seq, ver=ver)


def _refusal(
    command: Command, status: Status, reason: Text, current: dict[str, Any] | None = None
) -> Outcome:
    return Outcome.model_validate(
        {
            "cmd_id": command.cmd_id,
            "n": command.n,
            "status": status,
            "reason": words_of(reason),
            "current": current,
        }
    )
