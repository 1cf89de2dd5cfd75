"""The packets of the last minute and the file they become."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from av.packet import Packet
from av.video.stream import VideoStream

from app.domain.errors import Unavailable
from app.video.replay_buffer import ReplayBuffer, Template, write_mp4

FPS, GOP = 15, 15


def encoded(codec: str, seconds: float, *, bframes: int = 0) -> bytes:
    """A short stream of moving bars in a container that keeps time stamps."""
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as out:
        stream = cast("VideoStream", out.add_stream(codec, rate=FPS))
        stream.width, stream.height = 160, 96
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        if codec == "libx264":
            stream.options = {"preset": "ultrafast", "bf": str(bframes), "g": str(GOP)}
        if codec == "libx265":
            stream.options = {"preset": "ultrafast", "x265-params": f"keyint={GOP}:log-level=none"}
        for n in range(round(seconds * FPS)):
            picture = np.full((96, 160, 3), n * 3 % 255, np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


def feed(buffer: ReplayBuffer, stream: bytes, start: float) -> int:
    """Feeds the packets as if they arrived at their time; returns how many."""
    with av.open(io.BytesIO(stream), "r") as source:
        video = source.streams.video[0]
        template = Template(video)
        packets = [p for p in source.demux(video) if p.size]
        for packet in packets:
            assert packet.pts is not None
            buffer.add(packet, template, start + float(packet.pts * packet.time_base))
    return len(packets)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    target = tmp_path / "full.mp4"
    (tmp_path / "full.mp4.part").symlink_to(full)
    yield target
    shutil.rmtree(tmp_path, ignore_errors=True)


def frames(path: Path) -> tuple[int, float]:
    with av.open(str(path), "r") as clip:
        video = clip.streams.video[0]
        assert video.duration is not None
        assert video.time_base is not None
        return video.frames, float(video.duration * video.time_base)


@pytest.mark.parametrize(
    ("codec", "bframes"), [("libx264", 0), ("libx264", 2), ("libx265", 0), ("mjpeg", 0)]
)
def test_a_clip_holds_every_packet_and_no_new_encoding(
    codec: str, bframes: int, tmp_path: Path
) -> None:
    buffer = ReplayBuffer(60)
    count = feed(buffer, encoded(codec, 4, bframes=bframes), 1000.0)
    kept = buffer.last(60)
    told: list[float] = []
    seconds = write_mp4(kept, tmp_path / "clip.mp4", told.append)
    shown, duration = frames(tmp_path / "clip.mp4")
    assert shown == count == 60
    assert duration == pytest.approx(4.0, abs=0.2)
    assert seconds == pytest.approx(4.0, abs=0.2)
    assert told == sorted(told)
    assert list(tmp_path.iterdir()) == [tmp_path / "clip.mp4"]


def test_only_the_last_seconds_are_kept_from_a_key_frame_on() -> None:
    buffer = ReplayBuffer(3)
    feed(buffer, encoded("libx264", 10), 0.0)
    kept = buffer.last(60)
    assert kept[0].key
    assert 3.0 <= kept[-1].arrived - kept[0].arrived < 4.1
    assert buffer.bytes == sum(k.size for k in kept)
    shorter = buffer.last(1.0)
    assert shorter[0].key
    assert len(shorter) < len(kept)


def test_a_clip_over_two_connections_keeps_the_gap_visible(tmp_path: Path) -> None:
    buffer = ReplayBuffer(60)
    stream = encoded("libx264", 2)
    feed(buffer, stream, 100.0)
    feed(buffer, stream, 105.0)
    write_mp4(buffer.last(60), tmp_path / "clip.mp4", lambda _: None)
    shown, duration = frames(tmp_path / "clip.mp4")
    assert shown == 60
    assert duration == pytest.approx(7.0, abs=0.2)


def test_after_a_change_of_codec_the_clip_holds_the_new_one(tmp_path: Path) -> None:
    buffer = ReplayBuffer(60)
    feed(buffer, encoded("libx264", 2), 0.0)
    feed(buffer, encoded("libx265", 2), 2.0)
    write_mp4(buffer.last(60), tmp_path / "clip.mp4", lambda _: None)
    assert frames(tmp_path / "clip.mp4")[0] == 30


def test_time_stamps_that_leap_do_not_stretch_the_clip(tmp_path: Path) -> None:
    buffer = ReplayBuffer(60)
    with av.open(io.BytesIO(encoded("libx264", 2)), "r") as source:
        video = source.streams.video[0]
        template = Template(video)
        for n, packet in enumerate(p for p in source.demux(video) if p.size):
            assert packet.pts is not None
            jump = 90_000_000 if n > 10 else 0
            packet.pts, packet.dts = packet.pts + jump, packet.pts + jump
            if n > 20:
                packet.pts = packet.dts = 5
            buffer.add(packet, template, 100.0 + n / FPS)
    write_mp4(buffer.last(60), tmp_path / "clip.mp4", lambda _: None)
    assert frames(tmp_path / "clip.mp4")[1] == pytest.approx(2.0, abs=0.2)


def test_nothing_kept_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as told:
        write_mp4([], tmp_path / "clip.mp4", lambda _: None)
    assert "아직" in told.value.text.ko


def test_a_stream_that_begins_without_a_key_frame_waits_for_one() -> None:
    buffer = ReplayBuffer(60)
    packet = cast("Packet[VideoStream]", Packet(b"x"))
    packet.time_base = Fraction(1, 90_000)
    buffer.add(packet, object(), 1.0)  # type: ignore[arg-type]
    assert buffer.last(60) == []


def test_a_full_disk_is_told_and_leaves_nothing_half(small_disk: Path) -> None:
    buffer = ReplayBuffer(60)
    feed(buffer, encoded("libx264", 4), 0.0)
    with pytest.raises(Unavailable) as told:
        write_mp4(buffer.last(60), small_disk, lambda _: None)
    assert "가득" in told.value.text.ko
    assert not any(small_disk.parent.iterdir())


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    buffer = ReplayBuffer(60)
    feed(buffer, encoded("libx264", 1), 0.0)
    with pytest.raises(Unavailable) as told:
        write_mp4(buffer.last(60), tmp_path / "gone" / "clip.mp4", lambda _: None)
    assert str(tmp_path / "gone") in told.value.text.en
