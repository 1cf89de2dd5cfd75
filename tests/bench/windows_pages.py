"""The installer's first page, as a Korean and an English Windows show it, for the guide."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from tests.architecture.sources import ROOT
from tests.bench.screen import Screen
from tests.bench.wine import Prefix

_GUIDE: Final = ROOT / "docs" / "guide"
_LOCALES: Final = {"ko": "ko_KR", "en": ""}
_SECONDS, _LOOK_S = 40.0, 0.5
# A page is larger than this, and stands still.
_LEAST: Final = 300
_JPEG: Final = 85


def renew(prefix: Prefix, installer: Path, seen: Screen) -> None:
    for language, locale in _LOCALES.items():
        page = _page(prefix, installer, seen, locale)
        folder = _GUIDE / language
        folder.mkdir(parents=True, exist_ok=True)
        page.save(str(folder / "installer.jpg"), quality=_JPEG)


def _page(prefix: Prefix, installer: Path, seen: Screen, locale: str) -> QImage:
    with tempfile.TemporaryDirectory(prefix="gwanje-locale-") as folder:
        running = prefix.start([installer], _compiled(locale, Path(folder)))
        try:
            return _stood_still(seen)
        finally:
            prefix.close()
            running.wait()


def _compiled(locale: str, folder: Path) -> dict[str, str]:
    """Debian ships the source of every locale, compiled none; Wine speaks the locale's language."""
    if not locale:
        return {}
    name = f"{locale}.UTF-8"
    subprocess.run(["localedef", "-i", locale, "-f", "UTF-8", folder / name], check=True)
    return {"LC_ALL": name, "LOCPATH": str(folder)}


def _stood_still(seen: Screen) -> QImage:
    """What is on the screen once it is large enough and no longer changes."""
    deadline, before = time.monotonic() + _SECONDS, None
    while time.monotonic() < deadline:
        time.sleep(_LOOK_S)
        pixels = seen.pixels.copy()
        rows, columns = (np.flatnonzero(pixels[:, :, :3].any(axis=(2, side))) for side in (1, 0))
        if rows.size > _LEAST and before is not None and np.array_equal(before, pixels):
            height, width = pixels.shape[:2]
            image = QImage(pixels.data, width, height, QImage.Format.Format_RGB32)
            corner, size = (columns[0], rows[0]), (np.ptp(columns) + 1, np.ptp(rows) + 1)
            return image.copy(QRect(*map(int, corner), *map(int, size)))
        before = pixels
    raise RuntimeError("the installer shows no page")
