"""The books on paper and in words: ui.ledger.paper, .words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot

from app.wire.ledger import Book, Line
from tests.fakes.hub_ledger import a_book
from ui.ledger import words
from ui.ledger.paper import WRITERS, page_of, table_of
from ui.ledger.words import Names

SINCE = datetime(2026, 10, 31, 15, 0, tzinfo=UTC)  # midnight in Korea
BOOK = a_book("provision", SINCE, SINCE + timedelta(days=30))
NAMES = Names(
    lambda id_: f"카메라 {id_}", lambda id_: id_, lambda id_: {"s": "달서구"}.get(id_, id_)
)


def test_a_page_has_everything_and_runs_nothing(qtbot: QtBot) -> None:
    row = ("<script>", "달서경찰서", "목적\n둘", *("",) * 5)
    page = page_of(BOOK.model_copy(update={"rows": (row,)}))
    assert "&lt;script&gt;" in page
    assert "목적<br>둘" in page
    assert "from 2026-11-01 00:00 to 2026-12-01 00:00, 1 entries" in page
    assert "Checkpoint of the ledger: gwanje/hub 12 abc=" in page


def test_an_empty_book_says_so(qtbot: QtBot) -> None:
    empty = Book(**BOOK.model_dump() | {"rows": ()})
    assert "Nothing in this time." in page_of(empty)
    assert all(write(empty) for write in WRITERS.values())
    assert table_of(empty).rows == ()


def line(**values: object) -> Line:
    return Line.model_validate({"n": 1, "at": SINCE, "kind": "view"} | values)


def test_a_line_in_words() -> None:
    ended = line(
        kind="view_end", begun=SINCE, ended=SINCE + timedelta(seconds=75), purpose="순찰",
        site="s", facts={"on": "pc-1", "receiver": "s", "cameras": "a b", "why": "너무 멂"},
    )  # fmt: skip
    assert words.detail_words(ended, NAMES) == "순찰 · 0:01:15 · 달서구 · 너무 멂"
    assert words.where_words(ended, NAMES) == "달서구 · pc-1"
    assert words.time_words(SINCE) == "2026-11-01 00:00:00"
    assert words.kind_words(line(kind="of a later version")) == "of a later version"


def test_who_it_was() -> None:
    assert words.who_words(line(person={"account": "kim"})) == "kim"
    assert words.who_words(line(client="pc")) == "(erased)"
    assert words.who_words(line()) == "(the hub)"
