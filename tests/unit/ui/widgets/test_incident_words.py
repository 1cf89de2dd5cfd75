from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from app.domain.incident_types import INCIDENT_TYPES
from app.domain.text import Language
from ui.theme import Theme, Type
from ui.translations import Translations
from ui.wall.flags import _WIDEST
from ui.widgets.incident_words import (
    fitting_words,
    grade_colour,
    grade_shape,
    grade_words,
    type_words,
)
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


@pytest.mark.parametrize("language", list(Language))
def test_no_name_of_a_type_is_cut(qtbot: QtBot, language: Language) -> None:
    translations = Translations()
    translations.install(language)
    metrics = QFontMetricsF(Theme().font(Type.SECONDARY))
    # 36 tiles of Full HD beside the queue: what flags.py leaves beside a distance.
    room = 256 * _WIDEST - 28 - metrics.horizontalAdvance(" · 1,234 m ↗")
    said = []
    for key in INCIDENT_TYPES:
        words = fitting_words(key, lambda one: metrics.horizontalAdvance(one) <= room)
        assert words in (type_words(key), INCIDENT_TYPES[key].short.in_(language))
        said.append(words)
    assert len(set(said)) == len(said)
    assert fitting_words("of_a_newer_hub", lambda _: True) == "of_a_newer_hub"
    assert fitting_words("loitering", lambda _: False) == ""
    translations.remove()
