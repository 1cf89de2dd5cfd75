"""G shares the incident with the room in charge; the rest is a click away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.text import Text
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_incident, put_share, put_site
from tests.fakes.hub_model import ANNA, HubModel
from tests.fakes.hub_story import SCENE, Desk, put_around, tell, there
from tests.fakes.waiting import until
from ui.shell.case_desk import NOTHING_CHOSEN
from ui.shell.share_desk import ShareDesk
from ui.translations import words
from ui.widgets.ask import Ask

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def centre(**account: Any) -> ModelHub:
    hub = ModelHub(HubModel())
    hub.model.account = ANNA.model_copy(update=account)
    put_incident(hub.model, latitude=SCENE.latitude, longitude=SCENE.longitude)
    for id_, kind, name in (
        ("site-1", "centre", "달서구"), ("station", "police", "달서경찰서"),
        ("guard", "security", "튼튼경비"), ("tracking", "probation", "위치추적센터"),
    ):  # fmt: skip
        put_site(hub.model, id_, kind, name)
    return hub


def sent(hub: ModelHub) -> list[tuple[str, dict[str, Any]]]:
    return [
        (command.type, dict(command.args))
        for batch in hub.batches
        for command in batch.commands
        if command.type.startswith("share.")
    ]


async def opened(desk: Desk, incident: str = "i1") -> ShareDesk:
    await desk.sign_in()
    put_around(desk)
    await until(lambda: desk.session.parts.incidents.get(incident) is not None)
    await until(lambda: desk.session.parts.link.link.up)
    desk.hub.cases.open(incident)
    return desk.hub.sharing


def told(desk: Desk) -> list[str]:
    return [one.words() for one in desk.site.notices.open]


def buttons(share: ShareDesk) -> list[QPushButton]:
    found = share.given.findChildren(QPushButton)
    return [one for one in found if one is not share.given.add and not one.isHidden()]


def test_one_key_shares_the_dragnets_cameras_with_the_station(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        actions = desk.screens.main.frame.actions
        await desk.sign_in()
        actions["incident.share"].trigger()
        assert words(NOTHING_CHOSEN) in told(desk)
        put_around(desk)
        await until(lambda: desk.session.parts.link.link.up)
        await until(lambda: desk.session.parts.incidents.get("i1") is not None)
        desk.hub.cases.open("i1")
        actions["incident.dragnet"].trigger()
        actions["incident.share"].trigger()
        await until(lambda: len(sent(hub)) == 1)
        ((kind, args),) = sent(hub)
        dragnets = desk.site.console.dragnets
        assert dragnets is not None
        assert (kind, args["receiver"]) == ("share.propose", "station")
        assert args["cameras"] == list(dragnets.all()[0].shown)
        await until(lambda: any("달서경찰서" in text for text in told(desk)))

    tell(lambda: there(hub), tmp_path, story)


def test_what_runs_is_lengthened_and_ended(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()
    put_share(hub.model)
    put_share(hub.model, "s2", receiver="fire", state="ended")

    async def story(desk: Desk) -> None:
        share = await opened(desk)
        await until(lambda: len(buttons(share)) == 2)
        for button in buttons(share):
            button.click()
        await until(lambda: len(sent(hub)) == 2)
        assert [kind for kind, _ in sent(hub)] == ["share.extend", "share.end"]
        assert share.counts() == {"i1": 1}
        # The station has it: only a room that needs approval is left.
        assert {one.site for one in share.given._possible()} == {"guard", "tracking"}
        share.given.propose()
        (menu,) = desk.screens.main.findChildren(QMenu, options=DIRECT)
        assert "튼튼경비 (private security firm): needs approval…" in [
            action.text() for action in menu.actions()
        ]
        entry = next(one for one in menu.actions() if one.text().startswith("튼튼경비"))
        entry.trigger()
        menu.close()
        (ask,) = share.given.findChildren(Ask)
        ask.reason.setPlainText("경비원 출동")
        ask.go.click()
        await until(lambda: len(sent(hub)) == 3)
        assert sent(hub)[-1][1]["purpose"] == "경비원 출동"

    tell(lambda: there(hub), tmp_path, story)


def test_a_supervisor_approves_and_answers(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre(role="supervisor")
    put_share(hub.model, state="proposed", receiver="guard")
    asks = [
        {"id": "a1", "at": "2026-03-02T09:00:00Z", "by": "박경위", "minutes": 30},
        {"id": "a2", "at": "2026-03-02T09:00:00Z", "by": "박경위", "place": "북쪽 골목"},
        {
            "id": "a3",
            "at": "2026-03-02T09:00:00Z",
            "by": "박경위",
            "minutes": 5,
            "state": "refused",
        },
    ]
    put_share(hub.model, "s2", asks=asks)

    async def story(desk: Desk) -> None:
        share = await opened(desk)
        await until(lambda: len(buttons(share)) == 8)
        by_text = {one.text(): one for one in buttons(share)}
        by_text["Approve"].click()
        by_text["Give"].click()
        by_text["Give the focused tile"].click()
        assert any("tile" in text for text in told(desk))
        desk.screens.main.view.show_cameras([CameraId("c5")], 0)
        desk.screens.main.view.set_focus(0)
        by_text["Give the focused tile"].click()
        await until(lambda: len(sent(hub)) == 3)
        assert sent(hub)[0][0] == "share.approve"
        assert sent(hub)[1][1] == {"ask": "a1", "grant": True, "cameras": []}
        assert sent(hub)[2][1] == {"ask": "a2", "grant": True, "cameras": ["c5"]}

    tell(lambda: there(hub), tmp_path, story)


def test_an_anklet_asks_for_its_legal_reason(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()
    put_incident(hub.model, "i2", type="anklet")

    async def story(desk: Desk) -> None:
        share = await opened(desk, "i2")
        share.given.propose()
        (menu,) = desk.screens.main.findChildren(QMenu, options=DIRECT)
        (inner,) = [action.menu() for action in menu.actions()]
        assert isinstance(inner, QMenu)
        reasons = [action.text() for action in inner.actions()]
        assert len(reasons) == 4
        inner.actions()[2].trigger()
        menu.close()
        await until(lambda: len(sent(hub)) == 1 or bool(desk.site.notices.open))

    tell(lambda: there(hub), tmp_path, story)


def test_a_purpose_is_asked_once_and_an_alarm_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        await opened(desk)
        parts = desk.session.parts
        parts.accesses.purpose_needed.emit(CameraId("c1"))
        parts.accesses.purpose_needed.emit(CameraId("c2"))
        (ask,) = desk.screens.main.findChildren(Ask)
        ask.reason.setPlainText("미아 수색")
        ask.go.click()
        assert parts.accesses.purpose == "미아 수색"
        parts.accesses.purpose_needed.emit(CameraId("c3"))
        parts.ledger.alarm.emit(Text("대장", "The hub shows two ledgers."))
        assert any("two ledgers" in one.words() for one in desk.site.notices.open)

    tell(lambda: there(hub), tmp_path, story)


def test_the_incident_of_the_dragnet_is_meant_where_none_is_chosen(
    qtbot: QtBot, tmp_path: Path
) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        await opened(desk)
        actions = desk.screens.main.frame.actions
        actions["incident.dragnet"].trigger()
        desk.hub.incidents.choose("")
        actions["incident.share"].trigger()
        await until(lambda: len(sent(hub)) == 1)

    tell(lambda: there(hub), tmp_path, story)
