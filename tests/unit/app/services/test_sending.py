from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.errors import Unavailable
from app.domain.text import Text
from app.services.hub_port import HubFailure, Trouble
from app.services.sending import Pace, Sender
from app.tasks import cancel, spawn
from app.wire.commands import Outcomes
from tests.fakes.hub import ModelHub, trouble
from tests.fakes.hub_console import HubConsole, console
from tests.fakes.hub_model import HubModel
from tests.fakes.waiting import until


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[HubConsole]:
    made = await console(ModelHub(HubModel()), tmp_path / "hub.db")
    await made.outbox.take_line("anna")
    yield made
    await made.close()


class Pauses:
    """Remembers what was asked for and waits for nothing."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.pace = Pace(jitter=lambda: 1.0, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        await asyncio.sleep(0)


def hub_of(site: HubConsole) -> ModelHub:
    assert isinstance(site.hub, ModelHub)
    return site.hub


async def test_a_storm_of_errors_is_waited_out_with_growing_pauses(site: HubConsole) -> None:
    hub, pauses = hub_of(site), Pauses()
    hub.fails.extend(trouble(Trouble.SERVER) for _ in range(6))
    hub.fails.append(trouble(Trouble.BUSY, retry_after=7.0))
    await site.outbox.act("incident.note", "i", 0)
    sender = Sender(hub, site.outbox, pauses.pace)
    sender.connected.set()
    task = spawn(sender.run(), "sender")
    await until(lambda: not site.outbox.waiting)
    await cancel(task)
    assert pauses.asked == [0.25, 0.5, 1.0, 2.0, 2.0, 2.0, 9.0]
    assert list(hub.model.effects.values()) == [1]


async def test_without_a_connection_nothing_is_tried(site: HubConsole) -> None:
    sender = Sender(hub_of(site), site.outbox, Pauses().pace)
    await site.outbox.act("incident.note", "i", 0)
    task = spawn(sender.run(), "sender")
    for _ in range(20):
        await asyncio.sleep(0)
    await cancel(task)
    assert hub_of(site).batches == []


async def test_an_ended_session_ends_the_sending(site: HubConsole) -> None:
    hub = hub_of(site)
    hub.fails.append(trouble(Trouble.SIGNED_OUT))
    await site.outbox.act("incident.note", "i", 0)
    sender = Sender(hub, site.outbox, Pauses().pace)
    sender.connected.set()
    with pytest.raises(HubFailure) as caught:
        await sender.run()
    assert caught.value.trouble is Trouble.SIGNED_OUT
    assert site.outbox.waiting == 1


async def test_an_answer_that_the_disk_refuses_is_asked_for_again(
    site: HubConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, pauses = hub_of(site), Pauses()
    write = site.store.update_acts
    failures = [Unavailable(Text("가득", "full"))]

    async def full_once(*args: object) -> None:
        if failures:
            raise failures.pop()
        await write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(site.store, "update_acts", full_once)
    said: list[Text] = []
    site.outbox.notices.connect(said.append)
    await site.outbox.act("incident.note", "i", 0)
    sender = Sender(hub, site.outbox, pauses.pace)
    sender.connected.set()
    task = spawn(sender.run(), "sender")
    await until(lambda: not site.outbox.waiting)
    await cancel(task)
    assert [text.en for text in said] == ["full"]
    assert list(hub.model.effects.values()) == [1]
    assert len(hub.batches) == 2


async def test_an_answer_to_nothing_is_no_answer(
    site: HubConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, pauses = hub_of(site), Pauses()
    take = hub.model.commands
    empty = [Outcomes(epoch="epoch-1", next_n=1, outcomes=())]
    monkeypatch.setattr(hub.model, "commands", lambda batch: empty.pop() if empty else take(batch))
    await site.outbox.act("incident.note", "i", 0)
    sender = Sender(hub, site.outbox, replace(pauses.pace))
    sender.connected.set()
    task = spawn(sender.run(), "sender")
    await until(lambda: not site.outbox.waiting)
    await cancel(task)
    assert pauses.asked == [0.25]
