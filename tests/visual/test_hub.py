"""What a hub brings to the screen, in both languages; the pictures are kept in out/visual."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.incident_state import Move
from app.domain.incident_types import INCIDENT_TYPES
from app.domain.text import Language
from app.services.hub_link import LinkState
from app.services.hub_port import HubClient
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_incident
from tests.fakes.hub_model import NOW, HubModel
from tests.fakes.hub_story import Desk, tell
from tests.fakes.waiting import until
from ui.translations import Translations

pytestmark = pytest.mark.visual

PLACES = ("월성네거리", "상인역 2번 출구", "두류공원 야외음악당 앞", "성서공단로 11길")
STATES = (10, 20, 30, 50, 91)


def filled() -> HubModel:
    """Incidents of every type, at plausible places."""
    model = HubModel()
    model.put("site", "site-1", id="site-1", name="달서구 CCTV관제센터", kind="centre")
    for n, (key, kind) in enumerate(INCIDENT_TYPES.items()):
        at = NOW - timedelta(seconds=37 * n + 11)
        put_incident(
            model, f"i{n:02d}", number=f"20260302-{n + 1:04d}", type=str(key),
            grade=int(kind.grade), state=STATES[n % len(STATES)], title=kind.name.ko,
            place=PLACES[n % len(PLACES)], received_at=at.isoformat(),
            assignee=None if n % 3 else "acc-anna", assignee_name="" if n % 3 else "안나",
            history=[{"at": at.isoformat(), "by": "비상벨 서버", "kind": "open",
                      "words": {"ko": "접수되었습니다", "en": "received"}}],
        )  # fmt: skip
    return model


class Album:
    """Keeps pictures of one language."""

    def __init__(self, folder: Path, language: Language) -> None:
        self._folder, self._language = folder, language
        folder.mkdir(parents=True, exist_ok=True)

    async def keep(self, widget: QWidget, name: str) -> None:
        # Not by processing events here: the loop would enter a task from within a task.
        await asyncio.sleep(0.05)
        assert widget.grab().save(str(self._folder / f"hub-{name}-{self._language}.png"))


async def signing_in(desk: Desk, album: Album) -> None:
    await desk.sign_in("wrong")
    await album.keep(desk.hub.dialog, "sign-in")
    await desk.sign_in()
    await until(lambda: desk.session.parts.link.link.state is LinkState.LIVE)


async def incidents(desk: Desk, album: Album) -> None:
    """Some acts while the hub is away."""
    panel, parts, main = desk.hub.incidents, desk.session.parts, desk.screens.main
    main.frame.actions["section.incidents"].trigger()
    await until(lambda: panel.model.rowCount() > 5)
    panel.table.choose(1)
    item = panel.detail.item
    assert item is not None
    await parts.incidents.move(item.row.id, Move.RELEASE, "상황 종료")
    await parts.incidents.note(item.row.id, "신고자와 통화함. 순찰차 출동 중.")
    await parts.outbox.act("conflict", "i01", 1, {"reason": "상황 종료"})
    panel.follow()
    await album.keep(main, "incidents")
    panel.detail.ask(Move.CANCEL)
    panel.ask_new()
    for child in panel.findChildren(QDialog):
        await album.keep(child, type(child).__name__)
        child.close()


async def acts(desk: Desk, album: Album, hub: ModelHub) -> None:
    main, panel = desk.screens.main, desk.hub.acts
    main.frame.actions["section.acts"].trigger()
    await album.keep(main, "acts-waiting")
    hub.down = False
    await until(lambda: desk.session.parts.outbox.troubled == 1)
    panel.follow()
    panel.table.choose(0)
    await album.keep(main, "acts-conflict")
    assert panel.records.isVisible()


@pytest.mark.parametrize("language", list(Language))
def test_the_hub_on_the_screen(
    qtbot: QtBot, tmp_path: Path, root: Path, language: Language
) -> None:
    hub, album = ModelHub(filled()), Album(root / "out" / "visual", language)
    translations = Translations()

    @asynccontextmanager
    async def made() -> AsyncIterator[HubClient]:
        yield hub

    async def story(desk: Desk) -> None:
        desk.site.console.preferences.set("language", language)
        translations.install(language)
        desk.site.theme.apply()
        desk.screens.main.resize(1920, 1080)
        await signing_in(desk, album)
        hub.down = True
        await incidents(desk, album)
        await acts(desk, album, hub)
        desk.screens.main.frame.actions["session.lock"].trigger()
        await until(desk.hub.dialog.isVisible)
        await album.keep(desk.hub.dialog, "locked")

    try:
        tell(made, tmp_path, story)
    finally:
        translations.remove()
