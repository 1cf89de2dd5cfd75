from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.history import History
from app.domain.text import Text


def label(word: str) -> Text:
    return Text(word, word)


def test_undo_and_redo_name_the_step() -> None:
    history = History(0).push(1, label("one")).push(2, label("two"))
    assert history.undo_label == label("two")
    assert history.redo_label is None
    back = history.undo()
    assert (back.present, back.undo_label, back.redo_label) == (1, label("one"), label("two"))
    assert back.redo() == history


def test_there_is_an_end_on_both_sides() -> None:
    history = History(0)
    assert history.undo() is history
    assert history.redo() is history
    assert history.undo_label is None


def test_a_new_step_forgets_what_was_undone() -> None:
    history = History(0).push(1, label("one")).undo().push(2, label("two"))
    assert history.redo_label is None
    assert history.undo().present == 0


def test_nothing_changed_is_no_step() -> None:
    history = History(0)
    assert history.push(0, label("nothing")) is history


def test_only_so_many_steps_are_kept() -> None:
    history = History(0, limit=3)
    for number in range(1, 10):
        history = history.push(number, label(str(number)))
    assert len(history.past) == 3
    assert history.undo().undo().undo().undo().present == 6


@given(st.lists(st.integers(), max_size=20))
def test_every_step_can_be_taken_back_and_again(states: list[int]) -> None:
    history = History(0)
    for state in states:
        history = history.push(state, label(str(state)))
    back = history
    for _ in states:
        back = back.undo()
    assert back.present == 0
    for _ in states:
        back = back.redo()
    assert back == history
