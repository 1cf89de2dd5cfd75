from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.adapters.store_errors import failure_of, is_damage
from app.domain.errors import Unavailable


def error(code: int) -> sqlite3.OperationalError:
    made = sqlite3.OperationalError("words of SQLite")
    made.sqlite_errorcode = code
    return made


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "disk is full"),
        (sqlite3.SQLITE_BUSY, "Another program"),
        (sqlite3.SQLITE_LOCKED, "Another program"),
        (sqlite3.SQLITE_BUSY_RECOVERY, "Another program"),
        (sqlite3.SQLITE_CORRUPT, "damaged"),
        (sqlite3.SQLITE_NOTADB, "damaged"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "rights"),
        (sqlite3.SQLITE_CANTOPEN, "rights"),
        (sqlite3.SQLITE_IOERR_WRITE, "words of SQLite"),
    ],
)
def test_each_error_has_its_words_and_the_place(code: int, words: str) -> None:
    failure = failure_of(error(code), Path("/profile/gwanje.db"))
    assert isinstance(failure, Unavailable)
    assert words in failure.text.en
    assert "/profile/gwanje.db" in failure.text.en
    assert "/profile/gwanje.db" in failure.text.ko


def test_an_error_of_python_itself_has_words_too() -> None:
    failure = failure_of(sqlite3.ProgrammingError("closed"), None)
    assert "closed" in failure.text.en
    assert "메모리" in failure.text.ko


def test_damage_is_told_from_other_trouble() -> None:
    assert is_damage(error(sqlite3.SQLITE_CORRUPT_INDEX))
    assert not is_damage(error(sqlite3.SQLITE_FULL))
