"""One camera in a decoder process: the sessions that feed it and the memory it paints into."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from av.packet import Packet
from av.video.stream import VideoStream
from typing_extensions import override

from app.domain.stream import DecodeMode, Phase, StreamPlan, StreamStatus, Tier
from app.video.messages import DecoderOptions
from app.video.replay_buffer import ReplayBuffer, Template
from app.video.sameness import Sameness
from app.video.session import Owner, Session, Shown
from app.video.shared_frames import FrameWriter


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all streams of a process share.

    `admit` waits for a turn to open, `tell` is called when a status has changed.
    """

    options: DecoderOptions
    admit: Callable[[threading.Event], None]
    tell: Callable[[], None]


class CameraStream(Owner):
    """Follows its plan. A change of profile keeps the old session until the new one has a picture.

    Public methods are called by the process's command thread, `packet` and `picture` by sessions.
    """

    def __init__(
        self,
        plan: StreamPlan,
        writer: FrameWriter,
        surroundings: Surroundings,
        before: StreamStatus,
    ) -> None:
        self.plan = plan
        self.replay = ReplayBuffer(plan.replay_seconds)
        self._writer = writer
        self._surroundings = surroundings
        # Counters of sessions and decoder processes that have ended.
        self._before = StreamStatus(
            before.camera,
            bytes_received=before.bytes_received,
            frames_received=before.frames_received,
            decode_errors=before.decode_errors,
            reconnects=before.reconnects,
        )
        self._lock = threading.Lock()
        self._sameness = Sameness()
        self._number = writer.number
        self.reported: StreamStatus | None = None
        self._active: Session | None = None
        self._next: Session | None = None
        self._upcoming: list[tuple[Packet[VideoStream], Template, float]] = []
        # The session's first packet may be there before the session has its name here: a key frame
        # that nobody keeps leaves a replay without a beginning.
        with self._lock:
            self._follow_plan()

    def change(self, plan: StreamPlan) -> None:
        with self._lock:
            self.plan = plan
            self.replay.limit = plan.replay_seconds
            self._follow_plan()
        self.changed()

    def replace_writer(self, writer: FrameWriter) -> None:
        """A larger section; numbering goes on where the old one stood."""
        with self._lock:
            old, self._writer = self._writer, writer
            writer.number_from(old.number)
            self._number = writer.number
            old.close()

    def close(self) -> list[Session]:
        """Stops; the sessions given back may still be saying goodbye to their camera."""
        with self._lock:
            sessions = [s for s in (self._active, self._next) if s is not None]
            self._active = self._next = None
            self.replay.clear()
        for session in sessions:
            session.stop()
        return sessions

    def release(self) -> None:
        with self._lock:
            self._writer.close()

    def _follow_plan(self) -> None:
        mode = self.plan.tier.mode
        if mode is DecodeMode.OFF:
            self._drop_next()
            if self._active is not None:
                self._part_with(self._active)
                self._active = None
            return
        self._choose_sessions()
        for session in (self._active, self._next):
            if session is not None:
                session.wanted_mode = mode

    def _choose_sessions(self) -> None:
        if self._active is None:
            self._active = self._session()
        elif self._serves(self._active):
            self._drop_next()
        elif self._next is None or not self._serves(self._next):
            self._drop_next()
            self._next = self._session()

    def _serves(self, session: Session) -> bool:
        return session.profile is self.plan.tier.profile and session.url == self.plan.url

    def _drop_next(self) -> None:
        if self._next is not None:
            self._next.stop()
            self._next = None
            self._upcoming.clear()

    def _session(self) -> Session:
        tier, around = self.plan.tier, self._surroundings
        session = Session(
            self, tier.profile, self.plan.url, tier.mode, around.options, around.admit
        )
        session.start()
        return session

    @override
    def packet(
        self, session: Session, packet: Packet[VideoStream], template: Template, arrived: float
    ) -> None:
        with self._lock:
            if session is self._active:
                self.replay.add(packet, template, arrived)
            elif session is self._next:
                # From the key frame on that may become its first picture.
                if packet.is_keyframe:
                    self._upcoming.clear()
                if packet.is_keyframe or self._upcoming:
                    self._upcoming.append((packet, template, arrived))

    @override
    def picture(self, session: Session, shown: Shown) -> None:
        plan = self.plan
        # Each session has a scaler of its own: swscale's context crashes when the last picture of
        # one and the first of the next meet in it.
        pixels, shape = session.scaler.scale(shown.frame, plan.width, plan.height, plan.masks)
        with self._lock:
            if session is self._next:
                self._promote(session)
            if session is not self._active or session.stopping:
                return
            if self._writer.fits(shape.height * shape.stride):
                self._writer.write(pixels, shape, shown.arrived_ns, shown.captured_ns)
                self._number = self._writer.number
            sameness = self._sameness
        if sameness.due(shown.arrived_ns / 1e9, key=shown.frame.key_frame):
            _look(sameness, shown)

    def _promote(self, session: Session) -> None:
        if self._active is not None:
            self._part_with(self._active)
        self._active, self._next = session, None
        for packet, template, arrived in self._upcoming:
            self.replay.add(packet, template, arrived)
        self._upcoming.clear()
        self._sameness = Sameness()

    def _part_with(self, session: Session) -> None:
        self._before = self._counted(session)
        session.stop()

    def _counted(self, session: Session) -> StreamStatus:
        before = self._before
        return replace(
            before,
            bytes_received=before.bytes_received + session.rates.bytes,
            frames_received=before.frames_received + session.rates.packets,
            decode_errors=before.decode_errors + session.decode_errors,
            reconnects=before.reconnects + max(0, session.connections - 1),
        )

    @override
    def changed(self) -> None:
        self._surroundings.tell()

    def status(self) -> StreamStatus:
        with self._lock:
            session = self._active
            decoded = self._number
            if session is None:
                return replace(self._before, frames_decoded=decoded)
            counted = self._counted(session)
            same = self._sameness.seconds
            other = self._next.fault if self._next is not None else None
        rates, alive = session.rates, session.rates.alive(time.monotonic())
        playing = session.phase is Phase.PLAYING
        return replace(
            counted,
            phase=session.phase,
            tier=Tier(session.profile, session.mode),
            fault=session.fault,
            detail=session.detail,
            attempt=session.attempt,
            codec=session.codec,
            width=rates.width,
            height=rates.height,
            source_fps=rates.source_fps if alive else 0.0,
            decoded_fps=rates.decoded_fps if alive else 0.0,
            keyframe_interval=rates.keyframe_interval,
            bitrate=rates.bitrate if alive else 0.0,
            frames_decoded=decoded,
            open_seconds=session.open_seconds,
            latency=session.latency if playing else None,
            lag=session.lag.lag if alive else 0.0,
            other_fault=other,
            same_picture=same if playing and alive else 0.0,
            replay_seconds=self.replay.seconds,
            replay_bytes=self.replay.bytes,
        )


def _look(sameness: Sameness, shown: Shown) -> None:
    frame = shown.frame
    plane = frame.planes[0]
    size = (plane.width, plane.height)
    now = shown.arrived_ns / 1e9
    sameness.look(memoryview(plane), size, plane.line_size, now, key=frame.key_frame)
