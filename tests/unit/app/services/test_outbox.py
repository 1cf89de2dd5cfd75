from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.errors import BadInput, Failure, Refused, Unavailable
from app.domain.hub_act import ActState, HubAct
from app.domain.text import Text
from app.services.hub_port import Trouble
from app.services.hub_store_port import HubStore
from app.services.outbox import Outbox
from app.services.outbox_answers import command, refused, renumbered, settled
from app.wire.commands import Outcomes
from tests.fakes.hub import ModelHub, trouble
from tests.fakes.hub_console import HubConsole, console
from tests.fakes.hub_model import HubModel
from tests.fakes.waiting import until


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[HubConsole]:
    made = await console(ModelHub(HubModel()), tmp_path / "hub.db")
    yield made
    await made.close()


def hub_of(site: HubConsole) -> ModelHub:
    assert isinstance(site.hub, ModelHub)
    return site.hub


async def note(site: HubConsole, text: str = "메모", type_: str = "incident.note") -> HubAct:
    return await site.outbox.act(type_, "inc-1", 3, {"text": text})


async def on_disk(store: HubStore) -> list[str]:
    return [act.cmd_id for act in (await store.acts()).value]


async def test_an_act_is_on_the_disk_before_anybody_hears_that_it_is_done(
    site: HubConsole,
) -> None:
    await site.outbox.take_line("anna")
    first, second = await note(site), await note(site)
    assert await on_disk(site.store) == [first.cmd_id, second.cmd_id]
    assert (first.n, second.n) == (1, 2)
    assert (first.base_ver, first.args) == (3, {"text": "메모"})
    assert site.outbox.waiting == 2


async def test_acts_done_at_once_get_numbers_without_a_gap(site: HubConsole) -> None:
    await site.outbox.take_line("anna")
    acts = await asyncio.gather(*(note(site) for _ in range(20)))
    assert sorted(act.n for act in acts) == list(range(1, 21))


async def test_a_caller_that_goes_away_breaks_no_numbers(site: HubConsole) -> None:
    await site.outbox.take_line("anna")
    gone = asyncio.ensure_future(note(site))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    assert (await note(site)).n == 2
    assert [act.n for act in site.outbox.acts()] == [1, 2]


async def test_nobody_signed_in_does_nothing(site: HubConsole) -> None:
    with pytest.raises(Refused, match="Sign in"):
        await note(site)


async def test_what_the_wire_does_not_carry_is_said_at_once(site: HubConsole) -> None:
    await site.outbox.take_line("anna")
    with pytest.raises(BadInput):
        await site.outbox.act("incident.note", "two\nlines", 0)
    assert (await note(site)).n == 1


async def test_where_nothing_is_saved_no_act_is_accepted() -> None:
    site = await console(ModelHub(HubModel()))
    await site.outbox.take_line("anna")
    with pytest.raises(Unavailable, match="not accepted"):
        await note(site)
    await site.close()


async def test_a_full_disk_refuses_and_takes_no_number(
    site: HubConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    await site.outbox.take_line("anna")

    async def full(*_: object) -> None:
        raise Unavailable(Text("가득", "full"))

    with monkeypatch.context() as patched:
        patched.setattr(site.store, "keep_act", full)
        with pytest.raises(Unavailable, match="full"):
            await note(site)
    assert site.outbox.waiting == 0
    assert (await note(site)).n == 1


async def test_everything_goes_out_in_order_and_once(site: HubConsole) -> None:
    hub = hub_of(site)
    hub.down = True
    await site.sign_in()
    acts = [await note(site, str(n)) for n in range(250)]
    hub.loses_answers = 1
    hub.down = False
    await site.settled(hub.model)
    assert [len(batch.commands) for batch in hub.batches] == [100, 100, 100, 50]
    assert [frame.id for frame in hub.model.memory.log] == [act.cmd_id for act in acts]
    assert max(hub.model.effects.values()) == 1
    assert await on_disk(site.store) == []


async def test_on_the_way_an_act_is_sent_and_afterwards_gone(site: HubConsole) -> None:
    await site.outbox.take_line("anna")
    await note(site)
    batch = site.outbox.next_batch(10)
    assert [act.state for act in site.outbox.acts()] == [ActState.SENT]
    site.outbox.came_back()
    assert [act.state for act in site.outbox.acts()] == [ActState.WAITING]
    heard: list[HubAct] = []
    site.outbox.settled.connect(heard.append)
    outcomes = hub_of(site).model.commands(site.outbox.batch(batch))
    assert await site.outbox.settle(batch, outcomes)
    assert [(act.state, act.seq) for act in heard] == [(ActState.APPLIED, 1)]
    assert site.outbox.acts() == ()


@pytest.mark.parametrize(
    ("type_", "state"), [("conflict", ActState.CONFLICT), ("refuse", ActState.REFUSED)]
)
async def test_trouble_is_kept_with_its_reason_until_a_person_decides(
    site: HubConsole, type_: str, state: ActState
) -> None:
    hub = hub_of(site)
    await site.sign_in()
    await note(site, type_=type_)
    await until(lambda: site.outbox.troubled == 1)
    (act,) = site.outbox.acts()
    assert act.state is state
    assert act.reason == Text("이미 종결되었습니다.", "It is closed.")
    again = await site.outbox.retry(act.cmd_id, 8)
    assert (again.base_ver, again.args) == (8, act.args)
    await until(lambda: site.outbox.troubled == 1 and not site.outbox.waiting)
    (second,) = site.outbox.acts()
    assert second.cmd_id == again.cmd_id
    await site.outbox.discard(second.cmd_id)
    assert site.outbox.acts() == ()
    assert await on_disk(site.store) == []
    for gone in (act, second):
        with pytest.raises(BadInput):
            await site.outbox.discard(gone.cmd_id)
    assert len(hub.batches) == 2


async def test_one_act_that_the_hub_cannot_read_does_not_stop_the_others(
    site: HubConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = hub_of(site)
    await site.outbox.take_line("anna")
    acts = [await note(site, type_="poison" if n == 2 else "incident.note") for n in range(5)]
    take = hub.model.commands

    def picky(batch: object) -> Outcomes:
        if "poison" in str(batch):
            raise trouble(Trouble.UNREADABLE)
        return take(batch)  # type: ignore[arg-type]

    monkeypatch.setattr(hub.model, "commands", picky)
    await site.sign_in()
    await site.settled(hub.model)
    assert list(hub.model.effects) == [act.cmd_id for act in acts if act.type != "poison"]
    (poison,) = site.outbox.acts()
    assert (poison.type, poison.state) == ("poison", ActState.REFUSED)
    assert (await note(site)).n == 5


async def test_a_hub_that_counts_otherwise_is_followed(site: HubConsole) -> None:
    hub = hub_of(site)
    await site.outbox.take_line("anna")
    client = (await note(site)).client
    hub.model.memory.next_n[client] = 41
    await note(site)
    await site.sign_in()
    await site.settled(hub.model)
    assert hub.model.memory.next_n[client] == 43
    assert (await note(site)).n == 43


async def test_each_person_sends_only_what_is_his(site: HubConsole) -> None:
    hub = hub_of(site)
    await site.outbox.take_line("bert")
    await note(site, "of bert")
    site.outbox.drop_line()
    await site.sign_in()
    mine = await note(site, "of anna")
    await until(lambda: site.outbox.waiting == 1)
    assert list(hub.model.effects) == [mine.cmd_id]
    assert [act.username for act in site.outbox.acts()] == ["bert"]


async def test_a_restored_hub_gets_again_what_it_has_lost(site: HubConsole) -> None:
    hub = hub_of(site)
    await site.sign_in()
    before = await note(site, "before the backup")
    await site.settled(hub.model)
    backup = hub.model.backup()
    lost = [await note(site, str(n)) for n in range(3)]
    await site.settled(hub.model)
    said: list[Text] = []
    site.outbox.notices.connect(said.append)
    hub.model.restore(backup)
    hub.cut()
    await until(lambda: site.current(hub.model))
    assert set(hub.model.memory.outcomes) == {act.cmd_id for act in [before, *lost]}
    assert [frame.id for frame in hub.model.memory.log][1:] == [act.cmd_id for act in lost]
    assert max(hub.model.effects.values()) == 1
    assert "4 acts" in said[0].en
    assert await site.outbox.offer_again(hub.model.epoch) == 0


async def test_what_is_older_than_thirty_days_is_not_offered_again(site: HubConsole) -> None:
    hub = hub_of(site)
    await site.sign_in()
    await note(site)
    await site.settled(hub.model)
    site.clock.base += timedelta(days=31).total_seconds()
    assert await site.outbox.offer_again("another") == 0


async def test_the_next_run_goes_on_where_this_one_ended(tmp_path: Path) -> None:
    hub = ModelHub(HubModel())
    first = await console(hub, tmp_path / "hub.db")
    await first.outbox.take_line("anna")
    act = await note(first)
    await first.close()
    second = await console(hub, tmp_path / "hub.db")
    assert second.outbox.acts() == (act,)
    await second.sign_in()
    assert (await note(second)).n == 2
    await second.settled(hub.model)
    assert sorted(hub.model.effects.values()) == [1, 1]
    await second.close()


async def test_a_store_that_cannot_be_read_is_said(
    site: HubConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken() -> object:
        raise Unavailable(Text("고장", "broken"))

    monkeypatch.setattr(site.store, "acts", broken)
    outbox = Outbox(site.store, site.clock, lambda: "x")
    said: list[Text] = []
    outbox.notices.connect(said.append)
    await outbox.start()
    assert [text.en for text in said] == ["broken"]


class TestAnswers:
    async def test_numbers_follow_without_a_gap(self, site: HubConsole) -> None:
        await site.outbox.take_line("anna")
        acts = [await note(site) for _ in range(3)]
        assert renumbered(acts, 1) == []
        assert [act.n for act in renumbered(acts, 7)] == [7, 8, 9]
        assert [act.n for act in renumbered(acts[1:], 1)] == [1, 2]

    async def test_what_the_hub_says_is_kept(self, site: HubConsole) -> None:
        await site.outbox.take_line("anna")
        act = await note(site, type_="conflict")
        outcome = hub_of(site).model.commands(site.outbox.batch([act])).outcomes[0]
        found = settled(act, outcome, act.at)
        assert (found.state, found.current) == (ActState.CONFLICT, {"state": 91})
        assert command(act).args == {"text": "메모"}
        assert refused(act, Text("가", "a"), act.at).state is ActState.REFUSED
        assert issubclass(BadInput, Failure)
