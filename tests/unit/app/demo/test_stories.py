"""What happens in the demo's district, and that the hub's own readers understand it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from app.demo import cameras, messages, plots
from app.demo.messages import Scene, Telling
from app.demo.plots import FEEDS, PLOTS, Door
from app.demo.stories import Delivery, News, Stories
from app.domain.incident_type import TypeKey
from app.domain.incident_types import incident_type
from app.domain.intake import IntakeEvent, Kind, Rejected
from app.formats.intake import cap, disaster_messages, its_incidents, platform_socket, webhook

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLACES = [one.camera for one in cameras.generate(36)]
SCENE = Scene("월배로 180 월성네거리", "월성동", 35.8241, 128.5262, "c1")


def told(count: int, seed: int = 53) -> list[Delivery]:
    """One every three seconds."""
    stories = Stories(PLACES, seed)
    return [stories.next(NOW + timedelta(seconds=3 * n)) for n in range(count)]


def events(one: Delivery) -> list[IntakeEvent | Rejected]:
    at = NOW + timedelta(hours=1)
    match one.door:
        case Door.PLATFORM:
            return platform_socket.events(one.body, at)
        case Door.CAP:
            return cap.events(one.body, at)
        case Door.DISASTER:
            return disaster_messages.events(one.body, at)
        case Door.ITS:
            return its_incidents.events(one.body, at)
        case _:
            return webhook.events(one.body, {}, at)


def test_every_type_of_the_table_happens() -> None:
    assert {plot.type for plot in PLOTS} == set(TypeKey)
    opened = {one.type for one in told(60) if one.news is News.OPENS}
    assert opened == set(TypeKey)


def test_the_same_seed_tells_the_same() -> None:
    assert told(100) == told(100)
    assert told(100, seed=54) != told(100)


def test_two_runs_have_incidents_of_their_own() -> None:
    first, second = (Stories(PLACES, run=run).next(NOW) for run in ("1", "2"))
    assert first.external != second.external


def test_the_hubs_readers_understand_every_message_as_it_was_meant() -> None:
    for one in told(200):
        if one.news is News.BROKEN or one.door is Door.HAND:
            continue
        (event,) = events(one)
        assert isinstance(event, IntakeEvent), one
        assert (event.source, event.external) == (one.source, one.external)
        assert event.type == one.type
        assert event.problems == ()
        if one.news is News.OPENS:
            assert event.kind is Kind.OCCURRED
        if one.door is not Door.DISASTER:
            assert event.latitude == pytest.approx(35.83, abs=0.1)


def test_a_broken_message_is_none_for_its_reader() -> None:
    broken = [one for one in told(200) if one.news is News.BROKEN]
    assert broken
    assert all(isinstance(one, Rejected) for message in broken for one in events(message))


def test_what_follows_is_about_what_was_opened_before() -> None:
    opened: set[tuple[str, str]] = set()
    follows = 0
    for one in told(200):
        key = one.source, one.external
        if one.news is News.OPENS:
            assert key not in opened
            opened.add(key)
        elif one.news is News.FOLLOWS:
            assert key in opened
            follows += 1
    assert follows > 40


def test_a_sender_repeats_itself_in_another_delivery() -> None:
    before: dict[bytes, str] = {}
    again = 0
    for one in told(100):
        if one.news is News.AGAIN:
            assert before[one.body] != one.id
            again += 1
        before[one.body] = one.id
    assert again > 5


def test_a_plate_is_read_again_elsewhere() -> None:
    hits = [
        event
        for one in told(200)
        if one.type is TypeKey.WANTED_VEHICLE and one.news is News.OPENS
        for event in events(one)
    ]
    plates = Counter(hit.facts["plate"] for hit in hits if isinstance(hit, IntakeEvent))
    assert 2 in plates.values()


def test_an_anklet_has_one_of_the_legal_reasons() -> None:
    reasons = {reason.key for reason in incident_type(TypeKey.ANKLET).reasons}
    anklet = next(plot for plot in PLOTS if plot.type is TypeKey.ANKLET)
    assert {choice["reason"] for choice in anklet.choices} <= reasons


def test_the_telephone_has_no_feed() -> None:
    assert set(FEEDS.values()) == set(Door) - {Door.HAND}


def test_words_of_a_change_are_more_than_those_of_the_first_message() -> None:
    fire = next(plot for plot in PLOTS if plot.type is TypeKey.FIRE_DISPATCH)
    values = {"class": "화재", "detail": "주택화재"}
    assert plots.words(fire, Kind.OCCURRED, values) == values
    assert plots.words(fire, Kind.CHANGED, values)["detail"] == "대응 1단계"


def test_a_traffic_incident_keeps_its_number_until_its_end() -> None:
    begun = messages.traffic(Telling("1520001", Kind.OCCURRED, SCENE, {}), NOW, NOW)
    later = NOW + timedelta(minutes=5)
    ended = messages.traffic(Telling("1520001", Kind.ENDED, SCENE, {}), NOW, later)
    assert messages.traffic_number(begun, NOW) == messages.traffic_number(ended, later)
    (event,) = its_incidents.events(ended, later)
    assert isinstance(event, IntakeEvent)
    assert event.kind is Kind.ENDED
