"""A person's settings, layouts, walls and tours as one file that goes from console to console.

There is no secret in it: walls and tours name cameras by id, never by address.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.domain.errors import BadInput
from app.domain.layout import Layout
from app.domain.preferences import FIELDS, Field, PreferenceValue, checked
from app.domain.redact import redact
from app.domain.text import Text
from app.domain.tour import Tour
from app.domain.wall import Wall
from app.formats.tour_json import tour_of, tour_value
from app.formats.wall_json import UNREADABLE, exactly, layout_of, layout_value, wall_of, wall_value

T = TypeVar("T")

FORMAT = 1
# A wall of 64 tiles has 3 KB; a thousand of them are more than anybody keeps.
MOST_BYTES = 5_000_000
_KIND = "gwanje-settings"
_KNOWN = {"kind", "format", "version", "at", "preferences", "layouts", "walls", "tours"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """`walls` are the saved ones, `layouts` the own ones, `preferences` what a person set."""

    preferences: Mapping[Field, PreferenceValue]
    layouts: tuple[Layout, ...] = ()
    walls: tuple[Wall, ...] = ()
    tours: tuple[Tour, ...] = ()


def written(bundle: Bundle, version: str, at: str) -> bytes:
    """A preference that looks like an address with a password stays at home."""
    preferences = {
        field: value
        for field, value in bundle.preferences.items()
        if not isinstance(value, str) or redact(value) == value
    }
    document = {
        "kind": _KIND,
        "format": FORMAT,
        "version": version,
        "at": at,
        "preferences": preferences,
        "layouts": [layout_value(layout) for layout in bundle.layouts],
        "walls": [wall_value(wall) for wall in bundle.walls],
        "tours": [tour_value(tour) for tour in bundle.tours],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes) -> tuple[Bundle, tuple[Text, ...]]:
    """And words for what is left out of it. Raises `BadInput` for what is no such file."""
    document = _document(data)
    problems = [_unknown(name) for name in document if name not in _KNOWN]
    bundle = Bundle(
        dict(_preferences(document, problems)),
        tuple(_each(document, "layouts", layout_of, problems)),
        tuple(_each(document, "walls", wall_of, problems)),
        tuple(_each(document, "tours", tour_of, problems)),
    )
    return bundle, tuple(problems)


def _document(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise BadInput(_TOO_LARGE)
    ours = _KIND.encode() in data[:200]
    try:
        document = exactly(dict, json.loads(data.decode("utf-8-sig")))
        # Half a character, escaped, is JSON; no disk takes it.
        json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, TypeError, RecursionError):
        raise BadInput(_CUT if ours else _ANOTHER) from None
    if document.get("kind") != _KIND:
        raise BadInput(_ANOTHER)
    number = document.get("format")
    if type(number) is not int or number < 1:
        raise BadInput(_CUT)
    if number > FORMAT:
        raise BadInput(
            Text(
                f"더 새로운 프로그램이 만든 파일입니다(형식 {number}). 이 콘솔을 업데이트하세요.",
                f"A newer program wrote this file (format {number}). Update this console.",
            )
        )
    return document


def _preferences(
    document: Mapping[str, Any], problems: list[Text]
) -> Iterator[tuple[Field, PreferenceValue]]:
    found = document.get("preferences", {})
    if not isinstance(found, Mapping):
        problems.append(_left_out(Text("설정", "settings"), ""))
        return
    problems.extend(_unknown(str(name)) for name in sorted(found.keys() - set(FIELDS)))
    for field in FIELDS:
        if field in found:
            try:
                yield field, checked(field, found[field])
            except BadInput as failure:
                problems.append(failure.text)


_NAMES = {
    "layouts": Text("화면분할", "layout"),
    "walls": Text("영상벽", "wall"),
    "tours": Text("순환", "tour"),
}


def _each(
    document: Mapping[str, Any],
    what: str,
    parse: Callable[[dict[str, Any]], T],
    problems: list[Text],
) -> Iterator[T]:
    found = document.get(what, [])
    for value in found if isinstance(found, list) else [found]:
        try:
            yield parse(exactly(dict, value))
        except UNREADABLE:
            name = value.get("name", "") if isinstance(value, Mapping) else ""
            problems.append(_left_out(_NAMES[what], str(name)[:80]))


def _unknown(name: str) -> Text:
    return Text(
        f"‘{name[:80]}’: 이 버전이 모르는 내용이라 뺍니다.",
        f"“{name[:80]}”: not known to this version, left out.",
    )


def _left_out(what: Text, name: str) -> Text:
    return Text(
        f"{what.ko} ‘{name}’을(를) 읽을 수 없어 뺍니다.",
        f"The {what.en} “{name}” cannot be read and is left out.",
    )


_ANOTHER = Text(
    "관제의 설정 파일이 아닙니다. ‘설정 내보내기’로 만든 파일을 여세요.",
    "Not a file of settings of Gwanje. Open one that “Export settings” made.",
)
_CUT = Text(
    "설정 파일이 손상되었거나 중간에서 끊겼습니다. 다시 내보내거나 복사하세요.",
    "The file of settings is damaged or cut off. Export or copy it again.",
)
_TOO_LARGE = Text(
    f"설정 파일이 아닙니다: {MOST_BYTES // 1_000_000} MB를 넘습니다.",
    f"Not a file of settings: it has more than {MOST_BYTES // 1_000_000} MB.",
)
