from __future__ import annotations

import io
import wave

import numpy as np
import pytest

from app.domain.incident_type import Grade
from app.domain.tones import LEAST_URGENT, RATE, wav


def loudest(grade: Grade, volume: int) -> int:
    """The highest sample."""
    with wave.open(io.BytesIO(wav(grade, volume))) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
    return int(np.abs(samples.astype(int)).max())


@pytest.mark.parametrize("grade", Grade)
def test_a_sound_is_short_heard_and_begins_and_ends_softly(grade: Grade) -> None:
    with wave.open(io.BytesIO(wav(grade))) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
        samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
    assert 0.2 < len(samples) / RATE < 1.2
    assert 8000 < np.abs(samples).max() < 20_000
    assert abs(int(samples[0])) < 200
    assert abs(int(samples[-1])) < 1500


def test_no_two_grades_sound_alike() -> None:
    assert len({wav(grade) for grade in Grade}) == len(Grade)


@pytest.mark.parametrize("grade", Grade)
def test_the_volume_makes_it_louder_and_never_clips(grade: Grade) -> None:
    heard = [loudest(grade, volume) for volume in (60, 80, 100)]
    assert heard == sorted(set(heard))
    assert heard[-1] < 32_767


def test_an_urgent_one_is_never_turned_down_to_nothing() -> None:
    assert loudest(Grade.URGENT, 0) == loudest(Grade.URGENT, LEAST_URGENT) > 5000
    assert loudest(Grade.NORMAL, 0) == loudest(Grade.VEHICLE, 0) == 0
