"""`--diagnostics FILE`: the same ZIP as from the screen, where no window comes up any more."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from app.adapters.evidence import ProfileEvidence
from app.adapters.hub_address import host
from app.adapters.run_marker import Runs
from app.adapters.table_counts import table_counts
from app.clock import SystemClock
from app.config import Config
from app.domain.bad_ends import Exit
from app.domain.errors import Failure
from app.domain.text import Text
from app.services.run_facts import ends_piece, piece

# Lines on a terminal, not a picture of every percent.
_STEP = 0.25


def run(config: Config, target: Path) -> int:
    """The exit status: 0 where the file is there. Changes nothing in the profile folder."""
    profile = config.profile_dir
    evidence, shown = ProfileEvidence(profile, SystemClock(), lambda: host(config.hub)), [0.0]

    def progress(done: float) -> None:
        if done - shown[0] >= _STEP:
            shown[0] = done
            _say(f"{done:.0%}")

    counts = {name: table_counts(profile / name) for name in ("console.db", "hub.db")}
    bundle = evidence.gather(progress)
    pieces = (
        *bundle.pieces,
        ends_piece(Runs(profile).ends()),
        piece("counts.json", counts, "rows of every table"),
    )
    try:
        evidence.write(target, replace(bundle, pieces=pieces))
    except Failure as failure:
        _say(str(failure.text))
        return Exit.PARTLY
    _say(str(Text(f"저장했습니다: {target}", f"Saved: {target}")))
    return Exit.DONE


def _say(words: str) -> None:
    # Behind the launcher without a terminal there is nobody to tell.
    if sys.stderr is not None:
        sys.stderr.write(f"{words}\n")
