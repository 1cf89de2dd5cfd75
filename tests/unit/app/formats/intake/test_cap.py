from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.incident_type import TypeKey
from app.domain.intake import IntakeEvent, Kind, Rejected
from app.formats.intake import cap, safe_xml

NOW = datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)
AREA = (
    "<area><areaDesc>달서구</areaDesc><polygon>35.8,128.5 35.9,128.5 35.9,128.6 35.8,128.6 "
    "35.8,128.5</polygon><geocode><valueName>법정동</valueName><value>2729011200</value></geocode>"
    "</area>"
)
INFO = (
    "<info><language>en-US</language><event>Flood</event></info>"
    "<info><language>ko-KR</language><category>Met</category><event>호우</event>"
    "<urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>"
    f"<headline>호우 경보</headline>{AREA}</info>"
)


def alert(
    kind: str = "Alert",
    *,
    status: str = "Actual",
    more: str = "",
    info: str = INFO,
    version: str = "1.2",
) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>'
        f'<alert xmlns="urn:oasis:names:tc:emergency:cap:{version}">'
        f"<identifier>KMA-7</identifier><sender>kma@go.kr</sender>"
        f"<sent>2026-11-25T13:00:00+09:00</sent><status>{status}</status>"
        f"<msgType>{kind}</msgType><scope>Public</scope>{more}{info}</alert>"
    ).encode()


def event(data: bytes) -> IntakeEvent:
    (found,) = cap.events(data, NOW)
    assert isinstance(found, IntakeEvent), found
    return found


def reason(data: bytes) -> str:
    (found,) = cap.events(data, NOW)
    assert isinstance(found, Rejected)
    return found.reason.en


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_an_alert(version: str) -> None:
    found = event(alert(version=version))
    assert found.latitude == pytest.approx(35.85)
    assert found.longitude == pytest.approx(128.55)
    assert (found.source, found.external, found.kind) == ("kma@go.kr", "KMA-7", Kind.OCCURRED)
    assert (found.type, found.title, found.place) == (TypeKey.DISASTER, "호우 경보", "달서구")
    assert (found.severity, found.emd_code) == ("Severe", "2729011200")
    assert found.occurred_at == datetime(2026, 11, 25, 4, tzinfo=UTC)
    assert found.facts["event"] == "호우"
    assert found.problems == ()


@pytest.mark.parametrize(("word", "kind"), [("Update", Kind.CHANGED), ("Cancel", Kind.ENDED)])
def test_what_follows_belongs_to_the_first_alert(word: str, kind: Kind) -> None:
    references = (
        "<references>kma@go.kr,KMA-6,2026-11-25T12:30:00+09:00 "
        "kma@go.kr,KMA-5,2026-11-25T12:00:00+09:00</references>"
    )
    found = event(alert(word, more=references))
    assert (found.external, found.kind) == ("KMA-5", kind)
    assert found.facts["identifier"] == "KMA-7"


@pytest.mark.parametrize("more", ["", "<references/>", "<references>KMA-5</references>"])
def test_a_change_of_nothing_is_told(more: str) -> None:
    found = event(alert("Update", more=more))
    assert found.external == "KMA-7"
    assert "no references" in found.problems[0].en


@pytest.mark.parametrize(
    ("status", "mark"), [("Exercise", "[훈련]"), ("Test", "[시험]"), ("Actual", "호우")]
)
def test_an_exercise_is_marked(status: str, mark: str) -> None:
    found = event(alert(status=status))
    assert found.title.startswith(mark)
    assert found.facts["status"] == status
    assert bool(found.problems) is (status != "Actual")


@pytest.mark.parametrize(
    ("shape", "place", "said"),
    [
        ("<circle>35.85,128.55 3.2</circle>", (35.85, 128.55), None),
        ("<circle>128.55,35.85 3.2</circle>", (35.85, 128.55), "swapped"),
        ("<circle>near here</circle>", (None, None), "no place"),
        ("<polygon>35.8,128.5 35.8,128.6 35.8,128.7</polygon>", (35.8, 128.6), None),
        ("<polygon>35.8,128.5 x,128.6 35.8,128.7</polygon>", (None, None), "cannot be read"),
        ("<polygon>10,10 10,11 11,11 10,10</polygon>", (None, None), "outside Korea"),
        ("", (None, None), "no place"),
    ],
)
def test_shapes(shape: str, place: tuple[Any, Any], said: str | None) -> None:
    info = f"<info><event>x</event><area><areaDesc>x</areaDesc>{shape}</area></info>"
    found = event(alert(info=info))
    assert (found.latitude, found.longitude) == pytest.approx(place)
    assert [said in problem.en for problem in found.problems if said] == ([True] if said else [])


def test_an_alert_without_info() -> None:
    found = event(alert(info=""))
    assert (found.title, found.place) == ("", "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"<alert>", "XML"),
        (b"<alert/>", "not an alert"),
        (b"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.0'/>", "not an alert"),
        (b"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'/>", "missing"),
        (alert("Ack"), "acknowledgement"),
        (alert("Nonsense"), "unknown msgType"),
        (alert(more="<a>" * 30 + "</a>" * 30), "too deeply"),
        (alert(more="<a/>" * 10_001), "too many"),
        (alert(more="<!-- x -->" * 200_000), "too large"),
        (b"<?xml version='1.0' encoding='euc-kr'?><a/>", "XML"),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", "XML"),
        (b"\xff\xfe<", "XML"),
    ],
)
def test_what_cannot_be_understood(data: bytes, said: str) -> None:
    assert said in reason(data)


@pytest.mark.parametrize(
    "dtd",
    [
        "<!DOCTYPE a [<!ENTITY x 'xxxx'><!ENTITY y '&x;&x;&x;&x;&x;&x;'>]>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE a SYSTEM 'http://example.invalid/a.dtd'>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://example.invalid/'> %x;]>",
        "<!DOCTYPE a>",
    ],
)
def test_bombs_and_external_entities_are_refused(dtd: str) -> None:
    assert "entities" in reason(f"<?xml version='1.0'?>{dtd}<a>&y;</a>".encode())


def test_a_document_is_read() -> None:
    root = safe_xml.load(b"<a><b>1</b></a>")
    assert not isinstance(root, Rejected)
    assert [child.tag for child in root] == ["b"]
