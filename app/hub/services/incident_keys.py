"""What incidents are looked up by, beside the entities; follows from them in the same job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from app.domain.camera import CameraId
from app.domain.duplicates import DEVICE_FACTS, PLATE
from app.domain.incident import Incident
from app.domain.plate import plate
from app.hub.store.columns import micros
from app.hub.store.engines import POSTGRESQL, SQLITE
from app.hub.store.schema import incident_key
from app.hub.store.transaction import insert_into


def keys_of(incident: Incident, feed: str = "") -> dict[str, Any]:
    """A row. `feed` counts for a new incident only."""
    return {
        "id": incident.id,
        "feed": feed,
        "source": incident.source,
        "external": incident.external,
        "type": str(incident.type),
        "open": incident.state.open,
        "plate": plate_of(incident.facts),
        "device": device_of(incident.camera, incident.facts),
        "changed": micros(incident.changed_at),
    }


def plate_of(facts: Mapping[str, Any]) -> str:
    number = facts.get(PLATE)
    return (plate(str(number)) or "") if number else ""


def device_of(camera: str | CameraId | None, facts: Mapping[str, Any]) -> str:
    names = (camera or "", *(str(facts.get(name, "")) for name in DEVICE_FACTS))
    return "\x1f".join(names) if any(names) else ""


def keep(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """No two of the same incident."""
    connection.execute(_KEEP[connection.dialect.name], rows)


def _keep(dialect: str) -> Any:
    made = insert_into(incident_key, dialect)
    follows = ("type", "open", "plate", "device", "changed")
    return made.on_conflict_do_update(
        index_elements=[incident_key.c.id], set_={name: made.excluded[name] for name in follows}
    )


# Made once: every event needs it.
_KEEP = {dialect: _keep(dialect) for dialect in (SQLITE, POSTGRESQL)}
