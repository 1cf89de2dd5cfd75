"""`make linux`: the packages of console and hub for Debian, for this system's Python.

PYTHONPATH=packaging python -m linux.build [--only NAME] [--solid] [--twice] [--out FOLDER]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import setup_env
from linux import control, deb, inputs, tree
from linux.inputs import Target
from shared.product import ROOT, WrongInput, sha256, version

OUT = ROOT / "out" / "linux"
_MAKERS: Mapping[str, Callable[[Path, Target, Sequence[Path]], tree.Tree]] = {
    tree.CONSOLE: tree.console,
    tree.HUB: tree.hub,
}


def build(out: Path, names: Sequence[str], *, solid: bool = False) -> dict[str, Path]:
    """The packages by name, beside an index for apt. Raises WrongInput."""
    inputs.check_tools()
    target = inputs.target()
    out.mkdir(parents=True, exist_ok=True)
    inputs.check_space(out)
    found = inputs.fetched(target)
    made: dict[str, Path] = {}
    for name in names:
        root = out / "tree" / name
        whole = _MAKERS[name](root, target, found)
        control.write(whole, target)
        file = out / f"{name}_{version()}_amd64.deb"
        made[name] = deb.make(root, file, solid=solid)
        shutil.rmtree(root)
    deb.index(out)
    return made


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without 한글
    parser = argparse.ArgumentParser(prog="make linux", description=__doc__)
    parser.add_argument("--only", choices=sorted(_MAKERS), help="one of the two packages")
    parser.add_argument("--solid", action="store_true", help="smaller and slower: a release")
    parser.add_argument("--twice", action="store_true", help="build again and compare the bytes")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    names = [given.only] if given.only else list(_MAKERS)
    begun = time.monotonic()
    told: dict[str, Any] = {}
    try:
        made = build(given.out.resolve(), names, solid=given.solid)
        for name, file in made.items():
            told[name] = {
                "file": str(file),
                "size_mb": round(file.stat().st_size / 1e6, 1),
                "sha256": sha256(file),
            }
        told["build_s"] = round(time.monotonic() - begun, 1)
        if given.twice:
            again = build((given.out / "again").resolve(), names, solid=given.solid)
            told["built_twice_identical"] = all(
                sha256(again[name]) == sha256(made[name]) for name in names
            )
    except (WrongInput, setup_env.StepFailed) as wrong:
        print(f"[gwanje] {wrong}", file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"[gwanje] 파일을 쓰지 못했습니다: {error}\na file could not be written: {error}",
            file=sys.stderr,
        )
        return 2
    print(json.dumps(told))
    return 0 if told.get("built_twice_identical", True) else 1


if __name__ == "__main__":
    sys.exit(main())
