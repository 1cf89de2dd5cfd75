"""Joins a console to its runs, the system's event log and the diagnostics."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import app
from app.adapters.event_log import system_event_log
from app.adapters.evidence import ProfileEvidence
from app.adapters.hub_address import host
from app.adapters.hub_answers import failure
from app.adapters.run_marker import Runs
from app.clock import SystemClock
from app.config import Config
from app.console import Console
from app.domain.bad_ends import Start
from app.services import safe_form
from app.services.care import Care, CareParts
from app.services.care_port import Piece
from app.services.event_port import EventKind
from app.services.hub_link import Link
from app.services.hub_port import Trouble
from app.services.hub_rows import MIRRORED
from app.services.run_facts import figures_piece, link_facts, piece, settings_piece

_log = logging.getLogger(__name__)


class Marked:
    """The mark of a run. No call fails: a disk that refuses is told in the log."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def ended_well(self) -> None:
        """Once more does no harm."""
        try:
            self._runs.end()
        except OSError as error:
            _log.warning("this run's marker stays: %s", error.strerror)

    def goes_on(self) -> None:
        """An end that was told has not come."""
        try:
            self._runs.again(app.__version__, SystemClock().now())
        except OSError as error:
            _log.warning("how this run ends will not be known: %s", error.strerror)


def begin_run(config: Config) -> tuple[Config, Marked]:
    """Marks this run. In the safe form where it must be.

    A folder that cannot be written to keeps nothing from starting: nobody will know how it ended.
    """
    runs = Runs(config.profile_dir)
    try:
        start = runs.begin(app.__version__, SystemClock().now())
    except OSError as error:
        _log.warning("how this run ends will not be known: %s", error.strerror)
        start = Start()
    for end in start.found:
        _log.warning("a run did not end as it should: %s, begun %s", end.pid, end.began)
    return replace(config, safe=config.safe or start.safe), Marked(runs)


def take_care(console: Console) -> Console:
    """Runs, events, diagnostics; the safe form ends when a person says so."""
    config, walls, preferences = console.config, console.walls, console.preferences
    console.events = system_event_log()
    care = Care(
        CareParts(
            ProfileEvidence(config.profile_dir, console.clock, lambda: _known(console)),
            Runs(config.profile_dir),
            console.events,
            lambda: live_pieces(console),
        ),
        safe=config.safe,
    )
    console.care = care
    care.ended.connect(lambda _: safe_form.leave(walls, preferences))
    if console.hub is not None:
        untrusted = failure(Trouble.TLS).text

        def follow(link: Link) -> None:
            if link.reason == untrusted:
                console.events.write(EventKind.HUB_CERTIFICATE, untrusted)

        console.hub.parts.link.changed.connect(follow)
    return console


def _known(console: Console) -> list[str]:
    """Of a running console: who sits at it, and what its hub and its cameras are called.

    On the thread that gathers: what is read here is replaced, never changed.
    """
    words = [console.preferences.values.operator, *host(console.config.hub)]
    if console.hub is not None and (now := console.hub.now) is not None:
        words += [now.account.username, now.account.name]
    # Last: of more than words only the first count, and a city's cameras have thousands.
    for camera in console.catalog.cameras:
        for profile in camera.profiles:
            words += host(profile.url)
    return [word for word in dict.fromkeys(words) if word]


def live_pieces(console: Console) -> Sequence[Piece]:
    """What a running console adds to a bundle. On the loop's thread, no waiting."""
    return (
        figures_piece(console.figures.report()),
        settings_piece(console.preferences.values),
        piece("counts.json", _counts(console), "how many of everything"),
        piece("hub.json", _hub(console), "the link to the hub"),
    )


def _counts(console: Console) -> dict[str, int]:
    walls, hub = console.walls, console.hub
    counts = {
        "cameras": len(console.catalog.cameras),
        "windows": len(walls.windows()),
        "saved_walls": len(walls.saved()),
        "tours": len(console.tours.saved()),
        "saving": int(console.store.saving),
    }
    if hub is not None:
        counts |= {f"hub_{kind}": len(hub.parts.rows.all(kind)) for kind in sorted(MIRRORED)}
    return counts


def _hub(console: Console) -> object:
    if console.hub is None:
        return {"hub": "none"}
    parts = console.hub.parts
    scheme = parts.address.partition(":")[0]
    told = link_facts(parts.link.link, parts.outbox.waiting, parts.outbox.troubled)
    return {"scheme": scheme, "signed_in": console.hub.now is not None, **told}
