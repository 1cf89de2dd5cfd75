"""Commands about incidents, as consoles send them: app.hub.services.incident_acts, .commands."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from app.domain.account import AccountId, Role
from app.domain.errors import BadInput
from app.domain.incident_state import State
from app.hub.hub import Hub
from app.hub.services import acting, commands, incident_acts
from app.hub.services.incident_json import stamp
from app.hub.services.incidents import Incidents
from app.hub.store import accounts, settings
from app.hub.store.accounts import Account
from app.wire import acts
from app.wire.acts import Create
from app.wire.base import Words
from app.wire.commands import Batch, Status
from tests.fakes.hub_site import Clock, Console, incidents
from tests.fakes.incidents import DALSEO, subject

BELL: dict[str, Any] = {"type": "emergency_bell", "title": "벨 17", "facts": {"bell": "17"}}


@pytest.fixture
def console(hub: Hub, clock: Clock) -> Console:
    return Console(hub, clock)


async def test_an_incident_goes_its_way_and_its_history_names_who_did_what(
    any_hub: Hub, clock: Clock
) -> None:
    console = Console(any_hub, clock)
    made = await console.do("incident.create", "i1", **BELL, person={"name": "홍길동"})
    assert (made.status, made.ver, made.n) == (Status.APPLIED, 1, 1)
    outcome = made
    for act in ("acknowledge", "respond", "release", "close"):
        outcome = await console.do(f"incident.{act}", "i1")
        assert outcome.status is Status.APPLIED, outcome
    (one,) = await incidents(any_hub)
    assert (one.state, one.number, one.site) == (State.CLOSED, "20261125-0001", DALSEO)
    assert (one.assignee, one.assignee_name) == ("kim", "김관제")
    assert [line.kind for line in one.history] == [
        "create", "acknowledge", "respond", "release", "close",
    ]  # fmt: skip
    assert {line.by for line in one.history} == {"김관제"}
    assert one.person == {"name": "홍길동"}
    assert any_hub.tail.head == outcome.seq


async def test_the_second_who_acknowledges_is_shown_the_incident_as_it_is(console: Console) -> None:
    await console.do("incident.create", "i1", **BELL)
    assert (await console.do("incident.acknowledge", "i1", base_ver=1)).status is Status.APPLIED
    late = await console.do("incident.acknowledge", "i1", base_ver=1)
    assert late.status is Status.CONFLICT
    assert late.current is not None
    assert (late.current["state"], late.current["assignee_name"]) == (20, "김관제")
    assert "person" not in late.current


async def test_what_is_legal_is_done_whatever_version_was_seen(console: Console) -> None:
    await console.do("incident.create", "i1", **BELL)
    await console.do("incident.change", "i1", title="벨 18")
    assert (await console.do("incident.respond", "i1", base_ver=1)).status is Status.APPLIED


async def test_a_command_sent_again_is_answered_again_and_not_done_again(
    any_hub: Hub, clock: Clock
) -> None:
    console = Console(any_hub, clock)
    batch = Batch(
        commands=(
            console.command("incident.create", "i1", **BELL),
            console.command("incident.note", "i1", id="n1", text="확인함"),
        )
    )
    first = await any_hub.commands.apply(console.who, batch)
    head = any_hub.tail.head
    again = await any_hub.commands.apply(console.who, batch)
    assert first == again
    assert first.next_n == 3
    assert any_hub.tail.head == head
    (one,) = await incidents(any_hub)
    assert one.notes == 1


async def test_a_gap_stops_the_batch_and_tells_where_to_go_on(console: Console) -> None:
    await console.do("incident.create", "i1", **BELL)
    console.n = 5
    batch = Batch(commands=(console.command("incident.acknowledge", "i1"),))
    answer = await console.hub.commands.apply(console.who, batch)
    assert (answer.outcomes, answer.next_n) == ((), 2)
    used = Batch(commands=(batch.commands[0].model_copy(update={"n": 1}),))
    (outcome,) = (await console.hub.commands.apply(console.who, used)).outcomes
    assert outcome.status is Status.REFUSED


async def test_after_a_restored_backup_clients_go_on_from_where_they_are(
    hub: Hub, console: Console
) -> None:
    await console.do("incident.create", "i1", **BELL)
    await hub.writer.do(lambda tx: settings.save(tx, "epoch", {"name": "before", "since": 0}))
    await hub.writer.do(commands.note_epoch)
    console.n = 40
    assert (await console.do("incident.acknowledge", "i1")).status is Status.APPLIED


@pytest.mark.parametrize(
    ("type_", "target", "args"),
    [
        ("incident.fly", "i1", {}),
        ("incident.create", "i1", BELL),
        ("incident.create", "i2", {"type": "flood of frogs"}),
        ("incident.create", "i2", {**BELL, "latitude": 35.8}),
        ("incident.create", "i2", {**BELL, "site": "elsewhere"}),
        ("incident.acknowledge", "i9", {}),
        ("incident.cancel", "i1", {}),
        ("incident.assign", "i1", {"account": "nobody"}),
        ("incident.change", "i1", {"grade": 55}),
        ("incident.note", "i1", {"id": "n1", "text": ""}),
    ],
)
async def test_what_will_never_do_is_refused_in_words(
    console: Console, type_: str, target: str, args: dict[str, Any]
) -> None:
    await console.do("incident.create", "i1", **BELL)
    head = console.hub.tail.head
    outcome = await console.do(type_, target, **args)
    assert outcome.status is Status.REFUSED
    assert isinstance(outcome.reason, Words)
    assert console.hub.tail.head == head


async def test_who_has_no_right_changes_nothing(hub: Hub, clock: Clock) -> None:
    await Console(hub, clock).do("incident.create", "i1", **BELL)
    auditor = Console(hub, clock, subject(Role.AUDITOR), "c2")
    assert (await auditor.do("incident.acknowledge", "i1")).status is Status.REFUSED
    stranger = Console(hub, clock, subject(site="elsewhere"), "c3")
    assert (await stranger.do("incident.note", "i1", id="n", text="x")).status is Status.REFUSED


async def test_somebody_is_put_in_charge_and_nobody_again(hub: Hub, console: Console) -> None:
    lee = Account("lee", "lee", "x", d={"name": "이관제"})
    await hub.writer.do(partial(accounts.add, new=lee))
    await console.do("incident.create", "i1", **BELL)
    await console.do("incident.assign", "i1", account="lee")
    (one,) = await incidents(hub)
    assert (one.assignee, one.assignee_name) == (AccountId("lee"), "이관제")
    await console.do("incident.assign", "i1")
    (one,) = await incidents(hub)
    assert one.assignee is None


async def test_two_that_are_one_are_merged_and_taken_apart_again(
    hub: Hub, console: Console
) -> None:
    await console.do("incident.create", "i1", **BELL)
    await console.do("incident.create", "i2", **BELL)
    assert (await console.do("incident.merge", "i1", into="i2")).status is Status.APPLIED
    first, second = await incidents(hub)
    assert (first.state, first.merged_into, second.state) == (State.MERGED, "i2", State.RECEIVED)
    assert (await console.do("incident.merge", "i2", into="i1")).status is Status.CONFLICT
    assert (await console.do("incident.unmerge", "i1")).status is Status.APPLIED
    first, _ = await incidents(hub)
    assert first.state is State.RECEIVED


async def test_what_a_console_whose_clock_runs_ahead_enters_did_not_happen_later(
    hub: Hub, console: Console
) -> None:
    ahead = stamp(console.clock.now + timedelta(hours=1))
    await console.do("incident.create", "i1", **BELL, occurred_at=ahead)
    (one,) = await incidents(hub)
    assert one.occurred_at <= one.received_at + timedelta(milliseconds=1)


async def test_numbers_have_no_gap_and_begin_again_each_day(hub: Hub, console: Console) -> None:
    await console.do("incident.create", "i1", **BELL)
    await console.do("incident.create", "i2", type="no such type")
    await console.do("incident.create", "i3", **BELL)
    console.clock.pass_(hours=12)
    await console.do("incident.create", "i4", **BELL)
    assert [one.number for one in await incidents(hub)] == [
        "20261125-0001", "20261125-0002", "20261126-0001",
    ]  # fmt: skip


def test_a_refused_value_is_named_and_not_repeated() -> None:
    with pytest.raises(BadInput) as raised:
        acting.parsed(Create, {"type": "x", "latitude": "s3cret"})
    assert "latitude" in str(raised.value)
    assert "s3cret" not in str(raised.value)
    assert "s3cret" not in repr(Create(type="x", person={"name": "s3cret"}))
    assert set(incident_acts.IncidentActs(Incidents(None)).handlers()) >= {  # type: ignore[arg-type]
        "incident.create", "incident.close", "incident.unmerge",
    }  # fmt: skip
    assert acts.Nothing.model_validate({"whatever": 1}) == acts.Nothing()
