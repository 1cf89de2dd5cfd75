from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.adapters import machine_file
from app.domain.errors import BadInput, Unavailable
from app.provision import run
from tests.fakes.certificates import server_tls

GOOD = """format = 1
hub = "https://hub.example"
hub_ca = "hub-ca.pem"
site = "가람시 관제센터"
kiosk = true
monitors = "main=1, 2=2"

[preferences]
language = "en"
lock_minutes = 15
"""


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A good file and the certificate beside it."""
    _, certificate = server_tls(tmp_path)
    certificate.rename(tmp_path / "hub-ca.pem")
    file = tmp_path / "gwanje-provision.toml"
    file.write_text(GOOD, encoding="utf-8")
    return file


def refused(file: Path, folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        run(file, only_check=False, folder=folder)
    assert not folder.exists()
    return caught.value.text.en


def test_the_machine_has_all_of_it_in_one_file(given: Path, tmp_path: Path) -> None:
    folder = tmp_path / "machine"
    said = run(given, only_check=False, folder=folder)
    found = machine_file.read(folder / machine_file.FILE_NAME)
    assert found.problems == ()
    assert found.values == {
        "hub": "https://hub.example",
        "hub_ca": (tmp_path / "hub-ca.pem").read_text().strip(),
        "site": "가람시 관제센터",
        "monitors": "main=1, 2=2",
        "kiosk": True,
        "language": "en",
        "lock_minutes": 15,
    }
    words = "\n".join(map(str, said))
    assert "https://hub.example" in words
    assert "Start as a kiosk = true" in words
    assert "MII" not in words


def test_twice_is_once_and_the_one_before_is_kept(given: Path, tmp_path: Path) -> None:
    folder = tmp_path / "machine"
    run(given, only_check=False, folder=folder)
    first = (folder / machine_file.FILE_NAME).read_bytes()
    assert "already" in run(given, only_check=False, folder=folder)[-1].en
    assert [one.name for one in folder.iterdir()] == [machine_file.FILE_NAME]
    given.write_text("kiosk = false\n")
    run(given, only_check=False, folder=folder)
    assert (folder / f"{machine_file.FILE_NAME}.bak").read_bytes() == first


def test_what_is_said_of_it_holds_no_password(given: Path, tmp_path: Path) -> None:
    given.write_text("layout = 'rtsp://kim:geheim@10.0.0.1'\ntheme = 'rtsp://kim:geheim@h'\n")
    assert "geheim" not in refused(given, tmp_path / "machine")
    given.write_text("site = 'rtsp://kim:geheim@10.0.0.1'\n")
    said = run(given, only_check=True, folder=tmp_path / "machine")
    assert "geheim" not in "".join(map(str, said))


def test_only_looking_writes_nothing(given: Path, tmp_path: Path) -> None:
    said = run(given, only_check=True, folder=tmp_path / "machine")
    assert said[-1].en == "Nothing is wrong."
    assert not (tmp_path / "machine").exists()


def test_everything_that_is_wrong_is_said_at_once(given: Path, tmp_path: Path) -> None:
    given.write_text(
        GOOD.replace("https://hub.example", "http://hub.example")
        .replace('"hub-ca.pem"', '"gone.pem"')
        .replace("kiosk = true", "kiosks = true")
        .replace("lock_minutes = 15", "lock_minutes = 9999"),
        encoding="utf-8",
    )
    said = refused(given, tmp_path / "machine")
    for part in ("4 wrong", "Line 2", "https", "Line 3", "hub_ca", "Line 5", "mean “kiosk”",
                 "Line 10", "0 to 1440"):  # fmt: skip
        assert part in said


@pytest.mark.parametrize(
    "authority",
    [
        "-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----",
        "key.pem",
        "gwanje-provision.toml",
    ],
)
def test_an_authority_that_is_no_certificate(given: Path, tmp_path: Path, authority: str) -> None:
    given.write_text(f'hub_ca = "{authority}"\n')
    assert "“hub_ca” is no certificate" in refused(given, tmp_path / "machine")


def test_a_certificate_that_ended_is_mentioned(given: Path, tmp_path: Path) -> None:
    server_tls(tmp_path, days=-1)
    given.write_text('hub_ca = "certificate.pem"\n')
    assert "not valid now" in run(given, only_check=True)[0].en


@pytest.mark.parametrize("text", ["", "format = 1\n", 'password = "x"\n', GOOD[:40]])
def test_files_that_set_nothing_or_must_not(given: Path, tmp_path: Path, text: str) -> None:
    given.write_text(text)
    assert "nothing was changed" in refused(given, tmp_path / "machine")


def test_no_rights_are_said(given: Path, tmp_path: Path) -> None:
    (tmp_path / "machine").write_text("a file where the folder should be")
    with pytest.raises(Unavailable) as caught:
        run(given, only_check=False, folder=tmp_path / "machine")
    assert "administrator" in caught.value.text.en


def test_a_file_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        run(tmp_path, only_check=True)


def test_the_program_answers_with_its_exit_status(given: Path, root: Path) -> None:
    def asked() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-X", "utf8", str(root / "main.py"),
             "--provision", str(given), "--check"],
            capture_output=True, text=True, check=False, encoding="utf-8",
        )  # fmt: skip

    good = asked()
    assert (good.returncode, good.stderr) == (0, "")
    assert "가람시 관제센터" in good.stdout
    given.write_text("kiosks = true\n")
    bad = asked()
    assert (bad.returncode, bad.stdout) == (2, "")
    assert "kiosks" in bad.stderr
