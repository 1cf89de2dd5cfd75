"""A camera list as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from app.domain.errors import BadInput
from app.domain.text import Text
from app.formats import columns, table
from app.formats.build import build
from app.formats.camera_rows import CameraList, Problems, Row
from app.formats.fields import clean

# "cameras" is ours, "records" the one of data.go.kr's JSON downloads.
_LIST_OF = re.compile(r'"(cameras|records)"\s*:\s*\[')
# In a CSV a column "ID" is a device's log-in; here it is documented as the camera's own id.
_OWN = {"id": "id"}

_NOT_A_LIST = Text(
    '카메라 목록이 아닙니다. 카메라 객체의 배열이나 {"cameras": [...]}이어야 합니다.',
    'Not a camera list: an array of camera objects or {"cameras": [...]} is expected.',
)
_TOO_DEEP = Text("JSON이 지나치게 깊게 겹쳐 있습니다.", "The JSON is nested too deeply.")
_NOT_AN_OBJECT = Text("카메라 객체가 아니어서 건너뜁니다", "not a camera object; skipped")
_NOT_PLAIN = Text("글자나 숫자가 아니어서 비워 둡니다", "neither text nor a number; left blank")


def parse(data: bytes) -> CameraList:
    """Reads an array of camera objects, bare or under "cameras".

    Each object: `id`, `number`, `name`, `site`, `purpose`, `address`, `pole` (text);
    `latitude`, `longitude` (WGS84 degrees), `azimuth` (degrees from north), `fov` (degrees);
    `main_url`, `sub_url`, and per stream `main_size` ("1280x720") and `main_fps`. In place of the
    last three `profiles`: [{"name": "main", "url", "width", "height", "fps"}]. The Korean words
    of the national standard are understood as well. Nothing is required but one of name, address,
    id, number, position or stream. Other keys are ignored; those of device addresses and passwords
    without a look at their values. UTF-8 or cp949.

    Objects that cannot be used are reported by line and skipped. Raises BadInput, with line and
    column where the JSON itself is broken.
    """
    text = table.decode(data)
    whole = _loads(text)
    problems = Problems()
    rows: list[Row] = []
    for line, item in _items(text, whole):
        if isinstance(item, dict):
            rows.append(_row(line, item, problems))
        else:
            problems.skip(line, "", _NOT_AN_OBJECT)
    return build(rows, problems)


def _loads(text: str) -> object:
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        where = error.lineno, error.colno
        raise BadInput(
            Text(
                f"JSON 형식이 잘못되었습니다: {where[0]}행 {where[1]}열",
                f"The JSON is malformed at line {where[0]}, column {where[1]}.",
            )
        ) from None
    except RecursionError:
        raise BadInput(_TOO_DEEP) from None


def _items(text: str, whole: object) -> Iterator[tuple[int, object]]:
    """The entries with the lines they begin on."""
    if isinstance(whole, dict):
        items = whole.get("cameras", whole.get("records"))
        match = _LIST_OF.search(text)
        start = match.end() if match else 0
    else:
        items, start = whole, text.find("[") + 1
    if not isinstance(items, list):
        raise BadInput(_NOT_A_LIST)
    return zip(_lines(text, start, len(items)), items, strict=True)


def _lines(text: str, start: int, length: int) -> Iterator[int]:
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    between = re.compile(r"[\s,]*")
    at, line = start, text.count("\n", 0, start) + 1
    for _ in range(length):
        gap = between.match(text, at)
        begin = gap.end() if gap else at
        line += text.count("\n", at, begin)
        yield line
        try:
            at = decoder.raw_decode(text, begin)[1]
        except json.JSONDecodeError:
            at = begin
        line += text.count("\n", begin, at)


def _row(line: int, item: dict[str, Any], problems: Problems) -> Row:
    values: dict[str, str] = {}
    words: dict[str, str] = {}
    for key, value in item.items():
        column = _OWN.get(columns.plain(key)) or columns.canonical(key)
        if column is None or column in values:
            continue
        words[column] = clean(key)
        if isinstance(value, str):
            values[column] = clean(value)
        elif value is not None:
            problems.tell(line, words[column], _NOT_PLAIN)
    for profile in _profiles(item):
        _add_profile(profile, values, words)
    return Row(line, values, words)


def _profiles(item: dict[str, Any]) -> list[dict[str, Any]]:
    profiles = item.get("profiles")
    return [p for p in profiles if isinstance(p, dict)] if isinstance(profiles, list) else []


def _add_profile(profile: dict[str, Any], values: dict[str, str], words: dict[str, str]) -> None:
    def text(key: str) -> str:
        value = profile.get(key)
        return clean(value) if isinstance(value, str) else ""

    name = text("name").casefold()
    if name not in ("main", "sub") or not text("url"):
        return
    values[f"{name}_url"] = text("url")
    if text("width") and text("height"):
        values[f"{name}_size"] = f"{text('width')}x{text('height')}"
    values[f"{name}_fps"] = text("fps")
    words.update({f"{name}_{part}": "profiles" for part in ("url", "size", "fps")})
