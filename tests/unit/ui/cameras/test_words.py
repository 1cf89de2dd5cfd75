from __future__ import annotations

import pytest

from app.domain.tile import TileState
from tests.fakes.camera_site import CAMERAS
from ui.cameras import words


@pytest.mark.parametrize("state", list(TileState))
def test_every_state_has_words_of_its_own(state: TileState) -> None:
    said = words.state_words(CAMERAS[0], state)
    others = {words.state_words(CAMERAS[0], other) for other in TileState if other is not state}
    assert said
    assert said not in others


def test_without_an_address_the_state_does_not_matter() -> None:
    assert {words.state_words(CAMERAS[4], state) for state in TileState} == {"No stream address"}


def test_names_that_are_missing() -> None:
    assert words.site_words("") == "Site not stated"
    assert words.purpose_words("") == "Purpose not stated"
    assert words.site_words("달서구청") == "달서구청"


def test_a_tip_has_no_blank_lines() -> None:
    assert words.tip(CAMERAS[4], TileState.OFF).splitlines() == [
        "2002 봉덕 주소 없음",
        "남구청 · 생활방범",
        "No stream address",
    ]
