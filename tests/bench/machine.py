"""What a figure was measured on, in one line."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path


def out_folder() -> Path:
    """Where benches keep what must be on a disk: /tmp may be memory, and then proves less."""
    folder = Path(__file__).resolve().parents[2] / "out"
    folder.mkdir(exist_ok=True)
    return folder


def machine() -> dict[str, str]:
    return {
        "cpu": _cpu_name(),
        "cores": str(os.cpu_count()),
        "memory_gb": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f}",
        "system": f"{_distribution()}, Linux {platform.release().split('-')[0]}",
        "python": platform.python_version(),
        "qt": metadata.version("PySide6-Essentials"),
        "pyav": metadata.version("av"),
        "ffmpeg": _ffmpeg(),
    }


def one_line() -> str:
    told = machine()
    return (
        f"{told['cores']} × {told['cpu']}, {told['memory_gb']} GB, no GPU; {told['system']}; "
        f"Python {told['python']}, PySide6 {told['qt']}, PyAV {told['pyav']}, "
        f"ffmpeg {told['ffmpeg']}"
    )


def load() -> float:
    """What the machine does beside us, as it stands before a run."""
    return os.getloadavg()[0]


def _cpu_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def _ffmpeg() -> str:
    try:
        said = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return "missing"
    return said.stdout.split()[2]
