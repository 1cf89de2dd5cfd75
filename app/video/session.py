"""One connection to one profile of a camera, made again for ever: a thread of its own."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable
from typing import NamedTuple, Protocol

import av
import av.error
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.domain.backoff import pause
from app.domain.camera import ProfileName
from app.domain.stream import DecodeMode, Fault, Phase
from app.video.address import Source, source
from app.video.decoding import Decoder, check_size
from app.video.faults import StreamFault, translated
from app.video.lag import LagMeter
from app.video.messages import DecoderOptions
from app.video.opening import open_container
from app.video.packets import packets
from app.video.picture import Scaler
from app.video.playing import Playing
from app.video.rates import Rates
from app.video.replay_buffer import Template

# Further behind than this although data was always waiting: we are too slow, so leave out what is
# left of the GOP. After a stall of the network data is late too, but then there was a wait.
_BEHIND = 1.0
_WAIT = 0.008
# So far behind, the reason does not matter any more.
_FAR_BEHIND = 2.0
_RENEW_AT_MOST_EVERY = 300.0
# A connection that lasted this long was a good one: the next failure starts with a quick retry.
_GOOD_CONNECTION = 10.0
# Patience with packets that make no picture, in read time-outs, before a key frame has come.
_WITHOUT_KEY = 3
# FFmpeg's clock and ours need not agree to the millisecond.
_NEARLY = 0.95
# Seconds between two looks at what need not be known of every packet: together with what is done
# for every one they would cost a camera as much as it takes to put its picture into memory.
_LOOK_EVERY = 0.25


class Shown(NamedTuple):
    """A decoded frame on its way to the screen; times in nanoseconds (arrived is monotonic)."""

    frame: VideoFrame
    arrived_ns: int
    captured_ns: int | None


class Owner(Protocol):
    """What a session tells its camera; see `CameraStream`."""

    def packet(
        self, session: Session, packet: Packet[VideoStream], template: Template, arrived: float
    ) -> None: ...

    def picture(self, session: Session, shown: Shown) -> None: ...

    def changed(self) -> None: ...


class Session:
    """Connects, decodes, reports; on any end it connects again until `stop`."""

    def __init__(
        self,
        owner: Owner,
        profile: ProfileName,
        url: str,
        mode: DecodeMode,
        options: DecoderOptions,
        admit: Callable[[threading.Event], None],
    ) -> None:
        self.profile = profile
        self.url = url
        self.wanted_mode = mode
        self.phase = Phase.CONNECTING
        self.fault: Fault | None = None
        self.detail = ""
        self.attempt = 0
        self.connections = 0
        self.open_seconds = 0.0
        self.codec = ""
        self.mode = mode
        self.rates = Rates()
        self.scaler = Scaler()
        self.lag = LagMeter()
        self.latency: float | None = None
        self.decode_errors = 0
        self._owner = owner
        self._options = options
        self._admit = admit
        self._stopping = threading.Event()
        self._pictures = 0
        self._waited = 0.0
        self._renewed = float("-inf")
        self._heard = 0.0
        self._seen = 0.0
        self._look_at = 0.0
        self._keyed = False
        self._thread = threading.Thread(target=self._run, name="stream", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Asks; the TEARDOWN goes out on the session's own thread."""
        self._stopping.set()

    def join(self, seconds: float | None = None) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                self._admit(self._stopping)
                if self._stopping.is_set():
                    return
                self._connection()
                failed = self._silence(time.monotonic()) or StreamFault(Fault.ENDED, "no more")
            except StreamFault as fault:
                failed = fault
            except av.error.FFmpegError as error:
                failed = translated(error)
            except Exception as error:  # noqa: BLE001 - one camera must not take the others along
                failed = StreamFault(Fault.GARBAGE, f"{type(error).__name__}: {error}")
            if self._stopping.is_set():
                return
            if self.phase is Phase.PLAYING and time.monotonic() - began > _GOOD_CONNECTION:
                self.attempt = 0
            self._wait(failed)

    def _silence(self, now: float) -> StreamFault | None:
        """To FFmpeg's RTSP some reads that were broken off by the time-out are a regular end."""
        if now - self._heard < self._options.read_timeout * _NEARLY:
            return None
        return StreamFault(Fault.TIMED_OUT, "no more packets")

    def _wait(self, failed: StreamFault) -> None:
        self.attempt += 1
        self.phase, self.fault, self.detail = Phase.WAITING, failed.fault, failed.detail
        self._owner.changed()
        self._stopping.wait(pause(self.attempt, random.random()))  # noqa: S311 - not a secret

    def _connection(self) -> None:
        where = source(self.url)
        began = time.monotonic()
        container = open_container(where, self._options)
        try:
            stream = next(iter(container.streams.video), None)
            if stream is None:
                raise StreamFault(Fault.NO_VIDEO, "the source has no video stream")
            if stream.codec_context is None:
                raise StreamFault(Fault.UNKNOWN_CODEC, "no decoder for this codec")
            check_size(stream)
            self._play(where, container, stream, began)
        finally:
            container.close()

    def _play(
        self,
        where: Source,
        container: av.container.InputContainer,
        stream: VideoStream,
        began: float,
    ) -> None:
        decoder = Decoder(stream, self.wanted_mode)
        playing = Playing(where, stream, decoder, began)
        self.codec = decoder.codec
        self.rates.connected()
        self.lag = LagMeter()
        self._pictures, self._keyed = 0, False
        self._waited = self._heard = self._seen = time.monotonic()
        self._look_at = self._heard
        # Closed before the container is, so that a TEARDOWN goes out: see there.
        with contextlib.closing(packets(container, stream, where, self._stopping)) as incoming:
            for packet in incoming:
                self._take(packet, playing)
                self._heard = time.monotonic()

    def _take(self, packet: Packet[VideoStream], playing: Playing) -> None:
        """Runs for every packet of every camera: what can wait is in `_look`."""
        arrived_ns = time.monotonic_ns()
        arrived = arrived_ns / 1e9
        if arrived - self._heard > _WAIT:
            self._waited = arrived
            if playing.live and (silent := self._silence(arrived)):
                # FFmpeg holds a picture back until the next one begins; what comes with the
                # time-out is old, and must not be shown as if it had just come.
                raise silent
        key = packet.is_keyframe
        self._owner.packet(self, packet, playing.template, arrived)
        self.rates.packet(arrived, packet.size, key=key)
        self._keyed |= key
        look = key or arrived >= self._look_at
        if look:
            self._look(packet, playing, arrived)
        moment = (arrived_ns, playing.clock.captured(packet))
        frames = playing.decoder.feed(packet, key=key)
        if not frames or frames[0].pts != packet.pts:
            playing.held_back.put(packet.pts, moment)
        for frame in frames:
            mine = frame.pts == packet.pts
            known = moment if mine else playing.held_back.take(frame.pts) or moment
            self._show(frame, known, playing.began)
            self._seen, self._keyed = arrived, False
        if look:
            # After the packet was decoded: it may be the key frame that was waited for.
            self._expect_pictures(arrived)

    def _look(self, packet: Packet[VideoStream], playing: Playing, arrived: float) -> None:
        """At key frames and a few times a second: whether all is as it should be."""
        self._look_at = arrived + _LOOK_EVERY
        decoder = playing.decoder
        if packet.dts is not None and playing.paced_by_source:
            self.lag.add(arrived, packet.dts * playing.time_base)
        self._be_current(arrived)
        if self._too_slow(arrived):
            decoder.skip_to_key()
        decoder.wanted = self.wanted_mode
        self.mode, self.decode_errors = decoder.mode, decoder.errors

    def _expect_pictures(self, now: float) -> None:
        """Raises where packets come but nothing to see: garbage, or a codec that lies."""
        # Without a key frame there can be no picture, and some cameras send two a minute.
        patience = self._options.read_timeout * (1 if self._keyed else _WITHOUT_KEY)
        if now - self._seen > max(patience, 3 * self.rates.keyframe_interval):
            raise StreamFault(Fault.GARBAGE, "packets come, but no picture")

    def _be_current(self, arrived: float) -> None:
        """A backlog that cannot be caught up is left behind with its connection.

        If it comes back soon, it is the camera's clock that runs slow, not we.
        """
        if self.lag.hopeless and arrived - self._renewed > _RENEW_AT_MOST_EVERY:
            self._renewed = arrived
            raise StreamFault(Fault.SESSION_LOST, "too far behind; connected again to be current")

    def _too_slow(self, arrived: float) -> bool:
        lag = self.lag.lag
        return lag > _FAR_BEHIND or (lag > _BEHIND and arrived - self._waited > _BEHIND)

    def _show(self, frame: VideoFrame, moment: tuple[int, int | None], began: float) -> None:
        arrived_ns, captured_ns = moment
        if self.phase is not Phase.PLAYING or not self._pictures:
            self.phase, self.fault, self.detail = Phase.PLAYING, None, ""
            self.open_seconds = time.monotonic() - began
            self.connections += 1
            self._owner.changed()
        self._pictures += 1
        self.latency = None if captured_ns is None else (time.time_ns() - captured_ns) / 1e9
        self.rates.picture(frame.width, frame.height)
        self._owner.picture(self, Shown(frame, arrived_ns, captured_ns))
