"""A picture that does not change although new ones keep coming."""

from __future__ import annotations

import numpy as np

from app.video.sameness import Sameness

HEIGHT, STRIDE = 360, 640


def look(watch: Sameness, picture: np.ndarray, now: float) -> float:
    if watch.due(now):
        watch.look(memoryview(picture.tobytes()), (STRIDE, HEIGHT), STRIDE, now)
    return watch.seconds


def test_the_time_of_sameness_grows_until_something_moves() -> None:
    rng = np.random.default_rng(1)
    still = rng.integers(0, 255, (HEIGHT, STRIDE), dtype=np.uint8)
    watch = Sameness()
    assert [look(watch, still, t) for t in (0.0, 1.0, 6.0)] == [0.0, 1.0, 6.0]
    moved = still.copy()
    moved[100:140] += 1
    assert look(watch, moved, 7.0) == 0.0


def test_sensor_noise_is_never_the_same() -> None:
    rng = np.random.default_rng(2)
    watch = Sameness()
    for n in range(20):
        noisy = rng.normal(128, 1.0, (HEIGHT, STRIDE)).astype(np.uint8)
        assert look(watch, noisy, n * 0.6) == 0.0


def test_looking_twice_a_second_is_enough() -> None:
    watch = Sameness()
    assert watch.due(0.0)
    look(watch, np.zeros((HEIGHT, STRIDE), np.uint8), 0.0)
    assert not watch.due(0.4)
    assert watch.due(0.5)


def test_what_is_left_in_the_padding_is_not_looked_at() -> None:
    rng = np.random.default_rng(3)
    watch = Sameness()
    still = rng.integers(0, 255, (HEIGHT, 600), dtype=np.uint8)
    for n in range(8):
        padding = rng.integers(0, 255, (HEIGHT, STRIDE - 600), dtype=np.uint8)
        rows = memoryview(np.hstack([still, padding]).tobytes())
        watch.look(rows, (600, HEIGHT), STRIDE, n * 1.0)
    assert watch.seconds == 7.0


def test_the_same_picture_encoded_again_is_known_by_its_key_frames() -> None:
    rng = np.random.default_rng(4)
    key, refined = rng.integers(0, 255, (2, HEIGHT, STRIDE), dtype=np.uint8)
    watch = Sameness()
    for n in range(13):
        is_key = n % 2 == 0
        picture = key if is_key else refined + n
        watch.look(memoryview(picture.tobytes()), (STRIDE, HEIGHT), STRIDE, n * 0.5, key=is_key)
    assert watch.seconds == 6.0
