"""Every state is told by a word and by a shape: its colour only says it once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.hub_act import ActState
from app.domain.incident_state import State
from app.domain.incident_type import Grade
from app.domain.share import Ending, ShareState
from app.domain.text import Language, Text
from app.domain.tile import TileState
from app.services.hub_link import Link, LinkState
from tests.fakes.camera_site import CAMERAS
from tests.unit.ui.widgets.test_hub_words import ACT
from ui import icons
from ui.cameras.marks import Shape, mark_of
from ui.cameras.roles import CameraRow
from ui.cameras.words import state_words
from ui.health.camera_view import state_mark
from ui.health.words import state_words as health_words
from ui.incidents import words as incidents
from ui.translations import Translations
from ui.widgets.act_words import act_mark, act_state
from ui.widgets.incident_words import grade_shape, grade_words
from ui.widgets.link_words import link_mark, link_words

pytestmark = pytest.mark.visual

# No picture for whichever reason: one sign, and the word says why.
NO_PICTURE = {
    TileState.UNAUTHORISED, TileState.NOT_FOUND, TileState.UNREACHABLE, TileState.UNSUPPORTED,
}  # fmt: skip


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Language]:
    translations = Translations()
    translations.install(request.param)
    yield request.param
    translations.remove()


def differ(said: Iterable[object]) -> None:
    told = list(said)
    assert all(told)
    assert len(set(told)) == len(told), told


def test_tiles(language: Language) -> None:
    differ(state_words(CAMERAS[0], state) for state in TileState)
    differ(health_words(state) for state in TileState)
    with_one = [state for state in TileState if state not in NO_PICTURE]
    differ(state_mark(state)[0] for state in with_one)
    shapes = [mark_of(CameraRow(CAMERAS[0], state)).shape for state in with_one]
    differ(shapes)
    for state in NO_PICTURE:
        assert state_mark(state)[0] == "diamond"
        assert mark_of(CameraRow(CAMERAS[0], state)).shape is Shape.DIAMOND
    assert Shape.DIAMOND not in shapes


def test_incidents(language: Language) -> None:
    differ(state.words.in_(language) for state in State)
    signs = [incidents._STATE_MARKS.get(state, "check") for state in State]
    # What is over is checked off; how it ended is the word.
    assert signs.count("check") == sum(not state.open for state in State)
    differ(sign for sign in signs if sign != "check")
    differ(grade_words(grade) for grade in Grade)
    differ(grade_shape(grade) for grade in Grade)


def test_the_link_to_the_hub(language: Language) -> None:
    differ(link_words(Link(state)) for state in LinkState)
    differ(link_mark(Link(state))[0] for state in LinkState)
    assert {link_mark(Link(state))[0] for state in LinkState} <= icons.names()


def test_acts(language: Language) -> None:
    differ(act_state(replace(ACT, state=state)) for state in ActState)
    differ(act_mark(replace(ACT, state=state))[0] for state in ActState)


@pytest.mark.parametrize("kind", [ShareState, Ending])
def test_shares(language: Language, kind: type[ShareState | Ending]) -> None:
    texts: list[Text] = [one.words for one in kind]
    differ(text.in_(language) for text in texts)


def test_two_that_are_alike_are_seen() -> None:
    with pytest.raises(AssertionError, match="ring"):
        differ(["ring", "dot", "ring"])
