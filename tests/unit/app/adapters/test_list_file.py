"""The camera list of a console without a hub."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.adapters.list_file import ListFile
from app.domain.errors import BadInput, Failure
from app.domain.text import Text

LIST = """관리번호,관리기관명,소재지지번주소,위도,경도,number,name,sub_url
1,달서구청,상인동 1,35.8142,128.5331,1021,월성네거리 북,rtsp://a:b@10.0.0.1/sub
2,달서구청,상인동 2,128.5331,35.8142,1022,상인역 4번출구,rtsp://10.0.0.2/sub
3,달서구청,상인동 3,35.8142,128.5331,1023,두류공원,ftp://admin:secret@10.0.0.3/sub
"""


def nobody(_words: Text, _fraction: float) -> None:
    pass


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
async def test_a_list_is_read_and_its_problems_are_told(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "달서구.csv"
    file.write_text(LIST, encoding=encoding)
    told: list[str] = []
    listed = await ListFile(file).load(lambda words, _: told.append(words.en))
    assert listed.cameras.by_number[1021].name == "월성네거리 북"
    assert listed.cameras.by_number[1022].latitude == 35.8142
    assert [problem.en.split(":")[0] for problem in listed.problems] == [
        "달서구.csv, line 3",
        "달서구.csv, line 4",
    ]
    assert all("secret" not in str(problem) for problem in listed.problems)
    assert "달서구.csv" in listed.origin.ko
    assert told == ["Reading the camera list"]


async def test_a_file_that_is_no_list_is_told_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"\x00\x01\x02")
    with pytest.raises(BadInput, match=r"list\.csv"):
        await ListFile(file).load(nobody)


async def test_a_file_that_went_away_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(Failure) as told:
        await ListFile(tmp_path / "gone.csv").load(nobody)
    assert str(tmp_path / "gone.csv") in told.value.text.ko


async def test_a_file_too_large_to_be_a_list_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "film.csv"
    file.touch()
    os.truncate(file, 101_000_000)
    with pytest.raises(BadInput, match="100 MB"):
        await ListFile(file).load(nobody)
