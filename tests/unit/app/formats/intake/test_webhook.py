from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.incident_type import TypeKey
from app.domain.incident_types import INCIDENT_TYPES
from app.domain.intake import IntakeEvent, Kind, Rejected
from app.formats.intake import webhook
from app.formats.intake.webhook_types import EVENT_TYPES

NOW = datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)


def body(kind: str, data: object, **attributes: object) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": "e-1",
        "source": "urn:dalseo:bells",
        "type": f"kr.gwanje.{kind}",
        "time": "2026-11-25T13:04:00+09:00",
        "data": data,
        **attributes,
    }


def one(value: object, headers: dict[str, str] | None = None) -> IntakeEvent | Rejected:
    (found,) = webhook.events(json.dumps(value).encode(), headers or {}, NOW)
    return found


def event(kind: str, data: dict[str, Any], **attributes: object) -> IntakeEvent:
    found = one(body(kind, data, **attributes))
    assert isinstance(found, IntakeEvent), found
    return found


def reason(value: object) -> str:
    found = one(value)
    assert isinstance(found, Rejected)
    return found.reason.en


def test_a_bell() -> None:
    data = {
        "bell": "2022-47",
        "place": "중동 61-8",
        "latitude": 36.3314,
        "longitude": "127.4302",
        "emd": "3011010100",
        "camera": "202636400000800323",
        "phone": "042-000-0000",
    }
    assert event("bell.pressed", data) == IntakeEvent(
        source="urn:dalseo:bells",
        external="e-1",
        kind=Kind.OCCURRED,
        type=TypeKey.EMERGENCY_BELL,
        occurred_at=datetime(2026, 11, 25, 4, 4, tzinfo=UTC),
        title=INCIDENT_TYPES[TypeKey.EMERGENCY_BELL].name.ko,
        place="중동 61-8",
        latitude=36.3314,
        longitude=127.4302,
        emd_code="3011010100",
        camera="202636400000800323",
        facts={"bell": "2022-47", "phone": "042-000-0000"},
    )


def test_several_messages_of_one_incident() -> None:
    found = event(
        "anklet.violation",
        {"incident": "A-7", "state": "position", "reason": "curfew", "name": "김모", "severity": 3},
    )
    assert (found.external, found.kind, found.severity) == ("A-7", Kind.POSITION, "3")
    assert found.person == {"name": "김모"}
    assert found.problems == ()
    assert "김모" not in repr(found)


@pytest.mark.parametrize("given", [None, "other", "", "forbidden_zone"])
def test_an_anklet_without_a_legal_reason_is_told(given: str | None) -> None:
    problems = event("anklet.violation", {"reason": given}).problems
    assert "no video may be shared" in problems[-1].en


def test_a_plate_is_written_in_one_form() -> None:
    found = event("plate.hit", {"plate": "12가-3456", "reason": "절도"})
    assert found.facts == {"plate": "12가3456", "reason": "절도"}
    assert found.type == TypeKey.WANTED_VEHICLE
    assert "form" in event("plate.hit", {"plate": "ABC"}).problems[0].en
    assert event("plate.hit", {}).problems[0].en == "a field is blank: plate"


@pytest.mark.parametrize(
    ("box", "kept", "told"),
    [
        ([0.1, 0.25, 0.5, 1], "0.1,0.25,0.5,1", False),
        ([0.1, 0.2, 0.3], None, True),
        ([0.1, 0.2, 0.3, 2], None, True),
        ([0.1, 0.2, 0.3, True], None, True),
        ("all", "all", True),
    ],
)
def test_where_in_the_picture(box: object, kept: str | None, told: bool) -> None:
    found = event("analytics.intrusion", {"box": box, "confidence": 0.93, "region": "담장"})
    assert found.type == TypeKey.INTRUSION
    assert found.facts["confidence"] == "0.93"
    assert bool(found.problems) is told
    assert told or found.facts["box"] == kept


def test_a_geojson_point_is_longitude_first() -> None:
    point = {"type": "Point", "coordinates": [128.53, 35.84]}
    found = event("market-fire.detected", {"market": "서남", "location": point, "owner": "박"})
    assert (found.latitude, found.longitude) == (35.84, 128.53)
    assert found.problems == ()
    assert found.person == {"owner": "박"}


def test_the_binary_form() -> None:
    headers = {
        "Content-Type": "application/json",
        "Ce-Specversion": "1.0",
        "CE-Id": "e%202",
        "ce-source": "urn:x",
        "ce-type": "kr.gwanje.citizen.call",
    }
    found = one({"name": "이", "trigger": "shake"}, headers)
    assert isinstance(found, IntakeEvent)
    assert (found.external, found.type) == ("e 2", TypeKey.CITIZEN_APP)
    assert found.facts == {"trigger": "shake"}
    assert found.occurred_at is None


def test_a_batch_keeps_the_good_ones() -> None:
    good = body("bell.pressed", {"bell": "1"})
    found = webhook.events(json.dumps([good, 7, good]).encode(), {}, NOW)
    assert [type(each) for each in found] == [IntakeEvent, Rejected, IntakeEvent]
    many = webhook.events(json.dumps([7] * 1002).encode(), {}, NOW)
    assert len(many) == 1001
    assert webhook.events(b"[]", {}, NOW) == []


def test_data_in_base64() -> None:
    value = body("bell.pressed", None)
    value["data_base64"] = base64.b64encode(b'{"bell": "9"}').decode()
    found = one(value)
    assert isinstance(found, IntakeEvent)
    assert found.facts == {"bell": "9"}
    assert reason({**value, "data_base64": "?"}) == "data is not a JSON object"
    assert reason({**value, "data_base64": ""}) == "data is not a JSON object"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (7, "CloudEvents 1.0"),
        ({}, "CloudEvents 1.0"),
        (body("bell.pressed", {}, specversion="0.3"), "CloudEvents 1.0"),
        (body("bell.pressed", {}, id=""), "CloudEvents 1.0"),
        (body("bell.pressed", {}, source=None), "CloudEvents 1.0"),
        (body("bell.pressed", "text"), "data is not a JSON object"),
        (body("bell.pressed", None), "data is not a JSON object"),
        (body("bell.rung", {}), "unknown type: kr.gwanje.bell.rung"),
        (body("벨", {}), "unknown type: ?"),
        (body("bell.pressed", {"state": "gone"}), "unknown state: gone"),
    ],
)
def test_what_cannot_be_understood(value: object, said: str) -> None:
    assert said in reason(value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"{", "JSON"),
        (b'{"a": NaN}', "JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "JSON"),
        (b'{"a": "\xff"}', "UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'"' + b"x" * 10_000_000 + b'"', "too large"),
    ],
)
def test_bodies_that_are_none(data: bytes, said: str) -> None:
    (found,) = webhook.events(data, {}, NOW)
    assert isinstance(found, Rejected)
    assert said in found.reason.en


def test_long_keys_stay_different() -> None:
    first = event("bell.pressed", {"bell": "1"}, id="x" * 400 + "1")
    second = event("bell.pressed", {"bell": "1"}, id="x" * 400 + "2")
    assert first.external != second.external
    assert max(len(first.external), len(second.external)) <= 128


def test_the_key_of_a_delivery() -> None:
    data = json.dumps(body("bell.pressed", {"incident": "7"})).encode()
    (found,) = webhook.envelopes(data, {})
    assert isinstance(found, webhook.Envelope)
    assert found.key == "urn:dalseo:bells\ne-1"


def test_every_type_is_in_the_table_and_has_its_members_once() -> None:
    assert len(EVENT_TYPES) >= 12
    for known in EVENT_TYPES.values():
        assert known.key in INCIDENT_TYPES
        members = [*known.members, *known.person]
        assert len(set(members)) == len(members)
