"""`--self-test FILE`: Qt, its loop and Korean letters here, and all of `app.self_test`."""

from __future__ import annotations

import asyncio
import json
import platform
import tempfile
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QLabel

import app
from app import self_test
from app.self_test import ABSENT, OK

_SIZE: Final = QSize(200, 60)
# White; the pen is black by itself.
_PAPER: Final = 0xFFFFFFFF
# The first syllable of Hangul in Unicode, and the last.
_SYLLABLES: Final = (chr(0xAC00), chr(0xD7A3))


async def run(file: Path) -> int:
    """Writes what works; 0 where all does."""
    parts = {"korean_text": korean_text(), "window": window(), "loop": await _loop()}
    with tempfile.TemporaryDirectory(prefix="gwanje-self-test-") as folder:
        parts |= await self_test.run(Path(folder))
    fine = all(said in (OK, ABSENT) for said in parts.values())
    told = {
        "ok": fine,
        "version": app.__version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "qt": qVersion(),
        "qt_platform": QGuiApplication.platformName(),
        "parts": parts,
    }
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    await self_test.write(file, text)
    return 0 if fine else 1


def korean_text() -> str:
    """Two syllables look like something, and not alike: a missing letter is the same box."""
    first, second, none = (_drawn(text) for text in (*_SYLLABLES, ""))
    if first == none:
        return "nothing was drawn"
    return OK if first != second else "no font for Korean"


def _drawn(text: str) -> QImage:
    image = QImage(_SIZE, QImage.Format.Format_RGB32)
    image.fill(_PAPER)
    painter = QPainter(image)
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return image


def window() -> str:
    """A real one of the window system, seen and gone."""
    label = QLabel()
    label.resize(_SIZE)
    label.show()
    shown = label.isVisible() and label.winId() and label.grab().width() > 0
    label.close()
    label.deleteLater()
    return OK if shown else "no window came up"


async def _loop() -> str:
    """Asyncio on Qt's loop: another task goes on while this one waits."""
    done = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, done.set)
    await asyncio.wait_for(done.wait(), 5)
    return OK
