"""What this computer is, without its name and without anybody's."""

from __future__ import annotations

import getpass
import importlib.metadata
import locale
import os
import platform
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

import app

_MEGABYTE = 1024 * 1024


def facts(profile: Path) -> dict[str, Any]:
    """Blocks for some milliseconds; what cannot be told is missing."""
    memory = psutil.virtual_memory()
    told: dict[str, Callable[[], object]] = {
        "version": lambda: app.__version__,
        "python": platform.python_version,
        # platform.platform() would ask WMI on Windows, which may take seconds.
        "system": lambda: f"{platform.system()} {platform.release()} {platform.version()}",
        "machine": platform.machine,
        "processor": _processor,
        "cores": psutil.cpu_count,
        "cores_physical": lambda: psutil.cpu_count(logical=False),
        "memory_mb": lambda: memory.total // _MEGABYTE,
        "memory_free_mb": lambda: memory.available // _MEGABYTE,
        "disk_free_mb": lambda: shutil.disk_usage(_existing(profile)).free // _MEGABYTE,
        "up_since_unix": lambda: round(psutil.boot_time()),
        "encoding": locale.getpreferredencoding,
    }
    return {name: value for name, ask in told.items() if (value := _asked(ask)) is not None}


def installation(profile: Path) -> dict[str, Any]:
    """How the program came here and what lies in the profile folder: sizes, no contents."""
    program = Path(app.__file__).resolve().parents[1]
    shipped = program.parent / "SHA256SUMS"
    files: dict[str, int] = {}
    with suppress(OSError):
        for folder in (profile, profile / "reports", profile / "runs"):
            for file in sorted(folder.iterdir() if folder.is_dir() else ()):
                name = file.relative_to(profile).as_posix()
                if file.is_file() and _OURS.fullmatch(name):
                    files[name] = file.stat().st_size
    return {
        "installed": shipped.is_file(),
        "from_source": (program / "Makefile").is_file(),
        "profile_there": profile.is_dir(),
        "profile_files": files,
    }


def packages() -> dict[str, str]:
    found = {one.name: one.version for one in importlib.metadata.distributions() if one.name}
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def own_words(profile: Path) -> list[str]:
    """The user, the computer, the folders: what no bundle may name."""
    words = [platform.node(), platform.node().partition(".")[0]]
    with suppress(OSError, KeyError, RuntimeError):
        words += [getpass.getuser(), str(Path.home())]
    return [word for word in (*words, str(profile)) if word and word not in _SHARED]


# Names of our own making; what a person put there is not listed, for it may name one.
_ASIDE = r"(?:\.(?:damaged|newer|lost-key|before-\w+)-\d{8}-\d{6}(?:-\d+)?)?"
_OURS = re.compile(
    rf"(?:console|hub){_ASIDE}\.db(?:-wal|-shm|\.owner|\.part)?|secrets{_ASIDE}\.bin|secrets\.key"
    r"|gwanje\.log(?:\.\d+)?|crash\.log|reports/crash-\d{8}-\d{6}\.zip"
    r"|runs/(?:\d+-[0-9a-f]+\.run|bad-ends\.json|gate)",
    re.ASCII,
)
# Names of users and computers that are no one's.
_SHARED = frozenset({"root", "user", "localhost", "admin", "administrator", "/"})


def _processor() -> str | None:
    """Without `uname -p`, which platform.processor() would start."""
    if told := os.environ.get("PROCESSOR_IDENTIFIER"):
        return told
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if "model name" in line), None)


def _existing(folder: Path) -> Path:
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path())


def _asked(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except (OSError, psutil.Error, ValueError):
        return None
