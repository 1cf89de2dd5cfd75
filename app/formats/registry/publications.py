"""Which publications of a body are still good.

The national file keeps every list that a body ever handed in, each under fresh management numbers
(관리번호), so that one gu has been seen six times over. Nothing in a row says that it was replaced.
A body hands in by purpose, sometimes all at once and sometimes by department on different days:
neither "the newest date of a body" nor "all rows" is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# A later list that repeats all but one of two purposes may just be another department's.
_ENOUGH_TO_BE_WHOLE = 2


@dataclass(frozen=True, slots=True)
class Published:
    """What counts of a row. `date`: as ISO text, "" where the row has none."""

    body: str
    purpose: str
    date: str


def replaced(rows: Sequence[Published]) -> list[bool]:
    """Whether each row belongs to a list that a later one replaced.

    Of every purpose of a body the newest date is good. A purpose that is in no later list went out
    of use when a later list repeats everything else that was handed in with it; else it is
    another department's, and good.
    """
    purposes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        purposes[row.body][row.date].add(row.purpose)
    good = {body: _good(lists) for body, lists in purposes.items()}
    return [(row.purpose, row.date) not in good[row.body] for row in rows]


def _good(lists: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    newest: dict[str, str] = {}
    for date in sorted(lists):
        newest.update(dict.fromkeys(lists[date], date))
    return {
        (purpose, date) for purpose, date in newest.items() if not _dropped(purpose, date, lists)
    }


def _dropped(purpose: str, date: str, lists: Mapping[str, set[str]]) -> bool:
    others = lists[date] - {purpose}
    return len(others) >= _ENOUGH_TO_BE_WHOLE and any(
        others <= later for at, later in lists.items() if at > date
    )
