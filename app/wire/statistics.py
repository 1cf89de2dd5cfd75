"""Figures of the hub for those who run the centre."""

from __future__ import annotations

from pydantic import Field

from app.wire.base import Message, Moment


class FalseAlarmRow(Message):
    """Of one rule of one camera's analytics: how many events, and how many of them were none."""

    camera: str
    rule: str = ""
    events: int
    false_alarms: int


class FalseAlarms(Message):
    """The worst first."""

    since: Moment
    rows: tuple[FalseAlarmRow, ...] = Field(default=())
