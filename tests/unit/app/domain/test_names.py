from __future__ import annotations

import unicodedata

import pytest

from app.domain.errors import BadInput
from app.domain.names import MAX_NAME, cleaned, given


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("  달서구   정문 ", "달서구 정문"),
        (unicodedata.normalize("NFD", "월배시장"), "월배시장"),
        ("a\tb\nc\x00d", "a b c d"),
        ("\u200b\u202eevil", "evil"),
        ("   ", ""),
    ],
)
def test_names_become_one_clean_line(name: str, expected: str) -> None:
    assert cleaned(name) == expected


def test_a_name_is_taken_whatever_its_form() -> None:
    with pytest.raises(BadInput) as caught:
        given(unicodedata.normalize("NFD", "야간 GATE"), ["야간  gate"])
    assert "야간 GATE" in caught.value.text.ko
    assert given("야간", ["주간"]) == ("야간", None)


def test_a_name_is_needed() -> None:
    with pytest.raises(BadInput):
        given(" \n", [])


def test_a_long_name_is_cut_and_says_so() -> None:
    name, notice = given("가" * (MAX_NAME - 1) + " " + "나" * 120, [])
    assert name == "가" * (MAX_NAME - 1)
    assert notice is not None
    assert str(MAX_NAME) in notice.ko


def test_two_long_names_that_are_cut_to_the_same_are_the_same() -> None:
    first, _ = given("가" * 200, [])
    with pytest.raises(BadInput):
        given("가" * 199, [first])
