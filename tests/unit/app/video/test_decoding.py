"""One codec, decoded as much as the tier asks."""

from __future__ import annotations

from itertools import permutations
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.domain.stream import PARTIAL_SHARE, DecodeMode, Fault
from app.video.decoding import LARGEST_PIXELS, Decoder, check_size
from app.video.faults import StreamFault
from tests.fakes.recordings import FPS, GOP, opened, recording


def feed(decoder: Decoder, packet: Packet[VideoStream]) -> list[VideoFrame]:
    return decoder.feed(packet, key=packet.is_keyframe)


def grey(frame: VideoFrame) -> float:
    return float(np.frombuffer(memoryview(frame.planes[0]), np.uint8).max())


@pytest.mark.parametrize(
    ("codec", "bframes"), [("libx264", 0), ("libx264", 3), ("libx265", 0), ("mjpeg", 0)]
)
def test_every_picture_comes_in_order(codec: str, bframes: int) -> None:
    with opened(recording(codec, bframes=bframes, seconds=2)) as (stream, packets):
        decoder = Decoder(stream, DecodeMode.FULL)
        frames = [frame for packet in packets for frame in feed(decoder, packet)]
        greys = [grey(frame) for frame in frames[:FPS]]
        # A few are still held back for their order.
        assert 2 * FPS - 6 <= len(frames) <= 2 * FPS
        assert greys == sorted(greys)
        assert decoder.errors == 0


@pytest.mark.parametrize("bframes", [0, 3])
def test_key_frames_alone_are_shown_the_moment_they_come(bframes: int) -> None:
    with opened(recording(bframes=bframes)) as (stream, packets):
        decoder = Decoder(stream, DecodeMode.KEYFRAMES)
        counts = [len(feed(decoder, packet)) for packet in packets]
        assert counts == [int(packet.is_keyframe) for packet in packets]
        assert sum(counts) >= 3


@pytest.mark.parametrize("bframes", [0, 3])
def test_in_part_the_beginning_of_each_gop_is_shown(bframes: int) -> None:
    with opened(recording(bframes=bframes, seconds=4)) as (stream, packets):
        decoder = Decoder(stream, DecodeMode.PARTIAL)
        shown = [len(feed(decoder, packet)) for packet in packets]
        gops = [shown[n : n + GOP] for n in range(0, len(shown), GOP)]
        # The first GOP's length is not known before the second begins.
        for gop in gops[1:]:
            part = 1 if bframes else round(GOP * PARTIAL_SHARE)
            assert part <= sum(gop) <= part + 1
            assert not any(gop[part + 1 :])
        assert decoder.errors == 0


MODES = (
    DecodeMode.KEYFRAMES,
    DecodeMode.PARTIAL,
    DecodeMode.NO_LOOP_FILTER,
    DecodeMode.FULL,
)


@pytest.mark.parametrize(("first", "later"), list(permutations(MODES, 2)))
def test_a_change_of_mode_waits_for_a_key_frame(first: DecodeMode, later: DecodeMode) -> None:
    with opened(recording(seconds=2)) as (stream, packets):
        decoder = Decoder(stream, first)
        feed(decoder, packets[0])
        decoder.wanted = later
        modes = []
        for packet in packets[1:]:
            feed(decoder, packet)
            modes.append(decoder.mode)
        assert modes == [first] * (GOP - 1) + [later] * (len(packets) - GOP)
        assert decoder.errors == 0


def test_after_a_gap_nothing_is_shown_before_the_next_key_frame() -> None:
    with opened(recording()) as (stream, packets):
        decoder = Decoder(stream, DecodeMode.FULL)
        assert feed(decoder, packets[0])
        decoder.skip_to_key()
        shown = [bool(feed(decoder, packet)) for packet in packets[1:]]
        assert shown.index(True) == GOP - 1
        assert all(shown[GOP - 1 :])


def test_a_stream_joined_in_the_middle_shows_no_debris() -> None:
    with opened(recording()) as (stream, packets):
        decoder = Decoder(stream, DecodeMode.FULL)
        assert [feed(decoder, packet) for packet in packets[1:GOP]] == [[]] * (GOP - 1)
        assert feed(decoder, packets[GOP])


def test_garbage_is_counted_and_survived() -> None:
    with opened(recording(seconds=2)) as (stream, packets):
        decoder = Decoder(stream, DecodeMode.FULL)
        feed(decoder, packets[0])
        for n in range(1, GOP):
            broken = cast("Packet[VideoStream]", Packet(bytes([0, 0, 0, 9, 0x41]) + bytes(n)))
            feed(decoder, broken)
        assert decoder.errors > 0
        assert any(feed(decoder, packet) for packet in packets[GOP:])


def test_a_picture_that_would_eat_the_machine_is_refused() -> None:
    side = round(LARGEST_PIXELS**0.5)
    for width, height, accepted in ((side, side, True), (side + 1, side + 1, False)):
        context = SimpleNamespace(width=width, height=height)
        stream = cast("VideoStream", SimpleNamespace(codec_context=context))
        if accepted:
            check_size(stream)
            continue
        with pytest.raises(StreamFault) as refused:
            check_size(stream)
        assert refused.value.fault is Fault.TOO_LARGE
        assert refused.value.detail == f"{width}×{height}"


def test_a_picture_that_turns_out_too_large_is_refused() -> None:
    with opened(recording(size=(4096, 3088), seconds=1 / FPS, codec="mjpeg")) as (stream, packets):
        decoder = Decoder(stream, DecodeMode.FULL)
        with pytest.raises(StreamFault) as refused:
            feed(decoder, packets[0])
        assert refused.value.fault is Fault.TOO_LARGE


def test_a_codec_without_a_decoder_is_told() -> None:
    context = SimpleNamespace(name="smoke-signal", extradata=None)
    stream = SimpleNamespace(codec_context=context, time_base=None)
    with pytest.raises(StreamFault) as refused:
        Decoder(cast("VideoStream", stream), DecodeMode.FULL)
    assert refused.value.fault is Fault.UNKNOWN_CODEC
