"""The launchers: gwanje.exe (window); gwanje-console, -hub and -update (terminal); the service."""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
from pathlib import Path

import inputs
from stage import EPOCH, version

_SOURCE = inputs.HERE / "launcher"
_GCC, _WINDRES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
_SIZES = (16, 24, 32, 48, 64, 256)
# Name, source, compiler flags.
_LAUNCHERS = (
    ("gwanje.exe", "gwanje.c", ("-mwindows", "-DGWANJE_WINDOW")),
    ("gwanje-console.exe", "gwanje.c", ()),
    ("gwanje-hub.exe", "gwanje.c", ('-DGWANJE_MODULE=L"app.hub"',)),
    ("gwanje-update.exe", "gwanje.c", ('-DGWANJE_MODULE=L"app.updater"',)),
    ("gwanje-hub-service.exe", "service.c", ()),
)


def make(tree: Path) -> None:
    """Into the root of the tree. Raises WrongInput where mingw is missing."""
    with tempfile.TemporaryDirectory(prefix="gwanje-launcher-") as name:
        folder = Path(name)
        (folder / "gwanje.ico").write_bytes(icon())
        for program, source, flags in _LAUNCHERS:
            _compile(folder, tree / program, source, flags)


def _compile(folder: Path, program: Path, source: str, flags: tuple[str, ...]) -> None:
    resource, script = folder / "gwanje.res", folder / "gwanje.rc"
    script.write_text(_script(folder, program.name), encoding="utf-8")
    _run([_WINDRES, "--codepage=65001", str(script), "-O", "coff", "-o", str(resource)])
    _run(
        [
            _GCC, "-municode", "-O2", "-Wall", "-Wextra", "-Werror", "-s", "-static", *flags,
            str(_SOURCE / source), str(resource), "-Wl,--no-insert-timestamp", "-o",
            str(program),
        ]
    )  # fmt: skip


def _script(folder: Path, program: str) -> str:
    number = (*(int(part) for part in version().split(".")), 0)
    comma = ",".join(map(str, number))
    return f"""#include <windows.h>
1 ICON "{folder / "gwanje.ico"}"
1 RT_MANIFEST "{_SOURCE / "gwanje.manifest"}"
1 VERSIONINFO
FILEVERSION {comma}
PRODUCTVERSION {comma}
FILEOS VOS_NT_WINDOWS32
FILETYPE VFT_APP
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "041204B0"
    BEGIN
      VALUE "CompanyName", "Gwanje"
      VALUE "FileDescription", "관제 Gwanje"
      VALUE "FileVersion", "{version()}"
      VALUE "InternalName", "{program}"
      VALUE "LegalCopyright", "Apache-2.0; see THIRD_PARTY_NOTICES.md"
      VALUE "OriginalFilename", "{program}"
      VALUE "ProductName", "Gwanje"
      VALUE "ProductVersion", "{version()}"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x412, 1200
  END
END
"""


def icon() -> bytes:
    """Four tiles, one of them lit, drawn here; every size as a PNG (Windows Vista and later)."""
    pictures = [_png(size) for size in _SIZES]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries = b""
    for size, picture in zip(_SIZES, pictures, strict=True):
        edge = size % 256
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + entries + b"".join(pictures)


def _png(size: int) -> bytes:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
    from PySide6.QtGui import QColor, QImage, QPainter

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#10151b"))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.18, size * 0.18)
    edge, gap = size * 0.30, size * 0.08
    start = (size - 2 * edge - gap) / 2
    for number in range(4):
        x, y = (start + (edge + gap) * part for part in (number % 2, number // 2))
        painter.setBrush(QColor("#5aa2ff" if number == 0 else "#3a4653"))
        painter.drawRoundedRect(QRectF(x, y, edge, edge), size * 0.05, size * 0.05)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stub wants bytes, Qt a str
    return bytes(data.data())


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)},
        )  # fmt: skip
    except FileNotFoundError:
        message = f"{command[0]} is missing: install gcc-mingw-w64-x86-64"
        raise inputs.WrongInput(message) from None
    if done.returncode:
        message = f"{command[0]} failed:\n{done.stderr[-2000:]}"
        raise inputs.WrongInput(message)
