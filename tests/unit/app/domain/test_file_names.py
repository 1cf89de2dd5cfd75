from __future__ import annotations

from datetime import datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.file_names import candidates, file_stem, is_safe, safe_part

AT = datetime(2026, 11, 22, 14, 7, 32)  # noqa: DTZ001 - already local, as it is shown


def test_number_name_and_time() -> None:
    assert file_stem(1417, "죽전네거리 동", AT) == "1417_죽전네거리 동_20261122-140732"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("정문/후문", "정문-후문"),
        ('A<B>:"C"|D?*\\', "A-B---C--D---"),
        ("줄\n바꿈", "줄-바꿈"),
        ("  끝에 점.. ", "끝에 점"),
        ("\u1103\u1161\u11af", "달"),
        ("", ""),
    ],
)
def test_what_no_file_system_takes_is_replaced(name: str, kept: str) -> None:
    assert safe_part(name) == kept


@pytest.mark.parametrize("name", ["CON", "con.png", "nul", "COM1.mp4", "a/b", "점.", "", "x" * 121])
def test_names_that_windows_refuses_are_known(name: str) -> None:
    assert not is_safe(name)


@given(st.integers(0, 10**9), st.text(max_size=150))
def test_every_camera_gets_a_name_that_every_system_takes(number: int, name: str) -> None:
    stem = file_stem(number, name, AT)
    assert stem.endswith("_20261122-140732")
    for file in islice(candidates(stem, ".png"), 3):
        assert is_safe(file)


def test_a_second_file_of_one_second_gets_a_number() -> None:
    assert list(islice(candidates("1_가", ".png"), 3)) == ["1_가.png", "1_가_2.png", "1_가_3.png"]
