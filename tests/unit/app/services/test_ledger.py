"""Entries go up, are proved, and a hub that lies is told of: app.services.ledger, .viewing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.adapters import hub_deed_table
from app.adapters.hub_store import LocalHubStore
from app.domain.camera import CameraId
from app.domain.errors import Failure
from app.domain.ledger.checkpoint import VerifierKey
from app.domain.ledger.entry import Kind
from app.domain.text import Text
from app.services.hub_session import HubSession
from app.services.ledger import Writing, verifies
from app.services.viewing import SHORTEST_SECONDS, Viewing, Why
from tests.fakes.clock import HandClock
from tests.fakes.hub import PASSWORD, ModelHub
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_desk_site import close, hub_session
from tests.fakes.hub_model import HubModel
from tests.fakes.ledgers import KEY

C1, C2 = CameraId("c1"), CameraId("c2")


@pytest.fixture
def clock() -> HandClock:
    return hand_clock()


@pytest.fixture
def hub() -> ModelHub:
    return ModelHub(HubModel())


@pytest.fixture
async def session(hub: ModelHub, tmp_path: Path, clock: HandClock) -> AsyncIterator[HubSession]:
    made = await hub_session(hub, tmp_path, clock)
    await made.sign_in("anna", PASSWORD)
    yield made
    await close(made)


def writing(camera: str = "c1", **values: object) -> Writing:
    return Writing(Kind.VIEW, camera, **values)  # type: ignore[arg-type]


async def test_what_is_written_waits_on_the_disk_until_it_is_proved(
    session: HubSession, hub: ModelHub
) -> None:
    ledger, store = session.parts.ledger, session.parts.store
    hub.down = True
    await ledger.write(writing(), writing("c2", purpose="순찰"))
    with pytest.raises(Failure):
        await ledger.upload()
    assert await store.deeds_waiting() == 2
    hub.down = False
    await ledger.upload()
    assert len(hub.ledger.entries) == 2
    # At the hub, but nothing has shown it yet.
    await ledger.prove()
    assert await store.deeds_waiting() == 2
    hub.ledger.sign()
    await ledger.prove()
    assert await store.deeds_waiting() == 0
    assert await store.remembered("checkpoint") == hub.ledger.note
    await ledger.write(writing("c3"))
    await ledger.upload()
    hub.ledger.sign()
    await ledger.prove()
    assert await store.deeds_waiting() == 0
    assert [b'"c1"' in hub.ledger.entries[0], b'"client_n":3' in hub.ledger.entries[2]] == [
        True, True,
    ]  # fmt: skip


async def test_an_answer_that_was_lost_writes_nothing_twice(
    session: HubSession, hub: ModelHub
) -> None:
    ledger, store = session.parts.ledger, session.parts.store
    await ledger.write(writing())
    await ledger.upload()
    client = session.parts.outbox.client
    await store.deeds_sent(client, 1)
    await ledger.upload()
    assert len(hub.ledger.entries) == 1


async def test_without_anybody_signed_in_nothing_is_written(session: HubSession) -> None:
    await session.sign_out()
    await session.parts.ledger.write(writing())
    assert session.parts.ledger.line is None
    assert await session.parts.store.deeds_waiting() == 0


@pytest.mark.allow_logs("app.services.ledger")
@pytest.mark.parametrize(
    ("lie", "words"),
    [
        ("key", "another key"),
        ("note", "signature"),
        ("history", "another ledger"),
        ("entry", "not what this console sent"),
        ("shorter", "another ledger"),
    ],
)
async def test_a_hub_that_lies_is_told_of_once(
    session: HubSession, hub: ModelHub, lie: str, words: str
) -> None:
    ledger = session.parts.ledger
    alarms: list[Text] = []
    ledger.alarm.connect(alarms.append)
    await ledger.write(*(writing(f"c{n}") for n in range(4)))
    await ledger.upload()
    hub.ledger.sign()
    if lie != "entry":
        await ledger.prove()
    await ledger.write(writing("c9"))
    await ledger.upload()
    if lie == "entry":
        hub.ledger.entries[1] = hub.ledger.entries[1].replace(b"c1", b"c7")
    elif lie == "history":
        hub.ledger.entries[0] = hub.ledger.entries[0].replace(b"c0", b"c7")
    elif lie == "shorter":
        del hub.ledger.entries[2:]
    hub.ledger.sign()
    if lie == "key":
        hub.ledger.key = VerifierKey("gwanje/other", KEY.public).text
    elif lie == "note":
        hub.ledger.note = hub.ledger.note.replace("\n5\n", "\n6\n")
    for _ in range(2):
        await ledger.prove()
    (alarm,) = alarms
    assert words in alarm.en
    assert alarm.ko
    assert await session.parts.store.deeds_waiting() > 0


async def test_a_hub_from_an_older_backup_gets_what_is_still_here(
    session: HubSession, hub: ModelHub
) -> None:
    ledger = session.parts.ledger
    await ledger.write(writing("c1"), writing("c2"))
    await ledger.upload()
    hub.ledger.sign()
    await ledger.prove()
    await ledger.write(writing("c3"))
    await ledger.upload()
    hub.ledger.entries.clear()
    hub.ledger.of.clear()
    await ledger.write(writing("c1"))
    for _ in range(2):
        await ledger.upload()
    # The first two were proved and are gone; the third was sent, not proved, and is sent again.
    assert list(hub.ledger.of[session.parts.outbox.client]) == [3, 4]


async def test_each_view_has_a_beginning_and_an_end(
    session: HubSession, hub: ModelHub, clock: HandClock
) -> None:
    shown: set[CameraId] = {C1}
    whys = {C1: Why(), C2: Why("i1")}
    parts = session.parts
    viewing = Viewing(parts.ledger, parts.store, clock, lambda: shown, whys.__getitem__)
    await viewing.start()
    await viewing.tick()
    assert await parts.store.deeds_waiting() == 0, "a look of less than a second is none"
    clock.at += SHORTEST_SECONDS
    shown.add(C2)
    await viewing.tick()
    clock.at += 5
    shown.discard(C1)
    await viewing.tick()
    whys[C2] = Why("i2", purpose="추적")
    clock.at += 5
    await viewing.tick()
    clock.at += 5
    await viewing.tick()
    await viewing.end()
    await viewing.end()
    found = (await parts.store.deeds(99)).value
    told = [(one.deed.kind, one.deed.camera, one.deed.incident) for one in found]
    assert told == [
        ("view", "c1", ""), ("view", "c2", "i1"), ("view_end", "c1", ""),
        ("view_end", "c2", "i1"), ("view", "c2", "i2"), ("view_end", "c2", "i2"),
    ]  # fmt: skip
    last = found[-1].deed
    assert last.begun is not None
    assert last.ended is not None
    assert (last.ended - last.begun).total_seconds() == 5
    assert await parts.store.remembered("open views") == ""


async def test_what_a_killed_console_left_open_is_ended_at_its_next_start(
    session: HubSession, clock: HandClock
) -> None:
    parts = session.parts
    viewing = Viewing(parts.ledger, parts.store, clock, lambda: {C1})
    await viewing.tick()
    clock.at += 2
    await viewing.tick()
    clock.at += 31
    await viewing.tick()
    alive = clock.now()
    clock.at += 900
    # Killed; the next run begins.
    await Viewing(parts.ledger, parts.store, clock, set).start()
    (begun, ended) = (await parts.store.deeds(99)).value
    assert (begun.deed.kind, ended.deed.kind, ended.deed.ended) == ("view", "view_end", alive)
    await Viewing(parts.ledger, parts.store, clock, set).start()
    assert await parts.store.deeds_waiting() == 2
    await parts.store.remember("open views", "{broken")


@pytest.mark.allow_logs("app.services.viewing")
async def test_what_cannot_be_read_harms_nobody(session: HubSession, clock: HandClock) -> None:
    parts = session.parts
    for text in ("{broken", '{"views": {"c1": []}}', '{"views": 7}'):
        await parts.store.remember("open views", text)
        await Viewing(parts.ledger, parts.store, clock, set).start()
    assert await parts.store.deeds_waiting() == 0


async def test_entries_are_sealed_and_bound_to_their_place(
    session: HubSession, tmp_path: Path
) -> None:
    await session.parts.ledger.write(writing(purpose="아무개를 찾는다"))
    store = session.parts.store
    assert isinstance(store, LocalHubStore)
    await store._change(lambda db: db.execute("update deed set n = 7"))
    loaded = await store.deeds(9)
    assert loaded.value == ()
    assert "7" in loaded.problems[0].en
    assert hub_deed_table.DeedTable.__doc__
    assert b"\xec\x95\x84\xeb\xac\xb4\xea\xb0\x9c" not in (tmp_path / "hub.db").read_bytes()


async def test_it_runs_by_itself(session: HubSession, hub: ModelHub) -> None:
    await session.parts.ledger.start()
    await session.parts.ledger.write(writing())
    async with asyncio.timeout(10):
        while not hub.ledger.entries:  # noqa: ASYNC110 - its own task brings it about
            await asyncio.sleep(0.005)


def test_a_signature_of_nobody() -> None:
    assert not verifies(KEY, bytes(64), b"")
    assert not verifies(VerifierKey("x", b""), bytes(64), b"")
