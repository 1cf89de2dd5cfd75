from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import Unavailable
from app.domain.text import Text
from tests.fakes.shell_site import at_once
from ui.shell import notice_stack
from ui.shell.notice_stack import MARGIN, MOST_SHOWN, NoticeStack
from ui.shell.notices import Kind, Notices
from ui.theme import Theme

FULL = Text("디스크가 가득 찼습니다.", "The disk is full.")


@pytest.fixture
def notices() -> Notices:
    return Notices(at_once)


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_what_was_said_before_the_window_is_shown_with_it(notices: Notices, over: QWidget) -> None:
    notices.failed(FULL)
    stack = NoticeStack(notices, Theme(), over)
    assert [toast.label.text() for toast in stack.toasts.values()] == ["The disk is full."]


def test_the_same_again_counts_up(notices: Notices, over: QWidget) -> None:
    stack = NoticeStack(notices, Theme(), over)
    notices.failed(FULL)
    notices.failed(FULL)
    (toast,) = stack.toasts.values()
    assert toast.label.text() == "The disk is full.  ×2"


def test_a_failure_stays_until_it_is_read(
    notices: Notices, over: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_stack, "DONE_MILLISECONDS", 10)
    stack = NoticeStack(notices, Theme(), over)
    notices.failed(FULL)
    notices.done(Text("저장했습니다.", "Saved."))
    assert len(stack.toasts) == 2
    qtbot.waitUntil(lambda: len(notices.open) == 1)
    (toast,) = stack.toasts.values()
    assert toast.notice.kind is Kind.FAILURE
    toast.closing.click()
    assert notices.open == ()
    assert stack.isHidden()


def test_no_credential_is_shown_or_copied(notices: Notices, over: QWidget) -> None:
    stack = NoticeStack(notices, Theme(), over)
    url = "rtsp://admin:hunter2@10.0.0.1/live"
    notices.bug(lambda: f"cannot open {url}", f"Traceback: {url}")
    (toast,) = stack.toasts.values()
    toast.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "Traceback" in copied
    assert "hunter2" not in copied + toast.label.text()


def test_the_stack_stays_on_the_wall_and_within_the_window(
    notices: Notices, over: QWidget, qtbot: QtBot
) -> None:
    wall = QWidget(over)
    wall.setGeometry(48, 0, 500, 672)
    wall.show()
    stack = NoticeStack(notices, Theme(), over, ground=wall)
    for number in range(MOST_SHOWN + 2):
        notices.failed(Text(f"{number}", f"{number} " + "long words " * 20))
    assert len(stack.toasts) == MOST_SHOWN
    qtbot.waitUntil(lambda: wall.geometry().contains(stack.geometry()))
    wall.setGeometry(48, 0, 600, 572)
    qtbot.waitUntil(lambda: stack.geometry().right() == 48 + 600 - MARGIN - 1)
    assert wall.geometry().contains(stack.geometry())
    wall.setGeometry(48, 0, 100, 572)
    qtbot.waitUntil(lambda: stack.geometry().left() == MARGIN)


def test_nothing_is_laid_out_while_nothing_is_said(
    notices: Notices, over: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stack that answers its own layout requests takes a whole core."""
    stack = NoticeStack(notices, Theme(), over)
    notices.failed(FULL)
    for _ in range(5):
        QCoreApplication.processEvents()
    placed: list[int] = []
    monkeypatch.setattr(NoticeStack, "_place", lambda self: placed.append(1))
    for _ in range(20):
        QCoreApplication.processEvents()
    assert placed == []
    notices.failed(FULL)
    assert placed == [1]
    assert stack.isVisible()


def test_what_the_world_refuses_becomes_a_notice(notices: Notices) -> None:
    async def work() -> None:
        raise Unavailable(FULL)

    notices.attempt(work(), "work")
    assert [notice.words() for notice in notices.open] == ["The disk is full."]
