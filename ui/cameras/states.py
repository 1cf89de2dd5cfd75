"""The live state of every camera, as far as any viewer has asked for its stream."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from app.domain.camera import CameraId
from app.domain.tile import TileState, TileTruth
from app.signals import Signal


class Truths(Protocol):
    """The part of the streams that the camera list reads."""

    truth_changed: Signal[CameraId]

    def truth(self, camera: CameraId, /) -> TileTruth: ...

    def watched(self) -> Iterable[CameraId]: ...


class LiveStates:
    """Keeps what was last said of each camera, so that only a real change is told.

    A camera nobody shows is off: 100,000 of them cost nothing here.
    """

    def __init__(self, streams: Truths) -> None:
        self.changed: Signal[CameraId] = Signal("camera state changed")
        self._streams = streams
        self._states: dict[CameraId, TileState] = {}
        self._disconnect = streams.truth_changed.connect(self._heard)
        for camera in streams.watched():
            self._set(camera, streams.truth(camera).state)

    def of(self, camera: CameraId) -> TileState:
        return self._states.get(camera, TileState.OFF)

    def not_live_cameras(self) -> list[CameraId]:
        return [camera for camera, state in self._states.items() if is_not_live(state)]

    def close(self) -> None:
        self._disconnect()

    def _heard(self, camera: CameraId) -> None:
        if self._set(camera, self._streams.truth(camera).state):
            self.changed.emit(camera)

    def _set(self, camera: CameraId, state: TileState) -> bool:
        before = self.of(camera)
        if state is before:
            return False
        if state is TileState.OFF:
            del self._states[camera]
        else:
            self._states[camera] = state
        return True


def is_not_live(state: TileState) -> bool:
    return state not in {TileState.LIVE, TileState.OFF}
