"""A hub's memory: one gap-free log, entities, numbered commands. Protocol v1, nothing else."""

from __future__ import annotations

import asyncio
import copy
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.wire.base import Words
from app.wire.commands import Batch, Command, Outcome, Outcomes, Status
from app.wire.session import Account, Session
from app.wire.stream import Changes, Frame, Heartbeat, Op, Row, SnapshotHead

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANNA = Account(id="acc-anna", username="anna", name="안나", role="operator", site="site-1")
WORDS = Words(ko="이미 종결되었습니다.", en="It is closed.")


@dataclass
class Memory:
    """What a backup holds."""

    head: int = 0
    log: list[Frame] = field(default_factory=list)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    next_n: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)


class HubModel:
    """`effects` counts how often each command has done something; never more than once a life."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.epoch = "epoch-1"
        self.min_seq = 0
        self.at = NOW
        self.effects: Counter[str] = Counter()
        self.offline_hours = 12.0
        self.account = ANNA
        self.changed = asyncio.Event()

    # what happens at the hub

    def put(self, kind: str, id_: str, /, **d: Any) -> Frame:
        old = self.memory.rows.get((kind, id_))
        row = Row(t=kind, id=id_, ver=old.ver + 1 if old else 1, d=d)
        self.memory.rows[kind, id_] = row
        return self._log(Op.PUT, row)

    def delete(self, kind: str, id_: str) -> None:
        row = self.memory.rows.pop((kind, id_), None)
        if row is not None:
            self._log(Op.DEL, Row(t=kind, id=id_, ver=row.ver + 1, d={}))

    def backup(self) -> Memory:
        return copy.deepcopy(self.memory)

    def restore(self, memory: Memory) -> None:
        self.memory = copy.deepcopy(memory)
        # What was trimmed after the backup is as far back as the backup itself now.
        self.min_seq = min(self.min_seq, memory.head)
        self.epoch = f"epoch-{int(self.epoch.split('-')[1]) + 1}"
        self.effects = Counter(dict.fromkeys(memory.outcomes, 1))
        self._wake()

    def trim(self) -> None:
        """The whole log is too old to be kept."""
        self.min_seq = self.memory.head

    def _log(self, op: Op, row: Row) -> Frame:
        memory = self.memory
        previous, memory.head = memory.head, memory.head + 1
        frame = Frame(
            seq=memory.head, prev=previous, t=row.t, id=row.id, ver=row.ver, op=op, d=row.d
        )
        memory.log.append(frame)
        self._wake()
        return frame

    def _wake(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    # what it answers

    def session(self) -> Session:
        return Session(
            expires_at=self.at.replace(year=2030), server_time=self.at, epoch=self.epoch,
            min_seq=self.min_seq, head=self.memory.head, account=self.account,
            offline_hours=self.offline_hours,
        )  # fmt: skip

    def keeps(self, epoch: str, seq: int) -> bool:
        """Whether a stream may go on from there; else 410."""
        return epoch == self.epoch and self.min_seq <= seq <= self.memory.head

    def frames(self, seq: int) -> tuple[Frame, ...]:
        return tuple(frame for frame in self.memory.log if frame.seq > seq)

    def heartbeat(self, sent: int) -> Heartbeat:
        return Heartbeat(head=self.memory.head, prev=sent, at=self.at)

    def changes(self, seq: int) -> Changes:
        return Changes(epoch=self.epoch, head=self.memory.head, frames=self.frames(seq))

    def page(self, after: str | None, size: int) -> tuple[SnapshotHead, list[Row], str | None]:
        rows = [self.memory.rows[key] for key in sorted(self.memory.rows)]
        start = int(after or 0)
        head = SnapshotHead(epoch=self.epoch, snap_seq=self.memory.head, total=len(rows))
        end = start + size
        return head, rows[start:end], str(end) if end < len(rows) else None

    def commands(self, batch: Batch) -> Outcomes:
        """Stops at the first command whose number does not follow."""
        outcomes: list[Outcome] = []
        client = batch.commands[0].client
        for command in batch.commands:
            known = self.memory.outcomes.get(command.cmd_id)
            if known is None:
                if command.n != self.memory.next_n.get(client, 1):
                    break
                known = self._do(command)
                self.memory.next_n[client] = command.n + 1
                self.memory.outcomes[command.cmd_id] = known
            outcomes.append(known)
        next_n = self.memory.next_n.get(client, 1)
        return Outcomes(epoch=self.epoch, next_n=next_n, outcomes=tuple(outcomes))

    def _do(self, command: Command) -> Outcome:
        status, reason, current, seq = Status.APPLIED, None, None, None
        match command.type:
            case "conflict":
                status, reason, current = Status.CONFLICT, WORDS, {"state": 91}
            case "refuse":
                status, reason = Status.REFUSED, WORDS
            case _:
                self.effects[command.cmd_id] += 1
                seq = self.put("note", command.cmd_id, text=command.args.get("text", "")).seq
        return Outcome(
            cmd_id=command.cmd_id, n=command.n, status=status, seq=seq, reason=reason,
            current=current,
        )  # fmt: skip
