"""Incidents as they will be once what waits in the outbox has been done. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain import incident_steps as steps
from app.domain.errors import Failure
from app.domain.hub_act import ActState, HubAct
from app.domain.incident_state import Move, State, after
from app.domain.incident_steps import Golden, Tick, golden, ticks
from app.domain.incident_type import Grade
from app.domain.incident_types import type_of
from app.domain.text import Text
from app.wire.base import Words
from app.wire.entities import HistoryRow, IncidentRow, NoteRow

PREFIX = "incident."
CREATE, NOTE = f"{PREFIX}create", f"{PREFIX}note"
STEP, REVEAL, NOTIFY = f"{PREFIX}step", f"{PREFIX}reveal", f"{PREFIX}notify"
ASSIGN = f"{PREFIX}assign"
MERGE, UNMERGE = f"{PREFIX}merge", f"{PREFIX}unmerge"
_TAKES_UP = frozenset({Move.ACKNOWLEDGE, Move.RESPOND})


@dataclass(frozen=True, slots=True)
class IncidentItem:
    """One incident for the screens.

    `row` has what waits in it already; `ver` is the hub's version, 0 for one that the hub does not
    know yet. `waiting`: acts without an answer. `trouble`: the newest conflict or refusal.
    """

    row: IncidentRow
    ver: int
    waiting: int = 0
    trouble: HubAct | None = None

    @property
    def state(self) -> State:
        return State(self.row.state)

    @property
    def order(self) -> tuple[bool, int, float, float]:
        """The open ones first, then by grade, by golden time left, the newest first.

        It does not change while nothing happens: a deadline stays where it is.
        """
        due = self.golden(self.row.received_at)
        left = due.left_s if due is not None else math.inf
        received = self.row.received_at.timestamp()
        return (not self.state.open, self.row.grade, received + left, -received)

    def ticks(self) -> dict[str, Tick]:
        """What was done by the book, by step."""
        return ticks((line.kind, line.at, line.by, line.facts) for line in self.row.history)

    def golden(self, now: datetime) -> Golden | None:
        """The next golden time that is not met."""
        row = self.row
        return golden(row.type, self.state, row.received_at, self.ticks(), now)


def of_incidents(acts: Iterable[HubAct]) -> dict[str, list[HubAct]]:
    """The acts on incidents, by incident, oldest first."""
    found: dict[str, list[HubAct]] = {}
    for act in acts:
        if act.type.startswith(PREFIX):
            found.setdefault(act.target, []).append(act)
    return found


def laid_over(row: IncidentRow, ver: int, acts: Sequence[HubAct], name: str) -> IncidentItem:
    """`name`: of whoever is signed in; what he takes up, he works on if nobody did."""
    item = IncidentItem(row, ver)
    for act in acts:
        if not act.state.open:
            item = replace(item, trouble=act)
            continue
        item = replace(item, row=_done(item.row, act, name), waiting=item.waiting + 1)
    return item


def made_here(act: HubAct, site: str) -> IncidentRow:
    """An incident that was opened by hand and has not reached the hub."""
    said = {key: str(value) for key, value in act.args.items() if value is not None}
    type_ = said.get("type", "")
    known = type_of(type_)
    return IncidentRow(
        id=act.target,
        number="",
        type=type_,
        grade=known.grade if known is not None else Grade.NORMAL,
        state=State.RECEIVED,
        title=said.get("title", ""),
        place=said.get("place", ""),
        latitude=_number(act.args.get("latitude")),
        longitude=_number(act.args.get("longitude")),
        camera=said.get("camera") or None,
        site=said.get("site") or site,
        source="console",
        occurred_at=act.at,
        received_at=act.at,
        changed_at=act.at,
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def note_of(act: HubAct) -> NoteRow:
    """A note on its way."""
    return NoteRow(
        id=str(act.args.get("id") or act.cmd_id),
        incident=act.target,
        at=act.at,
        by=act.username,
        text=str(act.args.get("text", ""))[:10_000],
    )


def is_made_here(acts: Sequence[HubAct]) -> bool:
    return any(act.type == CREATE and act.state is not ActState.APPLIED for act in acts)


def _stepped(row: IncidentRow, act: HubAct, name: str) -> IncidentRow:
    """As the hub will write it down; its words come with its answer."""
    said = {key: str(value) for key, value in act.args.items() if value}
    names = ("step", "how", "reason")
    facts: dict[str, str] = {key: said[key] for key in names if key in said}
    words = steps.step_words(facts.get("step", ""), row.type) or Text("?", "?")
    line = HistoryRow(
        at=act.at, by=name, kind=steps.KIND, words=Words(ko=words.ko, en=words.en), facts=facts
    )
    return row.model_copy(update={"history": (*row.history, line)})


def _done(row: IncidentRow, act: HubAct, name: str) -> IncidentRow:
    if act.type == NOTE:
        return row.model_copy(update={"notes": row.notes + 1})
    if act.type == STEP:
        return _stepped(row, act, name)
    try:
        move = Move(act.type.removeprefix(PREFIX))
        state = after(State(row.state), move, str(act.args.get("reason", "")))
    except (ValueError, Failure):
        return row  # the hub will say what it makes of it
    changes: dict[str, object] = {"state": int(state), "changed_at": act.at}
    if move in _TAKES_UP and row.assignee is None:
        changes["assignee_name"] = name
    return row.model_copy(update=changes)
