"""Which change of an incident is told to whom: letters, kept in the transaction of the change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.incident import Incident
from app.domain.incident_state import State
from app.domain.incident_types import incident_type
from app.domain.site import Site, SiteId, in_charge
from app.hub.services.ids import Ids
from app.hub.services.incident_json import stamp, words_of
from app.hub.store import outbox
from app.hub.store.outbox import Letter
from app.hub.store.transaction import Transaction

SETTING = "routes"
SECRET = "route"  # noqa: S105 - the kind of a secret, not one


class RouteKind(StrEnum):
    """How it gets there: the platform socket, a signed webhook, a mail or SMS gateway by HTTP."""

    SOCKET = "socket"
    WEBHOOK = "webhook"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Route:
    """Somebody who is told.

    `address`: host:port or URL. `to`: of a mail; the system's name of a socket. `types`, `states`:
    of incidents, empty for all. `sender`: only incidents that came from there (progress back to
    it). `police`: the police site, told only of places it is in charge of. `person`: whether
    personal facts go along. A secret of that name lies in the vault.
    """

    name: str
    kind: RouteKind
    address: str = field(repr=False)
    to: str = ""
    types: frozenset[str] = frozenset()
    states: frozenset[int] = frozenset()
    sender: str = ""
    police: SiteId | None = None
    person: bool = False


def route_of(d: Mapping[str, Any]) -> Route:
    police = d.get("police")
    return Route(
        d["name"], RouteKind(d["kind"]), d["address"], d.get("to", ""),
        frozenset(d.get("types", ())), frozenset(d.get("states", ())), d.get("sender", ""),
        None if police is None else SiteId(police), bool(d.get("person", False)),
    )  # fmt: skip


def json_of(route: Route) -> dict[str, Any]:
    return {
        "name": route.name,
        "kind": route.kind.value,
        "address": route.address,
        "to": route.to,
        "types": sorted(route.types),
        "states": sorted(route.states),
        "sender": route.sender,
        "police": route.police,
        "person": route.person,
    }


class Notices:
    """`routes` is replaced as a whole; read on the writer's thread."""

    def __init__(self, ids: Ids, sites: Callable[[], Iterable[Site]]) -> None:
        self.routes: tuple[Route, ...] = ()
        self._ids = ids
        self._sites = sites

    def tell(self, tx: Transaction, before: Incident | None, after: Incident) -> None:
        """A letter for every route that wants to know of this state."""
        if before is not None and before.state is after.state:
            return
        for route in self.routes:
            if self._wanted(route, after):
                outbox.send(tx, _letter(self._ids.new(), route, after))

    def tell_all(self, tx: Transaction, incident: Incident) -> list[str]:
        """A person wants it told now, whatever its state: the names of those who are."""
        told = [route for route in self.routes if self._wanted(route, incident, any_state=True)]
        for route in told:
            outbox.send(tx, _letter(self._ids.new(), route, incident))
        return [route.name for route in told]

    def _wanted(self, route: Route, incident: Incident, *, any_state: bool = False) -> bool:
        if route.types and incident.type not in route.types:
            return False
        if not any_state and route.states and int(incident.state) not in route.states:
            return False
        if route.sender and incident.source != route.sender:
            return False
        if route.police is None:
            return True
        return route.police in {site.id for site in in_charge(self._sites(), incident.emd_code)}


def _letter(id_: str, route: Route, incident: Incident) -> Letter:
    kind = incident_type(incident.type)
    body = {
        "incident": incident.id,
        "number": incident.number,
        "external": incident.external,
        "source": incident.source,
        "type": str(incident.type),
        "code": kind.code,
        "grade": int(incident.grade),
        "state": int(incident.state),
        "words": words_of(State(incident.state).words),
        "title": incident.title,
        "place": incident.place,
        "emd_code": incident.emd_code,
        "latitude": incident.latitude,
        "longitude": incident.longitude,
        "occurred_at": stamp(incident.occurred_at),
        "changed_at": stamp(incident.changed_at),
        "facts": dict(incident.facts),
        "person": dict(incident.person) if route.person else {},
    }
    return Letter(id_, route.kind.value, route.name, body, about=incident.id)
