"""Camera status as one console sees it, coalesced: `POST /v1/camera-status`, answered by 204."""

from __future__ import annotations

from pydantic import Field

from app.wire.base import Message
from app.wire.entities import CameraStatusRow

MOST = 1000


class StatusReport(Message):
    """The newest state of each camera that changed; `seen_by` is the hub's to count."""

    rows: tuple[CameraStatusRow, ...] = Field(max_length=MOST)
