from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ending import Asked, hang_up_signal, nothing_begun, on_signals, polite_signals

HANG_UP = hang_up_signal()
pytestmark = pytest.mark.skipif(HANG_UP is None, reason="no hang-up on this system")


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.parametrize(
    "sent",
    [
        (signal.SIGHUP, signal.SIGTERM),
        (signal.SIGTERM, signal.SIGHUP),
        (signal.SIGHUP, signal.SIGHUP),
    ],
)
def test_the_end_of_a_session_sends_two_and_means_one(sent: tuple[signal.Signals, ...]) -> None:
    heard: list[int] = []
    # What ends the process without us must not be what comes second.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    restore = on_signals(heard.append)
    for number in sent:
        signal.raise_signal(number)
    assert heard[0] == sent[0]
    restore()
    signal.raise_signal(signal.SIGHUP)


@pytest.mark.parametrize("first", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_other_may_come_in_the_middle_of_the_first(
    monkeypatch: pytest.MonkeyPatch, first: signal.Signals
) -> None:
    """Wherever a handler is changed: Python looks for signals that wait before it does."""
    heard: list[int] = []
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    set_handler, restore = signal.signal, on_signals(heard.append)
    inside: list[int] = []

    def interrupted(number: int, handler: signal.Handlers) -> object:
        if not inside:
            inside.append(number)
            signal.raise_signal(signal.SIGHUP)
        return set_handler(number, handler)

    monkeypatch.setattr(signal, "signal", interrupted)
    signal.raise_signal(first)
    restore()
    assert heard[0] == first
    assert set(heard) <= {first, signal.SIGHUP}


_IMPATIENT = """
import signal
from app.ending import on_signals
on_signals(lambda number: print("asked", number, flush=True))
signal.raise_signal(signal.SIGHUP)
signal.raise_signal(signal.{0})
signal.raise_signal(signal.SIGHUP)
signal.raise_signal(signal.{0})
print("still here")
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_one_of_a_person_ends_it_at_once(root: Path, number: signal.Signals) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IMPATIENT.format(number.name)],
        cwd=root, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == -number
    assert done.stdout.split() == ["asked", "1", "asked", str(int(number)), "asked", "1"]
    assert not done.stderr


def test_what_comes_before_there_is_anybody_to_end_is_kept_and_after_it_is_nothing() -> None:
    asked, told = Asked(), list[int]()
    asked.heard(signal.SIGTERM)
    asked.follow(told.append)
    asked.heard(signal.SIGHUP)
    asked.leave()
    asked.heard(signal.SIGHUP)
    assert told == [signal.SIGTERM, signal.SIGHUP]


def test_before_anything_is_begun_ctrl_c_needs_no_words() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing_begun()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nothing_begun()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_what_was_is_put_back_and_what_is_to_outlive_its_terminal_does() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    assert signal.SIGHUP in polite_signals()
    on_signals(lambda _: None)()
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_DFL
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    assert signal.SIGHUP not in polite_signals()
