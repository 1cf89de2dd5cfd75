"""Dates as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DATE = re.compile(
    r"(?:(\d{4})(\d\d)(\d\d)|(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*일?\.?)(?: .*)?",
    re.ASCII,
)
_MONTH = re.compile(r"(\d{4})(?:(\d\d)|\s*[-./년]\s*(\d{1,2})\s*월?\.?)?", re.ASCII)
_SERIAL = re.compile(r"[2-6]\d{4}", re.ASCII)
# Day 0 of a spreadsheet's calendar (which believes in a 29 February 1900).
_DAY_ZERO = date(1899, 12, 30)
# Nobody filmed streets before; a spreadsheet that takes the year 2014 for a day shows 1905-07.
_FIRST_YEAR = 1970
_MONTHS = range(1, 13)


def date_of(text: str) -> date | None:
    """2026-05-20, 20260520, 2018.4.1, or a spreadsheet's day number; None for anything else."""
    if _SERIAL.fullmatch(text):
        return _DAY_ZERO + timedelta(days=int(text))
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None


def iso_of(text: str) -> str:
    """The day as 2026-05-20; "" where the text is none."""
    found = date_of(text)
    return found.isoformat() if found else ""


def month_of(text: str) -> str | None:
    """201103, 2011-03, 2011.3 or a whole date as 2011-03, 2011 as 2011; None for anything else."""
    whole = date_of(text)
    if whole is not None:
        return f"{whole:%Y-%m}"
    match = _MONTH.fullmatch(text)
    if match is None or int(match[1]) < _FIRST_YEAR:
        return None
    month = match[2] or match[3]
    if not month:
        return match[1]
    return f"{match[1]}-{int(month):02d}" if int(month) in _MONTHS else None


def is_serial_year(text: str) -> bool:
    """Whether a spreadsheet took a year (1978–2039) for a day number: June or July 1905."""
    return text.startswith("1905") and bool(_MONTH.fullmatch(text) or _DATE.fullmatch(text))
