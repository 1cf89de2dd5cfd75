"""The ledger beside the wall: ui.shell.ledger_desk, ui.ledger, app.services.auditing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from app.services.auditing import PAGE, Auditing
from app.wire.ledger import Line, ViewerRow
from tests.fakes.hub import ModelHub
from tests.fakes.hub_desk_site import put_incident
from tests.fakes.hub_model import ANNA, NOW, HubModel
from tests.fakes.hub_story import Desk, tell, there
from tests.fakes.waiting import until
from ui.ledger.book import BookDialog, form_of
from ui.ledger.inspection import InspectionDialog
from ui.ledger.model import COLUMNS
from ui.ledger.panel import LedgerPanel
from ui.shell.ledger_desk import SECTION, LedgerDesk
from ui.widgets.ask import Ask


def line(n: int, **values: Any) -> Line:
    return Line.model_validate(
        {"n": n, "at": NOW, "kind": "view", "camera": "c1", "person": {"name": "김관제"}} | values
    )


def centre(role: str = "auditor") -> ModelHub:
    hub = ModelHub(HubModel())
    hub.model.account = ANNA.model_copy(update={"role": role})
    put_incident(hub.model)
    hub.lines = [line(n) for n in range(PAGE + 30, 0, -1)]
    hub.viewers = [
        ViewerRow(
            account="kim", name="김관제", views=1234, cameras=30, seconds=3723, odd=8, bare=4,
            refused=5, flags=("hours", "refused", "of a later version"),
        ),
        ViewerRow(account="", name="", views=1, cameras=1, seconds=0, odd=0, bare=0, refused=0),
    ]  # fmt: skip
    return hub


def parts(desk: Desk) -> tuple[LedgerDesk, LedgerPanel, Auditing]:
    return desk.hub.ledger, desk.hub.ledger.panel, desk.session.parts.auditing


async def opened(desk: Desk) -> LedgerPanel:
    await desk.sign_in()
    desk.screens.main.frame.actions[SECTION].trigger()
    panel = desk.hub.ledger.panel
    await until(lambda: panel.model.rowCount() > 0)
    return panel


def told(desk: Desk) -> list[str]:
    return [one.words() for one in desk.site.notices.open]


def test_an_auditor_searches_and_goes_back_in_time(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        panel = await opened(desk)
        assert panel.model.rowCount() == PAGE
        assert hub.asked[0].who == ""
        assert hub.asked[0].since is not None
        panel.older.click()
        await until(lambda: panel.model.rowCount() == PAGE + 30)
        assert not panel.older.isEnabled()
        (first, *_) = desk.site.console.catalog.cameras
        panel.camera.setText(str(first.number))
        panel.who.setText(" 김 ")
        panel.kind.setCurrentIndex(panel.kind.findData("refused"))
        panel.search.click()
        await until(lambda: len(hub.asked) == 3)
        assert (hub.asked[2].camera, hub.asked[2].who) == (first.id, "김")
        assert hub.asked[2].kind == "refused"
        row = [panel.model.index(0, column).data() for column in range(len(COLUMNS))]
        assert row[1:3] == ["began to watch", "김관제"]

    tell(lambda: there(hub), tmp_path, story)


def test_what_is_not_there_is_told_and_nothing_is_asked(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        panel = await opened(desk)
        panel.camera.setText("없는 카메라")
        panel.look()
        await until(lambda: any("없는 카메라" in text for text in told(desk)))
        panel.camera.clear()
        panel.incident.setText("999")
        panel.look()
        await until(lambda: any("999" in text for text in told(desk)))
        assert len(hub.asked) == 1
        incidents = desk.session.parts.incidents
        await until(lambda: incidents.get("i1") is not None)
        (item, *_) = incidents.all()
        panel.incident.setText(str(item.row.number))
        hub.lines = []
        panel.look()
        await until(lambda: len(hub.asked) == 2)
        assert hub.asked[1].incident == item.row.id
        await until(panel.empty.isVisible)

    tell(lambda: there(hub), tmp_path, story)


def test_it_is_not_there_for_an_operator(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre("operator")

    async def story(desk: Desk) -> None:
        await desk.sign_in()
        action = desk.screens.main.frame.actions[SECTION]
        assert not action.isVisible()
        assert not action.isEnabled()
        assert desk.screens.main.rail.buttons[SECTION].isHidden()

    tell(lambda: there(hub), tmp_path, story)


def test_the_month_is_inspected_and_signed(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre("supervisor")

    async def story(desk: Desk) -> None:
        panel = await opened(desk)
        panel.inspection.click()
        dialog = desk.screens.main.findChild(InspectionDialog)
        assert dialog is not None
        await until(dialog.sign.isEnabled)
        assert dialog.summary.text() == "2 people, 1 to be looked at"
        row = [dialog.model.index(0, column).data() for column in range(8)]
        assert row == [
            "김관제", "1,234", "30", "1:02:03", "8", "4", "5",
            "at unusual hours, refused attempts",
        ]  # fmt: skip
        assert dialog.model.index(1, 0).data() == "(erased)"
        dialog.sign.click()
        ask = dialog.findChild(Ask)
        assert ask is not None
        ask.reason.setPlainText("이상 없음")
        ask.go.click()
        await until(lambda: "이상 없음" in dialog.signed.text())
        assert hub.signed[0].note == "이상 없음"
        hub.viewers = []
        dialog.month.setCurrentIndex(3)
        await until(dialog.empty.isVisible)
        dialog.close_.click()

    tell(lambda: there(hub), tmp_path, story)


def test_a_book_of_the_law_is_saved(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()
    files = [tmp_path / f"대장.{form}" for form in ("xlsx", "csv", "pdf")]

    async def story(desk: Desk) -> None:
        panel = await opened(desk)
        for file in files:
            panel.book.click()
            dialog = desk.screens.main.findChild(BookDialog)
            assert dialog is not None
            dialog.form.setCurrentIndex(dialog.form.findData(file.suffix[1:]))
            dialog.save.click()
            chooser = dialog.findChild(QFileDialog)
            assert chooser is not None
            chooser.reject()
            dialog.take(str(file))
            await until(file.exists)
            await until(lambda: desk.screens.main.findChild(BookDialog) is None)
        await until(lambda: any("1 entries" in text for text in told(desk)))

    tell(lambda: there(hub), tmp_path, story)
    workbook, listed, paper = (file.read_bytes() for file in files)
    assert workbook.startswith(b"PK")
    assert "달서경찰서" in listed.decode("utf-8-sig")
    assert paper.startswith(b"%PDF")
    assert b"%%EOF" in paper[-64:]


def test_a_book_that_cannot_be_saved(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        panel = await opened(desk)
        panel.book.click()
        dialog = desk.screens.main.findChild(BookDialog)
        assert dialog is not None
        dialog.until.setDate(QDate(2020, 1, 1))
        assert not dialog.save.isEnabled()
        dialog.take(str(tmp_path / "no such folder" / "a.csv"))
        await until(lambda: any("a.csv" in text for text in told(desk)))

    tell(lambda: there(hub), tmp_path, story)
    assert form_of(Path("a.CSV")) == "csv"
    assert form_of(Path("a")) == "xlsx"


def test_the_language_can_change(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        panel = await opened(desk)
        panel.kind.setCurrentIndex(3)
        before = panel.kind.currentData()
        panel.retranslate()
        assert panel.kind.currentData() == before
        assert panel.findChildren(QLabel)

    tell(lambda: there(hub), tmp_path, story)
