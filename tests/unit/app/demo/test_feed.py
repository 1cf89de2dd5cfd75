"""The feed of the demo: its pace, and a hub that is away."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from typing_extensions import override

from app.demo import cameras
from app.demo.doors import Senders
from app.demo.feed import Feed
from app.demo.hub import Keys
from app.demo.plots import FEEDS
from app.demo.stories import Delivery, Stories
from app.domain.errors import Unavailable
from app.domain.text import Text
from tests.fakes.waiting import until

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEYS = Keys("site", dict.fromkeys(FEEDS, "whsec_" + "QUJD" * 10), "administrator", "operator")


class Listening(Senders):
    """Takes everything, unless it is `away` for the next so many."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9", lambda: 9, KEYS, lambda: NOW)
        self.taken: list[Delivery] = []
        self.away = 0

    @override
    async def deliver(self, one: Delivery) -> bool:
        if self.away:
            self.away -= 1
            raise Unavailable(Text("없음", "away"))
        self.taken.append(one)
        return True


def a_feed(senders: Senders, naps: list[float], per_minute: float = 20.0) -> Feed:
    async def sleep(seconds: float) -> None:
        naps.append(seconds)
        await asyncio.sleep(0)

    places = [one.camera for one in cameras.generate(4)]
    return Feed(Stories(places), senders, lambda: NOW, per_minute, sleep)


async def test_it_keeps_its_pace_until_it_is_stopped() -> None:
    senders, naps = Listening(), []  # type: ignore[var-annotated]
    feed = a_feed(senders, naps, per_minute=30.0)
    feed.start()
    await until(lambda: len(senders.taken) > 2)
    await feed.stop()
    count = len(senders.taken)
    await asyncio.sleep(0)
    assert len(senders.taken) == count
    assert set(naps) == {2.0}


async def test_without_a_pace_only_a_step_lets_something_happen() -> None:
    senders, naps = Listening(), []  # type: ignore[var-annotated]
    feed = a_feed(senders, naps, per_minute=0.0)
    feed.start()
    await asyncio.sleep(0)
    assert senders.taken == []
    await feed.step()
    assert len(senders.taken) == 1
    await feed.stop()


async def test_a_step_is_one_message() -> None:
    senders = Listening()
    feed = a_feed(senders, [])
    heard: list[Delivery] = []
    feed.sent.connect(heard.append)
    assert [await feed.step()] == senders.taken == heard
    await feed.stop()


async def test_what_a_hub_that_is_away_did_not_take_is_sent_until_it_has_it() -> None:
    senders, naps = Listening(), []  # type: ignore[var-annotated]
    senders.away = 3
    feed = a_feed(senders, naps)
    first, second = await feed.step(), await feed.step()
    assert senders.taken == [first, second]
    assert naps == [1.0] * 3
    await feed.stop()


async def test_a_hub_that_is_not_there_is_unavailable_by_every_door() -> None:
    senders = Senders("http://127.0.0.1:9", lambda: 9, KEYS, lambda: NOW)
    stories = Stories([one.camera for one in cameras.generate(4)])
    doors = set()
    for _ in range(40):
        one = stories.next(NOW)
        doors.add(one.door)
        with pytest.raises(Unavailable) as caught:
            await senders.deliver(one)
        assert "whsec" not in str(caught.value)
    assert len(doors) > 3
    await senders.close()
