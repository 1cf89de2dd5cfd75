"""What the hub puts onto the maps."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.geo.earth import destination
from app.services.hub_points import Point
from app.services.tracks import Tracks
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import AT, put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_story import SCENE, Desk, put_around, tell, there
from tests.fakes.incidents import NOON
from tests.fakes.waiting import until
from ui.incidents.new import NewIncidentDialog
from ui.map.feed import MapFeed
from ui.map.live import Chosen
from ui.shell.hub_maps import HubMaps
from ui.shell.map_live import MapLive, ago_words, point_layers


def feed_of(desk: Desk) -> MapFeed:
    assert desk.screens.maps is not None
    return desk.screens.maps.feed


def put_scene(hub: ModelHub) -> None:
    put_incident(hub.model, latitude=SCENE.latitude, longitude=SCENE.longitude)
    put_incident(hub.model, "i2", grade=20, state=20, number="2")
    put_incident(hub.model, "i3", state=91, latitude=35.8, longitude=128.5)


def test_incidents_and_their_dragnet_stand_on_the_map(qtbot: QtBot, tmp_path: Path) -> None:
    hub = ModelHub(HubModel())
    put_scene(hub)

    async def story(desk: Desk) -> None:
        put_around(desk)
        maps = desk.hub.maps
        assert isinstance(maps, HubMaps)
        assert isinstance(maps.live, MapLive)
        await desk.sign_in()
        feed = feed_of(desk)
        await until(lambda: len(feed.live.incidents) == 1)
        mark = feed.live.incidents[0]
        assert (mark.id, mark.shape, mark.new) == ("i1", "diamond", True)
        assert not feed.live.rings
        actions = desk.screens.main.frame.actions
        desk.hub.incidents.choose("i1")
        actions["incident.dragnet"].trigger()
        await until(lambda: len(feed.live.chosen) >= 5)
        chosen: list[Chosen] = list(feed.live.chosen)
        assert [one.number for one in chosen][:3] == [1, 2, 3]
        assert "in its picture" in chosen[0].reason
        assert [ring.metres for ring in feed.live.rings] == [100.0, 200.0]
        actions["dragnet.close"].trigger()
        await until(lambda: not feed.live.chosen)

    tell(lambda: there(hub), tmp_path, story)


def test_what_is_clicked_on_the_map_happens_at_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    hub = ModelHub(HubModel())
    put_scene(hub)

    async def story(desk: Desk) -> None:
        await desk.sign_in()
        screens, parts = desk.screens, desk.session.parts
        assert screens.maps is not None
        screens.maps.lit.emit("i1")
        assert feed_of(desk).live.lit == "i1"
        screens.maps.incident_chosen.emit("i2")
        assert desk.hub.incidents.chosen == "i2"
        screens.maps.new_wanted.emit(SCENE)
        dialog = desk.hub.incidents.findChild(NewIncidentDialog)
        assert dialog is not None
        dialog.title.setText("지도에서")
        dialog.save.click()
        await until(lambda: bool(parts.outbox.acts()))
        act = next(act for act in parts.outbox.acts() if act.type == "incident.create")
        assert act.args["latitude"] == SCENE.latitude
        await until(lambda: desk.hub.incidents.chosen == act.target)

    tell(lambda: there(hub), tmp_path, story)


def test_a_target_that_moves_has_its_track_on_the_map(qtbot: QtBot, tmp_path: Path) -> None:
    hub = ModelHub(HubModel())
    put_incident(hub.model, type="anklet", latitude=SCENE.latitude, longitude=SCENE.longitude)

    async def story(desk: Desk) -> None:
        console, maps = desk.site.console, desk.hub.maps
        await desk.sign_in()
        assert maps is not None
        assert isinstance(console.tracks, Tracks)
        await until(lambda: "i1" in console.tracks.all())  # type: ignore[union-attr]
        there = destination(SCENE, 90, 80)
        later = (AT + timedelta(seconds=30)).isoformat()
        put_incident(
            hub.model, type="anklet", latitude=there.latitude, longitude=there.longitude,
            changed_at=later,
        )  # fmt: skip
        await until(lambda: bool(maps.live().tracks))
        track = maps.live().tracks[0]
        assert len(track.places) == 2
        assert track.label

    tell(lambda: there(hub), tmp_path, story)


def test_a_patrol_car_is_on_the_map_with_its_name(qtbot: QtBot, tmp_path: Path) -> None:
    hub = ModelHub(HubModel())
    hub.model.put(
        "unit", "u1", site="site-1", kind="patrol_car", name="순12호", latitude=SCENE.latitude,
        longitude=SCENE.longitude, at=AT.isoformat(),
    )  # fmt: skip

    async def story(desk: Desk) -> None:
        maps = desk.hub.maps
        await desk.sign_in()
        assert maps is not None
        await until(lambda: bool(maps.live().tracks))
        (track,) = maps.live().tracks
        assert track.label.startswith("순12호 · ")
        assert len(track.places) == 1

    tell(lambda: there(hub), tmp_path, story)


def test_points_become_layers_by_kind() -> None:
    class Points:
        def all(self) -> dict[str, tuple[Point, ...]]:
            return {"bell": (Point("p1", "bell", "벨 1", 35.8, 128.5),)}

    layers = point_layers(Points())  # type: ignore[arg-type]
    assert layers["bell"].names == ("벨 1",)
    assert 0.8 < layers["bell"].x[0] < 0.9


def test_how_long_ago_is_said_in_seconds_then_in_minutes() -> None:
    then = NOON
    assert ago_words(then, NOON + timedelta(seconds=40)) == "40 s ago"
    assert ago_words(then, NOON + timedelta(seconds=100)) == "1 min ago"
    assert ago_words(NOON + timedelta(seconds=5), NOON) == "0 s ago"
