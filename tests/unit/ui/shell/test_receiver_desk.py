"""The console of a police station: what is shared with it, and nothing else."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.wall import MAIN_WINDOW, cameras
from app.services.catalog import CameraSet
from app.services.snapshots import LOOK_ONLY
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import AT, put_camera, put_incident, put_share, put_site
from tests.fakes.hub_model import ANNA, HubModel
from tests.fakes.hub_story import Desk, tell, there
from tests.fakes.waiting import until, until_it
from ui.shell.main_window import MainWindow
from ui.shell.receiver_desk import ALLOWED, ReceiverDesk
from ui.translations import words


def station(kind: str = "police") -> ModelHub:
    hub = ModelHub(HubModel())
    hub.model.account = ANNA.model_copy(update={"role": "receiver", "site": "station"})
    put_site(hub.model, "station", kind, "달서경찰서")
    put_incident(hub.model, facts={"bell": "B-7"})
    put_share(hub.model, cameras=["c1", "c2", "c77"])
    put_share(hub.model, "s2", cameras=["c3"], starts_at="2026-03-02T08:00:00+00:00")
    return hub


def on_wall(desk: Desk) -> list[str]:
    return list(cameras(desk.site.console.walls.wall(MAIN_WINDOW)))


async def signed_in(desk: Desk) -> ReceiverDesk:
    await desk.sign_in()
    receiver = desk.hub.receiver
    await until(lambda: receiver.on and on_wall(desk) != [])
    return receiver


def test_it_shows_what_is_shared_and_who_looks_at_it(qtbot: QtBot, tmp_path: Path) -> None:
    hub = station()

    async def story(desk: Desk) -> None:
        receiver = await signed_in(desk)
        # The newest share first, of its cameras those that there are.
        assert on_wall(desk) == ["c1", "c2"]
        assert desk.screens.main.rail.isHidden()
        assert desk.screens.main.side.page == "panel.received"
        mark = desk.site.desk.walls.watermark.text
        assert mark.startswith("달서경찰서  안나  anna  2026-03-02")
        assert receiver.facts.values["bell"].text() == "B-7"
        desk.screens.main.frame.actions["share.next"].trigger()
        assert on_wall(desk) == ["c3"]

    tell(lambda: there(hub), tmp_path, story)


def test_nothing_can_be_kept(qtbot: QtBot, tmp_path: Path) -> None:
    hub = station()

    async def story(desk: Desk) -> None:
        await signed_in(desk)
        actions = desk.screens.main.frame.actions
        on = {a.id for a in actions.bound() if a.id in actions and actions[a.id].isEnabled()}
        assert on <= ALLOWED
        view = desk.screens.main.view
        view.set_focus(0)
        view.snapshot()
        await until(lambda: words(LOOK_ONLY) in [n.words() for n in desk.site.notices.open])
        camera = desk.site.console.catalog.get(CameraId("c1"))
        assert camera is not None
        await desk.site.console.replay.open(camera, None, "")
        assert desk.site.console.replay.state.problem == LOOK_ONLY

    tell(lambda: there(hub), tmp_path, story)


def test_the_end_of_a_share_is_dark_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    hub = station()

    async def story(desk: Desk) -> None:
        receiver = await signed_in(desk)
        for id_ in ("s1", "s2"):
            put_share(hub.model, id_, state="ended", ending="incident", ended_at=AT.isoformat())
        await until(lambda: on_wall(desk) == [])
        texts = [card.about.text() for card in receiver.panel.cards.cards if card.isVisible()]
        assert texts == ["the incident was released or closed"] * 2
        assert receiver.panel.back.isHidden()

    tell(lambda: there(hub), tmp_path, story)


def test_nothing_of_it_is_left_when_it_ends(qtbot: QtBot, tmp_path: Path) -> None:
    hub = station()
    for number, id_ in enumerate(("c1", "c2", "c3"), 1):
        put_camera(hub.model, id_, number)

    async def story(desk: Desk) -> None:
        await signed_in(desk)
        engine, view = desk.site.engine, desk.screens.main.view
        catalog, store = desk.site.console.catalog, desk.session.parts.store

        async def kept(count: int) -> bool:
            return len((await store.rows("camera")).value) == count

        await until_it(lambda: kept(3))
        desk.site.console.streams.tick(0.0)
        await until(lambda: CameraId("c1") in engine.plans)
        view.grab()
        for id_ in ("s1", "s2"):
            put_share(hub.model, id_, state="ended", ending="clock", ended_at=AT.isoformat())
        for id_ in ("c1", "c2", "c3"):
            hub.model.delete("camera", id_)
        await until_it(lambda: kept(0))
        await until(lambda: on_wall(desk) == [])
        # As the program does it when the hub's list is another one (app.services.hub_cameras).
        catalog.load(CameraSet.of(()))
        desk.site.console.streams.tick(0.0)
        view.grab()
        # Not a second longer: no lingering stream, no last picture, no address, no row on the disk.
        assert engine.plans == {}
        keepsakes = view.stage._keepsakes
        assert not [c for c in ("c1", "c2", "c3") if keepsakes.arrived(CameraId(c))]
        for id_ in ("c1", "c2", "c3"):
            assert await store.access(id_) is None

    tell(lambda: there(hub), tmp_path, story)


def test_what_it_asks_for_goes_to_the_centre(qtbot: QtBot, tmp_path: Path) -> None:
    hub = station()

    async def story(desk: Desk) -> None:
        receiver = await signed_in(desk)
        panel = receiver.panel
        panel.time.click()
        panel.more_place.emit("s1", "북쪽 골목")
        panel.given_back.emit("s1")
        wanted = ["share.ask", "share.ask", "share.end"]
        await until(lambda: [c.type for b in hub.batches for c in b.commands] == wanted)

    tell(lambda: there(hub), tmp_path, story)


def test_a_patrol_car_has_one_large_picture(qtbot: QtBot, tmp_path: Path) -> None:
    hub = station("patrol")

    async def story(desk: Desk) -> None:
        await signed_in(desk)
        assert on_wall(desk) == ["c1"]
        assert desk.session.parts.receiving.thin
        main = desk.screens.main
        assert isinstance(main, MainWindow)
        assert main.aside.isHidden()
        panel = desk.hub.receiver.panel
        assert panel.large
        assert panel.after.property("large")
        panel.after.click()
        assert on_wall(desk) == ["c2"]
        panel.before.click()
        panel.before.click()
        assert on_wall(desk) == ["c2"]

    tell(lambda: there(hub), tmp_path, story)


def test_the_next_person_at_the_same_machine_is_an_operator_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    hub = station()

    async def story(desk: Desk) -> None:
        receiver = await signed_in(desk)
        await desk.session.sign_out()
        await until(lambda: not receiver.on)
        hub.model.account = ANNA
        await desk.sign_in()
        await until(lambda: desk.session.now is not None)
        assert desk.site.desk.walls.watermark.text == ""
        assert not desk.screens.main.rail.isHidden()
        assert desk.screens.main.frame.actions["incident.dragnet"].isEnabled()
        assert not desk.site.console.walls.covered(MAIN_WINDOW)
        assert desk.site.console.snapshots.allowed()

    tell(lambda: there(hub), tmp_path, story)
