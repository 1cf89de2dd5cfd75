"""`python -m tests.bench wall`: the wall's figures beside those of its rivals, in one run."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.bench import breaking, machine, opening, overload, rounds
from tests.bench.seeing import until_all_seen
from tests.bench.tables import number, table
from tests.bench.trials import site_of, watched

_SECTIONS = ("tiles", "opening", "overload", "kills")
_FPS, _GOP = 15, 1.0
_KILL_TILES = 36
_OVERLOAD_TILES = 64


@dataclass(slots=True)
class Figures:
    """What is printed and written; `faults` decide the exit status, figures never do."""

    json: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def show(self, name: str, figures: Any, words: str) -> None:
        self.json[name] = figures
        print(f"\n{words}", flush=True)


def main(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    figures = Figures({"machine": machine.machine()})
    print(machine.one_line(), flush=True)
    sections: dict[str, Callable[[argparse.Namespace, Figures], None]] = {
        "tiles": _tiles, "opening": _opening, "overload": _overload, "kills": _kills,
    }  # fmt: skip
    for name in options.only:
        sections[name](options, figures)
    figures.json["faults"] = figures.faults
    whole = json.dumps(figures.json, ensure_ascii=False)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(whole + "\n", encoding="utf-8")
    for fault in figures.faults:
        print(f"FAULT: {fault}")
    print(f"\n{whole}", flush=True)
    return 1 if figures.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench wall", description=__doc__)
    add = parser.add_argument
    add("--rounds", type=int, default=3, help="of the yardstick and the console (3)")
    add("--rivals", type=int, default=1, help="rounds in which the rivals run, too (1)")
    add("--seconds", type=float, default=20.0, help="of each measured window (20)")
    add("--layouts", type=int, nargs="+", default=[36, 64, 16], metavar="TILES")
    add("--only", nargs="+", choices=_SECTIONS, default=_SECTIONS)
    add("--json", type=Path, metavar="FILE")
    return parser


def _tiles(options: argparse.Namespace, figures: Figures) -> None:
    outcomes = []
    for tiles in options.layouts:
        plan = rounds.Plan(tiles, options.rounds, options.rivals, options.seconds)
        outcome = rounds.measure(plan)
        outcomes.append(outcome.as_json())
        figures.faults += outcome.faults
        head = f"{tiles} tiles, H.264 640×360@15 over RTSP/TCP, 1920×1080"
        figures.show("tiles", outcomes, f"{head}\n{outcome.as_table()}")


def _opening(options: argparse.Namespace, figures: Figures) -> None:
    runs = opening.measure(_KILL_TILES, options.rounds, options.seconds)
    figures.faults += [f"opening: left {name}" for run in runs for name in run.leftover]
    figures.faults += ["opening: a tile stayed without a picture" for r in runs if not r.all_seen]
    figures.show("opening", [asdict(run) for run in runs], opening.as_table(runs))


def _overload(options: argparse.Namespace, figures: Figures) -> None:
    found = overload.measure(_OVERLOAD_TILES, max(options.seconds, 20.0))
    figures.faults += [f"overload: left {name}" for name in found.leftover]
    if found.tiles_seen < found.tiles:
        figures.faults.append("overload: a tile stayed without a picture")
    figures.show("overload", asdict(found), overload.as_table(found))


def _kills(_options: argparse.Namespace, figures: Figures) -> None:
    tiles = range(_KILL_TILES)
    with site_of(_KILL_TILES) as site, watched(site, _KILL_TILES) as run:
        until_all_seen(run.marks, tiles, breaking.ALL_LIVE_SECONDS)
        decoder = breaking.kill_decoder(run, tiles, _FPS, _GOP)
        server = breaking.restart_server(run, tiles)
        console = breaking.kill_console(run)
    if not decoder.recovered:
        figures.faults.append("kills: tiles of the killed decoder process stayed away")
    if not server.recovered:
        figures.faults.append("kills: tiles stayed away after the server's return")
    figures.faults += [f"kills: the killed console left {name}" for name in console.left]
    found = {"decoder": asdict(decoder), "server": asdict(server), "console": asdict(console)}
    rows = [
        ("decoder process killed: all its tiles back", number(decoder.recovery, 2, " s")),
        ("  since their next key frame, slowest", number(decoder.after_key_frame, 2, " s")),
        ("  tiles lost / pictures others missed (as long before)",
         f"{decoder.killed_tiles} / {decoder.others_missed} ({decoder.others_missed_before})"),
        ("  longest wait of another tile", number(decoder.others_longest_wait, 2, " s")),
        ("server back after an outage: all tiles back", number(server.recovery, 2, " s")),
        ("console killed: no process left", number(console.gone, 2, " s")),
        ("  processes and memory left", str(console.orphans)),
    ]  # fmt: skip
    figures.show("kills", found, table((f"kills, {_KILL_TILES} tiles", ""), rows))
