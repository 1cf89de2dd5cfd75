from __future__ import annotations

import logging

import pytest

from app.signals import Signal


def test_receivers_hear_in_the_order_of_connection() -> None:
    signal = Signal[int]("numbers")
    heard: list[tuple[str, int]] = []
    signal.connect(lambda value: heard.append(("first", value)))
    signal.connect(lambda value: heard.append(("second", value)))

    signal.emit(7)

    assert heard == [("first", 7), ("second", 7)]
    assert len(signal) == 2


def test_who_disconnects_hears_no_more_and_may_do_it_twice() -> None:
    signal = Signal[int]("numbers")
    heard: list[int] = []
    disconnect = signal.connect(heard.append)

    signal.emit(1)
    disconnect()
    disconnect()
    signal.emit(2)

    assert heard == [1]
    assert len(signal) == 0


def test_the_same_receiver_twice_is_taken_away_once_for_each() -> None:
    signal = Signal[int]("numbers")
    heard: list[int] = []
    disconnect = signal.connect(heard.append)
    signal.connect(heard.append)

    disconnect()
    signal.emit(1)

    assert heard == [1]


def test_a_receiver_may_disconnect_itself_while_it_hears() -> None:
    signal = Signal[int]("numbers")
    heard: list[int] = []

    def once(value: int) -> None:
        heard.append(value)
        disconnect()

    disconnect = signal.connect(once)
    signal.connect(heard.append)
    signal.emit(1)
    signal.emit(2)

    assert heard == [1, 1, 2]


@pytest.mark.allow_logs("app.signals")
def test_one_that_fails_is_logged_and_the_others_still_hear(
    caplog: pytest.LogCaptureFixture,
) -> None:
    signal = Signal[int]("numbers")
    heard: list[int] = []

    def fail(value: int) -> None:
        raise ValueError(value)

    signal.connect(fail)
    signal.connect(heard.append)
    signal.emit(1)

    assert heard == [1]
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert "numbers" in record.getMessage()
    assert record.exc_info is not None
