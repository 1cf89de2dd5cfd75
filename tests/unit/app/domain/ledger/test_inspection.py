"""The monthly inspection: app.domain.ledger.inspection."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from app.domain.errors import BadInput
from app.domain.ledger.entry import Kind
from app.domain.ledger.inspection import Flag, Viewer, inspect, month_of
from app.domain.ledger.record import KOREA, Record

FIRST = datetime(2026, 11, 2, 14, 0, tzinfo=KOREA)


def view(who: str, at: datetime, *, incident: str = "i1", kind: Kind = Kind.VIEW) -> Record:
    person = {"account": who, "name": f"{who} 님"} if who else {}
    return Record(1, at, kind.value, "gu", "C-1", incident, person=person)


def days(who: str, count: int, of_them: int = 1, hour: int = 14) -> Iterator[Record]:
    for day in range(count):
        for _ in range(of_them):
            yield view(who, FIRST.replace(hour=hour) + timedelta(days=day))


def found(records: list[Record]) -> dict[str, Viewer]:
    return {one.account: one for one in inspect(records)}


def test_who_views_three_times_the_middle_is_pointed_at() -> None:
    records = [*days("a", 10, 2), *days("b", 10, 2), *days("c", 10, 9)]
    viewers = inspect(records)
    assert [(one.account, one.flags) for one in viewers] == [
        ("c", (Flag.MUCH,)),
        ("a", ()),
        ("b", ()),
    ]
    assert viewers[0].views == 90


def test_a_few_views_are_never_many() -> None:
    assert not found([*days("a", 1, 2), *days("b", 1, 20)])["b"].flags


def test_night_is_unusual_only_for_those_who_do_not_work_at_night() -> None:
    night = [*days("guard", 12, 2, hour=3)]
    office = [*days("clerk", 12, 2), *days("clerk", 2, 4, hour=3)]
    viewers = found([*night, *office])
    assert viewers["guard"].odd == 0
    assert (viewers["clerk"].odd, viewers["clerk"].flags) == (8, (Flag.HOURS,))


def test_somebody_new_has_no_hours_of_his_own_yet() -> None:
    viewers = found([*days("new", 2, 3, hour=23), *days("other", 2, 3)])
    assert viewers["new"].flags == (Flag.HOURS,)
    assert not viewers["other"].flags


def test_views_without_incident_and_refusals() -> None:
    bare = [view("a", FIRST, incident="") for _ in range(21)]
    bare += [view(who, FIRST, incident="") for who in ("c", "d")]
    bare += [view(who, FIRST) for who in ("c", "d") for _ in range(19)]
    refused = [view("b", FIRST, kind=Kind.REFUSED) for _ in range(5)]
    viewers = found([*bare, *refused])
    assert (viewers["a"].bare, viewers["a"].flags) == (21, (Flag.NO_REASON,))
    assert not viewers["c"].flags
    assert (viewers["b"].refused, viewers["b"].flags) == (5, (Flag.REFUSED,))


def test_seconds_are_those_of_views_that_ended_and_erased_persons_have_no_name() -> None:
    ended = Record(
        2, FIRST, Kind.VIEW_END.value, "gu", "C-1", begun=FIRST, ended=FIRST + timedelta(minutes=2)
    )
    (one,) = inspect([view("", FIRST), ended])
    assert (one.name, one.seconds, one.views, one.cameras) == ("", 120.0, 1, 1)


def test_an_empty_month() -> None:
    assert inspect([]) == []


@pytest.mark.parametrize(
    ("month", "begin", "end"),
    [("2026-11", "2026-11-01", "2026-12-01"), ("2026-12", "2026-12-01", "2027-01-01")],
)
def test_months_are_those_of_korea(month: str, begin: str, end: str) -> None:
    since, until = month_of(month)
    assert since.isoformat() == f"{begin}T00:00:00+09:00"
    assert until.isoformat() == f"{end}T00:00:00+09:00"


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "11-2026-1", "x-y", "0-1"])
def test_what_is_no_month(month: str) -> None:
    with pytest.raises(BadInput):
        month_of(month)


def test_every_flag_has_words() -> None:
    assert all(flag.words.ko and flag.words.en for flag in Flag)
