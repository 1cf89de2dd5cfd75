"""Finds and loads libVLC without the traps of python-vlc."""

from __future__ import annotations

import ctypes
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.adapters.versions import root_of
from app.domain.text import Text

_log = logging.getLogger(__name__)

LIB_PATH = "PYTHON_VLC_LIB_PATH"
PLUGIN_PATH = "PYTHON_VLC_MODULE_PATH"

_OPTIONS = (
    "--no-audio",  # no sound of a camera is ever played (PIPA Art. 25(5))
    "--quiet",
    "--no-video-title-show",
    "--no-osd",
    "--no-stats",
    "--no-lua",
    # A clip is small; a graphics driver that fails on it would cost more than it saves.
    "--avcodec-hw=none",
    # What is buffered is played at the old speed after a change: 50 ms of it go unnoticed.
    "--file-caching=50",
    # Keeps the last picture on the screen and the player able to seek.
    "--play-and-pause",
)
# Xlib must be made thread-safe before its first use, which Qt has had already. The outputs are for
# a window of its own: they work on every X server.
_X11_OPTIONS = ("--no-xlib", "--vout=xcb_xv,xcb_x11")
# Without a screen libVLC tries one output after the other, down to coloured letters on the
# terminal, which crashes. It reads this option when it starts and from no clip.
_HIDDEN_OPTIONS = ("--no-xlib", "--vout=vdummy")


def library() -> str | None:
    """The library to load, always by name or full path, or None where there is none.

    python-vlc itself would look into the current folder on Windows, where anyone can put one.
    """
    if chosen := os.environ.get(LIB_PATH):
        return chosen if _loads(chosen) else None
    if sys.platform == "win32":
        found = windows_library(windows_folders())
        return None if found is None else str(found)
    return next((name for name in ("libvlc.so.5", "libvlc.dylib") if _loads(name)), None)


def windows_library(folders: Sequence[Path]) -> Path | None:
    """The first folder that holds the whole of libVLC: the two libraries and the plugins."""
    for folder in folders:
        library_file = folder / "libvlc.dll"
        whole = library_file.is_file() and (folder / "libvlccore.dll").is_file()
        if whole and (folder / "plugins").is_dir():
            return library_file
    return None


def windows_folders() -> list[Path]:
    """Beside the program first, then where VideoLAN's installer says (administrators only)."""
    program = Path(sys.executable).resolve().parent
    folders = [program / "vlc"]
    # Run by the Python of one version: beside the launcher. No other folder above is asked: anybody
    # may make a folder in C:\.
    if (root := root_of()) is not None:
        folders.append(root / "vlc")
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, "Software\\VideoLAN\\VLC") as key:
                folders.append(Path(str(winreg.QueryValueEx(key, "InstallDir")[0])))
        except OSError:
            _log.debug("VLC is not installed")
    return folders


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def load() -> Any | None:
    """The module `vlc`, or None. Blocks: it reads libraries from the disk."""
    found = library()
    if found is None:
        return None
    os.environ[LIB_PATH] = found
    plugins = Path(found).parent / "plugins"
    if os.environ.get(PLUGIN_PATH) is None and plugins.is_dir():
        os.environ[PLUGIN_PATH] = str(plugins)
    elif not Path(os.environ.get(PLUGIN_PATH, ".")).is_dir():
        del os.environ[PLUGIN_PATH]  # python-vlc would end the program for a folder that is gone
    try:
        return importlib.import_module("vlc")
    except (ImportError, OSError, NotImplementedError, AttributeError, SystemExit) as error:
        _log.warning("python-vlc does not load: %s", type(error).__name__)
        return None


def has_screen() -> bool:
    """Whether there is a window system that libVLC can draw on."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY"))


def new_instance(vlc: Any, *, hidden: bool = False) -> Any | None:
    """An instance of libVLC, or None where its plugins are missing. Blocks up to a second.

    `hidden`: it decodes and shows nothing.
    """
    windowed = _X11_OPTIONS if sys.platform == "linux" else ()
    try:
        return vlc.Instance([*_OPTIONS, *(_HIDDEN_OPTIONS if hidden else windowed)])
    except (NameError, AttributeError, OSError) as error:
        _log.warning("libVLC does not start: %s", type(error).__name__)
        return None


def missing_words() -> Text:
    """What to install, for this system."""
    if sys.platform == "win32":
        return Text(
            "다시보기를 재생할 VLC가 없습니다. 프로그램 폴더의 vlc 폴더에 libvlc.dll, "
            "libvlccore.dll, plugins를 넣거나 VLC(64비트)를 설치하세요. 저장은 할 수 있습니다.",
            "VLC, which plays replays, is missing. Put libvlc.dll, libvlccore.dll and plugins "
            "into the program's folder vlc, or install VLC (64 bit). Saving still works.",
        )
    return Text(
        "다시보기를 재생할 libVLC가 없습니다. 패키지 libvlc5, vlc-plugin-base, "
        "vlc-plugin-video-output을 설치하세요. 저장은 할 수 있습니다.",
        "libVLC, which plays replays, is missing. Install the packages libvlc5, vlc-plugin-base "
        "and vlc-plugin-video-output. Saving still works.",
    )
