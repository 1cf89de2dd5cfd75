"""What every intake door does with a value: text, place and time; what is wrong is told."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeGuard

from app.domain.intake import Rejected
from app.domain.korea import KST
from app.domain.text import Text
from app.formats.fields import LATITUDES, LONGITUDES, clean, number_of
from app.formats.intake.land import at_sea

# No door's message comes near this; a still picture travels as an address.
MAX_BODY = 1024 * 1024
MAX_TEXT = 500
MAX_KEY = 128
# Clocks of senders differ; more than this is a mistake, and would start a countdown in the future.
AHEAD = timedelta(minutes=5)

NOT_UTF8 = Text("UTF-8이 아닌 글자가 있습니다", "bytes that are not UTF-8")
NOT_JSON = Text("JSON으로 읽을 수 없습니다", "not readable as JSON")
TOO_DEEP = Text("지나치게 깊게 겹쳐 있습니다", "nested too deeply")
TOO_LARGE = Text("본문이 지나치게 큽니다", "the body is too large")
EMPTY = Text("본문이 비어 있습니다", "the body is empty")
SWAPPED = Text(
    "위도와 경도가 바뀌어 있어 바로잡았습니다", "latitude and longitude were swapped; corrected"
)
OUTSIDE = Text("대한민국 밖의 위치라서 비워 둡니다", "the position lies outside Korea; left blank")
NO_POSITION = Text("위치를 읽을 수 없어 비워 둡니다", "the position cannot be read; left blank")
AT_SEA = Text("바다 위의 위치입니다", "the position lies at sea")
FUTURE = Text(
    "발생 시각이 앞으로의 시각이어서 비워 둡니다",
    "the time of occurrence lies in the future; left blank",
)
NO_TIME = Text(
    "발생 시각을 읽을 수 없어 비워 둡니다",
    "the time of occurrence cannot be read; left blank",
)

_COMPACT = re.compile(
    r"(\d{4})[-./]?(\d\d)[-./]?(\d\d)[ T]?(?:(\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?)?", re.ASCII
)
_EMD_CODE = re.compile(r"\d{10}", re.ASCII)


@dataclass(slots=True)
class Told:
    """Collects what was wrong but not fatal, each once."""

    problems: list[Text] = field(default_factory=list)

    def tell(self, problem: Text) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def position(self, latitude: object, longitude: object) -> tuple[float | None, float | None]:
        """Latitude and longitude in WGS84 degrees, put in the right order; None, None if unusable.

        The senders' own order is not to be trusted: a public simulator of the platform socket
        writes latitude first where the parser expects longitude.
        """
        texts = text_of(latitude), text_of(longitude)
        if not any(texts):
            return None, None
        north, east = number_of(texts[0]), number_of(texts[1])
        if north is None or east is None:
            self.tell(NO_POSITION)
            return None, None
        if in_korea(east, north):
            north, east = east, north
            self.tell(SWAPPED)
        elif not in_korea(north, east):
            self.tell(OUTSIDE)
            return None, None
        if at_sea(north, east):
            self.tell(AT_SEA)
        return north, east

    def moment(self, value: object, now: datetime) -> datetime | None:
        """A time in UTC; None where there is none or where it cannot be right."""
        text = text_of(value)
        if not text:
            return None
        found = moment_of(text)
        if found is None:
            self.tell(NO_TIME)
        elif found > now + AHEAD:
            self.tell(FUTURE)
            return None
        return found


def in_korea(latitude: float, longitude: float) -> bool:
    """Whether it lies in the box around everything that is Korea."""
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]


def moment_of(text: str) -> datetime | None:
    """A time in UTC. Without a zone it is Korean time: 20261125130405, 2026/11/25 13:04:05."""
    try:
        match = _COMPACT.fullmatch(text)
        if match:
            year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
            local = datetime(year, month, day, hour, minute, second, tzinfo=KST)
        else:
            local = datetime.fromisoformat(text)
            local = local if local.tzinfo else local.replace(tzinfo=KST)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def text_of(value: object, limit: int = MAX_TEXT) -> str:
    """One clean line of what may be text or a number; "" for anything else."""
    if isinstance(value, str):
        return clean(value[: limit * 4])[:limit]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return repr(value)[:limit]


def key_of(value: object) -> str:
    """A number or name that tells things apart, short: a long one ends in a digest of the whole.

    Cut off, two long ones could become the same, and two incidents one.
    """
    text = text_of(value, MAX_BODY)
    if len(text) <= MAX_KEY:
        return text
    digest = hashlib.blake2s(text.encode(), digest_size=16).hexdigest()
    return f"{text[: MAX_KEY - len(digest) - 1]}~{digest}"


def emd_code_of(text: str) -> str:
    """The 10-digit code of an emd (법정동코드), "" where the text is none."""
    return text if _EMD_CODE.fullmatch(text) else ""


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)


def items_of(value: object) -> tuple[object, ...]:
    """Public APIs give one result as an object, several as an array, none as null or ""."""
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, dict) and value else ()


def load_json(data: bytes, limit: int = MAX_BODY) -> object | Rejected:
    """The value of a JSON body; Rejected, without a word of it, for anything else."""
    text = decode(data, limit)
    if isinstance(text, Rejected):
        return text
    try:
        value: object = json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        return Rejected(TOO_DEEP)
    except json.JSONDecodeError as error:
        return Rejected(NOT_JSON, len(text[: error.pos].encode()))
    except ValueError:
        # A number of thousands of digits, or NaN.
        return Rejected(NOT_JSON)
    return value


def decode(data: bytes, limit: int = MAX_BODY) -> str | Rejected:
    """A body as UTF-8 text, with or without a mark."""
    if len(data) > limit:
        return Rejected(TOO_LARGE)
    if not data.strip():
        return Rejected(EMPTY)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Rejected(NOT_UTF8, error.start)


def _no_constant(name: str) -> object:
    raise ValueError(name)
