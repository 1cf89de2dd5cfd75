from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.incident_type import TypeKey
from app.domain.intake import IntakeEvent, Kind, Rejected
from app.formats.intake import platform_socket
from app.formats.intake.platform_frame import Header
from app.formats.intake.platform_layouts import LAYOUTS
from app.formats.intake.platform_socket import Login, Received

# 13:04:05 in Korea.
NOW = datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)
HEAD_112 = "101020261125130405112UCP202611251304050000000000"
HEAD_119 = HEAD_112.replace("112UCP", "119UCP")
HEAD_WP1 = HEAD_112.replace("112UCP", "WP1UCP")
BODY_112 = "112-7|C1|납치|128.5321|35.8412|대구광역시 달서구 월성동 1|2729011200|20261125130300|kim"
BODY_119 = "119-9|화재|주택|128.5321|35.8412|대구 달서구 월배로 1|27|20261125130300|lee"
BODY_WP1 = (
    "W-1|배회감지|128.5321|35.8412|대구 달서구 월성동 2|2729011200|R9|박순이|010-0000-0000|"
    "19400101|여|대구 달서구|박보호|010-1111-1111|20261125130300||키 160|치매|op1"
)


def received(text: str) -> Received:
    return platform_socket.receive(text.encode(), NOW)


def event(text: str) -> IntakeEvent:
    content = received(text).content
    assert isinstance(content, IntakeEvent), content
    return content


def refused(text: str) -> str:
    content = received(text).content
    assert isinstance(content, Rejected), content
    return content.reason.en


def remarks(text: str) -> list[str]:
    return [problem.en for problem in event(text).problems]


def test_a_request_of_112() -> None:
    assert event(HEAD_112 + BODY_112) == IntakeEvent(
        source="112",
        external="112-7",
        kind=Kind.OCCURRED,
        type=TypeKey.EMERGENCY_VIDEO,
        occurred_at=datetime(2026, 11, 25, 4, 3, tzinfo=UTC),
        title="납치",
        place="대구광역시 달서구 월성동 1",
        latitude=35.8412,
        longitude=128.5321,
        emd_code="2729011200",
        facts={"grade": "C1", "class": "납치", "user": "kim"},
        severity="C1",
        problems=(platform_socket._LENGTH,),
    )


def test_a_request_of_119() -> None:
    found = event(HEAD_119 + BODY_119)
    assert (found.source, found.type) == ("119", TypeKey.FIRE_DISPATCH)
    assert found.title == "화재 주택"
    assert found.emd_code == ""
    assert found.facts["emd"] == "27"


def test_what_tells_who_a_vulnerable_person_is_stays_apart() -> None:
    found = event(HEAD_WP1 + BODY_WP1)
    assert found.type == TypeKey.VULNERABLE_PERSON
    assert found.facts == {"service": "배회감지", "reference": "R9", "user": "op1"}
    assert found.person == {
        "name": "박순이",
        "phone": "010-0000-0000",
        "birth": "19400101",
        "sex": "여",
        "home": "대구 달서구",
        "guardian": "박보호",
        "guardian_phone": "010-1111-1111",
        "profile": "키 160",
        "remarks": "치매",
    }
    assert "박순이" not in repr(found)


@pytest.mark.parametrize(
    ("code", "kind"),
    [("40", Kind.CHANGED), ("50", Kind.RELEASED), ("91", Kind.ENDED)],
)
def test_progress(code: str, kind: Kind) -> None:
    assert event(f"10{code}{HEAD_112[4:]}{BODY_112}").kind is kind


def test_latitude_before_longitude_is_corrected_and_told() -> None:
    found = event(HEAD_119 + BODY_119.replace("128.5321|35.8412", "35.8412|128.5321"))
    assert (found.latitude, found.longitude) == (35.8412, 128.5321)
    assert "latitude and longitude were swapped; corrected" in [p.en for p in found.problems]


@pytest.mark.parametrize(
    ("place", "remark", "kept"),
    [
        ("131.2|36.4", "the position lies at sea", True),
        ("-0.1278|51.5", "the position lies outside Korea; left blank", False),
        ("0|0", "the position lies outside Korea; left blank", False),
        ("east|35.8", "the position cannot be read; left blank", False),
        ("128.5|", "the position cannot be read; left blank", False),
    ],
)
def test_a_place_that_cannot_be_is_told(place: str, remark: str, kept: bool) -> None:
    found = event(HEAD_112 + BODY_112.replace("128.5321|35.8412", place))
    assert remark in [problem.en for problem in found.problems]
    assert (found.latitude is not None) is kept


@pytest.mark.parametrize(
    ("time", "remark"),
    [
        ("20261125131000", "future"),
        ("21001125130300", "future"),
        ("20261325130300", "cannot be read"),
        ("yesterday", "cannot be read"),
    ],
)
def test_a_time_that_cannot_be_is_told_and_left_blank(time: str, remark: str) -> None:
    found = event(HEAD_112 + BODY_112.replace("20261125130300", time))
    assert found.occurred_at is None
    assert any(remark in problem.en for problem in found.problems)


def test_a_clock_that_runs_a_little_ahead_is_nothing_to_tell() -> None:
    found = event(HEAD_112 + BODY_112.replace("20261125130300", "20261125130800"))
    assert found.occurred_at == NOW + timedelta(minutes=3, seconds=55)


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (len(BODY_112), False),
        (len(BODY_112) + 1, False),
        (len(BODY_112.encode()), False),
        (len(BODY_112) + 48, False),
        (7, True),
        (9_999_999_999, True),
    ],
)
def test_the_length_is_a_hint(length: int, told: bool) -> None:
    text = f"{HEAD_112[:38]}{length:010d}{BODY_112}"
    assert ("the stated length is not that of the message" in remarks(text)) is told


def test_a_length_that_is_none_is_no_matter() -> None:
    assert remarks(f"{HEAD_112[:38]}          {BODY_112}") == []


@pytest.mark.parametrize(
    "text",
    [
        HEAD_112 + BODY_112.replace("112-7|", "112-7|112-7|"),
        HEAD_112 + BODY_112 + "|112-7",
        HEAD_112 + BODY_112 + "|",
        HEAD_WP1 + BODY_WP1 + "|대구 달서구 월성동 2",
    ],
)
def test_a_doubled_field_is_left_out_and_told(text: str) -> None:
    found = event(text)
    assert "a superfluous field was left out" in [problem.en for problem in found.problems]
    assert found.external in {"112-7", "W-1"}
    assert (found.latitude, found.longitude) == (35.8412, 128.5321)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "header cannot be read"),
        ("hello", "header cannot be read"),
        (HEAD_112[:47], "header cannot be read"),
        (HEAD_112.replace("112UCP", "112 UC"), "header cannot be read"),
        (HEAD_112.replace("20261125130405", "20261345130405", 1), "not a date and time"),
        (HEAD_112, "1 fields instead of 9"),
        (HEAD_112 + "a|b|c", "3 fields instead of 9"),
        (HEAD_112 + BODY_112 + "|x|y", "11 fields instead of 9"),
        (HEAD_112 + BODY_112 + "|x", "10 fields instead of 9"),
        (HEAD_119 + BODY_119 + "|x", "10 fields instead of 9"),
        ("20" + HEAD_112[2:] + BODY_112, "unknown message code: 20/10, 112"),
        ("1077" + HEAD_112[4:] + BODY_112, "unknown message code: 10/77, 112"),
        (HEAD_112.replace("112UCP", "113UCP") + BODY_112, "unknown message code: 10/10, 113"),
        (HEAD_112 + BODY_112.replace("112-7", " "), "incident number is blank"),
    ],
)
def test_what_cannot_be_understood(text: str, reason: str) -> None:
    assert reason in refused(text)


def test_bytes_that_are_no_utf8() -> None:
    frame = (HEAD_112 + BODY_112).encode("cp949")
    found = platform_socket.receive(frame, NOW)
    assert isinstance(found.content, Rejected)
    assert found.content.reason.en == "bytes that are not UTF-8"
    assert found.content.at == (HEAD_112 + BODY_112).index("납")
    assert found.header is not None
    assert found.header.sender == "112"


def test_a_blank_or_long_field_of_a_vulnerable_person_is_told() -> None:
    blank = remarks(HEAD_WP1 + BODY_WP1.replace("박보호", ""))
    assert "a required field is blank: guardian" in blank
    long = remarks(HEAD_WP1 + BODY_WP1.replace("박보호", "보" * 21))
    assert "a field is too long: guardian (21 > 20)" in long
    assert not any("보보" in remark for remark in long)


@pytest.mark.parametrize("body", ["u7|||||||||", "u720261125130405kor|||||||||", "u7"])
def test_a_login(body: str) -> None:
    assert received("9999" + HEAD_112[4:] + body).content == Login("u7")


def test_another_receiver_is_told() -> None:
    text = HEAD_112.replace("112UCP", "112DUC") + BODY_112
    assert "the receiving system is not UCP" in remarks(text)


def test_a_stored_body_with_several_messages() -> None:
    login = platform_socket.write_login("112", "u7", NOW)
    good = f"{HEAD_112}{BODY_112};;".encode()
    found = platform_socket.events(login + good + b"junk;" + good + HEAD_112.encode(), NOW)
    assert [type(one) for one in found] == [IntakeEvent, Rejected, IntakeEvent, Rejected]
    last = found[-1]
    assert isinstance(last, Rejected)
    assert "broke off" in last.reason.en


def test_two_messages_without_an_end_between_them() -> None:
    found = platform_socket.events(f"{HEAD_112}{BODY_112}\n{HEAD_119}{BODY_119};".encode(), NOW)
    assert [one.source for one in found if isinstance(one, IntakeEvent)] == ["112", "119"]


def test_answers() -> None:
    good = f"{HEAD_112[:38]}{len(BODY_112):010d}{BODY_112}"
    said = {
        "accepted": platform_socket.answer(received(good), NOW).decode(),
        "remarks": platform_socket.answer(received(HEAD_112 + BODY_112), NOW).decode(),
        "refused": platform_socket.answer(received(HEAD_112 + "a|b"), NOW).decode(),
        "nobody": platform_socket.answer(received("junk"), NOW).decode(),
    }
    assert said["accepted"] == "101020261125130405UCP112202611251304050000000005" + "00|정상;"
    assert said["remarks"].endswith("10|전문 길이가 실제와 다릅니다;")
    assert said["refused"].endswith("90|항목 수가 9개가 아니라 2개입니다;")
    assert "UCP000" in said["nobody"]
    assert {name: platform_socket.read_answer(text.encode()) for name, text in said.items()} == {
        "accepted": (True, "정상"),
        "remarks": (True, "전문 길이가 실제와 다릅니다"),
        "refused": (False, "항목 수가 9개가 아니라 2개입니다"),
        "nobody": (False, "전문 머리 48자를 읽을 수 없습니다"),
    }
    assert isinstance(platform_socket.read_answer(b"\xff"), Rejected)


def test_what_is_written_is_read_back() -> None:
    values = {"external": "A-1", "class": "강도|2; 흉기", "longitude": "128.5", "latitude": "35.8"}
    frame = platform_socket.write_event("112", Kind.CHANGED, NOW, values)
    (found,) = platform_socket.events(frame, NOW)
    assert isinstance(found, IntakeEvent)
    assert (found.external, found.kind, found.title) == ("A-1", Kind.CHANGED, "강도｜2； 흉기")
    assert found.problems == ()
    assert found.occurred_at == NOW
    track = platform_socket.receive(
        platform_socket.write_event("112", Kind.POSITION, NOW, values)[:-1], NOW
    )
    assert isinstance(track.header, Header)
    assert track.header.progress == "40"


def test_every_layout_names_its_fields_once() -> None:
    for layout in LAYOUTS.values():
        names = [field.name for field in layout.fields]
        assert len(set(names)) == len(names)
        assert {*layout.title, "external", "latitude", "longitude", "place"} <= set(names)
        assert layout.doubled in {"", *names}
