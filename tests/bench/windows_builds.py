"""What the proof of the Windows installer needs beside it: one before, one after, and bundles."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.architecture.sources import ROOT

PACKAGING: Final = ROOT / "packaging" / "windows"
UPDATES: Final = ROOT / "packaging" / "updates"
BUILD: Final = PACKAGING / "build.py"
# Before the version that is built, and with a file that it does not have.
OLD, GONE = "0.0.9", "gone.txt"
# After it: one that works and one that does not.
BROKEN, LATER = "9.9.8", "9.9.9"


@dataclass(frozen=True)
class Built:
    """`told`: what the build said of itself."""

    told: dict[str, Any]
    installer: Path
    older: Path
    later: Path
    broken: Path

    @property
    def tree(self) -> Path:
        return self.installer.parent / "tree"


def build(out: Path, *, twice: bool) -> Built:
    """Everything anew, with keys made here. `twice`: again to compare, and as a release packs it.

    Raises SystemExit with what went wrong.
    """
    keys = out / "keys"
    shutil.rmtree(keys, ignore_errors=True)
    root = _say([UPDATES / "keys.py", keys])
    more = ["--twice"] if twice else []
    told = json.loads(_say([BUILD, "--out", out, "--msi", "--trust", root, *more]))
    tree = out / "tree"
    if twice:
        told |= _solid(tree, out)
    older = out / "older.exe"
    _packed(_version(tree, out / "older-tree", OLD, with_gone=True), older)
    # Signed in the order in which they are tried: an earlier one would be refused as a roll-back.
    broken = _bundle(keys, _version(tree, out / BROKEN, BROKEN, without="lib/av.libs"), out)
    later = _bundle(keys, _version(tree, out / LATER, LATER), out)
    return Built(told, Path(told["installer"]), older, later, broken)


def found(out: Path) -> Built:
    """What an earlier `build` has left there."""
    installer = next(out.glob("gwanje-*-x64.exe"))
    told = {"size_mb": round(installer.stat().st_size / 1e6, 1)}
    bundles = [next(out.glob(f"gwanje-{name}-*")) for name in (LATER, BROKEN)]
    return Built(told, installer, out / "older.exe", *bundles)


def _version(
    tree: Path, to: Path, number: str, *, with_gone: bool = False, without: str = ""
) -> Path:
    """A tree with the same program under another number; its files are links, not copies."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(tree, to, copy_function=os.link)
    (folder,) = (to / "versions").iterdir()
    folder = folder.rename(folder.with_name(number))
    for name in ("current", f"versions/{number}/SHA256SUMS"):
        (to / name).unlink()
    (to / "current").write_text(f"{number}\n", encoding="ascii")
    if with_gone:
        (folder / GONE).write_text("no longer shipped\n", encoding="utf-8")
    if without:
        shutil.rmtree(folder / without)
    _say(["-c", f"{_FIND}from shared.product import write_sums; write_sums(Path({str(folder)!r}))"])
    return to


def _packed(tree: Path, output: Path) -> None:
    _make(tree, output, f"number={OLD!r}")
    shutil.rmtree(tree)


def _solid(tree: Path, out: Path) -> dict[str, float]:
    output, begun = out / "solid.exe", time.monotonic()
    _make(tree, output, "solid=True")
    return {
        "solid_mb": round(output.stat().st_size / 1e6, 1),
        "solid_s": round(time.monotonic() - begun, 1),
    }


def _make(tree: Path, output: Path, how: str) -> None:
    script = f"import installer; installer.make(Path({str(tree)!r}), Path({str(output)!r}), {how})"
    _say(["-c", f"{_FIND}{script}"])


def _bundle(keys: Path, tree: Path, out: Path) -> Path:
    (folder,) = (tree / "versions").iterdir()
    told = _say([UPDATES / "bundle.py", "--keys", keys, "--version-folder", folder, "--out", out])
    shutil.rmtree(tree)
    return Path(json.loads(told)["bundle"])


_FIND: Final = (
    f"import sys; sys.path.insert(0, {str(PACKAGING)!r}); import inputs; from pathlib import Path; "
)


def _say(command: list[str | Path]) -> str:
    """The last line that it says."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.splitlines()[-1] if done.stdout else ""
