"""Figures for people: plain tables whose columns line up, also with Korean in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(head))]
    ruled = [lines[0], ["-" * width for width in widths], *lines[1:]]
    return "\n".join(_line(cells, widths) for cells in ruled)


def number(value: float | None, digits: int = 2, unit: str = "") -> str:
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return "–"
    return f"{value:.{digits}f}{unit}"


def share(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f} %"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell + " " * (width - _width(cell)) if place == 0 else " " * (width - _width(cell)) + cell
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
