"""The CloudEvents types that the webhook takes, and what their `data` holds. Ours, documented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.incident_type import TypeKey
from app.domain.text import Text


@dataclass(frozen=True, slots=True)
class EventType:
    """`data` members beside those that every type has (see `webhook`).

    `wanted`: told where missing, never a reason to turn somebody in need away. `facts` and
    `person` (what tells who somebody is) are taken over where they are there.
    """

    type: str
    key: TypeKey
    title: Text
    wanted: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    person: tuple[str, ...] = ()

    @property
    def members(self) -> tuple[str, ...]:
        return (*self.wanted, *self.facts)


_ANALYTICS = ("confidence", "region", "box", "image", "rule")

EVENT_TYPES: Mapping[str, EventType] = {
    one.type: one
    for one in (
        EventType(
            "kr.gwanje.bell.pressed",
            TypeKey.EMERGENCY_BELL,
            Text("비상벨", "emergency bell"),
            wanted=("bell",),
            facts=("phone", "kind"),
        ),
        EventType(
            "kr.gwanje.market-fire.detected",
            TypeKey.MARKET_FIRE,
            Text("전통시장 화재", "market fire"),
            wanted=("market",),
            facts=("stall", "detector", "signature", "repeats"),
            person=("owner", "owner_phone"),
        ),
        EventType(
            "kr.gwanje.plate.hit",
            TypeKey.WANTED_VEHICLE,
            Text("수배차량", "wanted vehicle"),
            wanted=("plate",),
            facts=("reason", "lane", "direction", "image", "confidence"),
        ),
        EventType(
            "kr.gwanje.anklet.violation",
            TypeKey.ANKLET,
            Text("전자발찌 위반", "anklet violation"),
            wanted=("reason",),
            facts=("device", "centre", "officer_phone"),
            person=("name", "sex", "birth", "image"),
        ),
        *(
            EventType(f"kr.gwanje.analytics.{word}", key, title, facts=_ANALYTICS)
            for word, key, title in (
                ("intrusion", TypeKey.INTRUSION, Text("침입", "intrusion")),
                ("loitering", TypeKey.LOITERING, Text("배회", "loitering")),
                ("fall", TypeKey.FALL, Text("쓰러짐", "fall")),
                ("fire", TypeKey.FIRE, Text("화재", "fire")),
                ("crowd", TypeKey.CROWD, Text("군집", "crowd")),
            )
        ),
        EventType(
            "kr.gwanje.citizen.call",
            TypeKey.CITIZEN_APP,
            Text("안심이", "citizen's app"),
            facts=("service", "trigger", "video"),
            person=("name", "phone", "sex", "birth", "guardian", "guardian_phone", "image"),
        ),
        EventType(
            "kr.gwanje.security.alarm",
            TypeKey.PRIVATE_SECURITY,
            Text("민간보안", "private security"),
            wanted=("firm",),
            facts=("alarm", "customer", "guard_phone"),
        ),
        EventType(
            "kr.gwanje.vulnerable.sos",
            TypeKey.VULNERABLE_PERSON,
            Text("사회적 약자", "vulnerable person"),
            facts=("service",),
            person=("name", "phone", "sex", "birth", "guardian", "guardian_phone", "image"),
        ),
        EventType(
            "kr.gwanje.disaster.reported",
            TypeKey.DISASTER,
            Text("재난", "disaster"),
            facts=("kind", "message"),
        ),
    )
}

# 법무부: only on these may a centre show the cameras around (the four of the legal basis).
ANKLET_REASONS = frozenset({"damage", "curfew", "forbidden_zone", "approach"})
