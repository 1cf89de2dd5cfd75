from __future__ import annotations

from app.domain.camera import CameraId
from app.domain.stream import Fault
from app.domain.tile import TileState
from tests.fakes.camera_site import CameraSite
from ui.cameras.states import LiveStates, is_not_live

C1021, C1044 = CameraId("c1021"), CameraId("c1044")


def test_a_camera_nobody_shows_is_off() -> None:
    assert LiveStates(CameraSite().streams).of(C1021) is TileState.OFF


def test_only_a_change_is_told() -> None:
    site = CameraSite()
    states = LiveStates(site.streams)
    heard: list[CameraId] = []
    states.changed.connect(heard.append)
    site.plays(1021)
    site.plays(1021)
    site.fails(1021)
    site.fails(1021, Fault.FORBIDDEN)  # another reason, the same state
    site.stops(1021)
    assert heard == [C1021, C1021, C1021]


def test_what_should_be_live_and_is_not() -> None:
    site = CameraSite()
    states = LiveStates(site.streams)
    site.plays(1021)
    site.fails(1044)
    site.plays(1203, age=10.0)
    assert states.of(C1021) is TileState.LIVE
    assert states.of(C1044) is TileState.UNAUTHORISED
    assert states.not_live_cameras() == [C1044, CameraId("c1203")]
    site.stops(1044)
    assert states.not_live_cameras() == [CameraId("c1203")]


def test_what_went_on_before_is_known() -> None:
    site = CameraSite()
    site.shows(1021)
    site.plays(1021)
    assert LiveStates(site.streams).of(C1021) is TileState.LIVE


def test_it_stops_listening() -> None:
    site = CameraSite()
    states = LiveStates(site.streams)
    states.close()
    site.plays(1021)
    assert states.of(C1021) is TileState.OFF


def test_off_is_no_fault() -> None:
    live_or_off = {state for state in TileState if not is_not_live(state)}
    assert live_or_off == {TileState.LIVE, TileState.OFF}
