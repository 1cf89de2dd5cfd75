"""Tells when the demo server sent a picture, from the counter that stands in it.

The server writes the time of each sending into a file of doubles that all processes of the
machine may map; `clock.json` beside it says where which counter is. Standard library only.
"""

from __future__ import annotations

import json
import mmap
import struct
from collections.abc import Mapping
from pathlib import Path

from app.demo.schedule import Slots

TIMES_NAME = "times"
CLOCK_NAME = "clock.json"
LOG_NAME = "server.log"
_SLOT = struct.Struct("=d")


def create(folder: Path, slots: Mapping[str, Slots], count: int) -> None:
    """Lays the two files out in `folder`; every time is 0 at first: never sent."""
    (folder / TIMES_NAME).write_bytes(bytes(max(count, 1) * _SLOT.size))
    mounts = {path: {"sent": own.sent, "ranges": own.ranges} for path, own in slots.items()}
    (folder / CLOCK_NAME).write_text(json.dumps(mounts), encoding="utf-8")


class DemoClock:
    """Reads the times of a running demo server.

    `mount` is the path in a stream's address, such as `/1021/sub`.
    """

    def __init__(self, folder: Path) -> None:
        mounts = json.loads((folder / CLOCK_NAME).read_text(encoding="utf-8"))
        self._slots = {
            path: Slots(own["sent"], tuple((a, b, c) for a, b, c in own["ranges"]))
            for path, own in mounts.items()
        }
        with (folder / TIMES_NAME).open("rb") as file:
            self._times = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def sent_time(self, mount: str, counter: int, now: float) -> float | None:
        """Monotonic seconds at which the picture with `counter` was last sent before `now`.

        None for a picture that this mount never sent or that tells no time (a frozen encoder).
        A delay longer than the clip (20 s) cannot be told from a shorter one.
        """
        slots = self._slots.get(mount)
        slot = None if slots is None else slots.of_counter(counter)
        if slot is None:
            return None
        sent = self._read(slot)
        return sent if 0.0 < sent <= now else None

    def sent_count(self, mount: str) -> int:
        """Pictures sent by this mount since the server started; 0 for an unknown one."""
        slots = self._slots.get(mount)
        return 0 if slots is None else int(self._read(slots.sent))

    def close(self) -> None:
        self._times.close()

    def _read(self, slot: int) -> float:
        value: float = _SLOT.unpack_from(self._times, slot * _SLOT.size)[0]
        return value
