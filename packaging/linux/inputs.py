"""What a build for Debian takes in from outside: the system's own Python, and the locked wheels."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import setup_env
from shared import wheels
from shared.product import ROOT, WrongInput, cache, sha256

LOCK = ROOT / "packaging" / "requirements.lock"
SYSTEM_PYTHON = "/usr/bin/python3"
# Two unpacked trees and the packages, once more for a comparison.
FREE_BYTES = 2 * 1024**3
# manylinux_2_34_x86_64: made for this glibc or a newer one.
_GLIBC = re.compile(r"manylinux_(\d+)_(\d+)_x86_64")
_OLD_GLIBC = {"manylinux2014": (2, 17), "manylinux2010": (2, 12), "manylinux1": (2, 5)}


@dataclass(frozen=True)
class Target:
    """The Python that a package is for. `here`: one of its version that runs on this machine."""

    here: Path
    version: tuple[int, int]

    @property
    def path(self) -> Path:
        """As the packages of Debian name it, whatever link leads there."""
        return Path(SYSTEM_PYTHON).with_name(f"python{self.name}")

    @property
    def name(self) -> str:
        return f"{self.version[0]}.{self.version[1]}"

    @property
    def site_packages(self) -> Path:
        return Path("lib") / f"python{self.name}" / "site-packages"


def target() -> Target:
    """Of this system, or the one that GWANJE_PYTHON names. Raises WrongInput."""
    asked = os.environ.get("GWANJE_PYTHON", SYSTEM_PYTHON)
    found = setup_env.version_of(asked)
    if found is None or not setup_env.fits(found):
        said = "-" if found is None else f"{found[0]}.{found[1]}"
        raise _wrong(
            f"{asked}: Python 3.11–3.13이 필요합니다 (찾은 것: {said}). 설치될 시스템의 Python을 "
            "GWANJE_PYTHON으로 지정하세요.",
            f"{asked}: Python 3.11 to 3.13 is needed (found: {said}). GWANJE_PYTHON names "
            "that of the system that the package is for.",
        )
    return Target(Path(asked), found)


def check_tools() -> None:
    if shutil.which("dpkg-deb") is None:
        raise _wrong(
            "dpkg-deb가 없습니다. 데비안이나 우분투에서 만드세요.",
            "dpkg-deb is missing: build on Debian or Ubuntu.",
        )


def check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES:
        raise _wrong(
            f"{folder}: 디스크 공간이 부족합니다: {free / 1e9:.1f} GB 남음, "
            f"{FREE_BYTES / 1e9:.1f} GB 필요.",
            f"{folder}: not enough disk space: {free / 1e9:.1f} GB left, "
            f"{FREE_BYTES / 1e9:.1f} GB needed.",
        )


def fetched(python: Target) -> list[Path]:
    """The wheels of the product, chosen and checked against their lock by pip in that Python.

    Raises WrongInput.
    """
    if not LOCK.is_file():
        raise _wrong(
            f"{LOCK}: 파일이 없습니다. make locks로 만드세요.",
            f"{LOCK}: there is no such file; make locks writes it.",
        )
    folder = cache() / "wheels" / f"linux-{python.name}-{sha256(LOCK)[:16]}"
    done = folder / ".complete"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        wheels.download(
            [sys.executable, "-m", "pip", "--python", str(python.here)],
            LOCK.read_text(encoding="utf-8"),
            ["--no-deps", "--only-binary", ":all:", "--dest", str(folder)],
        )
        done.touch()
    return sorted(folder.glob("*.whl"))


def glibc(found: list[Path]) -> tuple[int, int]:
    """The oldest one that all of these wheels run on."""
    return max((_glibc(wheel.name) for wheel in found), default=(2, 17))


def _glibc(name: str) -> tuple[int, int]:
    """A wheel that names several is content with the oldest of them."""
    tags = [(int(one), int(two)) for one, two in _GLIBC.findall(name)]
    tags += [number for word, number in _OLD_GLIBC.items() if f"{word}_x86_64" in name]
    return min(tags, default=(2, 17))


def _wrong(ko: str, en: str) -> WrongInput:
    return WrongInput(f"{ko}\n{en}")
