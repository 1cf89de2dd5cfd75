"""Where Korea is land, coarsely: enough to say that a place lies clearly at sea.

One character is a quarter of a degree, about 25 km; "#" holds land. Made from the boundaries of
Statistics Korea (SGIS, KOGL type 1), small islands far out added. Told only, never a reason to
refuse: ships, bridges and islets are places, too.
"""

from __future__ import annotations

_STEP = 0.25
_SOUTH, _WEST = 33.0, 124.0
_NORTH_TO_SOUTH = (
    "................................",
    "................#...............",
    "............#######.............",
    "...........########.............",
    "..##....############............",
    "......#.#############......#....",
    "......##################...#....",
    "........##############.........#",
    "........##############..........",
    "........##############..........",
    ".........#############..........",
    "..........#############.........",
    "..........#############.........",
    ".........#############..........",
    "........##############..........",
    "........##############..........",
    ".......############.............",
    "....##.############.............",
    "....#...########................",
    "....#.....####..................",
    "..........#.....................",
    ".........###....................",
    "........####....................",
    "........###.....................",
)


def at_sea(latitude: float, longitude: float) -> bool:
    """Whether a place (WGS84 degrees) is farther out than any land; True outside the table."""
    row = len(_NORTH_TO_SOUTH) - 1 - int((latitude - _SOUTH) // _STEP)
    column = int((longitude - _WEST) // _STEP)
    if not (0 <= row < len(_NORTH_TO_SOUTH) and 0 <= column < len(_NORTH_TO_SOUTH[row])):
        return True
    return _NORTH_TO_SOUTH[row][column] != "#"
