from __future__ import annotations

import pytest

from app.domain.errors import BadInput
from app.formats import camera_rows, table
from app.formats.camera_rows import Problems, Row


def read(text: str | bytes) -> tuple[list[Row], Problems]:
    problems = Problems()
    return table.read(text.encode() if isinstance(text, str) else text, problems), problems


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        ("name,주소\na,b\n".encode("utf-16"), "UTF-16"),
        ("name,주소\na,b\n".encode("utf-16-be"), "not text"),
        (b"name,main_url\na\0,b", "not text"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "Excel"),
        (b"one,two\n1,2\n", "Not a camera list"),
        ("주소\n대구\n".encode(), "Not a camera list"),
        (b"\xff\xd8\xff\xe0JFIF", "Not a camera list"),
        ("관리번호,안전비상벨관리번호,소재지도로명주소\n".encode("cp949"), "emergency bells"),
    ],
)
def test_what_is_no_camera_list_says_so(data: bytes, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(data)
    assert words in caught.value.text.en
    assert caught.value.text.ko != caught.value.text.en


def test_a_file_can_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_rows, "MAX_BYTES", 20)
    with pytest.raises(BadInput, match="larger than 100 MB"):
        read("name,main_url\n" * 2)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("설치년월", "installed"),
        ("설치연월", "installed"),
        ("WGS84위도", "latitude"),
        ("wgs84 위도", "latitude"),
        ("위도", "latitude"),
        ("WGS84경도", "longitude"),
        ("\ufeff'관리번호'", "id"),
        ("Main_URL", "main_url"),
    ],
)
def test_words_of_the_header(header: str, column: str) -> None:
    rows, _ = read(f"name,main_url2,{header},주소,x\n,,v,w,\n")
    assert rows[0][column] == "v"
    assert rows[0]["road_address"] == "w"


SECRETS = "10.9.8.7,admin,geheim1,geheim2,8554"


@pytest.mark.parametrize(
    "header",
    [
        "IP,ID,PASSWD,비밀번호,port",
        "CCTVIP,user,Password,암호,포트",
        "IP 주소,로그인ID,pass_word,pw,x",
        "camera_ip,아이디,passwd,패스워드,포트번호",
    ],
)
def test_columns_of_devices_are_not_read_and_their_values_never_told(header: str) -> None:
    rows, problems = read(f"name,주소,{header}\n문,대구,{SECRETS}\n둘,대구,{SECRETS},too,wide\n")
    said = repr(rows) + repr(problems)
    assert not any(secret in said for secret in SECRETS.split(","))
    first, wide = problems.found
    assert header.split(",", maxsplit=1)[0] in first.reason.en
    assert wide.skipped


def test_a_column_that_comes_twice_counts_the_first_time() -> None:
    rows, _ = read("name,위도,위도\n문,1,2\n")
    assert rows[0]["latitude"] == "1"


def test_more_fields_than_the_header_are_skipped() -> None:
    rows, problems = read("name,주소\na,대구, 달서구\nb,대구,,\nc\n")
    assert [row["name"] for row in rows] == ["b", "c"]
    assert [(p.line, p.skipped) for p in problems.found] == [(2, True)]


def test_a_quotation_mark_that_is_not_closed_costs_one_row() -> None:
    lines = ["name,주소", '"open,대구', *(f"n{i},대구" for i in range(60)), '5" pipe,대구']
    rows, problems = read("\n".join(lines))
    assert len(rows) == 61
    assert rows[-1]["name"] == '5" pipe'
    assert [(p.line, p.skipped) for p in problems.found] == [(2, True)]


def test_a_field_too_long_for_the_csv_module_is_skipped() -> None:
    rows, problems = read(f"name,주소\n{'x' * 200_000},대구\nb,대구\n")
    assert [row["name"] for row in rows] == ["b"]
    assert [p.line for p in problems.found] == [2]


def test_bytes_of_no_encoding_are_told_by_line() -> None:
    rows, problems = read("name,주소\n문,대구\n".encode("cp949") + b"\xff\xfe\xff,x\n")
    assert rows[0]["name"] == "문"
    assert [(p.line, p.skipped) for p in problems.found] == [(3, False)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    rows, _ = read(f"name,주소{end}a,b{end}c,d")
    assert [(row.line, row["name"]) for row in rows] == [(2, "a"), (3, "c")]
