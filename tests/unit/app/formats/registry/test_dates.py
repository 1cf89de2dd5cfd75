from __future__ import annotations

from datetime import date

import pytest

from app.formats.registry import dates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-05-20", date(2026, 5, 20)),
        ("2018.4.1", date(2018, 4, 1)),
        ("2018. 4. 1.", date(2018, 4, 1)),
        ("20260520", date(2026, 5, 20)),
        ("2018년 4월 1일", date(2018, 4, 1)),
        ("2026-05-24 22:28:20", date(2026, 5, 24)),
        ("43466", date(2019, 1, 1)),
        ("2026-13-01", None),
        ("1905-07-06", None),
        ("soon", None),
        ("", None),
        ("٢٠٢٦-05-20", None),
    ],
)
def test_days(text: str, found: date | None) -> None:
    assert dates.date_of(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("201103", "2011-03"),
        ("2011-03", "2011-03"),
        ("2011.3", "2011-03"),
        ("2011년 3월", "2011-03"),
        ("2011", "2011"),
        ("2011-03-15", "2011-03"),
        ("201113", None),
        ("1905-07", None),
        ("190507", None),
        ("", None),
        ("x", None),
    ],
)
def test_months(text: str, found: str | None) -> None:
    assert dates.month_of(text) == found


@pytest.mark.parametrize("text", ["1905-07", "190507", "1905-07-06", "1905.6"])
def test_a_year_that_a_spreadsheet_took_for_a_day(text: str) -> None:
    assert dates.is_serial_year(text)


@pytest.mark.parametrize("text", ["2014", "2014-07", "x", ""])
def test_other_values_are_no_such_year(text: str) -> None:
    assert not dates.is_serial_year(text)
