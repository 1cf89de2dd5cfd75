"""What the prepared clips are called and how they lie in the cache.

Standard library only: the RTSP server reads this with the system's Python.

A cache folder holds `<name>.mp4` for each clip, and `index.json`, which says where in it each
access unit lies: the server needs no demuxer, and a player without a server plays the same files.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

INDEX_NAME = "index.json"


@dataclass(frozen=True, slots=True)
class Clip:
    """One prepared clip. Access units are in sending order, at `positions` of its file, in bytes.

    `codec` is h264, h265, mjpeg or aac; `rate` is access units a second as (numerator,
    denominator); `codec_data` is the avcC, hvcC or AudioSpecificConfig record in hex.
    `order[i]` is the place of unit i in showing order. A picture carries the counter
    `first_counter` + its place; in a `frozen` clip all carry `first_counter`.
    """

    name: str
    codec: str
    width: int
    height: int
    rate: tuple[int, int]
    codec_data: str
    positions: tuple[int, ...]
    sizes: tuple[int, ...]
    order: tuple[int, ...]
    keys: tuple[bool, ...]
    first_counter: int
    frozen: bool = False

    @property
    def seconds_per_unit(self) -> float:
        numerator, denominator = self.rate
        return denominator / numerator

    @property
    def seconds(self) -> float:
        return len(self.sizes) * self.seconds_per_unit

    @property
    def lead(self) -> int:
        """How many pictures ahead of its showing time a unit is sent, at most (B-frames)."""
        return max(place - sent for sent, place in enumerate(self.order))


@dataclass(frozen=True, slots=True)
class Index:
    """All clips of one cache folder, by name; `footage` tells what they were made from."""

    footage: str
    clips: dict[str, Clip]


def write_index(folder: Path, index: Index) -> None:
    document = {
        "footage": index.footage,
        "clips": [asdict(clip) for clip in index.clips.values()],
    }
    (folder / INDEX_NAME).write_text(json.dumps(document), encoding="utf-8")


def read_index(folder: Path) -> Index:
    document = json.loads((folder / INDEX_NAME).read_text(encoding="utf-8"))
    clips = [_clip(entry) for entry in document["clips"]]
    return Index(document["footage"], {clip.name: clip for clip in clips})


def _clip(entry: dict[str, object]) -> Clip:
    lists = {name: tuple(value) for name, value in entry.items() if isinstance(value, list)}
    return Clip(**(entry | lists))  # type: ignore[arg-type]
