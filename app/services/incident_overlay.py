"""Incidents as they will be once what waits in the outbox has been done. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain.errors import Failure
from app.domain.hub_act import ActState, HubAct
from app.domain.incident_state import Move, State, after
from app.domain.incident_type import Grade, TypeKey
from app.domain.incident_types import INCIDENT_TYPES
from app.wire.entities import IncidentRow, NoteRow

PREFIX = "incident."
CREATE, NOTE = f"{PREFIX}create", f"{PREFIX}note"
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
    def order(self) -> tuple[bool, int, float]:
        """The open ones first, then by grade, the newest first."""
        return (not self.state.open, self.row.grade, -self.row.received_at.timestamp())


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
    known = INCIDENT_TYPES.get(TypeKey(type_)) if type_ in set(TypeKey) else None
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


def _done(row: IncidentRow, act: HubAct, name: str) -> IncidentRow:
    if act.type == NOTE:
        return row.model_copy(update={"notes": row.notes + 1})
    try:
        move = Move(act.type.removeprefix(PREFIX))
        state = after(State(row.state), move, str(act.args.get("reason", "")))
    except (ValueError, Failure):
        return row  # the hub will say what it makes of it
    changes: dict[str, object] = {"state": int(state), "changed_at": act.at}
    if move in _TAKES_UP and row.assignee is None:
        changes["assignee_name"] = name
    return row.model_copy(update=changes)
