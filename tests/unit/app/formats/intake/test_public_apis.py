"""Answers of the two polled services, generated in their form."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from app.domain.incident_type import TypeKey
from app.domain.intake import IntakeEvent, Kind, Rejected
from app.formats.intake import disaster_messages, its_incidents, public_answer

NOW = datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)
MESSAGE = {
    "SN": 231107,
    "CRT_DT": "2026/11/25 13:01:17",
    "MSG_CN": "[대구] 오늘 13:00 호우경보,\n하천변 접근 금지",
    "RCPTN_RGN_NM": "대구광역시 달서구,대구광역시 남구",
    "EMRG_STEP_NM": "안전안내",
    "DST_SE_NM": "호우",
    "REG_YMD": "2026-11-25",
    "MDFCN_YMD": "2026-11-25",
}
INCIDENT = {
    "type": "국도",
    "eventType": "교통사고",
    "eventDetailType": "추돌",
    "startDate": "20261125125500",
    "coordX": "128.5321",
    "coordY": "35.8412",
    "linkId": "1500012",
    "roadName": "국도5호선",
    "roadDrcType": "상행",
    "lanesBlockType": "",
    "lanesBlocked": "1차로",
    "message": "추돌사고 처리중",
    "endDate": "",
}
GATEWAY = (
    b"<OpenAPI_ServiceResponse><cmmMsgHeader><returnAuthMsg>abc</returnAuthMsg>"
    b"<returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
)


def messages(body: object, code: str = "00") -> list[IntakeEvent | Rejected]:
    header = {"resultMsg": "NORMAL SERVICE", "resultCode": code, "errorMsg": None}
    answer = {"header": header, "numOfRows": 10, "pageNo": 1, "totalCount": 1, "body": body}
    return disaster_messages.events(json.dumps(answer).encode(), NOW)


def incidents(items: object, code: object = 0) -> list[IntakeEvent | Rejected]:
    answer = {
        "header": {"resultCode": code, "resultMsg": "OK"},
        "body": {"totalCount": 1, "items": items},
    }
    return its_incidents.events(json.dumps(answer).encode(), NOW)


@pytest.mark.parametrize("body", [[MESSAGE], MESSAGE, [MESSAGE, MESSAGE]])
def test_a_disaster_message(body: object) -> None:
    (found,) = messages(body)
    text = "[대구] 오늘 13:00 호우경보, 하천변 접근 금지"
    assert found == IntakeEvent(
        source="safetydata",
        external="231107",
        kind=Kind.OCCURRED,
        type=TypeKey.DISASTER,
        occurred_at=datetime(2026, 11, 25, 4, 1, 17, tzinfo=UTC),
        title=f"호우: {text}",
        place="대구광역시 달서구,대구광역시 남구",
        facts={
            "kind": "호우",
            "step": "안전안내",
            "regions": "대구광역시 달서구,대구광역시 남구",
            "message": text,
        },
        severity="안전안내",
    )


@pytest.mark.parametrize("items", [[INCIDENT], INCIDENT, {"item": [INCIDENT]}, {"item": INCIDENT}])
def test_an_incident_on_the_road(items: object) -> None:
    (found,) = incidents(items)
    assert isinstance(found, IntakeEvent)
    assert (found.source, found.type, found.kind) == ("its", TypeKey.TRAFFIC, Kind.OCCURRED)
    assert (found.title, found.place) == ("교통사고 추돌", "국도5호선 상행")
    assert (found.latitude, found.longitude) == (35.8412, 128.5321)
    assert found.occurred_at == datetime(2026, 11, 25, 3, 55, tzinfo=UTC)
    assert found.facts["lanes_blocked"] == "1차로"
    assert "ends" not in found.facts


def test_the_same_incident_has_the_same_number_when_its_words_change() -> None:
    (first,) = incidents([INCIDENT])
    (later,) = incidents([{**INCIDENT, "message": "처리 완료", "endDate": "20261125130000"}])
    (other,) = incidents([{**INCIDENT, "startDate": "20261125130000"}])
    assert isinstance(first, IntakeEvent)
    assert isinstance(later, IntakeEvent)
    assert isinstance(other, IntakeEvent)
    assert first.external == later.external != other.external
    assert later.kind is Kind.ENDED


@pytest.mark.parametrize("empty", [None, [], "", {}])
def test_an_empty_answer_is_no_event_and_no_error(empty: object) -> None:
    assert messages(empty) == []
    assert incidents(empty) == []


@pytest.mark.parametrize("row", [7, "text", {"MSG_CN": "x"}, []])
def test_rows_that_are_none_do_not_hide_the_others(row: object) -> None:
    bad, good = messages([row, MESSAGE])
    assert isinstance(bad, Rejected)
    assert isinstance(good, IntakeEvent)
    bad, good = incidents([row, INCIDENT])
    assert isinstance(bad, Rejected)
    assert isinstance(good, IntakeEvent)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"{", "JSON"),
        (b"7", "another form"),
        (b'{"header": {"resultCode": "30"}}', "error: 30"),
        (b'{"response": {"header": {"resultCode": 22}}}', "error: 22"),
        (b'{"resultCode": "KEY=abc"}', "error: ?"),
        (GATEWAY, "error: 30"),
        (b"<html>gone</html>", "error: XML"),
    ],
)
def test_errors(data: bytes, said: str) -> None:
    for read in (disaster_messages.events, its_incidents.events):
        (found,) = read(data, NOW)
        assert isinstance(found, Rejected)
        assert said in found.reason.en
        assert "abc" not in found.reason.en


def test_an_answer_without_a_header_is_taken() -> None:
    assert public_answer.body_of(b'{"response": {"data": []}}') == {"data": []}
