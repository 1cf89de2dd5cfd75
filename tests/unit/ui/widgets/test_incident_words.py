from __future__ import annotations

import pytest

from ui.widgets.incident_words import grade_colour, grade_shape, grade_words, type_words
from ui.widgets.shapes import shape_path


def test_every_grade_has_a_shape_and_a_colour_of_its_own() -> None:
    grades = (10, 20, 90)
    assert len({grade_shape(grade) for grade in grades}) == 3
    assert len({grade_colour(grade) for grade in grades}) == 3
    assert (grade_shape(55), grade_colour(55), grade_words(55)) == ("circle", "secondary", "55")


def test_a_type_of_a_newer_hub_is_shown_by_its_key() -> None:
    assert type_words("drone_fall") == "drone_fall"
    assert type_words("fall") != "fall"


@pytest.mark.parametrize("shape", ["diamond", "square", "triangle", "circle"])
def test_a_shape_is_as_large_as_asked(shape: str) -> None:
    box = shape_path(shape, 10).boundingRect()
    assert 15 <= box.width() <= 20
