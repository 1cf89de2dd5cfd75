"""How days, times and figures are written in the language on screen: the one place that knows.

Korean writes days as public documents do, numbers with full stops (행정업무의 운영 및 혁신에 관한
규정 제7조), and both languages take 24 hours and thousands with commas. An address stays as it was
entered: from the large to the small, in either language.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from app.domain.text import Language
from ui.translations import language


def day_form(day: date) -> str:
    """2026. 3. 2. or 2026-03-02."""
    if language() is Language.KO:
        return f"{day.year}. {day.month}. {day.day}."
    return f"{day:%Y-%m-%d}"


def month_form(day: date) -> str:
    """2026. 3. or 2026-03."""
    return f"{day.year}. {day.month}." if language() is Language.KO else f"{day:%Y-%m}"


def moment_form(at: datetime, zone: tzinfo | None = None, *, seconds: bool = False) -> str:
    """Day and time in `zone`, else in that of this computer."""
    local = at.astimezone(zone)
    return f"{day_form(local)} {local:{'%H:%M:%S' if seconds else '%H:%M'}}"


def recent_form(at: datetime) -> str:
    """Of what was lately: without the year."""
    local = at.astimezone()
    if language() is Language.KO:
        return f"{local.month}. {local.day}. {local:%H:%M:%S}"
    return f"{local:%m-%d %H:%M:%S}"


def time_form(at: datetime) -> str:
    """Of today."""
    return f"{at.astimezone():%H:%M:%S}"


def day_pattern() -> str:
    """As `QDateEdit` wants it."""
    return "yyyy. M. d." if language() is Language.KO else "yyyy-MM-dd"


def count_form(count: int) -> str:
    return f"{count:,}"
