"""What the registry imports yield: cameras and other points, with what the lists say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.camera import Camera
from app.formats.registry.report import ImportReport


@dataclass(frozen=True, slots=True)
class CameraEntry:
    """One row of a camera list.

    `camera.site` is the body's full name, `code` its 개방자치단체코드, `department` the part of it.
    `count`: how many cameras stand there (카메라대수); one row stays one camera, since the list
    says nothing that would tell them apart. `approximate`: placed at its emd. `facts`: pixels,
    direction, retention_days, installed, as_of, phone.
    """

    camera: Camera
    code: str = ""
    department: str = ""
    count: int = 1
    approximate: bool = False
    emd_code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PointEntry:
    """A bell or a police box. `kind`: bell, police_box. WGS84 degrees; None where unknown."""

    kind: str
    id: str
    name: str
    site: str
    code: str = ""
    department: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False
    emd_code: str = ""
    address: str = ""
    phone: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CameraImport:
    entries: tuple[CameraEntry, ...]
    report: ImportReport


@dataclass(frozen=True, slots=True)
class PointImport:
    entries: tuple[PointEntry, ...]
    report: ImportReport
