"""What leaves the hub: app.hub.services.visibility, .incident_json, .attachments, .ids."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from app.domain.account import AccountId, Role, Subject
from app.domain.errors import BadInput, Refused
from app.domain.incident_acts import moved
from app.domain.incident_state import Move, State
from app.domain.site import SiteId
from app.hub.hub import Hub
from app.hub.services import attachments
from app.hub.services.attachments import Attachment
from app.hub.services.ids import Ids
from app.hub.services.incident_json import incident_of, json_of, row_of, stamp
from app.hub.services.visibility import Visibility
from app.hub.store import ledger as ledger_rows
from app.wire.entities import IncidentRow
from tests.fakes.hub_site import Clock, Console, incidents
from tests.fakes.incidents import DALSEO, KIM, NOON, incident, minutes, receiver, subject

ALL = incident(
    person={"name": "홍길동"}, facts={"bell": "17", "repeats": 2}, shares_ended_at=minutes(2),
    before_merge=State.RESPONDING, camera="C-1", cameras=("C-1", "C-2"), latitude=35.8,
    longitude=128.5, emd_code="2729010700", assignee=AccountId("kim"), assignee_name="김관제",
)  # fmt: skip


def test_an_incident_comes_back_from_the_store_as_it_went_in() -> None:
    one = moved(ALL, Move.ACKNOWLEDGE, KIM, minutes(1))
    assert incident_of(json_of(one)) == one
    assert stamp(NOON) == "2026-11-25T03:00:00.000Z"
    row = IncidentRow.model_validate(row_of(one))
    assert (row.number, row.facts["name"]) == (one.number, "홍길동")
    assert set(row_of(one)) <= set(IncidentRow.model_fields)


@pytest.mark.parametrize(
    ("who", "sees", "person", "history"),
    [
        (subject(), True, True, True),
        (subject(Role.ADMINISTRATOR), True, False, True),
        (subject(Role.AUDITOR), True, False, True),
        (subject(Role.FEED), False, False, False),
        (subject(must_change=True), False, False, False),
        (subject(site=SiteId("elsewhere")), False, False, False),
        (receiver(), False, False, False),
    ],
)
def test_of_an_incident_everybody_sees_what_he_may(
    who: Subject, sees: bool, person: bool, history: bool
) -> None:
    one = json_of(moved(ALL, Move.ACKNOWLEDGE, KIM, minutes(1)))
    row = Visibility(Clock()).row(who, "incident", "i1", one)
    assert (row is not None) == sees
    if row is not None:
        assert ("name" in row["facts"]) == person
        assert bool(row["history"]) == history
        assert "person" not in row


def test_those_who_are_alike_are_answered_once_and_others_apart() -> None:
    visibility = Visibility(Clock())
    one = json_of(ALL)
    kim = visibility.row(subject(), "incident", "i1", one)
    lee = subject(account=AccountId("lee"))
    assert visibility.row(lee, "incident", "i1", one) is kim
    assert visibility.row(subject(Role.AUDITOR), "incident", "i1", one) is not kim
    wall = {"id": "w", "name": "x", "site": DALSEO, "owner": "kim", "wall": {}}
    assert visibility.row(subject(), "wall", "w", wall) == wall
    assert visibility.row(lee, "wall", "w", wall) is None
    for n in range(5_000):
        visibility.row(lee, "point", str(n), {"id": str(n), "site": DALSEO})
    assert len(visibility._answers) <= 4_096


def test_a_purpose_that_one_may_not_watch_is_not_shown() -> None:
    visibility = Visibility(Clock())
    who = subject(purposes=frozenset({"생활방범"}))
    d = {"id": "C-1", "site": DALSEO, "purpose": "교통단속"}
    for kind in ("camera", "camera_status"):
        assert visibility.row(who, kind, "C-1", d) is None
        assert visibility.row(subject(), kind, "C-1", d) == d
    assert visibility.row(who, "account", "kim", d) is None
    assert visibility.row(who, "site", DALSEO, {"id": DALSEO}) == {"id": DALSEO}
    assert visibility.row(who, "camera", "C-1", {}) == {}


async def test_files_are_added_and_read_by_who_may(hub: Hub, clock: Clock) -> None:
    await Console(hub, clock).do("incident.create", "i1", type="emergency_bell")
    given = Attachment("a1", "i1", "../사진.jpg", "image/jpeg", b"\xff\xd8")
    assert await hub.attachments.add(subject(), given)
    assert not await hub.attachments.add(subject(), given)
    found = await hub.attachments.get(subject(), "a1")
    assert (found.data, found.mime) == (b"\xff\xd8", "image/jpeg")
    assert "/" not in found.name
    (told,) = [
        row
        for row in await hub.reader.read(lambda c: ledger_rows.find(c, []))
        if row.kind == "file"
    ]
    assert '"incident":"i1"' in told.entry
    (one,) = await incidents(hub)
    assert (one.attachments, one.history[-1].kind) == (1, "attach")
    with pytest.raises(Refused):
        await hub.attachments.add(subject(), replace(given, data=b"other"))
    with pytest.raises(Refused):
        await hub.attachments.get(subject(Role.AUDITOR), "a1")
    with pytest.raises(Refused):
        await hub.attachments.get(subject(), "a2")
    with pytest.raises(BadInput):
        await hub.attachments.add(
            subject(), replace(given, id="a3", data=bytes(attachments.MOST_BYTES + 1))
        )


def test_names_grow_also_when_the_clock_goes_back() -> None:
    times = iter([5_000_000, 5_000_000, 1_000_000, 5_000_000, 6_000_000] + [6_000_000] * 500)
    ids = Ids(lambda: next(times))
    made = [ids.new() for _ in range(505)]
    assert made == sorted(made)
    assert len(set(made)) == 505
    assert all(uuid.UUID(one).version == 7 for one in made)
