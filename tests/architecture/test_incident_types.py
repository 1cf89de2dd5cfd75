"""The reviewed page about incident types says what the table says."""

from __future__ import annotations

from tests.architecture.type_table import DOCUMENT, document, duration


def test_the_page_is_the_table() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert written == document(), "run: .venv/bin/python -m tests.architecture.type_table"


def test_durations_are_read_as_people_say_them() -> None:
    assert [duration(s) for s in (45, 90, 300, 3600, 21600)] == [
        "45 s", "90 s", "5 min", "1 h", "6 h",
    ]  # fmt: skip
