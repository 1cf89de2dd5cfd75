"""Whatever arrives: events or words for a person, never another error."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.intake import IntakeEvent, Rejected
from app.formats.intake import cap, disaster_messages, its_incidents, webhook
from app.formats.intake.webhook_types import EVENT_TYPES

NOW = datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
MEMBERS = st.sampled_from(
    sorted(
        {m for known in EVENT_TYPES.values() for m in (*known.members, *known.person)}
        | {"state", "incident", "title", "latitude", "longitude", "location", "emd", "camera"}
    )
)
ENVELOPES = st.fixed_dictionaries(
    {
        "specversion": st.just("1.0"),
        "id": st.text(min_size=1, max_size=9) | VALUES,
        "source": st.just("urn:x"),
        "type": st.sampled_from(sorted(EVENT_TYPES)) | st.text(max_size=9),
        "data": st.dictionaries(MEMBERS, VALUES | st.floats(30, 140), max_size=6) | VALUES,
    },
    optional={"time": VALUES, "subject": VALUES, "data_base64": VALUES},
)
CAP = "urn:oasis:names:tc:emergency:cap:1.2"
NAMES = st.sampled_from(
    ["identifier", "sender", "sent", "status", "msgType", "references", "info", "area", "polygon",
     "circle", "event", "geocode", "value"]
)  # fmt: skip
WORDS = st.sampled_from(["Alert", "Update", "35.8,128.5 35.9,128.6 35.9,128.5", "a,b,c", "x"])
TREES = st.recursive(
    st.builds("<{0}>{1}</{0}>".format, NAMES, WORDS),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format, NAMES, st.lists(inner, max_size=6).map("".join)
    ),
    max_leaves=20,
)
ROWS = st.dictionaries(
    st.sampled_from(["SN", "CRT_DT", "MSG_CN", "coordX", "coordY", "startDate", "endDate"]), VALUES
)


def judge(found: list[IntakeEvent | Rejected]) -> None:
    for one in found:
        if isinstance(one, Rejected):
            assert one.reason.ko
            assert one.reason.en
            continue
        assert one.source
        assert one.external
        assert len(one.external) <= 128
        assert (one.latitude is None) is (one.longitude is None)
        assert one.latitude is None or 33 <= one.latitude <= 39
        assert one.occurred_at is None or one.occurred_at.utcoffset() is not None
        f"{one.title}{one.place}{dict(one.facts)}{dict(one.person)}".encode()


@given(st.binary())
@example(b"[")
@example(b"<a")
@example(b"\xef\xbb\xbf{}")
def test_any_bytes(data: bytes) -> None:
    judge(webhook.events(data, {}, NOW))
    judge(webhook.events(data, {"ce-specversion": "1.0", "ce-id": "%ff"}, NOW))
    judge(cap.events(data, NOW))
    judge(disaster_messages.events(data, NOW))
    judge(its_incidents.events(data, NOW))


@given(ENVELOPES | st.lists(ENVELOPES | VALUES, max_size=3))
def test_any_envelope(value: object) -> None:
    judge(webhook.events(json.dumps(value).encode(), {}, NOW))


@given(st.lists(TREES, max_size=8).map("".join))
def test_any_alert(inside: str) -> None:
    judge(cap.events(f'<alert xmlns="{CAP}">{inside}</alert>'.encode(), NOW))


@given(st.lists(ROWS | VALUES, max_size=4) | VALUES)
def test_any_answer(rows: object) -> None:
    judge(disaster_messages.events(json.dumps({"body": rows}).encode(), NOW))
    judge(its_incidents.events(json.dumps({"body": {"items": rows}}).encode(), NOW))
