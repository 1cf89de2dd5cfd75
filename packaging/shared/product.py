"""What every package of Gwanje is made from, for whatever system."""

from __future__ import annotations

import hashlib
import os
import shutil
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# 2026-01-01: every file of a build has the same time, so that two builds are the same bytes.
EPOCH = 1_767_225_600


class WrongInput(Exception):  # noqa: N818 - a person has to do something
    """What, where, and what to do."""


def version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def cache() -> Path:
    """What comes from outside; a closed network may fill it by hand."""
    named = os.environ.get("GWANJE_INPUTS")
    folder = Path(named) if named else Path.home() / ".cache" / "gwanje" / "inputs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy(names: Iterable[str], into: Path) -> None:
    """Files and folders of the repository, without what Python has left in them."""
    into.mkdir(parents=True, exist_ok=True)
    for name in names:
        source, target = ROOT / name, into / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def prune(folder: Path, patterns: Iterable[str]) -> None:
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()


def write_sums(tree: Path) -> None:
    """SHA256SUMS of every file in the tree, as `sha256sum --check` reads them."""
    files = sorted(p for p in tree.rglob("*") if p.is_file() and not p.is_symlink())
    sums = "".join(
        f"{sha256(file)}  {file.relative_to(tree).as_posix()}\n"
        for file in files
        if file.name != "SHA256SUMS"
    )
    (tree / "SHA256SUMS").write_text(sums, encoding="utf-8")


def set_times(tree: Path) -> None:
    for path in tree.rglob("*"):
        os.utime(path, (EPOCH, EPOCH), follow_symlinks=False)
