"""A walk through every screen of the console, with something to read on each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from app.domain.camera import CameraId
from app.domain.incident_state import Move
from app.domain.incident_types import INCIDENT_TYPES
from app.domain.stream import Fault, Phase, StreamStatus
from app.domain.text import Text
from app.services.hub_link import LinkState
from app.wire.ledger import Line, ViewerRow
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_camera, put_incident, put_share, put_site
from tests.fakes.hub_model import ANNA, NOW, HubModel
from tests.fakes.hub_story import PICTURE, SCENE, Desk, put_around
from tests.fakes.waiting import until
from ui.cameras.details import CameraDetails

STATES = (10, 20, 30, 10, 50)
# As citizens tell it. The name of a type would be a word of ours that is data as well.
_TITLES = ("두 사람이 다투고 있어요", "골목에 연기가 보인다고 함", "아이가 혼자 울고 있음")

# What is on the screen, and its name.
Look = Callable[[QWidget, str], Awaitable[None]]


def centre(role: str = "supervisor") -> ModelHub:
    """Every type of incident, shares in every state, a ledger and a month to inspect."""
    hub = ModelHub(HubModel(), page=100)
    model = hub.model
    model.account = ANNA.model_copy(update={"role": role})
    for id_, kind, name in (
        ("site-1", "centre", "달서구 CCTV통합관제센터"), ("station", "police", "대구달서경찰서"),
        ("guard", "security", "튼튼경비"), ("fire", "fire", "달서소방서"),
    ):  # fmt: skip
        put_site(model, id_, kind, name)
    for n, (key, type_) in enumerate(INCIDENT_TYPES.items()):
        at = NOW - timedelta(seconds=67 * n + 11)
        put_incident(
            model, f"i{n}", number=f"20260302-{n + 1:04d}", type=str(key), grade=int(type_.grade),
            state=STATES[n % len(STATES)], title=_TITLES[n % len(_TITLES)],
            place="상인역 2번 출구 앞 월배로", received_at=at.isoformat(), latitude=SCENE.latitude,
            longitude=SCENE.longitude,
            assignee=None if n % 3 else "acc-anna", assignee_name="" if n % 3 else "안나",
            facts={"bell": "B-7"}, history=_history(at.isoformat()),
        )  # fmt: skip
    asks = [
        {"id": "a1", "at": "2026-03-02T09:00:00Z", "by": "박경위", "minutes": 30},
        {"id": "a2", "at": "2026-03-02T09:00:00Z", "by": "박경위", "place": "북쪽 골목"},
    ]
    put_share(model, incident="i0", asks=asks)
    put_share(model, "s2", incident="i0", state="proposed", receiver="guard",
              receiver_name="튼튼경비")  # fmt: skip
    hub.lines = [_line(n) for n in range(40, 0, -1)]
    hub.viewers = [
        ViewerRow(
            account="kim", name="김관제", views=1234, cameras=30, seconds=3723, odd=8, bare=4,
            refused=5, flags=("hours", "refused"),
        ),
    ]  # fmt: skip
    return hub


def _history(at: str) -> list[dict[str, Any]]:
    said = {"ko": "접수되었습니다", "en": "received"}
    return [{"at": at, "by": "비상벨 서버", "kind": "open", "words": said}]


def _line(n: int) -> Line:
    kinds = ("view", "view_end", "ptz", "share_begun", "export", "refused")
    return Line.model_validate(
        {"n": n, "at": NOW, "kind": kinds[n % len(kinds)], "camera": "c1",
         "person": {"name": "김관제"}}
    )  # fmt: skip


def room(kind: str = "police") -> ModelHub:
    """Of a receiver, with two shares that run and one that is over."""
    hub = ModelHub(HubModel(), page=100)
    hub.model.account = ANNA.model_copy(update={"role": "receiver", "site": "station"})
    put_site(hub.model, "station", kind, "대구달서경찰서")
    put_incident(hub.model, facts={"bell": "B-7"})
    put_share(hub.model, cameras=["c1", "c2"])
    put_share(hub.model, "s2", cameras=["c3"], starts_at="2026-03-02T08:00:00+00:00")
    put_share(
        hub.model, "s3", cameras=["c4"], state="ended", ending="clock",
        ended_at="2026-03-02T08:59:00+00:00",
    )  # fmt: skip
    for number, id_ in enumerate(("c1", "c2", "c3"), 1):
        put_camera(hub.model, id_, number)
    return hub


@dataclass
class Walk:
    """`look` is called with each screen once it stands still."""

    desk: Desk
    hub: ModelHub
    look: Look

    @property
    def main(self) -> QWidget:
        return self.desk.screens.main

    def do(self, action: str) -> None:
        self.desk.screens.main.frame.actions[action].trigger()

    async def see(self, widget: QWidget, name: str) -> None:
        if widget is self.main and not widget.isFullScreen():
            widget.setGeometry(widget.screen().availableGeometry())
        if widget.isWindow() and not isinstance(widget, QMenu):
            widget.activateWindow()
        await still()
        await self.look(widget, name)

    async def dialog(self, kind: type[QWidget], name: str) -> None:
        """The newest one of its kind, looked at and closed."""
        await still()
        found = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, kind) and one.isVisible() and one is not self.main
        ]
        assert found, f"{name}: no {kind.__name__} is open"
        await self.look(found[-1], name)
        if isinstance(found[-1], QDialog):
            found[-1].reject()
        else:
            found[-1].close()

    # the centre

    async def signing_in(self) -> None:
        await self.see(self.desk.hub.dialog, "sign-in")
        await self.desk.sign_in("wrong")
        await self.see(self.desk.hub.dialog, "sign-in-refused")
        await self.desk.sign_in()
        parts = self.desk.session.parts
        await until(lambda: parts.link.link.state is LinkState.LIVE)
        await until(lambda: parts.incidents.get("i0") is not None)
        put_around(self.desk)
        self._tiles()

    def _tiles(self) -> None:
        """Pictures of cameras that are live, and of one with each fault."""
        site = self.desk.site
        faults = [None, None, None, None, *Fault]
        for id_, fault in zip(site.ids, faults, strict=False):
            site.feed(id_, PICTURE)
            if fault is not None:
                site.engine.says(StreamStatus(id_, Phase.WAITING, fault=fault, attempt=3))
                site.engine.ages[id_] = 75.0
        self.desk.screens.main.view.show_cameras(site.ids, 0)

    async def wall(self) -> None:
        await self.see(self.main, "queue")
        self.do("panel.cameras")
        await self.see(self.main, "cameras")
        self.desk.screens.main.cameras.search.setText("없는 카메라")
        await self.see(self.main, "cameras-none")
        self.desk.screens.main.cameras.search.clear()
        self.do("section.settings")
        await self.see(self.main, "settings")
        bar = self.desk.screens.main.settings.verticalScrollBar()
        bar.setValue(bar.maximum())
        await self.see(self.main, "settings-below")
        self.do("program.keys")
        await self.see(self.main, "keys")
        self.main.findChild(QWidget, "keyOverlay").close()  # type: ignore[union-attr]

    async def incidents(self) -> None:
        self.hub.down = True
        parts, panel = self.desk.session.parts, self.desk.hub.incidents
        self.desk.hub.cases.open("i0")
        await self.see(self.main, "incident")
        await parts.incidents.move("i0", Move.RESPOND, "")
        await parts.incidents.note("i0", "신고자와 통화함. 순찰차 출동 중.")
        self.do("incident.dragnet")
        await self.see(self.main, "dragnet")
        self.do("section.incidents")
        await self.see(self.main, "incidents")
        panel.detail.ask(Move.CANCEL)
        await self.dialog(QDialog, "ask")
        panel.ask_new(SCENE, CameraId("c1"), "월배로 12")
        await self.dialog(QDialog, "new-incident")

    async def acts(self) -> None:
        await self.desk.session.parts.outbox.act("conflict", "i1", 1, {"reason": "상황 종료"})
        self.do("section.acts")
        await self.see(self.main, "acts-waiting")
        self.hub.down = False
        await until(lambda: self.desk.session.parts.outbox.troubled > 0)
        self.desk.hub.acts.follow()
        self.desk.hub.acts.table.choose(0)
        await self.see(self.main, "acts-conflict")

    async def map(self) -> None:
        self.do("section.map")
        maps = self.desk.screens.maps
        assert maps is not None
        panel = maps.panel
        panel.view.look_at(SCENE, 17.0)
        panel.view.select([CameraId("c1"), CameraId("c2")])
        await until(lambda: not panel.view.canvas._maker.busy)
        await self.see(self.main, "map")
        for name, menu in (("filters", panel.filter.menu), ("layers", panel.layers.menu())):
            assert menu is not None
            menu.popup(panel.mapToGlobal(panel.rect().center()))
            await self.see(menu, f"map-{name}")
            menu.close()
        self.do("map.window")
        assert maps.window is not None
        await self.see(maps.window, "map-window")
        self.do("map.window")

    async def health(self) -> None:
        self.do("section.health")
        await self.see(self.main, "health")

    async def replay(self) -> None:
        camera = CameraId("c0")
        self.desk.screens.open_replay(camera)
        await still()
        await self.see(self.main, "replay")
        self.desk.screens.replay.back_to_live()
        await still()

    async def ledger(self) -> None:
        self.do("section.ledger")
        panel = self.desk.hub.ledger.panel
        await until(lambda: panel.model.rowCount() > 0)
        await self.see(self.main, "ledger")
        panel.book.click()
        await self.dialog(QDialog, "books")
        panel.inspection.click()
        await until(lambda: self.desk.hub.ledger is not None)
        await self.dialog(QDialog, "inspection")

    async def dialogs(self) -> None:
        screens, actions = self.desk.screens, self.do
        actions("section.wall")
        commands = screens.main.frame.commands
        screens.main.view.set_focus(0)
        for action, name in (
            ("layout.edit", "layout-editor"), ("tour.edit", "tour-editor"),
            ("wall.save_as", "save-wall"),
        ):  # fmt: skip
            actions(action)
            await self.dialog(QDialog, name)
        commands._save("야간 근무")
        await still()
        for action, name in (("wall.open", "wall-shelf"), ("wall.hub", "hub-shelf")):
            actions(action)
            await self.dialog(QDialog, name)
        actions("layout.choose")
        await self.dialog(QWidget, "layout-bar")
        menu = commands.menu()
        menu.popup(self.main.mapToGlobal(self.main.rect().center()))
        await self.see(menu, "wall-menu")
        menu.close()
        await self.cameras()

    async def cameras(self) -> None:
        cameras, catalog = self.desk.screens.main.cameras, self.desk.site.console.catalog
        camera = catalog.get(CameraId("c1"))
        assert camera is not None
        cameras._show_details(camera)
        await self.dialog(CameraDetails, "camera-details")
        cameras.mask_wanted.emit(CameraId("c1"))
        await self.dialog(QDialog, "mask-editor")
        cameras.restrict_wanted.emit([CameraId("c1")], 240)
        await self.dialog(QDialog, "restrict")

    async def notices(self) -> None:
        said = self.desk.site.notices
        said.failed(Text("디스크가 가득 찼습니다. 자리를 비우세요.",
                         "The disk is full. Make room on it."), "errno 28")  # fmt: skip
        for number in range(5):
            said.bug(
                Text(f"프로그램 오류 {number}: 기록은 로그에 남았습니다.",
                     f"Mistake {number} of the program: it was written to the log."), "trace",
            )  # fmt: skip
        await self.see(self.main, "notices")
        for one in said.open:
            said.close(one.id)

    async def windows(self) -> None:
        self.do("window.new")
        await still()
        (window,) = self.desk.screens.windows.open.values()
        await self.see(window, "wall-window")
        window.frame.actions["window.close"].trigger()
        await still()

    async def locked(self) -> None:
        self.do("session.lock")
        await until(self.desk.hub.dialog.isVisible)
        await self.see(self.desk.hub.dialog, "locked")

    async def all(self) -> None:
        await self.signing_in()
        parts: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = (
            self.wall, self.incidents, self.acts, self.map, self.health, self.replay, self.ledger,
            self.dialogs, self.notices, self.windows, self.locked,
        )  # fmt: skip
        for part in parts:
            await part()

    # a room that is given pictures

    async def receiver(self) -> None:
        await self.desk.sign_in()
        receiver = self.desk.hub.receiver
        await until(lambda: receiver.on and bool(receiver.panel.cards.cards))
        await self.see(self.main, "received")
        receiver.panel.place.click()
        await self.dialog(QDialog, "ask-place")
        receiver.panel.time.click()
        receiver.panel.back.click()
        await self.dialog(QDialog, "give-back")


async def still() -> None:
    """Layouts are laid out. Not by processing events here: the loop would enter a task from within
    a task.
    """
    await asyncio.sleep(0.03)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
