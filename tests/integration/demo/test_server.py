"""A real client on the real server: what is sent arrives, and says when it was sent."""

from __future__ import annotations

import itertools
import struct
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import av
import av.error
import numpy as np
import pytest
from av.container import InputContainer

from app.demo import mark
from app.demo.cameras import Difficulty
from app.demo.mounts import PASSWORD, USER
from app.domain.camera import ProfileName
from tests.integration.conftest import DemoServer

OPTIONS = {
    "rtsp_transport": "tcp",
    "allowed_media_types": "video",
    "probesize": "500000",
    "analyzeduration": "200000",
}


@pytest.fixture
def streams() -> Iterator[list[InputContainer]]:
    """Closes what a test opens."""
    opened: list[InputContainer] = []
    yield opened
    for container in opened:
        container.close()


def connect(url: str, streams: list[InputContainer]) -> InputContainer:
    """Comes again as every viewer does: a camera that its last viewer has just left is taken down,
    and says 503 meanwhile.
    """
    deadline = time.monotonic() + 10
    while True:
        try:
            container = av.open(url, "r", options=OPTIONS, timeout=10)
        except av.error.HTTPServerError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
            continue
        streams.append(container)
        return container


def seen(container: InputContainer, count: int) -> Iterator[tuple[float, int | None]]:
    """(monotonic s, counter) of the next pictures, scaled as for a wall of 64."""
    for frame in container.decode(video=0):
        picture = frame.reformat(240, 134, format="bgra").to_ndarray().astype(np.uint8)
        yield time.monotonic(), mark.read(picture)
        count -= 1
        if count == 0:
            return


@pytest.mark.parametrize(
    ("difficulty", "profile", "codec", "size"),
    [
        (Difficulty.NONE, ProfileName.SUB, "h264", (640, 360)),
        (Difficulty.NONE, ProfileName.MAIN, "h264", (1280, 720)),
        (Difficulty.DIGEST, ProfileName.SUB, "h264", (640, 360)),
        (Difficulty.AUDIO, ProfileName.SUB, "h264", (640, 360)),
        (Difficulty.B_FRAMES, ProfileName.SUB, "h264", (640, 360)),
        (Difficulty.MJPEG, ProfileName.SUB, "mjpeg", (640, 360)),
        (Difficulty.RESOLUTION, ProfileName.MAIN, "hevc", (1280, 720)),
        (Difficulty.DROPS, ProfileName.SUB, "h264", (640, 360)),
    ],
)
def test_every_picture_tells_when_it_was_sent(
    demo_server: DemoServer,
    streams: list[InputContainer],
    difficulty: Difficulty,
    profile: ProfileName,
    codec: str,
    size: tuple[int, int],
) -> None:
    url = demo_server.url(difficulty, profile)
    container = connect(url, streams)
    context = container.streams.video[0].codec_context
    assert (context.name, context.width, context.height) == (codec, *size)
    pictures = list(seen(container, 20))
    assert None not in [counter for _, counter in pictures]
    path = urlsplit(url).path
    # The first ones waited for the stream to be recognised.
    for now, counter in pictures[-5:]:
        assert counter is not None
        sent = demo_server.clock.sent_time(path, counter, now)
        assert sent is not None
        assert 0.0 < now - sent < 1.0


def test_no_picture_is_lost_or_repeated(
    demo_server: DemoServer, streams: list[InputContainer]
) -> None:
    url = demo_server.url()
    clip_length = 60
    counters = [counter for _, counter in seen(connect(url, streams), 70)]
    known = [counter for counter in counters if counter is not None]
    steps = [(b - a) % clip_length for a, b in itertools.pairwise(known)]
    assert steps == [1] * 69


def test_a_second_viewer_gets_the_same_pictures(
    demo_server: DemoServer, streams: list[InputContainer]
) -> None:
    """One media for all: both see each picture within a moment of the other."""
    first, second = connect(demo_server.url(), streams), connect(demo_server.url(), streams)
    path = urlsplit(demo_server.url()).path
    before = demo_server.clock.sent_count(path)
    assert len(list(seen(second, 15))) == len(list(seen(first, 15)))
    # Two media would have sent twice as many.
    assert demo_server.clock.sent_count(path) - before < 40


def test_packets_carry_the_cameras_clock(
    demo_server: DemoServer, streams: list[InputContainer]
) -> None:
    """FFmpeg turns sender reports into a producer's time (prft): wall-clock microseconds."""
    for packet in connect(demo_server.url(), streams).demux(video=0):
        if packet.has_sidedata("prft"):
            (captured,) = struct.unpack_from("<q", bytes(packet.get_sidedata("prft")))
            # Another second for a stream that was only just recognised.
            assert 0.0 < time.time() - captured / 1e6 < 2.0
            return
    pytest.fail("no packet carried a time")


@pytest.mark.parametrize("profile", list(ProfileName))
def test_a_missing_camera_is_not_found(demo_server: DemoServer, profile: ProfileName) -> None:
    with pytest.raises(av.error.HTTPNotFoundError):
        av.open(demo_server.url(Difficulty.MISSING, profile), "r", options=OPTIONS, timeout=10)


@pytest.mark.parametrize("login", ["", f"{USER}:wrong@", f"nobody:{PASSWORD}@"])
def test_without_the_right_log_in_there_is_nothing_to_see(
    demo_server: DemoServer, login: str
) -> None:
    url = demo_server.url(Difficulty.DIGEST).replace(f"{USER}:{PASSWORD}@", login)
    assert PASSWORD not in demo_server.url()
    with pytest.raises(av.error.HTTPUnauthorizedError):
        av.open(url, "r", options=OPTIONS, timeout=10)


def test_the_audio_track_is_there(demo_server: DemoServer, streams: list[InputContainer]) -> None:
    options = {**OPTIONS, "allowed_media_types": "video+audio"}
    container = av.open(demo_server.url(Difficulty.AUDIO), "r", options=options, timeout=10)
    streams.append(container)
    assert [stream.codec_context.name for stream in container.streams.audio] == ["aac"]
    kinds = set()
    for packet in container.demux():
        kinds.add(packet.stream.type)
        if kinds == {"video", "audio"}:
            return
