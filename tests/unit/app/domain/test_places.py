from __future__ import annotations

import pytest

from app.domain.places import short_place


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ("대구광역시 달서구 월배로 223 (상인동)", "월배로 223 (상인동)"),
        ("경상북도 칠곡군 왜관읍 중앙로 1", "왜관읍 중앙로 1"),
        ("세종특별자치시", "세종특별자치시"),
        ("월성네거리", "월성네거리"),
        ("", ""),
    ],
)
def test_what_everybody_here_knows_is_left_out(whole: str, short: str) -> None:
    assert short_place(whole) == short
