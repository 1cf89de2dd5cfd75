"""A decoder process: dozens of streams, a thread each; ends when the console ends.

Nothing here may outlive the console: the control pipe's end of file means that it died (also by
kill -9), and then the process leaves at once. Its memory has no name, so nothing is left.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import av
import av.logging
import psutil

from app.domain.camera import CameraId
from app.domain.errors import Failure
from app.domain.stream import StreamStatus
from app.domain.text import Text
from app.video.camera_stream import CameraStream, Surroundings
from app.video.messages import (
    ChangePlan,
    ClipAdvanced,
    ClipDone,
    CloseStream,
    Command,
    DecoderOptions,
    Event,
    OpenStream,
    ReplaceSection,
    SaveClip,
    Statuses,
    StillTaken,
    Stop,
    TakeStill,
)
from app.video.replay_buffer import write_mp4
from app.video.section import Section
from app.video.shared_frames import FrameWriter
from app.video.stills import decode_still

HEARTBEAT = 0.25
# Tiers look at the lag twice a second, a tile that is late waits for one: no slower than this.
_RATES_EVERY = 1.0
# A session says TEARDOWN when its next packet comes; the end of the program does not wait for a
# camera that hangs.
_GOODBYE = 1.0
# Opening costs some 20 ms of CPU a stream: spread them, or the first pictures all come last.
_OPEN_EVERY = 0.012
_PR_SET_PDEATHSIG = 1
# A third of the weight of an ordinary process in Linux's scheduler; more would also let any
# background job of the workstation go before the pictures.
_NICE = 5


def main(connection: Connection[Event, Command], options: DecoderOptions) -> None:
    """Entry point of the spawned process."""
    # Ctrl+C in a terminal, and its end, reach the whole group; the console ends its own processes.
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    _die_with_parent()
    _step_back()
    # FFmpeg's own lines would hold addresses with passwords; what matters comes as an error code.
    av.logging.set_level(av.logging.PANIC)
    logging.disable(logging.CRITICAL)
    DecoderProcess(connection, options).run()
    sys.stdout.flush()
    os._exit(0)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _step_back() -> None:
    """Dozens of decoding threads must not keep the one that answers the operator waiting."""
    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            psutil.Process().nice(_NICE)


class _Pacer:
    """Lets one stream open every few milliseconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = 0.0

    def admit(self, stopping: threading.Event) -> None:
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + _OPEN_EVERY
        stopping.wait(turn - now)


class DecoderProcess:
    def __init__(self, connection: Connection[Event, Command], options: DecoderOptions) -> None:
        self._connection = connection
        self._urgent = threading.Event()
        self._surroundings = Surroundings(options, _Pacer().admit, self._urgent.set)
        self._streams: dict[CameraId, CameraStream] = {}
        self._send_lock = threading.Lock()

    def run(self) -> None:
        threading.Thread(target=self._report, name="heartbeat", daemon=True).start()
        while True:
            try:
                command = self._connection.recv()
            except (EOFError, OSError):
                os._exit(0)  # the console is gone: nobody is left to say goodbye for
            if isinstance(command, Stop):
                self._stop()
                return
            self._do(command)

    def _do(self, command: Command) -> None:
        match command:
            case OpenStream(camera, plan, before):
                self._streams[camera] = CameraStream(
                    plan, self._writer(), self._surroundings, before
                )
            case ReplaceSection(camera):
                self._replace_section(camera)
            case ChangePlan(camera, plan):
                if stream := self._streams.get(camera):
                    stream.change(plan)
            case CloseStream(camera):
                self._close(camera)
            case SaveClip():
                self._save(command)
            case TakeStill(ticket, camera, arrived):
                self._take_still(ticket, camera, arrived)

    def _replace_section(self, camera: CameraId) -> None:
        writer = self._writer()
        if stream := self._streams.get(camera):
            stream.replace_writer(writer)
        else:
            writer.close()

    def _close(self, camera: CameraId) -> None:
        if stream := self._streams.pop(camera, None):
            self._part(stream)

    def _writer(self) -> FrameWriter:
        writer = FrameWriter(Section.receive(self._connection))
        writer.recover()
        return writer

    @staticmethod
    def _part(stream: CameraStream) -> None:
        sessions = stream.close()

        def wait() -> None:
            # A camera that hangs is let go by its time-out; its memory must wait for that.
            for session in sessions:
                session.join()
            stream.release()

        threading.Thread(target=wait, name="goodbye", daemon=True).start()

    def _report(self) -> None:
        due = 0.0
        while True:
            # Changes go at once; rates and counters seldom, because making, sending and reading
            # them for dozens of cameras costs as much as many pictures do.
            urgent = self._urgent.wait(HEARTBEAT)
            self._urgent.clear()
            now = time.monotonic()
            changed: tuple[StreamStatus, ...] = ()
            if urgent or now >= due:
                changed = self._changed()
                due = now + _RATES_EVERY
            self._tell(Statuses(changed))
            time.sleep(0.02)  # a burst of changes becomes a few messages

    def _changed(self) -> tuple[StreamStatus, ...]:
        found = []
        for stream in tuple(self._streams.values()):
            status = stream.status()
            if status != stream.reported:
                stream.reported = status
                found.append(status)
        return tuple(found)

    def _tell(self, event: Event) -> None:
        with self._send_lock:
            try:
                self._connection.send(event)
            except (OSError, ValueError):
                os._exit(0)

    def _save(self, command: SaveClip) -> None:
        def work() -> None:
            def advanced(fraction: float) -> None:
                self._tell(ClipAdvanced(command.ticket, fraction))

            stream = self._streams.get(command.camera)
            kept = stream.replay.last(command.seconds) if stream else []
            try:
                seconds = write_mp4(kept, Path(command.path), advanced)
            except Failure as failure:
                self._tell(ClipDone(command.ticket, 0.0, failure.text))
            except Exception as error:  # noqa: BLE001 - the operator must hear of it
                name = type(error).__name__
                text = Text(f"영상을 저장하지 못했습니다 ({name})", f"The clip failed ({name})")
                self._tell(ClipDone(command.ticket, 0.0, text))
            else:
                self._tell(ClipDone(command.ticket, seconds))

        threading.Thread(target=work, name="clip", daemon=True).start()

    def _take_still(self, ticket: int, camera: CameraId, arrived: float) -> None:
        stream = self._streams.get(camera)

        def work() -> None:
            picture = None
            # Whatever is wrong with a packet must not take the other cameras along.
            with contextlib.suppress(Exception):
                if stream is not None:
                    picture = decode_still(stream.replay.until(arrived), stream.plan.masks)
            self._tell(StillTaken(ticket, picture))

        threading.Thread(target=work, name="still", daemon=True).start()

    def _stop(self) -> None:
        sessions = [s for stream in self._streams.values() for s in stream.close()]
        deadline = time.monotonic() + _GOODBYE
        for session in sessions:
            session.join(max(0.0, deadline - time.monotonic()))
