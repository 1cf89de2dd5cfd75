from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.errors import BadInput
from app.domain.hub_act import ActState
from app.domain.incident_state import Move, State
from app.services.hub_session import HubSession
from app.services.incident_overlay import CREATE, NOTE, note_of
from app.services.incidents import Incidents, NewIncident
from tests.fakes.hub import PASSWORD, ModelHub
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_desk_site import close, hub_session, put_incident
from tests.fakes.hub_model import HubModel
from tests.fakes.waiting import until


@pytest.fixture
def hub() -> ModelHub:
    model = HubModel()
    put_incident(model)
    put_incident(model, "i2", grade=20, number="20260302-0002")
    put_incident(model, "i3", state=91)
    return ModelHub(model)


@pytest.fixture
async def session(hub: ModelHub, tmp_path: Path) -> AsyncIterator[HubSession]:
    """Anna is signed in; then the hub goes away."""
    made = await hub_session(hub, tmp_path, hand_clock())
    await made.start()
    await made.sign_in("anna", PASSWORD)
    await until(lambda: len(made.parts.incidents.all()) == 3)
    hub.down = True
    yield made
    await close(made)


@pytest.fixture
def incidents(session: HubSession) -> Incidents:
    return session.parts.incidents


def state(incidents: Incidents, id_: str = "i1") -> State:
    item = incidents.get(id_)
    assert item is not None
    return item.state


async def test_the_open_ones_come_first_the_urgent_before_them(incidents: Incidents) -> None:
    assert [item.row.id for item in incidents.all()] == ["i1", "i2", "i3"]


async def test_an_act_shows_at_once_and_says_that_it_waits(incidents: Incidents) -> None:
    await incidents.move("i1", Move.ACKNOWLEDGE)
    await incidents.move("i1", Move.RESPOND)
    item = incidents.get("i1")
    assert item is not None
    assert (item.state, item.waiting, item.row.assignee_name) == (State.RESPONDING, 2, "안나")
    assert item.ver == 1


async def test_a_move_that_is_not_in_the_table_changes_nothing_here(incidents: Incidents) -> None:
    await incidents.move("i1", Move.CLOSE)
    assert state(incidents) is State.RECEIVED


async def test_what_needs_a_reason_or_words_is_not_accepted_without(incidents: Incidents) -> None:
    with pytest.raises(BadInput):
        await incidents.move("i1", Move.CANCEL, "  ")
    with pytest.raises(BadInput):
        await incidents.note("i1", " ")
    with pytest.raises(BadInput):
        await incidents.create(NewIncident("fire", ""))


async def test_a_note_stands_below_the_others_and_waits(
    session: HubSession, incidents: Incidents
) -> None:
    session.parts.rows.apply([])
    act = await incidents.note("i1", " 확인 중 ")
    notes = incidents.notes("i1")
    assert [(note.text, waiting) for note, waiting in notes] == [("확인 중", True)]
    assert note_of(act).by == "anna"
    item = incidents.get("i1")
    assert item is not None
    assert item.row.notes == 1


async def test_an_incident_opened_without_the_hub_is_there_and_can_be_worked_on(
    incidents: Incidents,
) -> None:
    act = await incidents.create(NewIncident("fire", "연기", "상인역"))
    assert act.type == CREATE
    await incidents.move(act.target, Move.ACKNOWLEDGE)
    item = incidents.get(act.target)
    assert item is not None
    assert (item.row.number, item.ver, item.state) == ("", 0, State.ACKNOWLEDGED)
    assert item.row.place == "상인역"
    assert act.target in [found.row.id for found in incidents.all()]


async def test_a_conflict_keeps_both_records(
    session: HubSession, hub: ModelHub, incidents: Incidents
) -> None:
    await session.parts.outbox.act("conflict", "i1", 1)
    hub.down = False
    await until(lambda: session.parts.outbox.troubled == 1)
    act = session.parts.outbox.acts()[0]
    assert (act.state, act.current) == (ActState.CONFLICT, {"state": 91})


async def test_rows_that_cannot_be_read_are_left_out(hub: ModelHub, incidents: Incidents) -> None:
    put_incident(hub.model, "i4", state=77)
    hub.model.put("incident", "i5", title="?")
    hub.model.put("note", "n1", incident="i1", text="글")
    hub.down = False
    await until(lambda: incidents._rows.get("note", "n1") is not None)
    assert {item.row.id for item in incidents.all()} == {"i1", "i2", "i3"}
    assert incidents.notes("i1") == []
    assert incidents.site_name("site-9") == "site-9"
    assert NOTE == "incident.note"
