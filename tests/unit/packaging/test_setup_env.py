from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.architecture.scripts import script

setup_env = script("setup_env")
HERE: Path = setup_env.HERE
TABLE = setup_env.TABLE.read_text(encoding="utf-8")


def test_every_line_of_the_table_says_what_for_in_both_languages() -> None:
    found = list(setup_env.packages(TABLE, ["run", "dev", "bench"]))
    assert len(found) > 40
    for package in found:
        assert all(package.names), package
        assert package.why_ko, package
        assert package.why_en.isascii(), package
    names = [package.names[0] for package in found]
    assert len(names) == len(set(names))


def test_the_demo_needs_less_than_the_tests() -> None:
    run = {package.names for package in setup_env.packages(TABLE, ["run"])}
    dev = {package.names for package in setup_env.packages(TABLE, ["run", "dev"])}
    assert run < dev


def test_an_alternative_name_counts() -> None:
    table = "run | libold/libnew | 가 | a\nrun | libother | 나 | b\n"
    wanted = setup_env.packages(table, ["run"])
    missing = setup_env.missing_of(wanted, {"libnew": True, "libother": False})
    assert [package.names for package in missing] == [("libother",)]


def test_footage_that_the_image_left_out_counts_as_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(setup_env, "FOOTAGE", tmp_path / "vtest.avi")
    wanted = list(setup_env.packages("run | opencv-doc | 가 | a", ["run"]))
    assert setup_env.missing_of(wanted, {"opencv-doc": True}) == wanted


def test_without_root_the_list_is_clear_and_nothing_is_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(setup_env, "ROOT", tmp_path)
    monkeypatch.setattr(setup_env, "as_root", lambda: None)
    monkeypatch.setattr(setup_env, "installed", lambda: {"libegl1": True})
    monkeypatch.setattr(sys, "argv", ["setup_env.py", "run"])

    assert setup_env.main() == 2

    said = capsys.readouterr().err
    assert "libegl1 " not in said
    assert "fonts-noto-cjk" in said
    assert "한글 글꼴" in said
    assert "apt-get install --no-install-recommends" in said
    assert not (tmp_path / ".venv").exists()


def test_root_installs_exactly_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Sequence[str]] = []
    have = {name: True for p in setup_env.packages(TABLE, ["run"]) for name in p.names}
    monkeypatch.delenv("GWANJE_NO_APT", raising=False)
    monkeypatch.setattr(setup_env, "as_root", lambda: ["sudo", "-n"])
    monkeypatch.setattr(setup_env, "installed", lambda: {**have, "xvfb": False})
    monkeypatch.setattr(setup_env, "run", ran.append)
    monkeypatch.setattr(setup_env, "FOOTAGE", setup_env.TABLE)

    setup_env.ensure_system(["run"])

    update, install = ran
    assert update[-1] == "update"
    assert install[:2] == ["sudo", "-n"]
    assert install[install.index("--no-install-recommends") + 1 :] == ["xvfb"]


def test_a_full_disk_is_told_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(setup_env, "ROOT", tmp_path)
    monkeypatch.setattr(setup_env, "FREE_BYTES", 1 << 60)
    with pytest.raises(setup_env.Stop, match="Not enough disk space"):
        setup_env.ensure_environment(setup_env.KINDS["run"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("version", "right"),
    [(None, False), ((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)],
)
def test_pythons_that_fit(version: tuple[int, int] | None, right: bool) -> None:
    assert setup_env.fits(version) is right


def test_a_shim_that_runs_nothing_is_no_python(tmp_path: Path) -> None:
    shim = tmp_path / "python3"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    assert setup_env.version_of(str(shim)) is None
    assert setup_env.version_of(str(tmp_path / "none")) is None
    assert setup_env.version_of(sys.executable) == sys.version_info[:2]


def test_a_wrong_python_is_told_with_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho 3 9\n")
    old.chmod(0o755)
    monkeypatch.setenv("GWANJE_PYTHON", str(old))
    with pytest.raises(setup_env.Stop, match=r"3\.9"):
        setup_env.find_python()


def test_the_stamp_changes_with_what_it_stands_for(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = setup_env.KINDS
    before = setup_env.key_of(kinds["dev"])
    assert setup_env.key_of(kinds["dev"]) == before
    assert setup_env.key_of(kinds["run"]) != before
    monkeypatch.setattr(setup_env, "ROOT", Path("/moved"))
    assert setup_env.key_of(kinds["dev"]) != before


def test_the_tests_stamp_is_good_for_the_demo(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(setup_env, "ROOT", tmp_path)
    (tmp_path / ".venv").mkdir()
    assert not setup_env.is_ready("run")
    setup_env.stamp_of("dev").write_text(setup_env.key_of(setup_env.KINDS["dev"]))
    assert setup_env.is_ready("run")
    assert setup_env.is_ready("dev")
    assert not setup_env.is_ready("bench")


def test_it_speaks_even_to_a_terminal_without_hangul(tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path / "packaging")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "packaging" / "setup_env.py"), "run"],
        env={
            "PYTHONIOENCODING": "ascii",
            "PATH": str(tmp_path),
            "GWANJE_PYTHON": str(tmp_path / "none"),
        },
        capture_output=True,
        text=True,
        timeout=25,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Python 3.11 to 3.13 is needed" in done.stderr
    assert "Traceback" not in done.stderr
