"""The words of a replay, in the language on screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.services.replay import ReplayState
from ui.widgets.forms import time_form

translate = QCoreApplication.translate

_MINUTE: Final = 60
_VULGAR: Final = {Fraction(1, 4): "¼", Fraction(1, 2): "½"}


def clock(at: datetime) -> str:
    """`14:07:32`, as the clocks in the room show it."""
    return time_form(at)


def behind(seconds: float) -> str:
    """How far before now: `−23 s`, `−2 min 5 s`."""
    whole = max(0, int(seconds))
    if whole < _MINUTE:
        return translate("Replay", "−{seconds} s").format(seconds=whole)
    minutes, rest = divmod(whole, _MINUTE)
    return translate("Replay", "−{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)


def banner(state: ReplayState, position: float, now: datetime) -> str:
    """What keeps anyone from taking the replay for live."""
    if state.began is None:
        return translate("Replay", "Replay")
    shown = state.began + timedelta(seconds=position)
    away = behind((now - shown).total_seconds())
    return translate("Replay", "Replay · {time} ({behind})").format(time=clock(shown), behind=away)


def camera(state: ReplayState) -> str:
    known = state.camera
    return "" if known is None else f"{known.number}  {known.name}"


def speed(value: float) -> str:
    """`¼×`, `1×`, `8×`."""
    return f"{_VULGAR.get(Fraction(value), f'{value:g}')}×"
