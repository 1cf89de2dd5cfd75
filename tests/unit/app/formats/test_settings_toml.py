from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.settings import SETTINGS, Kind
from app.formats.settings_toml import MOST_BYTES, Read, lines, read, written
from tests.fakes.settings import possible

WHOLE = {setting.name: possible(setting) for setting in SETTINGS}


def problems_of(text: str) -> list[str]:
    found = read(text.encode())
    return [problem.en for problem in found.problems]


def test_what_is_written_is_read() -> None:
    assert read(written(WHOLE).encode()) == Read(WHOLE)
    assert read(written({}).encode()) == Read({})


@given(st.text(min_size=1, max_size=40).filter(lambda s: s.strip() == s and s.isprintable()))
def test_any_name_of_a_site_comes_back(name: str) -> None:
    assert read(written({"site": name}).encode()).values == {"site": name}


def test_a_certificate_keeps_its_lines() -> None:
    pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
    assert read(f'hub_ca = """\n{pem}\n"""'.encode()).values == {"hub_ca": pem}
    assert read(written({"hub_ca": pem}).encode()).values == {"hub_ca": pem}


def test_a_preference_stands_at_the_top_or_in_its_table() -> None:
    text = 'kiosk = true\nlock_minutes = 5\n[preferences]\nlanguage = "en"\n'
    assert read(text.encode()).values == {"kiosk": True, "lock_minutes": 5, "language": "en"}


def test_all_that_is_wrong_is_said_with_its_line() -> None:
    said = problems_of(
        """format = 1
hub = 4
kiosks = true
theme = "dark"

[preferences]
replay_seconds = 5000
hub_ca = "ca.pem"
theme = "light"
"""
    )
    assert [line.split(":")[0] for line in said] == [
        "Line 2", "Line 3", "Line 7", "Line 8", "Line 9",
    ]  # fmt: skip
    assert "“hub”" in said[0]
    assert "mean “kiosk”" in said[1]
    assert "0 to 300" in said[2]
    assert "above [preferences]" in said[3]
    assert "twice" in said[4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_the_encodings_of_a_notepad(encoding: str) -> None:
    found = read('site = "가람시"\r\nkiosk = true\r\n'.encode(encoding))
    assert found.values == {"site": "가람시", "kiosk": True}
    assert bool(found.remarks) is (encoding == "cp949")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('site = "가람"'.encode("utf-16"), "UTF-8"),
        (b"kiosk = true\n# \xff\xfe\xff", "Line 2"),
        (b'hub = "https://hub.exa', "cut off"),
        (b'site = """\ngaram', "cut off"),
        (b"kiosk = true\nkiosk = false", "twice"),
        (b"kiosk = yes", "Line 1"),
        (b"x = " + b"[" * 100_000, "TOML"),
        (b"x" * (MOST_BYTES + 1), "Too large"),
        (b"format = 2\nkiosk = true", "Update"),
        (b'format = "1"', "format"),
    ],
)
def test_files_that_are_none(data: bytes, said: str) -> None:
    found = read(data)
    assert found.values == {}
    (problem,) = found.problems
    assert said in problem.en or said == "TOML"


@pytest.mark.parametrize(
    "text",
    [
        'hub_password = "geheim"',
        '[hub_login]\nname = "x"\nToken = "geheim"',
        '"암호" = "geheim"',
        'hub_ca = "-----BEGIN CERTIFICATE-----\\n-----BEGIN PRIVATE KEY-----geheim"',
        '[preferences]\napi_key = "geheim"',
    ],
)
def test_no_secret_belongs_there_and_none_is_repeated(text: str) -> None:
    found = read(f"kiosk = true\n{text}\n".encode())
    assert found.values == {}
    (problem,) = found.problems
    assert problem.en.startswith("Line ")
    assert "Take it out" in problem.en
    assert "geheim" not in str(found)


@given(st.binary(max_size=300))
def test_whatever_it_is_it_is_read_or_said(data: bytes) -> None:
    read(data)
    lines(data)


@given(st.integers(0, len(written(WHOLE).encode()) - 1))
def test_cut_anywhere_it_holds_nothing_that_was_not_in_it(at: int) -> None:
    found = read(written(WHOLE).encode()[:at])
    for name, value in found.values.items():
        # A number that was cut is a number; everything else is whole or not there.
        assert value == WHOLE[name] or isinstance(value, int)


def test_every_kind_is_written() -> None:
    assert {setting.kind for setting in SETTINGS} == set(Kind)
