"""What the sign-in says."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.services.sign_in import SignedIn

translate = QCoreApplication.translate
_HOUR, _MINUTE = 3600.0, 60.0


def wait_words(seconds: float) -> str:
    return translate("SignIn", "Next attempt in {seconds} s").format(seconds=int(seconds) + 1)


def entered_words(signed_in: SignedIn, seconds_left: float | None) -> str:
    """The notice after a sign-in."""
    name = signed_in.account.name
    if signed_in.online:
        return translate("SignIn", "Signed in: {name}").format(name=name)
    return translate("SignIn", "Signed in without the hub: {name}. {left} left.").format(
        name=name, left=left_words(seconds_left or 0.0)
    )


def left_words(seconds: float) -> str:
    if seconds >= _HOUR:
        return translate("SignIn", "{hours} h").format(hours=int(seconds / _HOUR))
    return translate("SignIn", "{minutes} min").format(minutes=int(seconds / _MINUTE))
