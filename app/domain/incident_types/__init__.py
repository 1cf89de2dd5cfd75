"""The one table of incident types; docs/incident-types.md shows it to people."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.errors import BadInput
from app.domain.incident_type import IncidentType
from app.domain.incident_types.devices import DEVICES
from app.domain.incident_types.emergency import EMERGENCY
from app.domain.incident_types.monitoring import MONITORING
from app.domain.incident_types.people import PEOPLE
from app.domain.text import Text

INCIDENT_TYPES: Mapping[str, IncidentType] = MappingProxyType(
    {kind.key: kind for kind in (*EMERGENCY, *PEOPLE, *DEVICES, *MONITORING)}
)
_BY_CODE = {code: kind for kind in INCIDENT_TYPES.values() for code in kind.codes}


def incident_type(key: str) -> IncidentType:
    """The row of the table. Raises BadInput for a key that is not in it."""
    kind = INCIDENT_TYPES.get(key)
    if kind is None:
        raise BadInput(Text("알 수 없는 사건 유형입니다", "there is no such type of incident"))
    return kind


def type_of(key: str) -> IncidentType | None:
    """None for a type that a newer version knows and this one does not."""
    return INCIDENT_TYPES.get(key)


def type_of_code(code: str) -> IncidentType | None:
    """The type that a platform's event code means; None where the table does not know it."""
    return _BY_CODE.get(code)
