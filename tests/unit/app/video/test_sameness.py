"""A picture that does not change although new ones keep coming."""

from __future__ import annotations

import numpy as np

from app.video.sameness import Sameness

HEIGHT, STRIDE = 360, 640


def look(watch: Sameness, picture: np.ndarray, now: float) -> float:
    if watch.due(now):
        watch.look(memoryview(picture.tobytes()), HEIGHT, STRIDE, now)
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
