from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.text import Text
from app.services.hub_link import HubLink, Link, LinkState
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_model import NOW

AWAY = Text("없음", "away")


@pytest.fixture
def link() -> HubLink:
    return HubLink(hand_clock())


def test_the_way_from_sign_in_to_live(link: HubLink) -> None:
    seen: list[tuple[LinkState, int]] = []
    link.changed.connect(lambda now: seen.append((now.state, now.lag)))
    link.connecting()
    link.filling(1000, 3000)
    link.catching_up(10, 25)
    link.reached(20)
    link.reached(25)
    link.reached(25)
    link.signed_out()
    assert seen == [
        (LinkState.CONNECTING, 0),
        (LinkState.CATCHING_UP, 0),
        (LinkState.CATCHING_UP, 15),
        (LinkState.CATCHING_UP, 5),
        (LinkState.LIVE, 0),
        (LinkState.SIGNED_OUT, 0),
    ]


def test_a_hub_that_is_away_is_said_once(link: HubLink) -> None:
    seen: list[Link] = []
    link.changed.connect(seen.append)
    for _ in range(5):
        link.connecting()
        link.offline(AWAY)
    assert [now.state for now in seen] == [LinkState.CONNECTING, LinkState.OFFLINE]
    assert seen[-1].reason == AWAY
    assert not seen[-1].up
    link.refused(AWAY)
    assert link.link.state is LinkState.REFUSED


def test_live_is_not_lost_over_a_few_places(link: HubLink) -> None:
    link.reached(10, 10)
    link.reached(10, 50)
    assert (link.link.state, link.link.lag) == (LinkState.LIVE, 40)
    link.reached(10, 5000)
    assert link.link.state is LinkState.CATCHING_UP
    link.reached(11, 5001, current=True)
    assert (link.link.state, link.link.lag) == (LinkState.LIVE, 0)


def test_since_counts_from_the_change(link: HubLink) -> None:
    clock = link._clock
    link.reached(1, 1)
    clock.at += 5  # type: ignore[attr-defined]
    link.reached(2, 2)
    assert link.link.since == 1000.0
    link.offline(AWAY)
    assert link.link.since == 1005.0


@pytest.mark.parametrize(("seconds", "word"), [(3, "ahead of"), (-90, "behind")])
def test_clocks_that_differ_are_told_once(link: HubLink, seconds: float, word: str) -> None:
    said: list[Text] = []
    link.notices.connect(said.append)
    apart = NOW + timedelta(seconds=seconds)
    link.told_time(apart)
    assert said == [], "one late heartbeat is no difference"
    for _ in range(3):
        link.told_time(apart)
    assert len(said) == 1
    assert f"{abs(seconds)} s {word}" in said[0].en
    assert link.link.clock_ahead == seconds
    link.told_time(NOW)
    for _ in range(3):
        link.told_time(apart)
    assert len(said) == 2


def test_small_differences_are_fine(link: HubLink) -> None:
    said: list[Text] = []
    link.notices.connect(said.append)
    for seconds in (1.9, -1.9, 0.5) * 3:
        link.told_time(NOW + timedelta(seconds=seconds))
    assert said == []


def test_polling_is_shown(link: HubLink) -> None:
    link.polls(polling=True)
    assert link.link.polling
