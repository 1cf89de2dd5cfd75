"""What the installer may weigh and take. A size is the same on every machine and must hold; a time
depends on the machine and is only marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.bench.tables import table


@dataclass(frozen=True, slots=True)
class Limit:
    """`name` is the figure's; `binding`: over it the proof fails."""

    name: str
    words: str
    most: float
    unit: str
    binding: bool = False


LIMITS: Final = (
    Limit("size_mb", "installer, zlib", 120.0, "MB", binding=True),
    Limit("solid_mb", "installer, solid lzma", 90.0, "MB", binding=True),
    Limit("build_s", "build", 300.0, "s"),
    Limit("install_s", "installed", 60.0, "s"),
)


def faults(figures: Mapping[str, Any]) -> list[str]:
    """Of the sizes that were measured."""
    return [
        f"{limit.words}: {figures[limit.name]} {limit.unit}, at most {limit.most:g}"
        for limit in LIMITS
        if limit.binding and figures.get(limit.name, 0.0) > limit.most
    ]


def compared(figures: Mapping[str, Any]) -> str:
    """A table for people; what was not measured is left out."""
    measured = [limit for limit in LIMITS if limit.name in figures]
    return table(
        ["what", "measured", "wanted", ""],
        [
            [
                limit.words,
                f"{figures[limit.name]} {limit.unit}",
                f"{limit.most:g} {limit.unit}",
                "over the limit" if figures[limit.name] > limit.most else "",
            ]
            for limit in measured
        ],
    )
