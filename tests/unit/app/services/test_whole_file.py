"""Files that are there whole or not at all: app.services.whole_file."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import Unavailable
from app.services.whole_file import write_whole


def test_it_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "대장.csv"
    file.write_bytes(b"old")
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_what_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "a folder.csv"
    folder.mkdir()
    with pytest.raises(Unavailable, match=r"a folder\.csv"):
        write_whole(folder, b"new")
    assert list(tmp_path.iterdir()) == [folder]
    with pytest.raises(Unavailable, match=r"x\.csv"):
        write_whole(tmp_path / "none" / "x.csv", b"new")


def test_a_name_that_is_too_long_is_said_too(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be saved"):
        write_whole(tmp_path / ("가" * 84 + ".j"), b"new")
