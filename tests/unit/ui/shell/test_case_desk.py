"""From the queue to an incident with its map, and what the keys do with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_story import SCENE, Desk, put_around, tell, there
from tests.fakes.waiting import until
from ui.incidents.detail import IncidentDetail
from ui.incidents.new import NewIncidentDialog
from ui.incidents.wishes import fulfil
from ui.shell.case_desk import NOTHING_CHOSEN, CaseDesk
from ui.translations import words


def hub_with_incidents() -> ModelHub:
    hub = ModelHub(HubModel())
    put_incident(
        hub.model, "i1", latitude=SCENE.latitude, longitude=SCENE.longitude,
        facts={"name": "홍길동", "bell": "17"}, personal=["name"],
    )  # fmt: skip
    put_incident(hub.model, "i2", grade=20, number="20260302-0002")
    hub.model.put("console", "c9", account="bora", name="이보라", workstation="PC-2")
    return hub


def acts(desk: Desk) -> list[tuple[str, str]]:
    return [(act.type, act.target) for act in desk.session.parts.outbox.acts()]


def test_the_desk_stands_around_the_wall(qtbot: QtBot, tmp_path: Path) -> None:
    hub = hub_with_incidents()

    async def story(desk: Desk) -> None:
        main, cases = desk.screens.main, desk.hub.cases
        assert isinstance(cases, CaseDesk)
        assert isinstance(cases.detail, IncidentDetail)
        await desk.sign_in()
        await until(lambda: cases.queue.model.rowCount() == 2)
        assert main.side.page == "panel.queue"
        cases.queue.opened.emit("i1")
        assert main.below.isVisible()
        assert main.aside.isVisible()
        assert main.view.isVisible()
        assert cases.detail.item is not None
        assert cases.map is not None
        await until(lambda: cases.map.view.viewport.zoom >= 16.0)  # type: ignore[union-attr]
        main.frame.actions["section.wall"].trigger()
        assert not main.below.isVisible()
        main.frame.actions["section.desk"].trigger()
        assert main.below.isVisible()
        main.frame.actions["section.acts"].trigger()
        assert not main.below.isVisible()
        main.frame.actions["section.desk"].trigger()
        assert main.parts.isHidden()

    tell(lambda: there(hub), tmp_path, story)


def test_one_key_for_each_thing_that_is_done(qtbot: QtBot, tmp_path: Path) -> None:
    hub = hub_with_incidents()

    async def story(desk: Desk) -> None:
        put_around(desk)
        cases, actions = desk.hub.cases, desk.screens.main.frame.actions
        assert callable(fulfil)
        await desk.sign_in()
        actions["incident.acknowledge"].trigger()
        said = [notice.words() for notice in desk.site.notices.open]
        assert words(NOTHING_CHOSEN) in said
        await until(lambda: cases.queue.model.rowCount() == 2)
        cases.queue.chosen.emit("i1")
        hub.down = True
        actions["incident.acknowledge"].trigger()
        await until(lambda: ("incident.acknowledge", "i1") in acts(desk))
        actions["incident.dragnet"].trigger()
        await until(lambda: ("incident.step", "i1") in acts(desk))
        item = desk.session.parts.incidents.get("i1")
        assert item is not None
        assert "dragnet" in item.ticks(), "opening it is doing it"
        actions["incident.notify"].trigger()
        await until(lambda: ("incident.notify", "i1") in acts(desk))
        cases.detail.facts.reveal.click()
        await until(lambda: ("incident.reveal", "i1") in acts(desk))
        assert cases.detail.facts.values["name"].text() == "홍길동"
        cases.queue.chosen.emit("i2")
        cases.queue.chosen.emit("i1")
        assert cases.detail.facts.values["name"].text() != "홍길동", "only until it is left"

    tell(lambda: there(hub), tmp_path, story)


def test_handing_over_and_merging_offer_who_and_what_there_is(qtbot: QtBot, tmp_path: Path) -> None:
    hub = hub_with_incidents()

    async def story(desk: Desk) -> None:
        cases, actions = desk.hub.cases, desk.screens.main.frame.actions
        await desk.sign_in()
        await until(lambda: cases.queue.model.rowCount() == 2)
        await until(lambda: bool(desk.session.parts.incidents.colleagues()))
        cases.queue.chosen.emit("i1")

        def chosen_from_menu(text: str) -> None:
            menu = next(m for m in desk.screens.main.findChildren(QMenu) if m.isVisible())
            next(a for a in menu.actions() if text in a.text()).trigger()
            menu.close()

        actions["incident.assign"].trigger()
        chosen_from_menu("이보라")
        await until(lambda: ("incident.assign", "i1") in acts(desk) or not acts(desk))
        actions["incident.merge"].trigger()
        chosen_from_menu("20260302-0002")
        done = desk.session.parts.outbox
        await until(lambda: not done.waiting)

    tell(lambda: there(hub), tmp_path, story)


def test_a_merging_is_undone_by_the_same_key(qtbot: QtBot, tmp_path: Path) -> None:
    hub = hub_with_incidents()
    put_incident(hub.model, "i1", state=94, merged_into="i2")

    async def story(desk: Desk) -> None:
        cases, actions = desk.hub.cases, desk.screens.main.frame.actions
        await desk.sign_in()
        await until(lambda: desk.session.parts.incidents.get("i1") is not None)
        cases.open("i1")
        assert cases.detail.merge.text().startswith("Undo the merging")
        assert cases.detail.assign.isHidden()
        actions["incident.merge"].trigger()
        await until(lambda: ("incident.unmerge", "i1") in sent(hub))

    tell(lambda: there(hub), tmp_path, story)


def sent(hub: ModelHub) -> list[tuple[str, str]]:
    return [(one.type, one.target) for batch in hub.batches for one in batch.commands]


def test_an_incident_is_opened_from_the_tile_where_it_is_seen(qtbot: QtBot, tmp_path: Path) -> None:
    hub = hub_with_incidents()

    async def story(desk: Desk) -> None:
        put_around(desk)
        main = desk.screens.main
        await desk.sign_in()
        main.view.show_cameras([CameraId("c3")], 0)
        main.view.set_focus(0)
        main.frame.actions["incident.new"].trigger()
        dialog = desk.hub.incidents.findChild(NewIncidentDialog)
        assert dialog is not None
        dialog.title.setText("싸움")
        dialog.save.click()
        await until(lambda: bool(desk.session.parts.outbox.acts()))
        act = desk.session.parts.outbox.acts()[0]
        assert act.args["camera"] == "c3"
        camera = desk.site.console.catalog.get(CameraId("c3"))
        assert camera is not None
        assert act.args["latitude"] == camera.latitude
        assert str(act.args["place"]).endswith(camera.name)
        await until(lambda: desk.hub.incidents.chosen == act.target)

    tell(lambda: there(hub), tmp_path, story)
