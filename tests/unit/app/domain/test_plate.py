from __future__ import annotations

import pytest

from app.domain.plate import plate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12가3456", "12가3456"),
        ("123가4567", "123가4567"),
        ("12가 3456", "12가3456"),
        (" 서울 12-가-3456 ", "서울12가3456"),
        ("12허3456", "12허3456"),
        ("1가3456", None),
        ("12가345", None),
        ("12ㄱ3456", None),
        ("ABC1234", None),
        ("12가34567", None),
        ("\uff11\uff12가3456", "12가3456"),
        ("12\u1100\u11613456", "12가3456"),
        ("", None),
    ],
)
def test_plates(text: str, expected: str | None) -> None:
    assert plate(text) == expected
