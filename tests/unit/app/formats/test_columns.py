from __future__ import annotations

import pytest

from app.formats import columns


def test_the_national_form_has_18_columns_known_or_unused() -> None:
    assert len(columns.NATIONAL) == 18
    known = {word: columns.canonical(word) for word in columns.NATIONAL}
    assert known["WGS84위도"] == "latitude"
    assert {word for word, column in known.items() if column is None} == {
        "데이터갱신구분",
        "데이터갱신시점",
        "최종수정시점",
    }


def test_what_is_written_is_understood() -> None:
    assert all(columns.canonical(word) == word for word in (*columns.EXTRA, *columns.EXTRA_SIZES))


@pytest.mark.parametrize(
    "word",
    ["IP", "cctv_ip", "IP 주소", "ID", "PASSWD", "Password", "비밀번호", "접속 ID", "login-pw"],
)
def test_device_columns_mean_nothing(word: str) -> None:
    assert columns.is_device(word)
    assert columns.canonical(word) is None


@pytest.mark.parametrize("word", ["id번호", "관리번호", "name", "support", "카메라번호"])
def test_other_columns_are_no_device(word: str) -> None:
    assert not columns.is_device(word)


def test_bells_are_known_by_their_own_words() -> None:
    assert columns.is_bell("안전비상벨 관리번호")
    assert not columns.is_bell("관리번호")
