"""The console's end of one decoder process: start, talk, hear, end."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from app.tasks import Reader, SerialQueue
from app.video.decoder_entry import main
from app.video.messages import Command, DecoderOptions, Event, Stop
from app.video.section import Parcel, Section

_log = logging.getLogger(__name__)

_STOP_SECONDS = 2.0


class DecoderLink:
    """Owns a decoder process; `failures`: how many before it ended soon after their start.

    Sending never blocks the caller: a process that does not read its pipe any more holds up only
    its own queue, until it is killed.
    """

    def __init__(
        self,
        options: DecoderOptions,
        heard: Callable[[DecoderLink, Event], None],
        ended: Callable[[DecoderLink], None],
        failures: int = 0,
    ) -> None:
        self.name = options.name
        self.failures = failures
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._connection: Connection[Command, Event] = ours
        self._process = context.Process(
            target=main, args=(theirs, options), name=options.name, daemon=True
        )
        # From the loop's thread on purpose: Linux ties the child's "die with parent" to the
        # thread that started it, and only this one lives as long as the console.
        try:
            with _deaf_to_the_terminal():
                self._process.start()
        except OSError as error:
            # The reader finds a closed pipe and says that the process has ended.
            _log.warning("%s cannot be started: %s", options.name, type(error).__name__)
        theirs.close()
        self._sender = SerialQueue(f"{options.name} sender")
        self.heard_at = time.monotonic()
        self.started_at = self.heard_at
        self.is_up = False
        self._reader = Reader(
            f"{options.name} reader",
            self._receive,
            lambda event: heard(self, event),
            lambda: ended(self),
        )

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def _receive(self) -> Event:
        event = self._connection.recv()
        # Stamped on this thread: a console that is busy must not take its decoders for dead.
        self.heard_at = time.monotonic()
        self.is_up = True
        return event

    def send(self, command: Command, section: Section | None = None) -> None:
        parcel = section.parcel() if section is not None else None
        self._sender.post(self._send, command, parcel)

    def _send(self, command: Command, parcel: Parcel | None) -> None:
        # A process that has just died is noticed by its reader; what was meant for it is sent
        # again to its successor.
        with contextlib.suppress(OSError):
            self._connection.send(command)
            if parcel is not None:
                parcel.send(self._connection, self.pid)
        if parcel is not None:
            parcel.close()

    def silent_for(self, now: float) -> float:
        return now - self.heard_at

    def last_words(self) -> str:
        """How the process ended, for the log: its exit code (negative: the signal)."""
        code = self._process.exitcode if self.pid else None
        lived = time.monotonic() - self.started_at
        return f"exit code {code} after {lived:.0f} s"

    def kill(self) -> None:
        if self.pid:
            self._process.kill()

    async def stop(self) -> None:
        """Asks the process to say goodbye to its cameras; kills it if that takes too long."""
        self.send(Stop())
        if not await self._reader.join(_STOP_SECONDS):
            self.kill()
        await self.bury()

    async def bury(self) -> None:
        """After the process has ended or was killed: nothing of it is left."""
        if not await self._reader.join(_STOP_SECONDS):
            self.kill()
            await self._reader.join(_STOP_SECONDS)
        self._connection.close()
        await self._sender.close()
        if self.pid:
            self._process.join(1.0)
        with contextlib.suppress(ValueError):  # still running: an unkillable process stays a zombie
            self._process.close()


@contextlib.contextmanager
def _deaf_to_the_terminal() -> Iterator[None]:
    """Ctrl+C and the end of a terminal reach the whole group, also a process that loads.

    It ignores them as soon as it can; until then its own Python would end with a traceback. A new
    process inherits what waits here, and lets it wait for ever.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker

    # Otherwise started by the first process, and it lets the signals through afterwards.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
