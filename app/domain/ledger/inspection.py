"""The monthly inspection of viewing: who viewed unusually much, at unusual hours, without a reason.

안전성 확보조치 기준 제8조 asks for a look at the access records every month. The figures point at
persons to talk to; they prove nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from statistics import median
from typing import Final

from app.domain.errors import BadInput
from app.domain.ledger.entry import Kind
from app.domain.ledger.record import KOREA, Record
from app.domain.text import Text

# Unusual: so many times what the middle one of all does, and not only a few.
_TIMES: Final = 3.0
_FEW: Final = 20
# An hour of the day is a person's own if it was worked on so many days at least.
_USUAL_DAYS: Final = 3
# With fewer days than that nobody has hours of his own yet: the night counts.
_KNOWN_DAYS: Final = 5
_NIGHT: Final = frozenset({22, 23, 0, 1, 2, 3, 4, 5})
_REFUSALS: Final = 5
_NO_MONTH = Text("달을 2026-11처럼 적으십시오", "give the month like 2026-11")

LOOKED_AT: Final = frozenset({Kind.VIEW, Kind.VIEW_END, Kind.REFUSED})


class Flag(StrEnum):
    MUCH = "much"
    HOURS = "hours"
    NO_REASON = "no_reason"
    REFUSED = "refused"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS: Final = {
    Flag.MUCH: Text("열람이 많음", "unusually much"),
    Flag.HOURS: Text("평소와 다른 시간대", "at unusual hours"),
    Flag.NO_REASON: Text("사건·목적 없는 열람", "without incident or purpose"),
    Flag.REFUSED: Text("거부된 시도", "refused attempts"),
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """One person's month. `seconds`: of views that have ended, those of several cameras added up.

    `odd`: views at hours that are not the person's; `bare`: without incident and purpose.
    """

    account: str
    name: str
    views: int
    cameras: int
    seconds: float
    odd: int
    bare: int
    refused: int
    flags: tuple[Flag, ...] = ()


@dataclass(slots=True)
class _Tally:
    name: str = ""
    views: list[Record] = field(default_factory=list)
    seconds: float = 0.0
    refused: int = 0


def month_of(text: str) -> tuple[datetime, datetime]:
    """Its begin and end, from "2026-11". Raises BadInput."""
    try:
        year, month = (int(part) for part in text.split("-"))
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        raise BadInput(_NO_MONTH) from None
    midnight = datetime.min.time()
    begin, end = (datetime.combine(day, midnight, KOREA) for day in (first, after))
    return begin, end


def inspect(records: Iterable[Record]) -> list[Viewer]:
    """Those with something unusual first, then who viewed most.

    Views of persons whose fields were erased are counted together under no name.
    """
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    for one in records:
        tally = tallies[one.account]
        tally.name = one.name or tally.name
        kind = one.known
        if kind is Kind.VIEW:
            tally.views.append(one)
        elif kind is Kind.VIEW_END and one.begun is not None and one.ended is not None:
            tally.seconds += (one.ended - one.begun).total_seconds()
        elif kind is Kind.REFUSED:
            tally.refused += 1
    viewers = [_viewer(account, tally) for account, tally in tallies.items()]
    much = _bound([one.views for one in viewers])
    bare = _bound([one.bare for one in viewers])
    flagged = [_flagged(one, much, bare) for one in viewers]
    return sorted(flagged, key=lambda one: (not one.flags, -one.views, one.name))


def _viewer(account: str, tally: _Tally) -> Viewer:
    views = tally.views
    return Viewer(
        account, tally.name, len(views), len({one.camera for one in views}), tally.seconds,
        _odd(views), sum(not one.incident and not one.purpose for one in views), tally.refused,
    )  # fmt: skip


def _odd(views: list[Record]) -> int:
    """Views at hours of the day at which this person is hardly ever here."""
    days_by_hour: defaultdict[int, set[date]] = defaultdict(set)
    hours: Counter[int] = Counter()
    for one in views:
        at = one.at.astimezone(KOREA)
        days_by_hour[at.hour].add(at.date())
        hours[at.hour] += 1
    days = {day for some in days_by_hour.values() for day in some}
    if len(days) < _KNOWN_DAYS:
        return sum(count for hour, count in hours.items() if hour in _NIGHT)
    return sum(count for hour, count in hours.items() if len(days_by_hour[hour]) < _USUAL_DAYS)


def _bound(counts: list[int]) -> float:
    some = [count for count in counts if count]
    return max(_FEW, _TIMES * median(some)) if some else _FEW


def _flagged(one: Viewer, much: float, bare: float) -> Viewer:
    found = {
        Flag.MUCH: one.views > much,
        Flag.HOURS: one.odd > max(2, one.views * 0.05),
        Flag.NO_REASON: one.bare > bare,
        Flag.REFUSED: one.refused >= _REFUSALS,
    }
    flags = tuple(flag for flag, holds in found.items() if holds)
    return Viewer(
        one.account, one.name, one.views, one.cameras, one.seconds, one.odd, one.bare,
        one.refused, flags,
    )  # fmt: skip
