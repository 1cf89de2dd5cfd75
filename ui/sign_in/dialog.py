"""Who sits here: the sign-in, and the lock. Nothing else takes a key while it is open."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from app.clock import Clock
from app.domain.errors import Failure
from app.domain.text import Text
from app.services.hub_port import HubFailure
from app.services.hub_session import HubSession
from app.services.sign_in import MustChange, SignedIn, TooOften
from app.tasks import spawn
from ui.sign_in.form import SignInForm
from ui.sign_in.words import wait_words
from ui.theme import Theme
from ui.translations import words

# Begins an attempt; tests finish it on the spot.
Starter = Callable[[Coroutine[Any, Any, None], str], object]


class SignInDialog(QDialog):
    """Shows itself while nobody is signed in or the session is locked.

    quit_requested  the program shall end
    """

    quit_requested = Signal()

    def __init__(
        self, hub: HubSession, theme: Theme, clock: Clock, parent: QWidget, start: Starter = spawn
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._hub, self._clock, self._begin = hub, clock, start
        self._problem: Text | None = None
        self._busy = False
        self._wait_until = 0.0
        self.form = SignInForm(theme)
        self.form.put_into(self)
        self.form.enter.clicked.connect(self.submit)
        self.form.leave.clicked.connect(self._leave)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)
        sign_ins = hub.parts.sign_ins
        self._disconnect = (
            sign_ins.changed.connect(self.follow),
            hub.over.connect(self._over),
        )
        self.retranslate()

    @property
    def locked(self) -> bool:
        now = self._hub.now
        return now is not None and now.locked

    def follow(self, now: SignedIn | None) -> None:
        """Opens and closes as the session says."""
        if now is not None and not now.locked:
            self._tell(None)
            self.hide()
            return
        self._ask_new(changing=False)
        self.retranslate()
        if not self.isVisible():
            self._show()

    def submit(self) -> None:
        """Tries what was typed; from one empty field it goes on to it first."""
        if self._busy or self._wait_until > self._clock.monotonic():
            return
        form = self.form
        for field in (form.username, form.password, form.new, form.again):
            if not field.isHidden() and not field.text():
                field.setFocus()
                return
        if form.new.text() != form.again.text():
            self._tell(_DIFFER)
            return
        password = self.form.password.text()
        if self.locked:
            work: Coroutine[Any, Any, object] = self._hub.parts.sign_ins.unlock(password)
        else:
            username, totp = self.form.username.text(), self.form.totp.text()
            work = self._hub.sign_in(username, password, totp, self.form.new.text())
        self._set_busy(busy=True)
        self._begin(self._attempt(work), "sign in")

    def end(self) -> None:
        """The program goes."""
        for disconnect in self._disconnect:
            disconnect()
        self._second.stop()
        self.hide()
        self.deleteLater()

    # inside

    async def _attempt(self, work: Coroutine[Any, Any, object]) -> None:
        problem: Text | None = None
        wait = 0.0
        try:
            await work
        except MustChange as failure:
            self._ask_new(changing=True)
            self._tell(failure.text)
            self.form.new.setFocus()
            return
        except TooOften as failure:
            problem, wait = failure.text, failure.wait
        except HubFailure as failure:
            problem, wait = failure.text, failure.retry_after or 0.0
        except Failure as failure:
            problem = failure.text
        finally:
            self._set_busy(busy=False)
        # Also a wrong one does not stay in a field for the next person to see its length.
        for field in (self.form.password, self.form.totp, self.form.new, self.form.again):
            field.clear()
        if problem is not None:
            self._tell(problem)
            self._wait(wait)
            self.form.password.setFocus()

    def _ask_new(self, *, changing: bool) -> None:
        self.form.show_fields(locked=self.locked, changing=changing)
        self._fit()

    def _over(self, reason: Text) -> None:
        self._tell(reason)

    def _show(self) -> None:
        """Over the middle of the window, which may have been moved since."""
        self._fit()
        parent = self.parentWidget()
        if parent is not None:
            middle = parent.frameGeometry().center()
            self.move(middle - self.rect().center())
        self.show()
        self.activateWindow()
        first = self.form.password if self.locked else self.form.username
        first = self.form.password if self.form.username.text() else first
        first.setFocus()

    def _fit(self) -> None:
        """As high as its words need in its width: the size hint takes them to be wider."""
        layout = self.layout()
        if layout is not None:
            width = self.form.width
            self.setFixedSize(width, layout.totalHeightForWidth(width))

    def _tell(self, problem: Text | None) -> None:
        self._problem = problem
        self.retranslate()

    def _wait(self, seconds: float) -> None:
        self._wait_until = self._clock.monotonic() + seconds
        if seconds > 0:
            self._second.start()
        self._count_down()

    def _count_down(self) -> None:
        left = self._wait_until - self._clock.monotonic()
        if left <= 0:
            self._second.stop()
        self.form.wait.setText(wait_words(left) if left > 0 else "")
        self.form.wait.setVisible(left > 0)
        self._enable()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._enable()

    def _enable(self) -> None:
        self.form.enter.setEnabled(not self._busy and self._wait_until <= self._clock.monotonic())

    def _leave(self) -> None:
        if self.locked:
            self._begin(self._sign_out(), "sign out")
        else:
            self.quit_requested.emit()

    async def _sign_out(self) -> None:
        await self._hub.sign_out()

    def retranslate(self) -> None:
        form, locked = self.form, self.locked
        form.retranslate()
        self.setWindowTitle(self.tr("Locked") if locked else self.tr("Sign in"))
        form.heading.setText(self.windowTitle())
        form.address.setText(self.tr("Hub: {address}").format(address=self._hub.parts.address))
        now = self._hub.now
        name = now.account.name if now is not None else ""
        form.about.setText(
            self.tr("{name}, enter your password. The wall goes on.").format(name=name)
            if locked
            else self.tr("While the hub is away, people known here can sign in for some hours.")
        )
        form.enter.setText(self.tr("Unlock") if locked else self.tr("Sign in"))
        form.leave.setText(self.tr("Sign out") if locked else self.tr("Quit"))
        form.problem.setText(words(self._problem) if self._problem is not None else "")
        form.problem.setVisible(self._problem is not None)
        self._count_down()
        self._fit()

    @override
    def reject(self) -> None:
        """Esc is no way around it."""

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.quit_requested.emit()

    @override
    def event(self, event: QEvent) -> bool:
        """Other words, other fields, or the style has only now given them their size."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


_DIFFER = Text("새 암호 두 개가 서로 다릅니다.", "The two new passwords differ.")
