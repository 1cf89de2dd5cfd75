from __future__ import annotations

import io

from main import say


def test_a_terminal_without_hangul_ends_nothing() -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    say(terminal, "설정 é")
    terminal.flush()
    assert terminal.buffer.getvalue().splitlines() == ["?? é".encode("latin-1")]


def test_without_a_terminal_it_is_silent() -> None:
    say(None, "설정")
