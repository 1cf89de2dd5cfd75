"""What holds for every incident, whatever is done to it and in whatever order."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, note
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from app.domain.duplicates import followed
from app.domain.errors import Failure
from app.domain.incident import Incident, IncidentId
from app.domain.incident_acts import merged, moved, unmerged
from app.domain.incident_intake import applied
from app.domain.incident_state import Move, State, after, legal
from app.domain.intake import Kind
from tests.fakes.incidents import KIM, event, incident, minutes

MOVES = st.sampled_from(list(Move))
ALONE = st.sampled_from([move for move in Move if move not in {Move.MERGE, Move.UNMERGE}])
OPEN = st.sampled_from([state for state in State if state.open])
REASONS = st.sampled_from(["", "오인 신고"])


@given(st.lists(st.tuples(MOVES, REASONS, OPEN)))
def test_no_sequence_of_moves_leaves_the_table(steps: list[tuple[Move, str, State]]) -> None:
    state = State.RECEIVED
    for move, reason, before in steps:
        allowed = legal(state, move)
        try:
            state = after(state, move, reason, before)
        except Failure:
            assert not allowed or not reason
        else:
            assert allowed
        assert state in set(State)


@given(OPEN)
def test_every_open_state_can_end(state: State) -> None:
    assert not after(state, Move.CLOSE_AUTOMATICALLY).open
    assert not after(state, Move.CANCEL, "오인").open
    released = state if state is State.RELEASED else after(state, Move.RELEASE)
    assert after(released, Move.CLOSE) is State.CLOSED


class Shares(RuleBasedStateMachine):
    """Incidents that are moved, merged and told about, and the shares that were once issued."""

    incidents = Bundle("incidents")

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[IncidentId, Incident] = {}
        self.shares: list[tuple[IncidentId, datetime]] = []
        self.ended: set[tuple[IncidentId, datetime]] = set()
        self.clock = 0

    def now(self) -> datetime:
        self.clock += 1
        return minutes(self.clock)

    def keep(self, *changed: Incident) -> None:
        for one in changed:
            self.known[one.id] = one
        for id_, at in self.shares:
            if not self.known[id_].share_runs(at):
                self.ended.add((id_, at))

    @initialize(target=incidents)
    def first(self) -> IncidentId:
        return self.new()

    @rule(target=incidents)
    def another(self) -> IncidentId:
        return self.new()

    def new(self) -> IncidentId:
        id_ = IncidentId(f"i{len(self.known)}")
        self.keep(incident(id=id_, external=id_))
        return id_

    @rule(id_=incidents)
    def share(self, id_: IncidentId) -> None:
        if self.known[id_].state.open and not self.known[id_].state.ends_shares:
            self.shares.append((id_, self.now()))

    @rule(id_=incidents, move=ALONE, reason=REASONS)
    def move(self, id_: IncidentId, move: Move, reason: str) -> None:
        before = self.known[id_]
        try:
            self.keep(moved(before, move, KIM, self.now(), reason))
        except Failure as failure:
            note(str(failure))
            assert not legal(before.state, move) or not reason

    @rule(one=incidents, other=incidents)
    def merge(self, one: IncidentId, other: IncidentId) -> None:
        try:
            self.keep(*merged(self.known[one], self.known[other], KIM, self.now()))
        except Failure:
            assert one == other or not (self.known[one].state.open and self.known[other].state.open)

    @rule(id_=incidents)
    def unmerge(self, id_: IncidentId) -> None:
        gone = self.known[id_]
        if gone.merged_into is not None:
            was_open = gone.before_merge
            back, other = unmerged(gone, self.known[gone.merged_into], KIM, self.now())
            assert back.state is was_open
            self.keep(back, other)

    @rule(id_=incidents, kind=st.sampled_from(list(Kind)))
    def hear(self, id_: IncidentId, kind: Kind) -> None:
        """Whatever a sender says, and whenever, nothing breaks."""
        told = event(external=id_, kind=kind, title=f"news {self.clock}", latitude=35.0)
        self.keep(applied(self.known[id_], told, self.now()))

    @invariant()
    def a_share_that_ended_never_runs_again(self) -> None:
        for id_, at in self.ended:
            assert not self.known[id_].share_runs(at)

    @invariant()
    def what_has_ended_shares_nothing(self) -> None:
        for one in self.known.values():
            if one.state.ends_shares:
                assert not one.share_runs(minutes(self.clock + 1))

    @invariant()
    def a_merged_incident_leads_to_one_that_is_not(self) -> None:
        for id_, one in self.known.items():
            assert (one.state is State.MERGED) == (one.merged_into is not None)
            last = followed(self.known, id_)
            assert last is not None
            assert last.state is not State.MERGED

    @invariant()
    def the_history_only_grows(self) -> None:
        for one in self.known.values():
            times = [line.at for line in one.history]
            assert times == sorted(times)
            assert not times or one.changed_at <= minutes(self.clock)


TestShares = Shares.TestCase
