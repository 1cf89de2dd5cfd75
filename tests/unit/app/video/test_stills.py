"""A still from the packets of the replay: the right picture, whole, whatever the tier was."""

from __future__ import annotations

import numpy as np
import pytest
from av.packet import Packet

from app.domain.stream import DecodeMode
from app.video.decoding import Decoder
from app.video.replay_buffer import Kept, ReplayBuffer, Template
from app.video.stills import decode_still
from tests.fakes.recordings import FPS, GOP, opened, recording


def grey(pixels: bytes, stride: int, width: int) -> float:
    """Mean of the green pixels: recordings grow lighter from picture to picture."""
    return float(np.frombuffer(pixels, np.uint8).reshape(-1, stride)[:, 1 : width * 4 : 4].mean())


@pytest.mark.parametrize(
    ("codec", "bframes"), [("libx264", 0), ("libx264", 3), ("libx265", 0), ("mjpeg", 0)]
)
def test_it_is_the_picture_of_that_packet_in_its_own_size(codec: str, bframes: int) -> None:
    with opened(recording(codec, bframes=bframes, seconds=2)) as (stream, packets):
        buffer, template = ReplayBuffer(60.0), Template(stream)
        for n, packet in enumerate(packets):
            buffer.add(packet, template, 100.0 + n / FPS)
        decoder = Decoder(stream, DecodeMode.FULL)
        shown = {
            frame.pts: frame.reformat(format="bgra")
            for packet in packets
            for frame in decoder.feed(packet, key=packet.is_keyframe)
        }
        for n in (0, 3, GOP - 1, GOP, GOP + 4):
            whole = decode_still(buffer.until(100.0 + n / FPS))
            assert whole is not None
            assert (whole.width, whole.height) == (stream.width, stream.height)
            plane = shown[packets[n].pts].planes[0]
            expected = grey(bytes(plane), plane.line_size, stream.width)
            # Their neighbours differ by 8.
            assert grey(whole.pixels, whole.stride, whole.width) == pytest.approx(expected, abs=1)


def test_what_is_not_kept_any_more_has_no_still() -> None:
    assert decode_still([]) is None
    assert decode_still(ReplayBuffer(60.0).until(5.0)) is None


def test_packets_that_are_garbage_have_no_still() -> None:
    with opened(recording()) as (stream, packets):
        template = Template(stream)
        broken = Packet(bytes([0, 0, 0, 9, 0x65]) + bytes(9))
        assert decode_still([Kept(broken, template, 1.0, key=True, size=14)]) is None  # type: ignore[arg-type]
        assert packets
