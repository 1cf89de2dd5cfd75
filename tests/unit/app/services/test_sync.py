from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.domain.errors import Unavailable
from app.domain.text import Text
from app.services.hub_link import LinkState
from app.services.hub_port import Place, Trouble
from app.services.hub_store_port import Scope
from app.services.snapshot_filling import take_snapshot
from app.services.sync import Sync
from app.wire.stream import Frame
from tests.fakes.hub import ModelHub, trouble
from tests.fakes.hub_console import QUICK, HubConsole, console
from tests.fakes.hub_model import HubModel
from tests.fakes.waiting import until


@pytest.fixture
def model() -> HubModel:
    made = HubModel()
    for number in range(10):
        made.put("note", f"n{number}", text=str(number))
    return made


@pytest.fixture
def hub(model: HubModel) -> ModelHub:
    return ModelHub(model)


@pytest.fixture
async def site(hub: ModelHub) -> AsyncIterator[HubConsole]:
    made = await console(hub)
    yield made
    await made.close()


async def agree(site: HubConsole, model: HubModel) -> None:
    """Disk, memory and hub say the same."""
    await site.settled(model)
    assert await site.stored() == model.memory.rows
    notes = {id_: row for (kind, id_), row in model.memory.rows.items() if kind == "note"}
    assert site.mirrored() == notes


async def test_the_first_time_takes_a_snapshot_and_then_follows(
    site: HubConsole, hub: ModelHub, model: HubModel
) -> None:
    sync: Sync = site.sync
    assert sync.place is None
    await site.sign_in()
    await agree(site, model)
    assert hub.calls.count("snapshot") == 4
    model.put("note", "n3", text="changed")
    model.put("camera", "c1", name="정문")
    model.delete("note", "n4")
    await agree(site, model)
    assert hub.calls.count("snapshot") == 4
    assert hub.calls.count("stream") == 1


async def test_after_a_cut_it_goes_on_where_it_was(
    site: HubConsole, hub: ModelHub, model: HubModel
) -> None:
    await site.sign_in()
    await agree(site, model)
    hub.down = True
    await until(lambda: site.link.link.state is LinkState.OFFLINE)
    assert site.link.link.reason is not None
    model.put("note", "meanwhile")
    hub.down = False
    await agree(site, model)
    assert hub.calls.count("snapshot") == 4


def without_first(frames: list[Frame]) -> list[Frame]:
    return frames[1:]


def twice(frames: list[Frame]) -> list[Frame]:
    return [frame for frame in frames for _ in range(2)]


def backwards(frames: list[Frame]) -> list[Frame]:
    return frames[::-1]


def nothing(frames: list[Frame]) -> list[Frame]:
    return []


@pytest.mark.parametrize("mangle", [without_first, twice, backwards, nothing])
async def test_what_is_lost_doubled_or_turned_round_is_set_right(
    site: HubConsole, hub: ModelHub, model: HubModel, mangle: object
) -> None:
    await site.sign_in()
    await agree(site, model)
    hub.mangle = mangle  # type: ignore[assignment]
    for number in range(5):
        model.put("note", "n1", text=f"v{number}")
        model.put("note", f"new{number}")
    await agree(site, model)
    assert hub.calls.count("snapshot") == 4


async def test_a_gap_that_stays_open_brings_a_snapshot(
    site: HubConsole, hub: ModelHub, model: HubModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.sign_in()
    await agree(site, model)
    frames = model.frames
    hub.mangle = without_first
    monkeypatch.setattr(model, "frames", lambda seq: tuple(f for f in frames(seq) if f.seq != 11))
    model.put("note", "unreachable")
    model.put("note", "visible")
    await agree(site, model)
    assert hub.calls.count("snapshot") == 8


async def test_a_trimmed_log_brings_a_snapshot_and_keeps_the_rows_meanwhile(
    site: HubConsole, hub: ModelHub, model: HubModel
) -> None:
    await site.sign_in()
    await agree(site, model)
    hub.down = True
    await until(lambda: site.link.link.state is LinkState.OFFLINE)
    model.delete("note", "n0")
    model.put("note", "n1", text="later")
    model.trim()
    assert site.mirrored().keys() >= {"n0", "n1"}
    hub.down = False
    await agree(site, model)
    assert hub.calls.count("snapshot") > 4


async def test_a_restored_hub_is_taken_anew(
    site: HubConsole, hub: ModelHub, model: HubModel
) -> None:
    backup = model.backup()
    await site.sign_in()
    model.put("note", "lost with the restoring")
    await agree(site, model)
    model.restore(backup)
    await agree(site, model)


async def test_a_log_that_ends_before_our_place_is_another_one(
    site: HubConsole, hub: ModelHub, model: HubModel
) -> None:
    await site.sign_in()
    await agree(site, model)
    hub.down = True
    backup = HubModel()
    backup.put("note", "only")
    model.memory = backup.memory
    hub.down = False
    await agree(site, model)


async def test_a_snapshot_comes_through_a_bad_network(
    site: HubConsole, hub: ModelHub, model: HubModel
) -> None:
    kinds = (Trouble.CLOSED, Trouble.TIMED_OUT, Trouble.BUSY, Trouble.MALFORMED)
    real = hub.snapshot

    async def flaky(after: str | None) -> object:
        calls = hub.calls.count("flaky")
        hub.calls.append("flaky")
        if calls % 2 == 0:
            raise trouble(kinds[calls // 2 % len(kinds)])
        return await real(after)

    hub.snapshot = flaky  # type: ignore[method-assign,assignment]
    await site.sign_in()
    await agree(site, model)
    assert hub.calls.count("snapshot") == 4


async def test_pages_of_different_places_are_no_trouble(
    site: HubConsole, hub: ModelHub, model: HubModel
) -> None:
    real = hub.snapshot

    async def moving(after: str | None) -> object:
        page = await real(after)
        model.put("note", "n0", text=f"after {after}")
        model.put("note", f"m{after}")
        model.delete("note", "n9")
        return page

    hub.snapshot = moving  # type: ignore[method-assign,assignment]
    await site.sign_in()
    await agree(site, model)
    assert site.sync.place == Place("epoch-1", model.memory.head)


async def test_a_snapshot_in_circles_ends(site: HubConsole, hub: ModelHub) -> None:
    real = hub.snapshot

    async def circling(after: str | None) -> object:
        return replace(await real("0"), after="0")

    hub.snapshot = circling  # type: ignore[method-assign,assignment]
    with pytest.raises(Exception, match="again and again"):
        await take_snapshot(hub, site.store, site.link, QUICK)


async def test_where_no_stream_passes_it_asks_again_and_again(
    hub: ModelHub, model: HubModel
) -> None:
    site = await console(hub, pace=replace(QUICK, first=0.02, wait=0.05))
    hub.silent = True
    await site.sign_in()
    await until(lambda: site.link.link.polling)
    await agree(site, model)
    model.put("note", "by poll")
    await agree(site, model)
    model.restore(model.backup())
    hub.cut()
    await agree(site, model)
    assert hub.calls.count("stream") == 1
    hub.silent = False
    site.clock.at += 601
    model.put("note", "wakes the poll")
    await until(lambda: hub.calls.count("stream") == 2)
    await agree(site, model)
    assert not site.link.link.polling
    await site.close()


async def test_a_stream_that_falls_silent_is_given_up(hub: ModelHub, model: HubModel) -> None:
    site = await console(hub, pace=replace(QUICK, dead=0.05))
    await site.sign_in()
    await agree(site, model)
    await until(lambda: hub.calls.count("stream") > 2)
    await agree(site, model)
    await site.close()


async def test_401_in_the_middle_ends_the_session_and_keeps_everything(
    site: HubConsole, hub: ModelHub, model: HubModel
) -> None:
    await site.sign_in()
    await agree(site, model)
    ended: list[Text] = []
    site.sync.ended.connect(ended.append)
    hub.revoke()
    await until(lambda: bool(ended))
    assert site.link.link.state is LinkState.SIGNED_OUT
    assert len(site.mirrored()) == 10
    await site.sign_in()
    await agree(site, model)


async def test_without_the_right_nothing_stays(
    site: HubConsole, hub: ModelHub, model: HubModel
) -> None:
    await site.sign_in()
    await agree(site, model)
    hub.fails.append(trouble(Trouble.FORBIDDEN))
    hub.cut()
    await until(lambda: site.link.link.state is LinkState.REFUSED)
    assert site.mirrored() == {}
    assert await site.stored() == {}


async def test_a_full_disk_is_said_and_loses_nothing(
    site: HubConsole, model: HubModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.sign_in()
    await agree(site, model)

    async def full(*_: object) -> None:
        raise Unavailable(Text("가득", "full"))

    with monkeypatch.context() as patched:
        patched.setattr(site.store, "apply", full)
        model.put("note", "does not fit")
        await until(lambda: site.link.link.reason == Text("가득", "full"))
    await agree(site, model)


@pytest.mark.allow_logs("app.services.sync")
async def test_a_bug_ends_no_shift(
    site: HubConsole, hub: ModelHub, model: HubModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.sign_in()
    await agree(site, model)

    async def bug(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(site.store, "apply", bug)
        model.put("note", "poison")
        await until(lambda: site.link.link.state is LinkState.OFFLINE)
    await agree(site, model)
    assert hub.calls.count("snapshot") > 4


async def test_offline_it_shows_the_last_state(hub: ModelHub, model: HubModel) -> None:
    hub.down = True
    site = await console(hub)
    await site.store.take_over(Scope("acc-anna", "operator", "site-1"))
    await site.store.fill([*model.memory.rows.values()])
    await site.store.swap(Place("epoch-1", 10))
    await site.sign_in()
    assert len(site.mirrored()) == 10
    await until(lambda: site.link.link.state is LinkState.OFFLINE)
    hub.down = False
    await agree(site, model)
    assert "snapshot" not in hub.calls
    await site.close()
