"""The fields of the sign-in; no rules."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme

translate = QCoreApplication.translate
_WIDTH = 400


class SignInForm:
    """One under the other: who, password, code; what went wrong; what can be done."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.heading, self.about, self.address, self.problem, self.wait = (
            QLabel() for _ in range(5)
        )
        self.heading.setProperty("role", "heading")
        for label in (self.about, self.address):
            label.setProperty("role", "secondary")
        for label in (self.problem, self.wait):
            label.setProperty("role", "fault")
        for label in (self.about, self.address, self.problem):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.labels = tuple(QLabel() for _ in range(5))
        self.username, self.password, self.totp, self.new, self.again = (
            QLineEdit() for _ in range(5)
        )
        for field in (self.password, self.new, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.totp.setMaxLength(6)
        self.enter, self.leave = QPushButton(), QPushButton()
        self.enter.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.enter.setDefault(True)
        self.leave.setAutoDefault(False)

    @property
    def fields(self) -> tuple[QLineEdit, ...]:
        return (self.username, self.password, self.totp, self.new, self.again)

    def put_into(self, dialog: QWidget) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.leave)
        foot.addStretch()
        foot.addWidget(self.enter)
        box = QVBoxLayout(dialog)
        box.setContentsMargins(24, 24, 24, 20)
        box.setSpacing(6)
        box.addWidget(self.heading)
        box.addWidget(self.address)
        box.addWidget(self.about)
        box.addSpacing(10)
        for label, field in zip(self.labels, self.fields, strict=True):
            label.setBuddy(field)
            label.setProperty("role", "secondary")
            box.addWidget(label)
            box.addWidget(field)
        box.addSpacing(4)
        box.addWidget(self.problem)
        box.addWidget(self.wait)
        box.addSpacing(10)
        box.addLayout(foot)

    @property
    def width(self) -> int:
        """Of the dialog; grows with the text."""
        return self._theme.px(_WIDTH)

    def show_fields(self, *, locked: bool, changing: bool) -> None:
        """Locked, only the password is asked for; a new one where a one-time one is changed."""
        for label, field in zip(self.labels, self.fields, strict=True):
            new = field in (self.new, self.again)
            hidden = not changing if new else locked and field is not self.password
            label.setHidden(hidden)
            field.setHidden(hidden)

    def retranslate(self) -> None:
        for label, words in zip(
            self.labels,
            (
                translate("SignIn", "User name"),
                translate("SignIn", "Password"),
                translate("SignIn", "Six-digit code (only if you were given one)"),
                translate("SignIn", "New password"),
                translate("SignIn", "New password once more"),
            ),
            strict=True,
        ):
            label.setText(words)
