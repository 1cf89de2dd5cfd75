"""Who has cameras or users: municipalities, police, fire and disaster rooms, in a tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from app.domain.errors import BadInput
from app.domain.text import Text

SiteId = NewType("SiteId", str)


class SiteKind(StrEnum):
    CENTRE = "centre"
    POLICE = "police"
    POLICE_ROOM = "police_room"
    PATROL = "patrol"
    FIRE = "fire"
    DISASTER = "disaster"
    PROBATION = "probation"
    SECURITY = "security"
    PROVINCE = "province"
    NATION = "nation"

    @property
    def words(self) -> Text:
        return _WORDS[self]

    @property
    def service(self) -> SiteKind:
        """The service that it is a part of: a patrol car is the police."""
        return _SERVICES.get(self, self)


_SERVICES = {SiteKind.POLICE_ROOM: SiteKind.POLICE, SiteKind.PATROL: SiteKind.POLICE}
_WORDS = {
    SiteKind.CENTRE: Text("관제센터", "control centre"),
    SiteKind.POLICE: Text("경찰", "police"),
    SiteKind.POLICE_ROOM: Text("112상황실", "112 room"),
    SiteKind.PATROL: Text("순찰차", "patrol car"),
    SiteKind.FIRE: Text("소방", "fire service"),
    SiteKind.DISASTER: Text("재난안전상황실", "disaster room"),
    SiteKind.PROBATION: Text("위치추적센터·보호관찰소", "tracking centre and probation office"),
    SiteKind.SECURITY: Text("민간보안업체", "private security firm"),
    SiteKind.PROVINCE: Text("시도", "province"),
    SiteKind.NATION: Text("국가", "nation"),
}


@dataclass(frozen=True, slots=True)
class Site:
    """One of them.

    `code`: 개방자치단체코드 (7 digits) or the agency's own. `jurisdiction`: 10-digit emd codes
    (법정동코드) of the places that a police site is in charge of.
    """

    id: SiteId
    name: str
    kind: SiteKind
    parent: SiteId | None = None
    code: str = ""
    jurisdiction: frozenset[str] = frozenset()


def within(sites: Mapping[SiteId, Site], top: SiteId) -> frozenset[SiteId]:
    """`top` and everything below it; just `top` where the tree does not know it.

    Raises BadInput where a site lies below itself.
    """
    below: dict[SiteId, list[SiteId]] = {}
    for site in sites.values():
        if site.parent is not None:
            below.setdefault(site.parent, []).append(site.id)
    found: set[SiteId] = {top}
    waiting = [top]
    while waiting:
        for child in below.get(waiting.pop(), ()):
            if child in found:
                raise BadInput(_circle(sites, child))
            found.add(child)
            waiting.append(child)
    return frozenset(found)


def in_charge(sites: Iterable[Site], emd_code: str) -> tuple[Site, ...]:
    """The police sites whose jurisdiction holds this place, by name."""
    of_place = (s for s in sites if s.kind is SiteKind.POLICE and emd_code in s.jurisdiction)
    return tuple(sorted(of_place, key=lambda site: (site.name, site.id)))


def _circle(sites: Mapping[SiteId, Site], site: SiteId) -> Text:
    name = sites[site].name
    return Text(
        f"기관 ‘{name}’이(가) 자기 자신의 아래에 있습니다. 상위 기관을 고치십시오",
        f'the site "{name}" lies below itself; correct its parent',
    )
