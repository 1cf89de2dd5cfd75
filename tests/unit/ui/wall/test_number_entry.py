from __future__ import annotations

from ui.wall.number_entry import (
    ANSWER_SECONDS,
    EMPTY,
    LONGEST,
    PATIENCE_SECONDS,
    NumberEntry,
)


def typed(digits: str, now: float = 0.0) -> NumberEntry:
    entry = EMPTY
    for digit in digits:
        entry = entry.typed(digit, now)
    return entry


def test_digits_make_a_number() -> None:
    assert not EMPTY.active
    assert typed("1417").number == 1417
    assert len(typed("1" * 30).digits) == LONGEST


def test_patience_starts_anew_with_every_digit() -> None:
    entry = typed("1", 10.0).typed("4", 12.0)
    assert entry.at(12.0 + PATIENCE_SECONDS - 0.01) is entry
    assert entry.at(12.0 + PATIENCE_SECONDS) == EMPTY


def test_erasing_the_last_digit_ends_it() -> None:
    assert typed("14").erased(1.0).digits == "1"
    assert typed("1").erased(1.0) == EMPTY


def test_the_answer_stays_to_be_read_and_a_digit_begins_anew() -> None:
    answer = typed("999", 10.0).not_found(11.0)
    assert answer.unknown
    assert answer.at(11.0 + ANSWER_SECONDS - 0.01) is answer
    assert answer.at(11.0 + ANSWER_SECONDS) == EMPTY
    assert answer.typed("1", 11.5) == NumberEntry("1", 11.5 + PATIENCE_SECONDS)
    assert answer.erased(11.5).digits == "999"
