"""The index finds exactly what a look at every camera finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain import hangul
from app.domain.camera import Camera, CameraId
from app.domain.camera_search import Index

# Few letters, so that queries hit; with finals, clusters, vowels that go on, initials and spaces.
LETTERS = "가간갅고과구국서석섟성시하한핫흐희ㄱㅅㅎ1aA "
SYLLABLES = st.characters(min_codepoint=hangul.FIRST, max_codepoint=hangul.LAST)
NAMES = st.lists(st.text(LETTERS, max_size=8), max_size=12)


def cameras(names: list[str]) -> list[Camera]:
    return [
        Camera(CameraId(str(i)), 9000 + i, name, "", "", address=name[::-1])
        for i, name in enumerate(names)
    ]


@given(NAMES, st.text(LETTERS.replace(" ", "").replace("1", ""), min_size=1, max_size=4))
def test_a_word_finds_every_camera_that_holds_it_and_no_other(names: list[str], query: str) -> None:
    found = {camera.number for camera in Index(cameras(names)).search(query)}
    assert found == {
        camera.number
        for camera in cameras(names)
        if hangul.matches(query, camera.name) or hangul.matches(query, camera.address)
    }


@given(NAMES, st.text(LETTERS, max_size=3), st.text(LETTERS, max_size=3))
def test_more_words_never_find_more(names: list[str], one: str, other: str) -> None:
    index = Index(cameras(names))
    both = {camera.id for camera in index.search(f"{one} {other}")}
    if one.strip():
        assert both <= {camera.id for camera in index.search(one)}


@given(st.text(SYLLABLES, min_size=1), st.text(SYLLABLES))
def test_a_prefix_that_is_typed_always_finds_the_name(name: str, rest: str) -> None:
    """Also half of a syllable: what the keyboard shows on the way is found."""
    for end in range(1, len(name) + 1):
        typed = name[: end - 1] + hangul.open_syllable(name[end - 1])
        assert hangul.matches(typed, name + rest)
