from __future__ import annotations

import contextlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.passwords import LONGEST, SHORTEST, check_password, normalised


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "달서구 은행나무 37그루",
        "x9$Lq!vT2#mk",
        "우리는매일밤별을센다",
        "kim" * 2 + "chi-jjigae",
        "1q2w-nobody-3e4r",
    ],
)
def test_good_ones(password: str) -> None:
    check_password(password, "operator7")


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("", "at least"),
        ("short-one", "at least"),
        ("x" * (LONGEST + 1), "at most"),
        ("operator7-2026", "user name"),
        ("my7rotarepo!!", "user name"),
        ("ＯＰＥＲＡＴＯＲ７abc", "user name"),
        ("password1234", "easy"),
        ("Password!2026", "easy"),
        ("qlalfqjsgh1!", "easy"),
        ("비밀번호비밀번호123", "easy"),
        ("관제센터20261!", "easy"),
        ("1q2w3e4r5t", "easy"),
        ("1234567890", "easy"),
        ("0987654321", "easy"),
        ("abcdefghij", "easy"),
        ("poiuytrewq", "easy"),
        ("aaaaaaaaaa", "easy"),
        ("abababababab", "easy"),
        ("가나다라마바사아자차", "easy"),
    ],
)
def test_bad_ones_and_which_rule_they_break(password: str, word: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_password(password, "operator7")
    assert word in caught.value.text.en
    assert not password or password not in str(caught.value.text)


def test_a_user_name_of_two_letters_is_in_many_good_passwords() -> None:
    check_password("akin to marmalade", "ki")


def test_a_korean_password_is_the_same_from_every_keyboard() -> None:
    password = "우리는매일밤별을센다"
    apart = unicodedata.normalize("NFD", password)
    assert apart != password
    assert normalised(apart) == normalised(password)


@given(st.text(max_size=40), st.text(max_size=20))
def test_every_password_is_judged(password: str, username: str) -> None:
    with contextlib.suppress(BadInput):
        check_password(password, username)
        assert SHORTEST <= len(normalised(password)) <= LONGEST
