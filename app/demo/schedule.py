"""Which access unit a demo camera sends when, and where its time of sending is written down.

Standard library only: the RTSP server runs with the system's Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from app.demo.clips import Clip


@dataclass(frozen=True, slots=True)
class Step:
    """`count` units of a clip from unit `start` on, going round at the clip's end."""

    clip: str
    start: int
    count: int


@dataclass(frozen=True, slots=True)
class Mount:
    """One stream of the demo site, such as `/1021/sub`.

    `steps` play one after the other and then for ever from step `repeat_from`; all have the same
    rate. `phase` (s) keeps two cameras from sending at the same moment. With `user` it asks for
    digest authentication; with `drop_seconds` it ends each session after that time.
    """

    path: str
    steps: tuple[Step, ...]
    repeat_from: int = 0
    phase: float = 0.0
    audio: bool = False
    user: str = ""
    password: str = ""
    drop_seconds: float = 0.0

    def unit_at(self, number: int, clips: Mapping[str, Clip]) -> tuple[Step, int]:
        """The step and the unit of its clip that is sent as the `number`th since the start."""
        intro = sum(step.count for step in self.steps[: self.repeat_from])
        steps = self.steps
        if number >= intro:
            steps = self.steps[self.repeat_from :]
            number = (number - intro) % sum(step.count for step in steps)
        for step in steps:
            if number < step.count:
                return step, (step.start + number) % len(clips[step.clip].sizes)
            number -= step.count
        raise AssertionError


def to_wire(mount: Mount) -> dict[str, object]:
    return asdict(mount)


def from_wire(entry: dict[str, object]) -> Mount:
    steps = tuple(Step(**step) for step in entry.pop("steps"))  # type: ignore[attr-defined]
    return Mount(steps=steps, **entry)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Slots:
    """Where one mount's pictures have their times: `ranges` of (first counter, count, slot).

    `sent` is the slot that counts all pictures sent. A slot is a double (s, monotonic clock).
    """

    sent: int
    ranges: tuple[tuple[int, int, int], ...]

    def of_counter(self, counter: int) -> int | None:
        for first, count, slot in self.ranges:
            if first <= counter < first + count:
                return slot + counter - first
        return None


def lay_out(mounts: Iterable[Mount], clips: Mapping[str, Clip]) -> tuple[dict[str, Slots], int]:
    """The slots of each mount by path, and how many slots there are in all.

    Frozen clips have none: their counter stands still, so no picture tells when it was sent.
    """
    slots: dict[str, Slots] = {}
    free = 0
    for mount in mounts:
        sent, free = free, free + 1
        ranges = []
        for name in dict.fromkeys(step.clip for step in mount.steps):
            clip = clips[name]
            if not clip.frozen:
                ranges.append((clip.first_counter, len(clip.sizes), free))
                free += len(clip.sizes)
        slots[mount.path] = Slots(sent, tuple(ranges))
    return slots, free
