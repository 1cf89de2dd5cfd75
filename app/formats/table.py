"""Bytes of a CSV file to rows of text: encoding, delimiter, header, quotes that are not closed."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.domain.text import Text
from app.formats import columns
from app.formats.camera_rows import Problems, Row, check_size
from app.formats.fields import clean

# Genuine files have up to five lines in one quoted field; a quotation mark that stays open for
# longer was never closed and would swallow the rest of the file.
_MAX_LINES_OF_A_ROW = 40
# Some exports put a title above the header.
_HEADER_WITHIN = 5
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_DELIMITERS = (",", "\t", ";")

_NOT_A_LIST = Text(
    "카메라 목록이 아닙니다. "
    "첫 줄에 표준데이터의 열 이름(소재지도로명주소, 위도, 경도 등)이 있어야 합니다.",
    "Not a camera list: the first line must hold the column names of the national standard "
    "(소재지도로명주소, 위도, 경도 …).",
)
_UTF16 = Text(
    "UTF-16으로 저장된 파일입니다. 'CSV UTF-8'로 다시 저장하세요.",
    "The file is saved as UTF-16. Save it again as CSV UTF-8.",
)
_BINARY = Text(
    "글자가 아닌 내용이 들어 있어 CSV 파일로 읽을 수 없습니다.",
    "The file holds bytes that are not text; it is not a CSV file.",
)
_WORKBOOK = Text(
    "엑셀 통합 문서입니다. 'CSV UTF-8'로 다시 저장하세요.",
    "The file is an Excel workbook. Save it as CSV UTF-8.",
)
_BELLS = Text(
    "안전비상벨 목록입니다. 카메라 목록을 여세요.",
    "This is a list of emergency bells, not of cameras.",
)
_OPEN_QUOTE = Text("따옴표가 닫히지 않아 건너뜁니다", "a quotation mark is not closed; skipped")
_TOO_WIDE = Text(
    "열이 제목 줄보다 많아 건너뜁니다(따옴표 없는 쉼표가 있는지 확인하세요)",
    "more columns than the header; skipped (is there a comma without quotation marks?)",
)
_LOST_CHARACTERS = Text("읽을 수 없는 글자가 있습니다", "some characters cannot be read")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The header words of one kind of list.

    `canonical`: a word's name in this package. One of `telling` alone makes a header; else it takes
    two words that are known. `refuse`: words for the header of another kind of list, or None.
    """

    canonical: Callable[[str], str | None]
    not_a_list: Text
    telling: frozenset[str] = frozenset()
    refuse: Callable[[Sequence[str]], Text | None] = lambda _: None


def _refuse_bells(words: Sequence[str]) -> Text | None:
    return _BELLS if any(columns.is_bell(word) for word in words) else None


CAMERAS = Vocabulary(
    columns.canonical, _NOT_A_LIST, frozenset({"main_url", "sub_url"}), _refuse_bells
)


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the header is, and which canonical column each position holds (None: ignored)."""

    lines: int
    delimiter: str
    words: tuple[str, ...]
    columns: tuple[str | None, ...]


def decode(data: bytes) -> str:
    """UTF-8 with or without a mark, else cp949; a byte that fits neither becomes U+FFFD."""
    check_size(data)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise BadInput(_UTF16)
    if data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadInput(_WORKBOOK)
    if b"\0" in data:
        raise BadInput(_BINARY)
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8-sig", "cp949")]
    return min(texts, key=lambda text: text.count("\ufffd"))


def read(data: bytes, problems: Problems, vocabulary: Vocabulary = CAMERAS) -> list[Row]:
    """Rows below the header. Raises BadInput for what is no such list at all."""
    text = decode(data)
    lines = _LINE.findall(text)
    header = _find_header(lines, vocabulary)
    _tell_ignored(header, problems)
    named = {c: w for c, w in zip(header.columns, header.words, strict=True) if c}
    rows: list[Row] = []
    for line, values in _records(lines, header, problems):
        if not any(values):
            continue
        if any(values[len(header.columns) :]):
            problems.skip(line, "", _TOO_WIDE)
            continue
        by_column = {c: v for c, v in zip(header.columns, values, strict=False) if c and v}
        if "\ufffd" in "".join(by_column.values()):
            problems.tell(line, "", _LOST_CHARACTERS)
        rows.append(Row(line, by_column, named))
    return rows


def _find_header(lines: list[str], vocabulary: Vocabulary) -> _Header:
    best: _Header | None = None
    found = 0
    for at, line in enumerate(lines[:_HEADER_WITHIN]):
        for delimiter in _DELIMITERS:
            words = tuple(clean(word) for word in _split(line, delimiter) or ())
            names = _once(vocabulary.canonical(word) for word in words)
            known = {name for name in names if name}
            worth = len(known) if len(known) > 1 or known & vocabulary.telling else 0
            if worth > found:
                best, found = _Header(at + 1, delimiter, words, names), worth
    if best is None:
        raise BadInput(vocabulary.not_a_list)
    if refusal := vocabulary.refuse(best.words):
        raise BadInput(refusal)
    return best


def _once(names: Iterator[str | None]) -> tuple[str | None, ...]:
    """A column that comes twice counts the first time."""
    seen: set[str] = set()
    once: list[str | None] = []
    for name in names:
        once.append(None if name in seen else name)
        if name:
            seen.add(name)
    return tuple(once)


def _tell_ignored(header: _Header, problems: Problems) -> None:
    ignored = [word for word in header.words if columns.is_device(word)]
    if ignored:
        words = ", ".join(dict.fromkeys(ignored))
        reason = Text(
            f"장비의 주소나 비밀번호가 든 열은 읽지 않습니다: {words}",
            f"columns with addresses or passwords of devices are not read: {words}",
        )
        problems.tell(header.lines, "", reason)


def _records(
    lines: list[str], header: _Header, problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    """Line number (from 1) and cleaned fields of every record below the header."""
    at = header.lines
    while at < len(lines):
        length = _length(lines, at)
        values = _split("".join(lines[at : at + (length or 1)]), header.delimiter)
        # A lone quotation mark inside a field is legal: the line then parses to the header's width.
        if values is None or (length is None and len(values) != len(header.columns)):
            problems.skip(at + 1, "", _OPEN_QUOTE)
        else:
            yield at + 1, [clean(value) for value in values]
        at += length or 1


def _length(lines: list[str], at: int) -> int | None:
    """How many lines the record takes, None if its quotation marks never pair up."""
    quotes = 0
    for taken, line in enumerate(lines[at : at + _MAX_LINES_OF_A_ROW], start=1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return taken
    return None


def _split(record: str, delimiter: str) -> list[str] | None:
    try:
        rows = list(csv.reader(_LINE.findall(record), delimiter=delimiter))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else [] if not rows else None
