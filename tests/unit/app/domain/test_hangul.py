from __future__ import annotations

import unicodedata

import pytest

from app.domain import hangul
from app.domain.hangul import Kind, Want


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("달서구", "ㄷㅅㄱ"),
        ("월성네거리 2", "ㅇㅅㄴㄱㄹ 2"),
        ("빵집", "ㅃㅈ"),
        ("힣가", "ㅎㄱ"),
        ("CCTV", "CCTV"),
        ("", ""),
    ],
)
def test_initials(text: str, initials: str) -> None:
    assert hangul.initials(text) == initials


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("달서", "대구 달서구"),
        ("ㄷㅅㄱ", "달서구"),
        ("달서ㄱㅅ", "달서 구수"),
        ("달ㅅㄱ", "달서구"),
        ("ㄷ서ㄱ", "달서구"),
        ("ㅎ", "한빛"),
        # on the way to a syllable
        ("하", "한빛"),
        ("한", "하나로"),
        ("고", "과학관"),
        ("구", "권곡동"),
        ("으", "의료원"),
        ("간", "갅"),
        ("달ㅅ", "달서"),
        ("닭", "달구벌"),
        # initials that slipped into the syllable before
        ("달섟", "달서구수"),
        ("달섟", "달석수"),
        ("달석ㅎ", "달서구호"),
        ("ㄳ", "구수"),
        # white space and case do not count
        ("달서구신당", "달서구 신당동"),
        ("cctv-a", "동문 CCTV-A"),
        ("Straße", "STRASSE"),
        (unicodedata.normalize("NFD", "달서"), "달서구"),
    ],
)
def test_matches(query: str, text: str) -> None:
    assert hangul.matches(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("하서", "한서"),  # only the last syllable is still being typed
        ("한", "하라"),
        ("한", "핫"),
        ("서ㄱ", "석문"),
        ("ㄱ", "까치"),
        ("ㄷㅅㄱㅇ", "달서구"),
        ("달섟", "달서구"),
        ("달서구", "달서"),
        ("빵", "방"),
        ("", "달서"),
        (" ", "달서"),
    ],
)
def test_does_not_match(query: str, text: str) -> None:
    assert not hangul.matches(query, text)


def test_the_plain_reading_comes_first() -> None:
    assert hangul.patterns("a1") == ((Want(Kind.EXACT, "a"), Want(Kind.EXACT, "1")),)
    assert hangul.patterns("한")[0] == (Want(Kind.EXACT, "한"),)
    assert hangul.patterns("하") == ((Want(Kind.OPEN, "하"),),)
    assert hangul.patterns("ㅎ") == ((Want(Kind.INITIAL, "ㅎ"),),)
