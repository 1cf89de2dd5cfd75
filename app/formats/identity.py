"""Ids and numbers that stay the same when the same list is opened again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2s
from itertools import count

from app.domain.redact import redact_url
from app.domain.text import Text
from app.formats.camera_rows import Problems, Row

# Operators type three to six digits; national management numbers share their first twelve.
_DIGITS = range(3, 7)
_SAME_CAMERA = ("name", "site", "road_address", "lot_address", "purpose", "direction")


def ids(rows: Sequence[Row], problems: Problems) -> list[str]:
    """The management number, or where there is none a name made from what the row says."""
    taken: set[str] = set()
    suffixes: dict[str, Iterator[int]] = {}
    return [_unique_id(row, taken, suffixes, problems) for row in rows]


def _unique_id(
    row: Row, taken: set[str], suffixes: dict[str, Iterator[int]], problems: Problems
) -> str:
    own = row["id"] or _made_id(row)
    unique = own
    while unique in taken:
        unique = f"{own}-{next(suffixes.setdefault(own, count(2)))}"
    taken.add(unique)
    if unique != own:
        reason = (
            Text(
                "관리번호가 앞의 행과 같아 구분해 두었습니다",
                "the id repeats an earlier row; told apart",
            )
            if row["id"]
            else Text("앞의 행과 같은 내용입니다", "the row repeats an earlier one")
        )
        problems.tell(row.line, row.word("id"), reason)
    return unique


def _made_id(row: Row) -> str:
    # Without the log-in: a changed password must not make another camera.
    said = [row[column] for column in _SAME_CAMERA]
    said += [row["latitude"], row["longitude"], redact_url(row["main_url"] or row["sub_url"])]
    return "row-" + blake2s("\x1f".join(said).encode(), digest_size=8).hexdigest()


def numbers(rows: Sequence[Row], own: Sequence[int | None], problems: Problems) -> list[int]:
    """The list's own numbers; else the last digits of the ids if they differ; else row order."""
    first_use: set[int] = set()
    kept: list[int | None] = []
    for row, number in zip(rows, own, strict=True):
        repeated = number in first_use
        if repeated:
            reason = Text(
                "카메라 번호가 앞의 행과 같아 다른 번호를 붙였습니다",
                "the number repeats an earlier row; another was given",
            )
            problems.tell(row.line, row.word("number"), reason)
        if number is not None:
            first_use.add(number)
        kept.append(None if repeated else number)
    if not first_use:
        return _from_ids([row["id"] for row in rows]) or list(range(1, len(rows) + 1))
    free = (n for n in count(max(first_use) + 1))
    return [next(free) if number is None else number for number in kept]


def _from_ids(management: Sequence[str]) -> list[int] | None:
    tails = [re.search(r"[0-9]*$", own) for own in management]
    digits = [tail.group() if tail else "" for tail in tails]
    for length in _DIGITS:
        short = [int(d[-length:] or 0) for d in digits]
        if all(short) and len(set(short)) == len(short):
            return short
    return None
