from __future__ import annotations

from dataclasses import fields

import pytest

from app.domain.errors import BadInput
from app.domain.preferences import (
    FIELDS,
    PictureFit,
    PreferenceValues,
    ThemeName,
    checked,
    default,
)
from app.domain.text import Language


def test_every_field_has_its_name_in_the_type() -> None:
    assert tuple(f.name for f in fields(PreferenceValues)) == FIELDS


@pytest.mark.parametrize("name", FIELDS)
def test_every_default_is_allowed(name: str) -> None:
    value = getattr(PreferenceValues(), name)
    assert checked(name, value) == value
    assert value in {default(f) for f in FIELDS if f == name}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("language", "en", Language.EN),
        ("theme", "light", ThemeName.LIGHT),
        ("picture_fit", PictureFit.FILL, PictureFit.FILL),
        ("replay_seconds", 300, 300),
        ("stills_folder", "사진", "사진"),
        ("kiosk", True, True),
    ],
)
def test_what_is_allowed(name: str, value: object, expected: object) -> None:
    got = checked(name, value)
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("theme", 1),
        ("replay_seconds", 301),
        ("replay_seconds", -1),
        ("replay_seconds", "60"),
        ("replay_seconds", True),
        ("kiosk", 1),
        ("kiosk", "yes"),
        ("operator", None),
        ("operator", True),
        ("no_such_setting", 1),
    ],
)
def test_what_is_not_says_so(name: str, value: object) -> None:
    with pytest.raises(BadInput) as caught:
        checked(name, value)
    assert name in caught.value.text.ko
    assert name in caught.value.text.en
