"""Where the files that are not code lie, also inside a packaged program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def path(*parts: str) -> Path:
    """The file `resources/<parts…>`; the product is never run from inside an archive."""
    return Path(str(files("resources"))).joinpath(*parts)


def text(*parts: str) -> str:
    return path(*parts).read_text(encoding="utf-8")
