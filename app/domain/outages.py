"""Cameras that nobody can reach: when that becomes a facility incident, and when it is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.camera import CameraId
from app.domain.incident import IncidentId
from app.domain.tile import TileState

# Issue 3: ten minutes, so that a restart is no incident; twenty cameras at once are their switch.
LONG = timedelta(minutes=10)
TOGETHER_CAMERAS = 20
# Consoles notice a lost switch within one time-out of each other (10 s to connect, twice, and the
# pause between); a minute also covers a status that was sent late.
TOGETHER = timedelta(seconds=60)

# The camera answered, whatever it said.
_ANSWERED = frozenset(
    {
        TileState.LIVE,
        TileState.LATE,
        TileState.FROZEN,
        TileState.UNAUTHORISED,
        TileState.NOT_FOUND,
        TileState.UNSUPPORTED,
    }
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A camera's state as one console sees it, and since when."""

    state: TileState
    since: datetime


@dataclass(frozen=True, slots=True)
class Outage:
    """A camera that nobody reaches since then.

    `groups`: what it may have gone down with, the narrowest first: its switch (or pole group),
    its site.
    """

    camera: CameraId
    since: datetime
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes into one facility incident. `group` is empty for a camera on its own."""

    cameras: tuple[CameraId, ...]
    since: datetime
    group: str = ""


@dataclass(frozen=True, slots=True)
class OpenFault:
    """A facility incident that is open already."""

    incident: IncidentId
    cameras: frozenset[CameraId]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`begun`: incidents to open. `over`: those to close, all of their cameras are back."""

    begun: tuple[Fault, ...] = ()
    over: tuple[IncidentId, ...] = ()


def unreachable_since(seen: Iterable[Seen]) -> datetime | None:
    """Since when no console reaches the camera; None while one does, or where none has tried.

    A console that shows it no more, or is still connecting, says nothing.
    """
    since: datetime | None = None
    for one in seen:
        if one.state in _ANSWERED:
            return None
        if one.state is TileState.UNREACHABLE:
            since = one.since if since is None else max(since, one.since)
    return since


def judge(outages: Collection[Outage], known: Collection[OpenFault], now: datetime) -> Verdict:
    """What begins and what is over now. A camera belongs to one open incident at most.

    Twenty cameras of one group that went together, each within a minute of the one before, become
    one, once the first has been away for ten minutes; any other becomes one of its own after ten.
    """
    down = {outage.camera for outage in outages}
    running = [fault for fault in known if fault.cameras & down]
    covered = frozenset[CameraId]().union(*(fault.cameras for fault in running))
    over = tuple(fault.incident for fault in known if not fault.cameras & down)
    left = sorted(
        (outage for outage in outages if outage.camera not in covered),
        key=lambda outage: (outage.since, outage.camera),
    )
    return Verdict(tuple(_begun(left, now)), over)


def _begun(left: Sequence[Outage], now: datetime) -> Iterator[Fault]:
    for rank in range(max((len(outage.groups) for outage in left), default=0)):
        together = tuple(_groups_of_rank(left, rank, now))
        yield from together
        taken = {camera for fault in together for camera in fault.cameras}
        left = [outage for outage in left if outage.camera not in taken]
    for outage in left:
        if now - outage.since >= LONG:
            yield Fault((outage.camera,), outage.since)


def _groups_of_rank(left: Sequence[Outage], rank: int, now: datetime) -> Iterator[Fault]:
    groups: dict[str, list[Outage]] = defaultdict(list)
    for outage in left:
        if rank < len(outage.groups) and outage.groups[rank]:
            groups[outage.groups[rank]].append(outage)
    for group, members in groups.items():
        for gone in _at_once(members):
            if len(gone) >= TOGETHER_CAMERAS and now - gone[0].since >= LONG:
                yield Fault(tuple(o.camera for o in gone), gone[0].since, group)


def _at_once(members: Sequence[Outage]) -> Iterator[list[Outage]]:
    """Runs without a longer pause than `TOGETHER`; `members` sorted by time."""
    run: list[Outage] = []
    for outage in members:
        if run and outage.since - run[-1].since > TOGETHER:
            yield run
            run = []
        run.append(outage)
    if run:
        yield run
