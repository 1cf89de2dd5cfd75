"""Figures beside their rivals: `python -m tests.bench PART [options]` (make bench PART=…)."""

from __future__ import annotations

import sys

from tests.bench import dragnet, hub, hub_intake, hub_store, sharing, wall
from tests.bench import map as map_bench
from tests.bench import queue as queue_bench

_PARTS = {
    "wall": wall.main,
    "hub": hub.main,
    "hub-store": hub_store.main,
    "hub-intake": hub_intake.main,
    "dragnet": dragnet.main,
    "map": map_bench.main,
    "sharing": sharing.main,
    "queue": queue_bench.main,
}


def main() -> int:
    part = sys.argv[1] if len(sys.argv) > 1 else "wall"
    if part not in _PARTS:
        print(f"no part {part!r}; there are: {', '.join(_PARTS)}", file=sys.stderr)
        return 2
    return _PARTS[part](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
