from __future__ import annotations

from app.formats.registry.publications import Published, replaced


def kept(*lists: tuple[str, str]) -> list[str]:
    """Lists as (date, purposes by letter), all of one body; what of them is good."""
    rows = [Published("body", purpose, date) for date, letters in lists for purpose in letters]
    old = replaced(rows)
    return [f"{row.date}{row.purpose}" for row, out in zip(rows, old, strict=True) if not out]


def test_the_newest_of_each_purpose_is_good() -> None:
    assert kept(("1", "ab"), ("2", "ab")) == ["2a", "2b"]
    assert kept(("2", "ab"), ("1", "ab")) == ["2a", "2b"]


def test_a_list_over_two_dates_is_whole() -> None:
    assert kept(("1", "abcdef"), ("2", "abc"), ("3", "def")) == ["2a", "2b", "2c", "3d", "3e", "3f"]


def test_another_department_is_not_replaced() -> None:
    assert kept(("1", "abc"), ("2", "de")) == ["1a", "1b", "1c", "2d", "2e"]
    assert kept(("1", "ab"), ("2", "a")) == ["1b", "2a"]
    assert kept(("1", "abcd"), ("2", "ab")) == ["1c", "1d", "2a", "2b"]


def test_a_purpose_that_went_out_of_use_goes() -> None:
    assert kept(("1", "abc"), ("2", "ab")) == ["2a", "2b"]


def test_rows_without_a_date_are_the_oldest() -> None:
    assert kept(("", "a"), ("1", "a")) == ["1a"]
    assert kept(("", "a")) == ["a"]


def test_bodies_do_not_replace_each_other() -> None:
    assert replaced([Published("x", "a", "1"), Published("y", "a", "2")]) == [False, False]
    assert replaced([]) == []
