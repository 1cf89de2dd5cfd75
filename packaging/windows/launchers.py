"""The launchers: gwanje.exe (window); gwanje-console, -hub and -update (terminal); the service."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import inputs
from shared.icon import ico
from shared.product import EPOCH, WrongInput, version

_SOURCE = inputs.HERE / "launcher"
_GCC, _WINDRES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
# Name, what the task manager calls it, source, compiler flags.
_LAUNCHERS = (
    ("gwanje.exe", "관제 Gwanje", "gwanje.c", ("-mwindows", "-DGWANJE_WINDOW")),
    ("gwanje-console.exe", "관제 Gwanje", "gwanje.c", ()),
    ("gwanje-hub.exe", "관제 허브 Gwanje Hub", "gwanje.c", ('-DGWANJE_MODULE=L"app.hub"',)),
    (
        "gwanje-update.exe", "관제 업데이트 Gwanje Update", "gwanje.c",
        ('-DGWANJE_MODULE=L"app.updater"',),
    ),
    ("gwanje-hub-service.exe", "관제 허브 Gwanje Hub", "service.c", ()),
)  # fmt: skip


def make(tree: Path) -> None:
    """Into the root of the tree. Raises WrongInput where mingw is missing."""
    with tempfile.TemporaryDirectory(prefix="gwanje-launcher-") as name:
        folder = Path(name)
        (folder / "gwanje.ico").write_bytes(ico())
        for program, words, source, flags in _LAUNCHERS:
            (folder / "gwanje.rc").write_text(_script(folder, program, words), encoding="utf-8")
            _compile(folder, tree / program, source, flags)


def _compile(folder: Path, program: Path, source: str, flags: tuple[str, ...]) -> None:
    resource, script = folder / "gwanje.res", folder / "gwanje.rc"
    _run([_WINDRES, "--codepage=65001", str(script), "-O", "coff", "-o", str(resource)])
    _run(
        [
            _GCC, "-municode", "-O2", "-Wall", "-Wextra", "-Werror", "-s", "-static", *flags,
            str(_SOURCE / source), str(resource), "-Wl,--no-insert-timestamp", "-o",
            str(program),
        ]
    )  # fmt: skip


def _script(folder: Path, program: str, words: str) -> str:
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
      VALUE "FileDescription", "{words}"
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


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)},
        )  # fmt: skip
    except FileNotFoundError:
        message = f"{command[0]} is missing: install gcc-mingw-w64-x86-64"
        raise WrongInput(message) from None
    if done.returncode:
        message = f"{command[0]} failed:\n{done.stderr[-2000:]}"
        raise WrongInput(message)
