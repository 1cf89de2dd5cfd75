"""What an event does to the incidents: opens, changes, releases, ends, moves, or nothing new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from app.domain.duplicates import PLATE, earlier_hits, same_incident
from app.domain.errors import Refused
from app.domain.incident import Incident
from app.domain.incident_acts import closed_automatically
from app.domain.incident_intake import applied, opened
from app.domain.intake import IntakeEvent, Kind
from app.domain.site import SiteId
from app.domain.text import Text
from app.domain.unit import UNIT
from app.hub.services.bundle import Bundle, Happening
from app.hub.services.incident_json import stamp
from app.hub.services.incidents import Incidents, followed
from app.hub.services.units import Units
from app.hub.store.rows import Entry
from app.hub.store.transaction import Transaction

# A vehicle sends its place every second or two; the incident itself follows in longer steps, so
# that its row (with its whole history) does not go to every console each time.
_STEP: Final = timedelta(seconds=10)
_PLACED_AT: Final = "position_at"

_SECOND_HIT = Text("같은 차량번호가 다시 인식되었습니다", "the same plate was read again")
_NO_INCIDENT = Text(
    "아직 알려지지 않은 사건에 대한 내용입니다", "about an incident that is not known yet"
)


class Happenings:
    """`default_site`: where an incident belongs whose feed and camera say nothing."""

    def __init__(
        self, incidents: Incidents, units: Units, default_site: Callable[[], SiteId]
    ) -> None:
        self._incidents = incidents
        self._units = units
        self._default_site = default_site

    def begin(self, tx: Transaction, happenings: Sequence[Happening]) -> Bundle:
        """For `take`, of these happenings and in this job; to be closed at its end."""
        return Bundle(tx, self._incidents, happenings)

    def take(self, bundle: Bundle, happening: Happening) -> Entry | None:
        """The newest place of what it became; None where it was nothing new.

        Raises Refused for what is about an incident that is not known: it may be yet.
        """
        if bundle.has_seen(happening.key):
            return None
        event = happening.event
        if event.type == UNIT:
            bundle.remember(happening.key)
            site = self._site(bundle, happening)
            return self._units.take(bundle.tx, happening.feed, event, site)
        known = same_incident(bundle.like(happening.feed, event), event, bundle.at)
        if known is not None:
            entry = self._apply(bundle, followed(known, bundle.get), event)
        else:
            entry = self._open(bundle, happening)
        bundle.remember(happening.key)
        return entry

    def _open(self, bundle: Bundle, happening: Happening) -> Entry | None:
        event, at = happening.event, bundle.at
        if event.kind is Kind.ENDED and happening.polled:
            return None
        if event.kind not in {Kind.OCCURRED, Kind.CHANGED}:
            raise Refused(_NO_INCIDENT)
        for earlier in earlier_hits(bundle.of_plate(event), event):
            bundle.change(earlier, closed_automatically(earlier, _second_hit(event), at))
        incident = opened(
            event,
            id_=self._incidents.new_id(),
            number=bundle.next_number(),
            site=self._site(bundle, happening),
            at=at,
        )
        return bundle.open(incident, happening.feed)

    def _apply(self, bundle: Bundle, before: Incident, event: IntakeEvent) -> Entry | None:
        at = bundle.at
        after = applied(before, event, at)
        if event.kind is not Kind.POSITION:
            return bundle.change(before, after)
        if event.latitude is None or event.longitude is None:
            return None
        told = bundle.tell(
            before,
            "position",
            at=stamp(event.occurred_at or at),
            latitude=event.latitude,
            longitude=event.longitude,
        )
        if after == before or not _due(before, at):
            return told
        after = replace(after, facts={**after.facts, _PLACED_AT: stamp(at)})
        return bundle.change(before, after)

    def _site(self, bundle: Bundle, happening: Happening) -> SiteId:
        site = bundle.site_of(happening)
        return self._default_site() if site is None else site


def _due(incident: Incident, at: datetime) -> bool:
    last = incident.facts.get(_PLACED_AT)
    return not isinstance(last, str) or at - datetime.fromisoformat(last) >= _STEP


def _second_hit(event: IntakeEvent) -> Text:
    number = event.facts.get(PLATE, "")
    return Text(f"{_SECOND_HIT.ko} ({number})", f"{_SECOND_HIT.en} ({number})")
