"""What no table of rights may ever allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from app.domain.account import AccountId, Role, Subject
from app.domain.incident_type import TypeKey
from app.domain.permit import Thing, permit
from app.domain.rights import RIGHTS, Action
from app.domain.site import SiteId, SiteKind
from tests.fakes.incidents import minutes

SITES = st.sampled_from([SiteId(name) for name in ("nation", "daegu", "dalseo", "police", "fire")])
ACCOUNTS = st.sampled_from([AccountId(name) for name in ("kim", "lee", "park")])
ACTIONS = st.sampled_from(list(Action))
KINDS = st.sampled_from(
    [
        "site", "camera", "camera_status", "point", "incident", "history", "note", "attachment",
        "share", "wall", "console", "account", "feed", "setting", "log", "quarantine", "metrics",
        "other",
    ]
)  # fmt: skip
# What may be done with what another site shares.
LOOKING = {Action.SEE, Action.SEE_PERSON, Action.WATCH_SHARE, Action.ASK_SHARE, Action.END_SHARE}
TIMES = st.integers(0, 60).map(minutes)


def _runs(until: datetime | None, now: datetime) -> bool:
    return until is None or now < until


@st.composite
def subjects(draw: st.DrawFn, role: Role | None = None) -> Subject:
    site = draw(SITES)
    return Subject(
        draw(ACCOUNTS),
        "name",
        "이름",
        role or draw(st.sampled_from(list(Role))),
        site,
        frozenset({site, *draw(st.lists(SITES, max_size=3))}),
        draw(st.sampled_from(list(SiteKind))),
        must_change=draw(st.booleans()),
        purposes=draw(st.sampled_from([frozenset[str](), frozenset({"생활방범"})])),
    )


# Mostly what the table speaks of, so that many are allowed; anything at all besides.
ROWS = sorted({what for rights in RIGHTS.values() for what in rights})
ANYTHING = st.sampled_from(ROWS) | st.tuples(ACTIONS, KINDS)


@st.composite
def asks(draw: st.DrawFn, action: Action | None = None) -> tuple[Action, Thing]:
    rows = st.sampled_from([row for row in ROWS if action in {None, row[0]}])
    asked, kind = draw(rows if action else ANYTHING)
    return asked, Thing(
        kind,
        draw(st.none() | SITES),
        draw(st.none() | ACCOUNTS),
        draw(st.sampled_from([*TypeKey, ""])),
        draw(st.dictionaries(SITES, st.none() | TIMES, max_size=3)),
        draw(st.sampled_from(["", "생활방범", "교통단속"])),
        draw(st.sampled_from(["direct", "relay"])),
    )


@given(subjects(), asks(), TIMES)
def test_nobody_acts_outside_the_own_branch(
    subject: Subject, asked: tuple[Action, Thing], now: datetime
) -> None:
    action, thing = asked
    if permit(subject, action, thing, now) and thing.site not in subject.within:
        assert action in LOOKING
        assert subject.site in thing.shared


@given(subjects(Role.RECEIVER), asks(), TIMES)
def test_a_receiver_has_what_is_shared_while_it_is_shared(
    subject: Subject, asked: tuple[Action, Thing], now: datetime
) -> None:
    action, thing = asked
    if not permit(subject, action, thing, now):
        return
    own = thing.kind == "site" and thing.site == subject.site
    own |= thing.kind == "account" and thing.owner == subject.account
    assert own or (subject.site in thing.shared and _runs(thing.shared[subject.site], now))
    assert action in LOOKING | {Action.CHANGE_PASSWORD}


@given(subjects(), asks(), TIMES, SITES)
def test_sharing_with_others_takes_nothing_away_and_gives_only_to_them(
    subject: Subject, asked: tuple[Action, Thing], now: datetime, other: SiteId
) -> None:
    action, thing = asked
    wider = replace(thing, shared={**thing.shared, other: None})
    before, now_allowed = (permit(subject, action, it, now) for it in (thing, wider))
    assert now_allowed or not before
    if now_allowed and not before:
        assert subject.site == other


@given(subjects(Role.AUDITOR), asks(), TIMES)
def test_an_auditor_changes_nothing_and_meets_no_person(
    subject: Subject, asked: tuple[Action, Thing], now: datetime
) -> None:
    action, thing = asked
    if permit(subject, action, thing, now):
        assert action in {Action.SEE, Action.AUDIT, Action.CHANGE_PASSWORD}


@given(subjects(Role.FEED), asks(), TIMES)
def test_a_feed_only_delivers(subject: Subject, asked: tuple[Action, Thing], now: datetime) -> None:
    action, thing = asked
    if permit(subject, action, thing, now):
        assert action is Action.INTAKE
        assert thing.owner == subject.account


@given(subjects(), asks(), TIMES)
def test_with_a_one_time_password_nothing_but_changing_it(
    subject: Subject, asked: tuple[Action, Thing], now: datetime
) -> None:
    action, thing = asked
    if subject.must_change and permit(subject, action, thing, now):
        assert action is Action.CHANGE_PASSWORD
        assert thing.owner == subject.account


@given(subjects(Role.RECEIVER) | subjects(), asks(Action.SEE_PERSON), TIMES)
def test_who_meets_the_person_sees_the_incident(
    subject: Subject, asked: tuple[Action, Thing], now: datetime
) -> None:
    _, thing = asked
    if permit(subject, Action.SEE_PERSON, thing, now):
        assert permit(subject, Action.SEE, thing, now)


@given(subjects(), asks(), TIMES, TIMES)
def test_time_only_takes_away(
    subject: Subject, asked: tuple[Action, Thing], one: datetime, other: datetime
) -> None:
    action, thing = asked
    if permit(subject, action, thing, max(one, other)):
        assert permit(subject, action, thing, min(one, other))
