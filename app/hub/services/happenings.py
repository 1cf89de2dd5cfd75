"""What an event does to the incidents: opens, changes, releases, ends, moves, or nothing new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select

from app.domain.duplicates import PLATE, earlier_hits, same_incident
from app.domain.errors import Refused
from app.domain.incident import Incident
from app.domain.incident_acts import closed_automatically
from app.domain.incident_intake import applied, opened
from app.domain.intake import IntakeEvent, Kind
from app.domain.site import SiteId
from app.domain.text import Text
from app.hub.services.incident_json import stamp
from app.hub.services.incidents import Incidents
from app.hub.store import queries
from app.hub.store.columns import moment
from app.hub.store.rows import Entry
from app.hub.store.schema import event_seen, feed
from app.hub.store.transaction import Transaction

# A vehicle sends its place every second or two; the incident itself follows in longer steps, so
# that its row (with its whole history) does not go to every console each time.
_STEP: Final = timedelta(seconds=10)
_PLACED_AT: Final = "position_at"
_SEEN = select(event_seen.c.key).where(event_seen.c.key == bindparam("key_"))
_REMEMBER = insert(event_seen)
_SITE_OF_FEED = select(feed.c.site).where(feed.c.name == bindparam("name_"))

_SECOND_HIT = Text("같은 차량번호가 다시 인식되었습니다", "the same plate was read again")
_NO_INCIDENT = Text(
    "아직 알려지지 않은 사건에 대한 내용입니다", "about an incident that is not known yet"
)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as it came through the door of `feed`.

    `polled`: of a list that names what is over beside what is not.
    """

    feed: str
    key: str
    event: IntakeEvent
    polled: bool = False


class Happenings:
    """`default_site`: where an incident belongs whose feed and camera say nothing."""

    def __init__(self, incidents: Incidents, default_site: Callable[[], SiteId]) -> None:
        self._incidents = incidents
        self._default_site = default_site

    def take(self, tx: Transaction, happening: Happening) -> Entry | None:
        """The newest place of what it became; None where it was nothing new.

        Raises Refused for what is about an incident that is not known: it may be yet.
        """
        connection = tx.connection
        if connection.execute(_SEEN, {"key_": happening.key}).first() is not None:
            return None
        at, event = moment(tx.at), happening.event
        known = same_incident(self._incidents.like(connection, happening.feed, event), event, at)
        if known is not None:
            entry = self._apply(tx, self._incidents.followed(connection, known), event, at)
        else:
            entry = self._open(tx, happening, at)
        connection.execute(_REMEMBER, {"key": happening.key, "at": tx.at})
        return entry

    def _open(self, tx: Transaction, happening: Happening, at: datetime) -> Entry | None:
        event = happening.event
        if event.kind is Kind.ENDED and happening.polled:
            return None
        if event.kind not in {Kind.OCCURRED, Kind.CHANGED}:
            raise Refused(_NO_INCIDENT)
        for earlier in earlier_hits(self._incidents.of_plate(tx.connection, event), event):
            closed = closed_automatically(earlier, _second_hit(event), at)
            self._incidents.change(tx, earlier, closed)
        incident = opened(
            event,
            id_=self._incidents.new_id(),
            number=self._incidents.next_number(tx),
            site=self._site(tx.connection, happening),
            at=at,
        )
        return self._incidents.open(tx, incident, happening.feed)

    def _apply(
        self, tx: Transaction, before: Incident, event: IntakeEvent, at: datetime
    ) -> Entry | None:
        after = applied(before, event, at)
        if event.kind is not Kind.POSITION:
            return self._incidents.change(tx, before, after)
        if event.latitude is None or event.longitude is None:
            return None
        told = self._incidents.tell(
            tx,
            before,
            "position",
            at=stamp(event.occurred_at or at),
            latitude=event.latitude,
            longitude=event.longitude,
        )
        if after == before or not _due(before, at):
            return told
        after = replace(after, facts={**after.facts, _PLACED_AT: stamp(at)})
        return self._incidents.change(tx, before, after)

    def _site(self, connection: Connection, happening: Happening) -> SiteId:
        site = connection.execute(_SITE_OF_FEED, {"name_": happening.feed}).scalar_one_or_none()
        if site is not None:
            return SiteId(site)
        camera = happening.event.camera and queries.get(
            connection, "camera", happening.event.camera
        )
        return SiteId(camera.d["site"]) if camera else self._default_site()


def _due(incident: Incident, at: datetime) -> bool:
    last = incident.facts.get(_PLACED_AT)
    return not isinstance(last, str) or at - datetime.fromisoformat(last) >= _STEP


def _second_hit(event: IntakeEvent) -> Text:
    number = event.facts.get(PLATE, "")
    return Text(f"{_SECOND_HIT.ko} ({number})", f"{_SECOND_HIT.en} ({number})")
