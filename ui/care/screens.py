"""The monitors of this computer, for diagnostics: sizes, no serial numbers."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from app.services.care_port import Piece
from app.services.run_facts import piece


def screens_piece() -> Piece:
    main = QGuiApplication.primaryScreen()
    told = [
        {
            "width": screen.geometry().width(),
            "height": screen.geometry().height(),
            "x": screen.geometry().x(),
            "y": screen.geometry().y(),
            "scale": screen.devicePixelRatio(),
            "refresh_hz": round(screen.refreshRate(), 1),
            "main": screen is main,
        }
        for screen in QGuiApplication.screens()
    ]
    facts = {"qt": qVersion(), "platform": QGuiApplication.platformName(), "screens": told}
    return piece("screens.json", facts, "monitors and Qt")
