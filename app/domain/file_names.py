"""Names of the files that the console writes, valid on Windows and Linux alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime

# Explorer and many tools still stumble over paths beyond 260; a folder needs its share of that.
MAX_NAME = 120
# Linux counts bytes of UTF-8, and a Hangul syllable takes three.
MAX_BYTES = 255
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{device}{digit}" for device in ("COM", "LPT") for digit in "0123456789¹²³"}
)
_FORBIDDEN = frozenset('<>:"/\\|?*')


def safe_part(text: str) -> str:
    """One line of letters that every file system takes; what it does not take becomes `-`."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(
        "-" if c in _FORBIDDEN or unicodedata.category(c)[0] == "C" else c for c in composed
    )
    return " ".join(kept.split()).strip(" .")


def file_stem(number: int, name: str, local_time: datetime) -> str:
    """`1417_죽전네거리 동_20261122-140732`: the time is never cut off, the name may be."""
    return _fitted(str(number), safe_part(name), local_time.strftime("%Y%m%d-%H%M%S"))


def _fitted(number: str, name: str, stamp: str) -> str:
    # Room for an extension and for the number that sets two files of one second apart.
    room = MAX_NAME - len(".part.mp4") - len("_999")
    name = name[: max(0, room - len(number) - len(stamp) - 2)]
    spare = MAX_BYTES - (MAX_NAME - room) - len(number) - len(stamp) - 2
    name = name.encode()[:spare].decode(errors="ignore").rstrip(" .")
    return "_".join(part for part in (number, name, stamp) if part)


def is_safe(name: str) -> bool:
    """Whether Windows and Linux both take `name` as a file name."""
    stem = name.split(".", maxsplit=1)[0].rstrip(" ").upper()
    return (
        bool(name)
        and len(name) <= MAX_NAME
        and len(name.encode()) <= MAX_BYTES
        and name == safe_part(name)
        and stem not in _RESERVED
    )


def candidates(stem: str, suffix: str) -> Iterator[str]:
    """The name, then the same with _2, _3, …: nothing that exists is written over."""
    yield f"{stem}{suffix}"
    for count in range(2, 1000):
        yield f"{stem}_{count}{suffix}"
