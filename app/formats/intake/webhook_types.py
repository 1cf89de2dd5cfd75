"""The CloudEvents types that the webhook takes, and what their `data` holds. Ours, documented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.incident_type import TypeKey


@dataclass(frozen=True, slots=True)
class EventType:
    """`data` members beside those that every type has (see `webhook`).

    `wanted`: told where missing, never a reason to turn somebody in need away. `facts` and
    `person` (what tells who somebody is) are taken over where they are there.
    """

    type: str
    key: TypeKey
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
            wanted=("bell",),
            facts=("phone", "kind"),
        ),
        EventType(
            "kr.gwanje.market-fire.detected",
            TypeKey.MARKET_FIRE,
            wanted=("market",),
            facts=("stall", "detector", "signature", "repeats"),
            person=("owner", "owner_phone"),
        ),
        EventType(
            "kr.gwanje.plate.hit",
            TypeKey.WANTED_VEHICLE,
            wanted=("plate",),
            facts=("reason", "lane", "direction", "image", "confidence"),
        ),
        EventType(
            "kr.gwanje.anklet.violation",
            TypeKey.ANKLET,
            wanted=("reason",),
            facts=("device", "centre", "officer_phone"),
            person=("name", "sex", "birth", "image"),
        ),
        *(
            EventType(f"kr.gwanje.analytics.{key}", key, facts=_ANALYTICS)
            for key in (
                TypeKey.INTRUSION,
                TypeKey.LOITERING,
                TypeKey.FALL,
                TypeKey.FIRE,
                TypeKey.CROWD,
            )
        ),
        EventType(
            "kr.gwanje.citizen.call",
            TypeKey.CITIZEN_APP,
            facts=("service", "trigger", "video"),
            person=("name", "phone", "sex", "birth", "guardian", "guardian_phone", "image"),
        ),
        EventType(
            "kr.gwanje.security.alarm",
            TypeKey.PRIVATE_SECURITY,
            wanted=("firm",),
            facts=("alarm", "customer", "guard_phone"),
        ),
        EventType(
            "kr.gwanje.vulnerable.sos",
            TypeKey.VULNERABLE_PERSON,
            facts=("service",),
            person=("name", "phone", "sex", "birth", "guardian", "guardian_phone", "image"),
        ),
        EventType(
            "kr.gwanje.disaster.reported",
            TypeKey.DISASTER,
            facts=("kind", "message"),
        ),
    )
}
