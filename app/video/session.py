"""One connection to one profile of a camera, made again for ever: a thread of its own."""

from __future__ import annotations

import random
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import av
import av.error
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.domain.backoff import pause
from app.domain.camera import ProfileName
from app.domain.stream import DecodeMode, Fault, Phase
from app.video.decoding import Decoder, check_size
from app.video.lag import LagMeter
from app.video.messages import DecoderOptions
from app.video.opening import Source, StreamFault, open_container, source, translated
from app.video.rates import Rates
from app.video.replay_buffer import Template

# Further behind than this although data was always waiting: we are too slow, so leave out what is
# left of the GOP. After a stall of the network data is late too, but then there was a wait.
_BEHIND = 1.0
_WAIT = 0.008
# So far behind, the reason does not matter any more.
_FAR_BEHIND = 2.0
# Packets but no picture for this long (garbage, a codec that lies): connect again.
_NO_PICTURE = 10.0
# A connection that lasted this long was a good one: the next failure starts with a quick retry.
_GOOD_CONNECTION = 10.0
# A file whose time stamps leap is not waited for longer than this.
_LONGEST_WAIT = 2.0
# A decoder holds back at most 16 pictures (H.264); time stamps that never come out are dropped.
_MOMENTS = 64


@dataclass(frozen=True, slots=True)
class Shown:
    """A decoded frame on its way to the screen; times in nanoseconds (arrived is monotonic)."""

    frame: VideoFrame
    arrived_ns: int
    captured_ns: int | None


class Owner(Protocol):
    """What a session tells its camera; see `CameraStream`."""

    def packet(self, session: Session, packet: Packet[VideoStream], template: Template) -> None: ...

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
        self.lag = LagMeter()
        self.latency: float | None = None
        self.decode_errors = 0
        self._owner = owner
        self._options = options
        self._admit = admit
        self._stopping = threading.Event()
        self._pictures = 0
        self._waited = 0.0
        self._thread = threading.Thread(target=self._run, name="stream", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Asks; the TEARDOWN goes out on the session's own thread."""
        self._stopping.set()

    def join(self, seconds: float) -> bool:
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
                failed = StreamFault(Fault.ENDED, "the source ended the stream")
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
        template = Template(stream)
        self.codec = decoder.codec
        self.rates.connected()
        self.lag = LagMeter()
        self._pictures = 0
        last_picture = time.monotonic()
        moments: dict[int, tuple[int, int | None]] = {}
        base = float(stream.time_base or 0)
        asked = self._waited = time.monotonic()
        for packet in _packets(container, stream, where, self._stopping):
            arrived_ns = time.monotonic_ns()
            arrived = arrived_ns / 1e9
            self._owner.packet(self, packet, template)
            self.rates.packet(arrived, packet.size, key=packet.is_keyframe)
            captured_ns = captured(packet)
            lag = self.lag.add(arrived, packet.dts * base) if packet.dts is not None else 0.0
            if self._too_slow(arrived, asked, lag):
                decoder.skip_to_key()
            decoder.wanted = self.wanted_mode
            if packet.pts is not None:
                moments[packet.pts] = (arrived_ns, captured_ns)
                if len(moments) > _MOMENTS:
                    moments.pop(next(iter(moments)))
            for frame in decoder.feed(packet):
                moment = moments.pop(frame.pts, None) if frame.pts is not None else None
                self._show(frame, moment or (arrived_ns, captured_ns), began)
                last_picture = arrived
            self.mode, self.decode_errors = decoder.mode, decoder.errors
            if arrived - last_picture > max(_NO_PICTURE, 3 * self.rates.keyframe_interval):
                raise StreamFault(Fault.GARBAGE, "packets come, but no picture")
            asked = time.monotonic()

    def _too_slow(self, arrived: float, asked: float, lag: float) -> bool:
        if arrived - asked > _WAIT:
            self._waited = arrived
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
        self.rates.picture(arrived_ns / 1e9, frame.width, frame.height)
        self._owner.picture(self, Shown(frame, arrived_ns, captured_ns))


def _packets(
    container: av.container.InputContainer,
    stream: VideoStream,
    where: Source,
    stopping: threading.Event,
) -> Iterator[Packet[VideoStream]]:
    """Packets with data, as they come; a file is looped and paced by its time stamps."""
    while not stopping.is_set():
        begun: tuple[float, float] | None = None
        for packet in container.demux(stream):
            if stopping.is_set():
                return
            if not packet.size:
                continue
            if where.is_file and packet.dts is not None and packet.time_base:
                stamp = float(packet.dts * packet.time_base)
                now = time.monotonic()
                begun = begun or (now, stamp)
                ahead = begun[0] + stamp - begun[1] - now
                if ahead > 0 and stopping.wait(min(ahead, _LONGEST_WAIT)):
                    return
            yield packet
        if not where.is_file:
            return
        container.seek(0)


def captured(packet: Packet[VideoStream]) -> int | None:
    """Wall-clock nanoseconds at the source, where RTCP sender reports gave FFmpeg its clock.

    AVProducerReferenceTime: int64 microseconds since 1970, then flags.
    """
    if not packet.has_sidedata("prft"):
        return None
    (microseconds,) = struct.unpack_from("<q", bytes(packet.get_sidedata("prft")))
    return int(microseconds) * 1000
