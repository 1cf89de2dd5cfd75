from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from app.ending import hang_up_signal, on_signals, polite_signals

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


def test_a_second_one_of_a_person_ends_it_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    on_signals(lambda _: None)
    signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGINT) == before


def test_what_was_is_put_back_and_what_is_to_outlive_its_terminal_does() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    assert signal.SIGHUP in polite_signals()
    on_signals(lambda _: None)()
    assert signal.getsignal(signal.SIGHUP) == signal.SIG_DFL
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    assert signal.SIGHUP not in polite_signals()
