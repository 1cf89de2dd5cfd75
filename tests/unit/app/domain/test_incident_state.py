"""The table of DESIGN §4, written out once more and compared."""

from __future__ import annotations

import pytest

from app.domain.errors import BadInput, Refused
from app.domain.incident_state import Move, State, after, legal, needs_reason

R, A, W, L, C, Z, X, M = (
    State.RECEIVED,
    State.ACKNOWLEDGED,
    State.RESPONDING,
    State.RELEASED,
    State.CLOSED,
    State.CLOSED_AUTOMATICALLY,
    State.CANCELLED,
    State.MERGED,
)
OPEN = {R, A, W, L}
TABLE: dict[Move, tuple[set[State], State | None]] = {
    Move.ACKNOWLEDGE: ({R}, A),
    Move.RESPOND: ({R, A}, W),
    Move.RELEASE: ({R, A, W}, L),
    Move.CLOSE: ({L}, C),
    Move.CLOSE_AUTOMATICALLY: (OPEN, Z),
    Move.CANCEL: (OPEN, X),
    Move.REOPEN: ({C, Z, X}, W),
    Move.MERGE: (OPEN, M),
    Move.UNMERGE: ({M}, A),
}
WITH_REASON = {Move.CANCEL, Move.REOPEN}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State, ids=lambda state: state.name)
def test_the_table(state: State, move: Move) -> None:
    allowed, to = TABLE[move]
    assert legal(state, move) is (state in allowed)
    if state in allowed:
        assert after(state, move, "오인 신고", before_merge=A) is to
        return
    with pytest.raises(Refused) as caught:
        after(state, move, "오인 신고", before_merge=A)
    assert state.words.ko in caught.value.text.ko
    assert move.words.en in caught.value.text.en


@pytest.mark.parametrize("move", Move)
def test_which_moves_need_a_reason(move: Move) -> None:
    assert needs_reason(move) is (move in WITH_REASON)
    state = min(TABLE[move][0])
    if move not in WITH_REASON:
        after(state, move, before_merge=R)
        return
    for reason in ("", "  \n"):
        with pytest.raises(BadInput, match="reason"):
            after(state, move, reason)


def test_what_is_not_possible_is_refused_before_a_reason_is_asked_for() -> None:
    with pytest.raises(Refused):
        after(C, Move.CANCEL)


@pytest.mark.parametrize("before", [None, C, Z, X, M])
def test_a_merging_is_undone_into_an_open_state_only(before: State | None) -> None:
    with pytest.raises(Refused, match="not known"):
        after(M, Move.UNMERGE, before_merge=before)


def test_codes_and_which_are_open() -> None:
    assert [int(state) for state in State] == [10, 20, 30, 50, 91, 92, 93, 94]
    assert {state for state in State if state.open} == OPEN
    assert {state for state in State if state.ends_shares} == {L, C, Z, X}


def test_every_state_and_move_has_words() -> None:
    assert len({state.words for state in State}) == len(State)
    assert len({move.words for move in Move}) == len(Move)
