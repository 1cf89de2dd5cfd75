"""What a person did that must be told later: who, when, which camera."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.camera import CameraId

DetailValue = str | int | float | bool | None


class ActKind(StrEnum):
    SNAPSHOT = "snapshot"
    REPLAY = "replay"
    CLIP = "clip"


@dataclass(frozen=True, slots=True)
class Act:
    """`id` tells a repeated writing from a second act; `at` is aware, UTC."""

    id: str
    at: datetime
    kind: ActKind
    camera: CameraId | None
    operator: str
    detail: Mapping[str, DetailValue] = field(default_factory=dict)
