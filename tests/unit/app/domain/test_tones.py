from __future__ import annotations

import io
import wave

import numpy as np
import pytest

from app.domain.incident_type import Grade
from app.domain.tones import RATE, wav


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
