"""Privacy masks: black in every size of the picture, and nothing else of it."""

from __future__ import annotations

import av
import numpy as np
import pytest

from app.domain.camera import Masks
from app.video.masking import cover, covered
from app.video.picture import Scaler
from app.video.replay_buffer import ReplayBuffer, Template
from app.video.stills import decode_still
from tests.fakes.recordings import FPS, opened, recording

LEFT_HALF: Masks = (((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)),)
TRIANGLE: Masks = (((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)),)


def white(width: int, height: int, stride: int) -> bytearray:
    return bytearray(b"\xff" * (stride * height))


def test_a_rectangle_is_black_to_the_pixel_and_the_padding_is_left_alone() -> None:
    pixels = white(8, 4, 48)
    cover(pixels, 8, 4, 48, LEFT_HALF)
    rows = np.frombuffer(pixels, np.uint8).reshape(4, 48)
    assert not rows[:, :16].any()
    assert (rows[:, 16:] == 255).all()


def test_a_triangle_covers_its_half() -> None:
    inside = covered(TRIANGLE, 200, 100)
    assert inside.mean() == pytest.approx(0.5, abs=0.01)
    assert inside[0, 0]
    assert not inside[-1, -1]


def test_several_masks_are_all_drawn_where_they_overlap_too() -> None:
    both = covered((*LEFT_HALF, *TRIANGLE), 40, 20)
    assert (both == (covered(LEFT_HALF, 40, 20) | covered(TRIANGLE, 40, 20))).all()


def test_without_masks_nothing_changes() -> None:
    pixels = white(8, 4, 32)
    cover(pixels, 8, 4, 32, ())
    assert pixels == white(8, 4, 32)


@pytest.mark.parametrize("size", [(320, 180), (640, 360), (1920, 1080)])
def test_a_tile_of_any_size_has_them(size: tuple[int, int]) -> None:
    rgb = np.full((360, 640, 3), 220, np.uint8)
    frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuv420p")
    pixels, shape = Scaler().scale(frame, *size, LEFT_HALF)
    rows = np.frombuffer(pixels, np.uint8).reshape(-1, shape.stride)[: shape.height]
    half = shape.width // 2
    assert not rows[:, : half * 4].any()
    assert (rows[:, half * 4 + 4 : shape.width * 4 - 4].reshape(-1, 4)[:, :3] > 180).all()


def test_a_still_has_them() -> None:
    with opened(recording(seconds=1)) as (stream, packets):
        buffer, template = ReplayBuffer(60.0), Template(stream)
        for n, packet in enumerate(packets):
            buffer.add(packet, template, 100.0 + n / FPS)
        whole = decode_still(buffer.until(200.0), LEFT_HALF)
    assert whole is not None
    rows = np.frombuffer(whole.pixels, np.uint8).reshape(-1, whole.stride)[: whole.height]
    assert not rows[:, : whole.width * 2].any()
    assert rows[:, whole.width * 2 : whole.width * 4].any()
