"""After a bad end: a report, the safe form and the way out of it; diagnostics at any time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.domain.bad_ends import BadEnd
from app.domain.errors import Failure
from app.domain.text import Text
from app.services.care_port import Bundle, Evidence, Piece, Progress, RunHistory
from app.services.event_port import EventKind, EventLog
from app.services.run_facts import ends_piece
from app.signals import Signal
from app.tasks import SerialQueue, cancel, spawn

_log = logging.getLogger(__name__)

# Of each log: what came before the end, some minutes of a bad day.
_REPORT_CHARACTERS: Final = 200_000
_LOOK_SECONDS: Final = 60.0
# A clip of a minute, a report and a day of logs; and well above it before it is told again.
_LITTLE_MB: Final = 200
_ENOUGH_MB: Final = 400


@dataclass(frozen=True, slots=True)
class CareParts:
    """`live`: what the running console knows, on the loop's thread."""

    evidence: Evidence
    runs: RunHistory
    events: EventLog
    live: Callable[[], Sequence[Piece]]


class Care:
    """`ended`: the safe form is over, everything may come back.

    `safe`: this run leaves out what may have ended the ones before it.
    """

    def __init__(self, parts: CareParts, *, safe: bool = False) -> None:
        self.notices: Signal[Text] = Signal("notices of the care")
        self.ended: Signal[None] = Signal("safe form ended")
        self.safe = safe
        self._parts = parts
        self._queue = SerialQueue("care")
        self._tasks: list[asyncio.Task[None]] = []
        self._little = False

    def start(self) -> None:
        self._tasks = [spawn(self._report(), "crash report"), spawn(self._watch(), "disk watch")]

    async def stop(self) -> None:
        await cancel(*self._tasks)
        await self._queue.close()

    async def collect(self, target: Path, progress: Progress, more: Sequence[Piece] = ()) -> None:
        """Everything for whoever looks into it, as a ZIP. Raises `Failure` in words.

        `progress` is called on the loop's thread.
        """
        loop = asyncio.get_running_loop()

        def told(done: float) -> None:
            loop.call_soon_threadsafe(progress, done)

        bundle = await self._queue.run(self._parts.evidence.gather, told)
        whole = _with(bundle, (*self._parts.live(), *more, ends_piece(await self._ends())))
        await self._queue.run(self._parts.evidence.write, target, whole)

    async def bring_back(self) -> None:
        """The ordinary form, now and at the next start."""
        try:
            await self._queue.run(self._parts.runs.forget)
        except OSError as error:
            _log.warning("the bad ends are not forgotten: %s", error.strerror)
        self.safe = False
        self.ended.emit(None)

    # inside

    async def _ends(self) -> Sequence[BadEnd]:
        return await self._queue.run(self._parts.runs.ends)

    async def _report(self) -> None:
        """Of every bad end that has none yet: one of a start that failed, too, was left over."""
        ends = [end for end in await self._ends() if not end.reported]
        if not ends:
            return
        self._parts.events.write(EventKind.CRASHED, _ended_badly(ends[-1]))
        evidence = self._parts.evidence
        try:
            bundle = await self._queue.run(_little_of, evidence)
            whole = _with(bundle, (*self._parts.live(), ends_piece(ends)))
            file = await self._queue.run(evidence.keep_report, whole)
            await self._queue.run(self._parts.runs.reported)
        except Failure as failure:
            self.notices.emit(_without_report(failure.text))
        except OSError as error:
            _log.warning("a report may be made again: %s", error.strerror)
        else:
            self.notices.emit(_reported(file, safe=self.safe))

    async def _watch(self) -> None:
        while True:
            free = await self._queue.run(self._parts.evidence.free_mb)
            if free is not None and free < _LITTLE_MB and not self._little:
                self._little = True
                self._parts.events.write(EventKind.DISK_FULL, _little_room(free))
                self.notices.emit(_little_room(free))
            elif free is not None and free > _ENOUGH_MB:
                self._little = False
            await asyncio.sleep(_LOOK_SECONDS)


def _little_of(evidence: Evidence) -> Bundle:
    return evidence.gather(lambda _: None, most=_REPORT_CHARACTERS)


def _with(bundle: Bundle, pieces: Sequence[Piece]) -> Bundle:
    return replace(bundle, pieces=(*bundle.pieces, *pieces))


def _ended_badly(end: BadEnd) -> Text:
    return Text(
        f"관제 {end.version} (프로세스 {end.pid})이 비정상적으로 끝났습니다.",
        f"Gwanje {end.version} (process {end.pid}) did not end as it should.",
    )


def _reported(file: Path, *, safe: bool) -> Text:
    ko, en = (
        ("", "") if safe else (" 영상벽은 그대로 되살렸습니다.", " The wall is back as it was.")
    )
    return Text(
        f"지난번에 관제가 비정상적으로 끝났습니다.{ko} 보고서: {file}",
        f"The last run did not end as it should.{en} Report: {file}",
    )


def _without_report(why: Text) -> Text:
    return Text(
        f"지난번에 관제가 비정상적으로 끝났습니다. 보고서는 만들지 못했습니다. {why.ko}",
        f"The last run did not end as it should. There is no report of it: {why.en}",
    )


def _little_room(free: int) -> Text:
    return Text(
        f"설정과 기록을 저장하는 디스크에 {free} MB만 남았습니다. 공간을 비우세요.",
        f"Only {free} MB are left on the disk with settings and logs. Make room.",
    )
