from __future__ import annotations

import pytest

from app.domain.scrub import scrub


@pytest.mark.parametrize(
    "secret",
    [
        "rtsp://kim:geheim@10.1.2.3:554/live/1",
        "rtsp://camera-7.city.example/live",
        "10.1.2.3",
        "fe80::1ff:fe23:4567:890a",
        "2001:db8:0:0:0:0:0:1",
        "00:1b:44:11:3a:b7",
        "kim.minsu@city.go.kr",
        "010-1234-5678",
        "01012345678",
        "02-312-9876",
        "+82 10-1234-5678",
        "900101-1234567",
        "12가 3456",
        "홍길동",
        "중앙로 사거리",
        "“Gate 3”",
        "‘Gate 3’",
        "password=geheim",
        "Bearer abc.DEF123",
    ],
)
def test_what_tells_a_place_or_a_person_goes(secret: str) -> None:
    for text in (secret, f"2026-03-02 09:00:05,123 INFO a: to {secret} (again)"):
        said = scrub(text)
        assert secret not in said
        assert "geheim" not in said
        assert "***" in said


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-02 09:00:05,123 WARNING MainProcess app.video.engine: decoder 1 ended by itself",
        "version 0.1.0, Python 3.11.7, Qt 6.11.3, kernel 5.15.0-113, Windows 10.0.19045",
        '  File "app/tasks.py", line 38, in _finished',
        "usable after 0.63 s; 100000 cameras listed after 2.51 s",
    ],
)
def test_what_helps_stays(line: str) -> None:
    assert scrub(line) == line


def test_this_computers_own_words_go() -> None:
    text = "/home/minsu/.local/gwanje/console.db of Minsu on DESK-3, not minsuk"
    said = scrub(text, ["minsu", "desk-3", "/home/minsu", "a"])
    assert said == "~/.local/gwanje/console.db of *** on ***, not minsuk"
