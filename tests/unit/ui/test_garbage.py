from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.garbage import INTERVAL_MS, MANY, Garbage, set_aside


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    was_on = gc.isenabled()
    made = Garbage()
    made.start()
    yield made
    made.stop()
    if not was_on:
        gc.disable()


class Cycle:
    def __init__(self, deaths: list[threading.Thread]) -> None:
        self.own = self
        weakref.finalize(self, lambda: deaths.append(threading.current_thread()))


def leave(count: int, deaths: list[threading.Thread]) -> None:
    for _ in range(count):
        Cycle(deaths)


def test_what_another_thread_leaves_dies_on_the_thread_of_the_screen(
    garbage: Garbage, qtbot: QtBot
) -> None:
    deaths: list[threading.Thread] = []
    worker = threading.Thread(target=leave, args=(2000, deaths))
    worker.start()
    worker.join()
    assert deaths == []
    qtbot.waitUntil(lambda: bool(deaths), timeout=20 * INTERVAL_MS)
    assert set(deaths) == {threading.main_thread()}


def test_what_is_old_is_collected_once_a_minute(garbage: Garbage) -> None:
    assert [garbage.collect() for _ in range(120)].count(2) == 1


def test_python_collects_by_itself_again_afterwards(garbage: Garbage) -> None:
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()


@pytest.mark.parametrize(("count", "set_apart"), [(MANY, True), (MANY - 1, False)])
def test_a_long_list_is_left_out_of_collections(count: int, set_apart: bool) -> None:
    # The suite's own guard has frozen what lived before; only what is fresh can tell.
    fresh: list[list[object]] = [[] for _ in range(2000)]
    frozen = gc.get_freeze_count()
    set_aside(count)
    assert (gc.get_freeze_count() - frozen >= len(fresh)) is set_apart
