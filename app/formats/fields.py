"""Text of one field to a value; what cannot be understood is told, never repeated."""

from __future__ import annotations

import math
import re
from urllib.parse import urlsplit

from app.domain.text import Text
from app.formats.camera_rows import Problems, Row

# WGS84 box around everything that is Korea, Dokdo and Ieodo included.
LATITUDES = (33.0, 39.0)
LONGITUDES = (124.0, 132.0)
# Two decimals are a kilometre: a whole gu has been seen at 36.1,127.1.
DECIMALS_OF_A_PLACE = 3
MAX_NUMBER = 999_999_999
SCHEMES = frozenset({"rtsp", "rtsps", "http", "https", "file"})
MAX_SIDE = 65_535
MAX_RATE = 1000.0
FULL_CIRCLE = 360.0

_UNREADABLE = Text("숫자로 읽을 수 없어 비워 둡니다", "not a number; left blank")
_BAD_SCHEME = Text(
    "영상 주소는 rtsp, rtsps, http, https, file 가운데 하나로 시작해야 합니다",
    "a stream address begins with rtsp, rtsps, http, https or file",
)
_BAD_ADDRESS = Text("영상 주소의 형식이 잘못되었습니다", "the stream address is malformed")


def clean(text: str) -> str:
    """One line of printable text: white space runs become a blank, control characters go."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = " ".join(text.split())
    text = "".join(c for c in text if c.isprintable() or c == "\u200d")
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def number_of(text: str) -> float | None:
    """A finite number, None for anything else. Python's own extras (1_000, nan) do not count."""
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", text, re.ASCII):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def _told_number(row: Row, column: str, problems: Problems) -> float | None:
    if not row[column]:
        return None
    value = number_of(row[column])
    if value is None:
        problems.tell(row.line, row.word(column), _UNREADABLE)
    return value


def camera_number(row: Row, problems: Problems) -> int | None:
    """A whole number from 1, as an operator types it."""
    value = _told_number(row, "number", problems)
    if value is None:
        return None
    if not 1 <= value <= MAX_NUMBER or value != int(value):
        reason = Text(
            "카메라 번호는 1 이상의 정수입니다", "a camera number is a whole number from 1"
        )
        problems.tell(row.line, row.word("number"), reason)
        return None
    return int(value)


def azimuth(row: Row, problems: Problems) -> float | None:
    value = _told_number(row, "azimuth", problems)
    if value is None or -FULL_CIRCLE <= value <= FULL_CIRCLE:
        return None if value is None else value % FULL_CIRCLE
    reason = Text(
        "방위각은 0–360도입니다. 비워 둡니다", "an azimuth is 0 to 360 degrees; left blank"
    )
    problems.tell(row.line, row.word("azimuth"), reason)
    return None


def field_of_view(row: Row, problems: Problems) -> float | None:
    value = _told_number(row, "fov", problems)
    if value is None or 0.0 < value <= FULL_CIRCLE:
        return value
    reason = Text(
        "화각은 0–360도입니다. 비워 둡니다", "a field of view is 0 to 360 degrees; left blank"
    )
    problems.tell(row.line, row.word("fov"), reason)
    return None


def position(row: Row, problems: Problems) -> tuple[float, float] | None:
    """Latitude and longitude in WGS84 degrees; None where the list gives no usable place."""
    texts = row["latitude"], row["longitude"]
    if not any(texts):
        return None
    word = row.word("latitude") or row.word("longitude")
    latitude, longitude = number_of(texts[0]), number_of(texts[1])
    if latitude is None or longitude is None:
        reason = Text("위치를 읽을 수 없어 비워 둡니다", "the position cannot be read; left blank")
        problems.tell(row.line, word, reason)
        return None
    if _inside(longitude, latitude):
        latitude, longitude = longitude, latitude
        reason = Text(
            "위도와 경도가 바뀌어 있어 바로잡았습니다",
            "latitude and longitude were swapped; corrected",
        )
        problems.tell(row.line, word, reason)
    elif not _inside(latitude, longitude):
        reason = Text(
            "대한민국 밖의 위치라서 비워 둡니다", "the position lies outside Korea; left blank"
        )
        problems.tell(row.line, word, reason)
        return None
    if max(_decimals(text) for text in texts) < DECIMALS_OF_A_PLACE:
        reason = Text(
            "위치의 소수점 아래가 잘려 있어(1 km 이상 오차) 비워 둡니다",
            "the position is cut short (off by a kilometre or more); left blank",
        )
        problems.tell(row.line, word, reason)
        return None
    return latitude, longitude


def _inside(latitude: float, longitude: float) -> bool:
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]


def _decimals(text: str) -> int:
    # A number with an exponent was written by a program from full precision.
    return DECIMALS_OF_A_PLACE if "e" in text.casefold() else len(text.partition(".")[2])


def stream_address(text: str) -> Text | None:
    """None if a camera can be opened by this address, else why not."""
    scheme, separator, rest = text.partition("://")
    if not separator or scheme.casefold() not in SCHEMES:
        return _BAD_SCHEME
    if scheme.casefold() == "file":
        return None if rest.strip("/") and rest.isprintable() else _BAD_ADDRESS
    if not rest.isprintable() or " " in rest:
        return _BAD_ADDRESS
    try:
        # A password may hold an unencoded "@", "/" or "#": what follows the last "@" is the host.
        host = urlsplit("rtsp://" + rest.rpartition("@")[2])
        good = bool(host.hostname) and host.port != 0
    except ValueError:
        good = False
    return None if good else _BAD_ADDRESS


def size(row: Row, column: str, problems: Problems) -> tuple[int, int]:
    """Width and height of "1280x720"; 0, 0 where the list does not say."""
    if not row[column]:
        return 0, 0
    match = re.fullmatch(r"(\d{1,5})\s*[xX×*]\s*(\d{1,5})", row[column], re.ASCII)
    width, height = (int(match[1]), int(match[2])) if match else (0, 0)
    if 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE:
        return width, height
    reason = Text("크기는 1280x720과 같이 적습니다", "a size is written like 1280x720")
    problems.tell(row.line, row.word(column), reason)
    return 0, 0


def rate(row: Row, column: str, problems: Problems) -> float:
    """Frames a second; 0 where the list does not say."""
    value = _told_number(row, column, problems)
    return value if value is not None and 0.0 < value <= MAX_RATE else 0.0
