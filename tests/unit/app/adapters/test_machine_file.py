from __future__ import annotations

from pathlib import Path

import pytest

from app.adapters import machine_file
from app.adapters.machine_file import FILE_NAME, folder, put, read
from app.domain.errors import Unavailable
from app.services.layers import Found


def test_it_is_where_only_an_administrator_writes() -> None:
    assert folder("linux") == Path("/etc/gwanje")


def test_no_variable_of_a_person_moves_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WIN_PD_OVERRIDE_COMMON_APPDATA", str(tmp_path))
    monkeypatch.setattr(machine_file, "program_data", lambda: Path("P"))
    assert folder("win32") == Path("P") / "gwanje"

    def nowhere() -> Path:
        raise OSError

    monkeypatch.setattr(machine_file, "program_data", nowhere)
    assert str(folder("win32")).startswith("C:")


def test_a_file_of_somebody_else_is_not_used_and_said(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text("kiosk = true\n")
    assert read(file, lambda _: False).values == {"kiosk": True}
    found = read(file, lambda _: True)
    assert found.values == {}
    assert "Administrators" in found.problems[0].en


def test_the_one_before_is_kept_and_the_same_is_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / FILE_NAME
    assert put(file, "kiosk = true\n")
    kept = file.with_name(f"{FILE_NAME}.bak")
    assert not kept.exists()
    assert put(file, "kiosk = false\n")
    assert kept.read_text() == "kiosk = true\n"
    assert not put(file, "kiosk = false\n")
    assert kept.read_text() == "kiosk = true\n"
    assert read(file) == Found({"kiosk": False})
    assert sorted(one.name for one in file.parent.iterdir()) == [FILE_NAME, kept.name]
    assert file.stat().st_mode & 0o777 == 0o644


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "gwanje").write_text("a file")
    with pytest.raises(Unavailable) as caught:
        put(tmp_path / "gwanje" / FILE_NAME, "")
    assert "administrator" in caught.value.text.en


def test_a_file_that_cannot_be_replaced_is_said(tmp_path: Path) -> None:
    (tmp_path / f"{FILE_NAME}.part").mkdir()
    with pytest.raises(Unavailable) as caught:
        put(tmp_path / FILE_NAME, "kiosk = true\n")
    assert FILE_NAME in caught.value.text.en


def test_no_file_is_nothing_and_a_wrong_one_is_said(tmp_path: Path) -> None:
    assert read(tmp_path / FILE_NAME) == Found()
    (tmp_path / FILE_NAME).write_text("kiosks = true\ndwell_seconds = 3\n")
    found = read(tmp_path / FILE_NAME)
    assert found.values == {"dwell_seconds": 3}
    assert str(tmp_path) in found.problems[0].en
    assert "Line 1" in found.problems[0].en
    assert len(read(tmp_path).problems) == 1  # a folder
