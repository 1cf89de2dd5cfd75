"""Who may be given live video of what, for how long, and who has to agree: one table.

The kinds of receivers are those of the platform (112 room, station, patrol car, 119 room, disaster
rooms, tracking centre, security firms). No public source gives the figures, the five hundred metres
of patrol cars apart (Chungnam): they are ours, and the centre sets them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.domain.errors import Refused
from app.domain.incident_type import IncidentType, TypeKey
from app.domain.site import SiteKind
from app.domain.text import Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table.

    `minutes`: how long at first; `longest`: with all that was added. `cameras`: at most.
    `radius_m`: only cameras so near to the place; None for any. `approval`: a supervisor has to
    agree. `by_itself`: answered without a person where the receiver's own system asks.
    """

    minutes: int
    longest: int
    cameras: int
    radius_m: float | None = None
    approval: bool = False
    by_itself: bool = False


RULES: Final[Mapping[SiteKind, Rule]] = {
    SiteKind.POLICE_ROOM: Rule(120, 720, 13, by_itself=True),
    SiteKind.POLICE: Rule(120, 720, 13),
    SiteKind.PATROL: Rule(60, 240, 6, radius_m=500.0),
    SiteKind.FIRE: Rule(120, 720, 13),
    SiteKind.DISASTER: Rule(240, 1440, 36),
    SiteKind.PROVINCE: Rule(240, 1440, 36),
    SiteKind.PROBATION: Rule(120, 720, 13),
    SiteKind.SECURITY: Rule(30, 60, 2, radius_m=200.0, approval=True),
    SiteKind.CENTRE: Rule(120, 720, 13, approval=True),
    SiteKind.NATION: Rule(240, 1440, 36, approval=True),
}
# A request of the 112 room for video is the request for exactly this (긴급영상).
_ASKED_FOR: Final = frozenset({TypeKey.EMERGENCY_VIDEO})


def rule_of(kind: IncidentType, receiver: SiteKind) -> Rule:
    """Raises Refused where the type may not be shared with such a receiver at all.

    A receiver that the type does not name needs a supervisor; a type with legal reasons of its own
    (an anklet) goes to those that it names and to nobody else.
    """
    rule = RULES[receiver]
    if receiver.service in kind.receivers or receiver in kind.receivers:
        return replace(rule, by_itself=rule.by_itself and kind.key in _ASKED_FOR)
    if kind.reasons or not kind.receivers:
        raise Refused(_nobody_else(kind, receiver))
    return replace(rule, approval=True, by_itself=False)


def _nobody_else(kind: IncidentType, receiver: SiteKind) -> Text:
    return Text(
        f"‘{kind.name.ko}’의 영상은 {receiver.words.ko}에 제공할 수 없습니다",
        f"video of “{kind.name.en}” is not shared with this kind of receiver: {receiver.words.en}",
    )
