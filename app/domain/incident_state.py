"""The states that an incident can be in, and the one table of how it gets there (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from app.domain.errors import BadInput, Refused
from app.domain.text import Text

_FIRST_ENDED = 90


class State(IntEnum):
    """진행상태; 93 and 94 are ours. 40 (information changed) is an event, not a state."""

    RECEIVED = 10
    ACKNOWLEDGED = 20
    RESPONDING = 30
    RELEASED = 50
    CLOSED = 91
    CLOSED_AUTOMATICALLY = 92
    CANCELLED = 93
    MERGED = 94

    @property
    def open(self) -> bool:
        return self < _FIRST_ENDED

    @property
    def ends_shares(self) -> bool:
        """Whether no share of the incident may run. Those of a merged one follow the other."""
        return self in _WITHOUT_SHARES

    @property
    def words(self) -> Text:
        return _STATE_WORDS[self]


_OPEN = frozenset(state for state in State if state.open)
_WITHOUT_SHARES = frozenset(
    {State.RELEASED, State.CLOSED, State.CLOSED_AUTOMATICALLY, State.CANCELLED}
)
_STATE_WORDS = {
    State.RECEIVED: Text("발생", "received"),
    State.ACKNOWLEDGED: Text("접수", "acknowledged"),
    State.RESPONDING: Text("대응 중", "responding"),
    State.RELEASED: Text("관제 해제", "released"),
    State.CLOSED: Text("종료", "closed"),
    State.CLOSED_AUTOMATICALLY: Text("자동 종료", "closed automatically"),
    State.CANCELLED: Text("취소", "cancelled"),
    State.MERGED: Text("병합", "merged"),
}


class Move(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    RELEASE = "release"
    CLOSE = "close"
    CLOSE_AUTOMATICALLY = "close_automatically"
    CANCEL = "cancel"
    REOPEN = "reopen"
    MERGE = "merge"
    UNMERGE = "unmerge"

    @property
    def words(self) -> Text:
        return _RULES[self].words


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line of the table. `to` None: back to where it was before it was merged."""

    words: Text
    allowed_from: frozenset[State]
    to: State | None
    needs_reason: bool = False


_RULES = {
    Move.ACKNOWLEDGE: _Rule(
        Text("접수", "acknowledge"), frozenset({State.RECEIVED}), State.ACKNOWLEDGED
    ),
    Move.RESPOND: _Rule(
        Text("대응 시작", "respond"),
        frozenset({State.RECEIVED, State.ACKNOWLEDGED}),
        State.RESPONDING,
    ),
    Move.RELEASE: _Rule(Text("관제 해제", "release"), _OPEN - {State.RELEASED}, State.RELEASED),
    Move.CLOSE: _Rule(Text("종료", "close"), frozenset({State.RELEASED}), State.CLOSED),
    Move.CLOSE_AUTOMATICALLY: _Rule(
        Text("자동 종료", "close automatically"), _OPEN, State.CLOSED_AUTOMATICALLY
    ),
    Move.CANCEL: _Rule(Text("취소", "cancel"), _OPEN, State.CANCELLED, needs_reason=True),
    Move.REOPEN: _Rule(
        Text("재개", "reopen"),
        frozenset({State.CLOSED, State.CLOSED_AUTOMATICALLY, State.CANCELLED}),
        State.RESPONDING,
        needs_reason=True,
    ),
    Move.MERGE: _Rule(Text("병합", "merge"), _OPEN, State.MERGED),
    Move.UNMERGE: _Rule(Text("병합 취소", "undo the merging"), frozenset({State.MERGED}), None),
}


def legal(state: State, move: Move) -> bool:
    """Whether the table has this move from here, reasons apart."""
    return state in _RULES[move].allowed_from


def needs_reason(move: Move) -> bool:
    return _RULES[move].needs_reason


def after(state: State, move: Move, reason: str = "", before_merge: State | None = None) -> State:
    """The state that the move leads to. What version of the incident was seen does not matter.

    Raises Refused for a move that the table does not have, BadInput where a reason is missing.
    `before_merge` is needed to undo a merging: an open state.
    """
    rule = _RULES[move]
    if state not in rule.allowed_from:
        raise Refused(_not_from(state, move))
    if rule.needs_reason and not reason.strip():
        raise BadInput(_reason_missing(move))
    if rule.to is not None:
        return rule.to
    if before_merge is None or not before_merge.open:
        raise Refused(_NOT_KNOWN)
    return before_merge


def _not_from(state: State, move: Move) -> Text:
    return Text(
        f"‘{state.words.ko}’ 상태의 사건에는 ‘{move.words.ko}’ 처리를 할 수 없습니다",
        f"this incident is {state.words.en}: {move.words.en} is not possible",
    )


def _reason_missing(move: Move) -> Text:
    return Text(f"‘{move.words.ko}’에는 사유가 필요합니다", f"{move.words.en}: a reason is needed")


_NOT_KNOWN = Text(
    "병합 전 상태를 알 수 없어 되돌릴 수 없습니다",
    "its state before the merging is not known, so it cannot be undone",
)
