"""`make show-hub`: the hub on the real thing, killed and restarted, within three minutes.

The last line of the output is one JSON object. The exit status says whether what must hold held:
every event on the console once, every acknowledged act there once, each copy equal to a fresh
snapshot. No time decides it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import machine
from tests.bench.hub_lists import national_list
from tests.bench.hub_rounds import Rounds, Verdict, delays_ms, rounds
from tests.bench.machine import out_folder

ROUNDS = 5
_CALM = 300
_CALM_PAUSE = 0.01
_ACTS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    _say(machine.one_line())
    with tempfile.TemporaryDirectory(prefix="gwanje-show-hub-", dir=out_folder()) as name:
        figures, faults = asyncio.run(_story(Path(name), given.rounds))
    for fault in faults:
        _say(f"FAULT: {fault}")
    print(json.dumps(figures, ensure_ascii=False), flush=True)
    return 1 if faults else 0


async def _story(folder: Path, count: int) -> tuple[dict[str, Any], list[str]]:
    faults: list[str] = []
    async with rounds(folder, desks=2) as running:
        name, data = national_list()
        _say(f"the hub imports {name}")
        report = await running.hub.bring_in(name, data)
        _say(f"  {report['rows']} rows, {report['taken']} taken, {report['problems']} findings")
        # Who sees the new cameras begins anew: that is not what is timed.
        faults += await running.settled()
        delays = await _calm(running)
        for number in range(count):
            desk_too = number % 2 == 1
            _say(f"round {number + 1}: kill -9 of the hub{' and a console' if desk_too else ''}")
            await running.round(number, _ACTS, desk_too=desk_too)
            wrong = await running.settled()
            faults += wrong
            _say("  every console equals a fresh snapshot" if not wrong else f"  {wrong[0]}")
        verdict = await running.verdict()
        faults += _faults(running, verdict, report)
    return _figures(running, verdict, delays, report), faults


async def _calm(running: Rounds) -> list[float]:
    """Messages in a quiet hour: how long until each stands where the screens read it."""
    _say("messages through every door")
    before = dict(running.opened)
    for _ in range(_CALM):
        await running.step()
        await asyncio.sleep(_CALM_PAUSE)
    await running.settled()
    new = {key: at for key, at in running.opened.items() if key not in before}
    return [delay for desk in running.desks for delay in delays_ms(new, desk)]


def _figures(
    running: Rounds, verdict: Verdict, delays: list[float], report: dict[str, Any]
) -> dict[str, Any]:
    return {
        "events_sent": verdict.sent,
        "events_on_console": verdict.on_console,
        "duplicates": verdict.doubled,
        "acked_lost": verdict.lost,
        "kill9_rounds": running.kills,
        "event_to_screen_p95_ms": round(float(np.percentile(delays, 95)), 1) if delays else None,
        "offline_acts": len(running.offline),
        "offline_acts_delivered": verdict.delivered,
        "import_rows": report["rows"],
        "import_problems": report["problems"],
        "messages": running.sent,
    }


def _faults(running: Rounds, verdict: Verdict, report: dict[str, Any]) -> list[str]:
    checks = (
        (verdict.on_console == verdict.sent, "an event is missing"),
        (verdict.doubled == 0, "something is there twice"),
        (verdict.lost == 0, "something acknowledged is lost"),
        (verdict.delivered == len(running.offline), "an act done offline is not at the hub"),
        (report["taken"] > 0, "nothing was imported"),
    )
    return [words for held, words in checks if not held]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
