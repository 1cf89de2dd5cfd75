"""What is shared, by the centre and by a receiver: app.services.shares, .receiving."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.camera import CameraId, Profile, ProfileName
from app.domain.errors import BadInput, Refused, Unavailable
from app.domain.stream import Fault
from app.domain.text import Text
from app.services.camera_access import PURPOSE_NEEDED
from app.services.hub_link import HubLink, LinkState
from app.services.hub_port import HubFailure, Trouble
from app.services.hub_session import HubSession
from app.services.receiving import WITHOUT_HUB_SECONDS
from app.services.shares import runs
from tests.fakes.clock import HandClock
from tests.fakes.hub import PASSWORD, ModelHub
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_desk_site import (
    AT,
    close,
    hub_session,
    put_camera,
    put_incident,
    put_share,
    put_site,
)
from tests.fakes.hub_model import ANNA, HubModel
from tests.fakes.waiting import until

C1 = CameraId("c1")
EARLIER = (AT - timedelta(hours=1)).isoformat()
SUB = Profile(ProfileName.SUB, "")
POLICEMAN = ANNA.model_copy(update={"role": "receiver", "site": "station"})


@pytest.fixture
def clock() -> HandClock:
    return hand_clock()


@pytest.fixture
def hub() -> ModelHub:
    model = HubModel()
    put_incident(model)
    put_camera(model)
    for id_, kind, name in (
        ("site-1", "centre", "달서구"), ("station", "police", "달서경찰서"),
        ("car", "patrol", "순12호"), ("room", "police_room", "112상황실"),
        ("fire", "fire", "달서소방서"), ("guard", "security", "튼튼경비"),
        ("tracking", "probation", "위치추적센터"),
    ):  # fmt: skip
        put_site(model, id_, kind, name)
    put_share(model)
    put_share(
        model, "s0", state="ended", ending="clock", starts_at=EARLIER, ended_at=EARLIER,
    )  # fmt: skip
    put_share(model, "s9", cameras=7)
    return ModelHub(model)


async def signed_in(hub: ModelHub, folder: Path, clock: HandClock) -> HubSession:
    made = await hub_session(hub, folder, clock)
    await made.start()
    await made.sign_in("anna", PASSWORD)
    await until(lambda: made.parts.link.link.state is LinkState.LIVE)
    await until(lambda: len(made.parts.shares.all()) == 2)
    return made


@pytest.fixture
async def session(hub: ModelHub, tmp_path: Path, clock: HandClock) -> AsyncIterator[HubSession]:
    made = await signed_in(hub, tmp_path, clock)
    yield made
    await close(made)


@pytest.fixture
async def station(hub: ModelHub, tmp_path: Path, clock: HandClock) -> AsyncIterator[HubSession]:
    """The same hub as a police station sees it."""
    hub.model.account = POLICEMAN
    made = await signed_in(hub, tmp_path, clock)
    yield made
    await close(made)


def test_a_share_runs_by_the_clock_as_well(session: HubSession, clock: HandClock) -> None:
    shares = session.parts.shares
    assert [one.id for one in shares.running()] == ["s1"]
    assert shares.counts() == {"i1": 1}
    assert [one.id for one in shares.of_incident("i1")] == ["s1", "s0"]
    clock.at += 3600
    assert shares.running() == []
    assert not runs(shares.all()[0], AT + timedelta(hours=1))


def test_the_right_receiver_stands_first(session: HubSession) -> None:
    bell = session.parts.shares.receivers("emergency_bell")
    assert [one.site for one in bell[:3]] == ["station", "room", "car"]
    assert {one.site for one in bell if one.rule.approval} >= {"guard", "fire"}
    assert [one.site for one in session.parts.shares.receivers("anklet")] == ["tracking"]
    assert session.parts.shares.receivers("facility_fault") == []
    assert session.parts.shares.receivers("picnic") == []


async def test_what_a_person_does_goes_to_the_hub(session: HubSession, hub: ModelHub) -> None:
    shares = session.parts.shares
    receivers = {one.site: one for one in shares.receivers("emergency_bell")}
    cameras = [C1, C1, *(CameraId(f"c{n}") for n in range(2, 40))]
    act = await shares.propose("i1", receivers["car"], cameras)
    assert act.args["cameras"] == ["c1", "c2", "c3", "c4", "c5", "c6"]
    with pytest.raises(BadInput):
        await shares.propose("i1", receivers["station"], [])
    with pytest.raises(BadInput):
        await shares.propose("i1", receivers["guard"], cameras, purpose=" ")
    await shares.approve("s1")
    await shares.reject("s1")
    await shares.extend("s1", 30)
    await shares.add("s1", [C1])
    await shares.answer("s1", "a1", grant=True, cameras=[C1])
    await shares.end("s1")
    await until(lambda: not session.parts.outbox.waiting)
    sent = [command for batch in hub.batches for command in batch.commands]
    assert [one.type.removeprefix("share.") for one in sent] == [
        "propose", "approve", "reject", "extend", "add", "answer", "end",
    ]  # fmt: skip
    assert sent[1].base_ver == 1
    assert shares.may_share
    assert not shares.may_approve


async def test_without_the_hub_nothing_is_given_but_ending_waits(
    session: HubSession, hub: ModelHub
) -> None:
    shares = session.parts.shares
    first = shares.receivers("emergency_bell")[0]
    hub.down = True
    await until(lambda: not session.parts.link.link.up)
    with pytest.raises(Unavailable):
        await shares.propose("i1", first, [C1])
    with pytest.raises(Unavailable):
        await shares.extend("s1", 5)
    await shares.end("s1")
    assert session.parts.outbox.waiting == 1


async def test_a_receiver_asks_for_more(station: HubSession, hub: ModelHub) -> None:
    with pytest.raises(BadInput):
        await station.parts.shares.ask("s1", place="  ")
    await station.parts.shares.ask("s1", minutes=30)
    await station.parts.shares.ask("s1", place="북쪽 골목")
    await until(lambda: not station.parts.outbox.waiting)
    assert [one.type for batch in hub.batches for one in batch.commands] == ["share.ask"] * 2
    assert not station.parts.shares.may_share


async def test_a_receiver_has_the_relays_address_and_keeps_nothing(
    station: HubSession, hub: ModelHub
) -> None:
    parts = station.parts
    parts.accesses.receives = lambda: parts.receiving.on
    parts.accesses.share_of = parts.receiving.share_of
    assert parts.receiving.on
    assert parts.receiving.share_of("c1") == "s1"
    assert parts.receiving.share_of("c2") is None
    found = await parts.accesses.of("c1", profile="main")
    assert found.media == "relay"
    assert hub.shares_asked == [("s1", "c1", "main")]
    assert await parts.store.access("c1") is None
    with pytest.raises(Refused):
        await parts.accesses.of("c2")


async def test_the_end_of_a_share_takes_its_addresses_along(
    station: HubSession, hub: ModelHub
) -> None:
    parts = station.parts
    parts.accesses.receives = lambda: parts.receiving.on
    parts.accesses.share_of = parts.receiving.share_of
    arrived: list[CameraId] = []
    parts.addresses.arrived.connect(arrived.append)
    assert parts.addresses.url(C1, SUB) == ""
    await until(lambda: arrived == [C1])
    assert parts.addresses.url(C1, SUB) == "rtsp://t1:token%20secret@relay/c1"
    put_share(hub.model, state="ended", ended_at=AT.isoformat(), ending="incident")
    await until(lambda: arrived == [C1, C1])
    assert parts.addresses.url(C1, SUB) == ""
    assert [one.id for one in parts.receiving.ended()] == ["s1", "s0"]
    assert parts.receiving.running() == []


async def test_without_the_hub_a_receiver_sees_nothing_after_a_minute(
    station: HubSession, hub: ModelHub, clock: HandClock
) -> None:
    receiving = station.parts.receiving
    changes: list[bool] = []
    receiving.changed.connect(lambda _: changes.append(receiving.blind))
    assert receiving.blind_in() is None
    hub.down = True
    await until(lambda: not station.parts.link.link.up)
    clock.at += WITHOUT_HUB_SECONDS - 1
    receiving.tick()
    assert [one.id for one in receiving.running()] == ["s1"]
    assert receiving.blind_in() == 1
    clock.at += 1
    receiving.tick()
    assert receiving.running() == []
    assert changes == [True]
    hub.down = False
    await until(lambda: station.parts.link.link.up)
    assert [one.id for one in receiving.running()] == ["s1"]


def test_the_minute_begins_when_the_hub_was_heard_last(clock: HandClock) -> None:
    """A line that dies without a word is noticed half a minute later."""
    link = HubLink(clock)
    link.reached(5, 5, current=True)
    clock.at += 20
    link.told_time(clock.now())
    heard = link.heard_at
    clock.at += 31
    link.offline(Text("없음", "away"))
    assert clock.monotonic() - link.heard_at == 31
    assert heard == link.heard_at


async def test_a_line_that_dies_without_a_word_leaves_less_than_a_minute(
    station: HubSession, hub: ModelHub, clock: HandClock
) -> None:
    receiving, link = station.parts.receiving, station.parts.link
    hub.down = True
    clock.at += 31
    link.offline(Text("없음", "away"))
    left = receiving.blind_in()
    assert left is not None
    assert left <= WITHOUT_HUB_SECONDS - 31 + 1
    await until(lambda: not link.link.up)


async def test_a_token_that_serves_no_more_and_a_camera_that_is_full(
    session: HubSession, hub: ModelHub, clock: HandClock
) -> None:
    addresses, arrived = session.parts.addresses, list[CameraId]()
    addresses.arrived.connect(arrived.append)
    addresses.url(C1, SUB)
    await until(lambda: arrived == [C1])
    assert hub.calls.count("access") == 1
    addresses.troubled(C1, Fault.TIMED_OUT)
    addresses.troubled(CameraId("c7"), Fault.BUSY)
    assert hub.calls.count("access") == 1
    addresses.troubled(C1, Fault.BUSY)
    # Asked and answered: a question that is under way is not asked again either.
    await until(lambda: arrived == [C1, C1])
    addresses.troubled(C1, Fault.BUSY)
    assert hub.calls.count("access") == 2, "not twice within five seconds"
    clock.at += 10
    hub.down = True
    addresses.troubled(C1, Fault.BUSY)
    await until(lambda: hub.calls.count("access") == 3)
    assert addresses.truth(C1) is None, "the address that there is stays"


async def test_a_purpose_is_asked_for_and_tried_again(session: HubSession, hub: ModelHub) -> None:
    parts, asked = session.parts, list[CameraId]()
    parts.accesses.purpose_needed.connect(asked.append)
    failure = HubFailure(Trouble.FORBIDDEN, Text("목적", "purpose"), PURPOSE_NEEDED)
    hub.fails.append(failure)
    parts.addresses.url(C1, SUB)
    await until(lambda: asked == [C1])
    parts.accesses.purpose = "미아 수색"
    parts.addresses.again()
    parts.addresses.url(C1, SUB)
    await until(lambda: parts.addresses.truth(C1) is None)
    await session.sign_out()
    assert parts.accesses.purpose == ""
