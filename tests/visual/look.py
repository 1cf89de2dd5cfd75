"""Walks through every screen in a process of its own, on a monitor of its own.

    python -m tests.visual.look --tongue ko --monitor 3840x2160 --factor 3 --pictures FOLDER

The scale of a screen is fixed once Qt has begun, and the size of the monitor decides how large
dialogs become. Prints one JSON object: what is wrong, and how large the letters of each
word are.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from typing_extensions import override

from app.domain.preferences import ThemeName
from tests.visual.tongues import Tongue

# Every kind of session that has screens of its own.
WAYS = ("centre", "police", "patrol")


@dataclass(frozen=True)
class Look:
    """`monitor` in device pixels; `factor` device pixels a logical one."""

    tongue: Tongue
    large: bool = False
    monitor: tuple[int, int] = (1920, 1080)
    factor: float = 1.0
    theme: ThemeName = ThemeName.DARK

    @override
    def __str__(self) -> str:
        large = "-large" if self.large else ""
        light = "-light" if self.theme is ThemeName.LIGHT else ""
        return f"{self.tongue}{large}{light}-{self.monitor[0]}-{self.factor:g}"

    @property
    def plain(self) -> bool:
        """Keys and names are the same at every size: once is enough."""
        return self == Look(Tongue.EN)

    @property
    def colours(self) -> bool:
        """They are the same in every tongue and at every size: once in each theme is enough."""
        return self in (Look(Tongue.KO), Look(Tongue.KO, theme=ThemeName.LIGHT))

    @property
    def command(self) -> list[str]:
        large = ["--large"] if self.large else []
        size = f"{self.monitor[0]}x{self.monitor[1]}"
        words = ["--tongue", str(self.tongue), "--monitor", size, "--factor", str(self.factor)]
        words += ["--theme", str(self.theme)]
        return [sys.executable, "-m", "tests.visual.look", *words, *large]

    def environment(self, folder: Path) -> dict[str, str]:
        """Of a process with that monitor and no other."""
        screen = {"name": "monitor", "x": 0, "y": 0, "logicalDpi": 96, "logicalBaseDpi": 96,
                  "dpr": 1, "width": self.monitor[0], "height": self.monitor[1]}  # fmt: skip
        file = folder / "screens.json"
        file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        return {
            **os.environ,
            "QT_QPA_PLATFORM": f"offscreen:configfile={file}",
            "QT_SCALE_FACTOR": str(self.factor),
            "GWANJE_PROFILE_DIR": str(folder / "profile"),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tongue", type=Tongue, choices=list(Tongue), required=True)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--monitor", default="1920x1080")
    parser.add_argument("--factor", type=float, default=1.0)
    parser.add_argument("--theme", type=ThemeName, default=ThemeName.DARK)
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    width, _, height = given.monitor.partition("x")
    look = Look(given.tongue, given.large, (int(width), int(height)), given.factor, given.theme)
    wrong, sizes = list[str](), dict[str, int]()

    def heard(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        wrong.append("".join(traceback.format_exception(kind, error, at)))

    sys.excepthook = heard
    from tests.visual.eyes import Eyes

    with tempfile.TemporaryDirectory(prefix="gwanje-look-") as folder:
        for way in WAYS:
            eyes = Eyes(look, way, given.pictures)
            eyes.walk(Path(folder) / way)
            wrong += [f"{way} {one}" for one in eyes.found]
            sizes |= eyes.sizes
    json.dump({"wrong": sorted(set(wrong)), "sizes": sizes}, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
