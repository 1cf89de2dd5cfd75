"""The words of the camera list, in the language on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.camera import Camera
from app.domain.tile import TileState

translate = QCoreApplication.translate


def site_words(site: str) -> str:
    return site or translate("Cameras", "Site not stated")


def purpose_words(purpose: str) -> str:
    return purpose or translate("Cameras", "Purpose not stated")


def state_words(camera: Camera, state: TileState) -> str:
    if not camera.profiles:
        return translate("Cameras", "No stream address")
    return _STATES[state]()


def camera_words(camera: Camera) -> str:
    return f"{camera.number} {camera.name}"


def tip(camera: Camera, state: TileState) -> str:
    """All that the row itself may have no room for, a line each."""
    place = " · ".join(filter(None, (camera.site, camera.purpose)))
    said = state_words(camera, state)
    return "\n".join(filter(None, (camera_words(camera), camera.address, place, said)))


_STATES: Final[dict[TileState, Callable[[], str]]] = {
    TileState.LIVE: lambda: translate("Cameras", "Live"),
    TileState.LATE: lambda: translate("Cameras", "Late picture"),
    TileState.FROZEN: lambda: translate("Cameras", "Frozen picture"),
    TileState.CONNECTING: lambda: translate("Cameras", "Connecting"),
    TileState.UNAUTHORISED: lambda: translate("Cameras", "Sign-in failed"),
    TileState.NOT_FOUND: lambda: translate("Cameras", "No such stream"),
    TileState.UNREACHABLE: lambda: translate("Cameras", "No connection"),
    TileState.UNSUPPORTED: lambda: translate("Cameras", "Cannot be shown"),
    TileState.OFF: lambda: translate("Cameras", "Not shown on any wall"),
}
