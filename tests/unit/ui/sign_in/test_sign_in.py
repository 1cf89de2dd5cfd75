from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.hub_port import Trouble
from app.services.hub_session import HubSession
from app.services.sign_in import SignedIn
from app.tasks import cancel
from tests.fakes.clock import HandClock
from tests.fakes.hub import PASSWORD, ModelHub, trouble
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_model import ANNA, HubModel
from tests.fakes.hub_site import close, hub_session
from ui.sign_in.dialog import SignInDialog
from ui.sign_in.form import SignInForm
from ui.sign_in.touches import Touches
from ui.sign_in.words import entered_words, left_words, wait_words
from ui.theme import Theme

Key = Qt.Key


def at_once(work: Coroutine[Any, Any, None], _name: str) -> None:
    """The attempt to its end; what runs on (the sync) is dropped."""

    async def alone() -> None:
        await work
        await asyncio.sleep(0)  # a task that never began would leave its coroutine behind
        await cancel(*(asyncio.all_tasks() - {asyncio.current_task()}))

    asyncio.run(alone())


@pytest.fixture
def clock() -> HandClock:
    return hand_clock()


@pytest.fixture
def hub() -> ModelHub:
    return ModelHub(HubModel())


@pytest.fixture
def session(hub: ModelHub, clock: HandClock, tmp_path: Path) -> Iterator[HubSession]:
    made = asyncio.run(hub_session(hub, tmp_path, clock))
    yield made
    asyncio.run(close(made))


@pytest.fixture
def dialog(qtbot: QtBot, session: HubSession, clock: HandClock) -> Iterator[SignInDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = SignInDialog(session, Theme(), clock, window, at_once)
    made.follow(None)
    yield made
    made.end()


def typed(dialog: SignInDialog, password: str, name: str = "anna") -> None:
    dialog.form.username.setText(name)
    dialog.form.password.setText(password)
    QTest.keyClick(dialog.form.password, Key.Key_Return)


def test_it_is_there_while_nobody_is_signed_in_and_escape_does_not_help(
    dialog: SignInDialog,
) -> None:
    assert dialog.isVisible()
    assert dialog.isModal()
    QTest.keyClick(dialog, Key.Key_Escape)
    assert dialog.isVisible()
    assert "hub.example" in dialog.form.address.text()


def test_enter_goes_to_the_next_empty_field_and_then_signs_in(
    dialog: SignInDialog, session: HubSession
) -> None:
    dialog.form.username.setText("anna")
    QTest.keyClick(dialog.form.username, Key.Key_Return)
    assert dialog.focusWidget() is dialog.form.password
    typed(dialog, PASSWORD)
    assert session.now is not None
    assert not dialog.isVisible()
    assert dialog.form.password.text() == ""


def test_what_is_wrong_is_said_and_the_password_is_gone(
    dialog: SignInDialog, hub: ModelHub, session: HubSession
) -> None:
    typed(dialog, "wrong")
    assert dialog.form.problem.text() == "trouble: signed out"
    assert dialog.form.password.text() == ""
    hub.fails.append(trouble(Trouble.TLS))
    typed(dialog, PASSWORD)
    assert dialog.form.problem.text() == "trouble: tls"
    assert session.now is None


def test_a_delay_that_the_hub_asks_for_is_counted_down(
    dialog: SignInDialog, hub: ModelHub, clock: HandClock
) -> None:
    hub.fails.append(trouble(Trouble.SIGNED_OUT, retry_after=8.0))
    typed(dialog, PASSWORD)
    assert not dialog.form.enter.isEnabled()
    assert dialog.form.wait.text() == "Next attempt in 9 s"
    typed(dialog, PASSWORD)
    assert hub.calls.count("sign_in") == 1
    clock.at += 5
    dialog._count_down()
    assert dialog.form.wait.text() == "Next attempt in 4 s"
    clock.at += 4
    dialog._count_down()
    assert dialog.form.enter.isEnabled()
    assert dialog.form.wait.isHidden()
    typed(dialog, PASSWORD)
    assert not dialog.isVisible()


def test_without_the_hub_wrong_passwords_are_delayed_as_well(
    dialog: SignInDialog, hub: ModelHub, session: HubSession
) -> None:
    typed(dialog, PASSWORD)
    asyncio.run(session.sign_out())
    hub.down = True
    for _ in range(4):
        typed(dialog, "wrong")
    assert "Try again in" in dialog.form.problem.text()
    assert dialog.form.wait.text().startswith("Next attempt in")


def test_a_one_time_password_is_changed_first(
    dialog: SignInDialog, hub: ModelHub, session: HubSession
) -> None:
    hub.one_time = True
    typed(dialog, PASSWORD)
    assert dialog.isVisible()
    assert dialog.form.problem.text() == "This is a one-time password. Choose a new one."
    assert dialog.form.password.text() == PASSWORD
    dialog.form.new.setText("a new long one")
    dialog.form.again.setText("another")
    dialog.form.enter.click()
    assert dialog.form.problem.text() == "The two new passwords differ."
    dialog.form.again.setText("a new long one")
    dialog.form.enter.click()
    assert session.now is not None
    assert hub.password == "a new long one"
    assert dialog.form.new.text() == ""


def test_the_lock_asks_for_the_password_only(dialog: SignInDialog, session: HubSession) -> None:
    typed(dialog, PASSWORD)
    session.parts.sign_ins.lock()
    assert dialog.isVisible()
    assert dialog.form.username.isHidden()
    assert dialog.form.enter.text() == "Unlock"
    dialog.form.password.setText("wrong")
    dialog.form.enter.click()
    assert dialog.form.problem.text() == "User name or password is wrong."
    dialog.form.password.setText(PASSWORD)
    dialog.form.enter.click()
    assert not dialog.isVisible()


def test_who_is_locked_out_can_sign_out(dialog: SignInDialog, session: HubSession) -> None:
    typed(dialog, PASSWORD)
    session.parts.sign_ins.lock()
    dialog.form.leave.click()
    assert session.now is None
    assert dialog.isVisible()
    assert not dialog.form.username.isHidden()


def test_quitting_is_asked_for_not_done(dialog: SignInDialog) -> None:
    asked: list[str] = []
    dialog.quit_requested.connect(lambda: asked.append("quit"))
    dialog.form.leave.click()
    dialog.close()
    assert asked == ["quit", "quit"]
    assert dialog.isVisible()


def test_a_touch_of_a_window_is_noticed(qtbot: QtBot) -> None:
    touches: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    watcher = Touches(lambda: touches.append("touch"))
    watcher.watch(window.windowHandle())
    watcher.watch(None)
    QTest.keyClick(window.windowHandle(), Key.Key_A)
    assert touches == ["touch"]
    watcher.eventFilter(window, QEvent(QEvent.Type.Paint))
    assert touches == ["touch"]


def test_the_words_of_the_sign_in() -> None:
    assert wait_words(3.2) == "Next attempt in 4 s"
    assert left_words(7300) == "2 h"
    assert left_words(300) == "5 min"
    assert entered_words(SignedIn(ANNA, online=True), None) == "Signed in: 안나"
    said = entered_words(SignedIn(ANNA, online=False), 7300)
    assert said == "Signed in without the hub: 안나. 2 h left."


def test_the_form_shows_what_is_asked_for(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = SignInForm(Theme())
    form.put_into(window)
    form.retranslate()
    form.show_fields(locked=True, changing=False)
    assert [field.isHidden() for field in form.fields] == [True, False, True, True, True]
    form.show_fields(locked=False, changing=True)
    assert not any(field.isHidden() for field in form.fields)
