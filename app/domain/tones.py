"""The sound of each grade, made from sines: nothing to license and nothing to load.

Urgent rises twice, an ordinary one says itself once, a vehicle is two equal notes: told apart by
rhythm, not only by pitch, because many hear high notes badly.
"""

from __future__ import annotations

import math
import struct
from typing import Final

from app.domain.incident_type import Grade

RATE: Final = 22_050
# (hertz, seconds), 0 Hz is silence.
_MELODIES: Final[dict[Grade, tuple[tuple[float, float], ...]]] = {
    Grade.URGENT: ((660, 0.16), (880, 0.22), (0, 0.08), (660, 0.16), (880, 0.3)),
    Grade.NORMAL: ((587, 0.28),),
    Grade.VEHICLE: ((494, 0.12), (0, 0.06), (494, 0.12)),
}
# Of full scale at 100 %; beyond it a small speaker rattles.
_LOUDEST: Final = 0.8
LOUDNESS: Final = 70
# Percent. Whoever turns everything down in a quiet night still hears that somebody is in danger.
LEAST_URGENT: Final = 50
# A note that begins or ends at once clicks.
_EDGE_S: Final = 0.012


def percent(grade: Grade, volume: int) -> int:
    """How loud it is where the person has set `volume` (percent); 0: it is not to be played."""
    return max(volume, LEAST_URGENT) if grade is Grade.URGENT else volume


def wav(grade: Grade, volume: int = LOUDNESS) -> bytes:
    """16 bit, one channel, as a RIFF file. `volume` in percent; an urgent one is always heard."""
    # The square: half the figure is to sound about half as loud.
    loud = _LOUDEST * (percent(grade, volume) / 100) ** 2
    notes = _MELODIES[grade]
    samples = [value for hertz, seconds in notes for value in _note(hertz, seconds, loud)]
    data = struct.pack(f"<{len(samples)}h", *samples)
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * 2,
        2, 16, b"data", len(data),
    )  # fmt: skip
    return head + data


def _note(hertz: float, seconds: float, loud: float) -> list[int]:
    count = round(RATE * seconds)
    edge = RATE * _EDGE_S
    return [
        round(
            32767 * loud * math.sin(2 * math.pi * hertz * n / RATE)
            * min(1.0, n / edge, (count - n) / edge)
        )
        for n in range(count)
    ]  # fmt: skip
