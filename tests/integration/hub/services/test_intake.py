"""From a raw body to an incident: app.hub.services.intake, .doors, .happenings, .incidents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.domain.account import Role
from app.domain.errors import BadInput, Refused
from app.domain.incident_state import State
from app.domain.intake import Kind
from app.formats.intake import platform_socket
from app.hub.hub import Hub
from app.hub.services import bundle, doors, happenings, incidents, intake
from app.hub.store import check
from app.hub.store import intake as raw_bodies
from app.hub.store.rows import Entry
from app.wire.commands import Status
from tests.fakes.hub_site import WEBHOOK, Clock, Console, a_hub, cloud_event, tell
from tests.fakes.hub_site import incidents as all_incidents
from tests.fakes.incidents import subject

AUDITOR = subject(Role.AUDITOR)


def bell(id_: str, **data: Any) -> bytes:
    return cloud_event(id_, {"bell": "17", "latitude": 35.83, "longitude": 128.53, **data})


def hit(id_: str, plate: str = "12가3456") -> bytes:
    return cloud_event(id_, {"plate": plate, "reason": "stolen"}, "kr.gwanje.plate.hit")


async def test_an_event_becomes_one_incident_however_often_it_is_told(any_hub: Hub) -> None:
    await tell(any_hub, bell("e1", person="x"))
    await tell(any_hub, bell("e1", person="x"))
    (one,) = await all_incidents(any_hub)
    assert (one.type, one.number, one.state) == ("emergency_bell", "20261125-0001", State.RECEIVED)
    assert one.facts["bell"] == "17"
    assert await any_hub.intake.quarantine(AUDITOR) == []


async def test_a_bell_pressed_again_within_a_minute_is_counted(any_hub: Hub, clock: Clock) -> None:
    await tell(any_hub, bell("e1"))
    clock.pass_(seconds=30)
    await tell(any_hub, bell("e2"))
    (one,) = await all_incidents(any_hub)
    assert one.facts["repeats"] == 1
    clock.pass_(seconds=61)
    await tell(any_hub, bell("e3"))
    assert len(await all_incidents(any_hub)) == 2


async def test_change_release_and_end_follow_their_incident(any_hub: Hub) -> None:
    await tell(any_hub, bell("e1", incident="b-9"))
    await tell(any_hub, bell("e2", incident="b-9", state="changed", place="월성동"))
    await tell(any_hub, bell("e3", incident="b-9", state="released"))
    await tell(any_hub, bell("e4", incident="b-9", state="ended"))
    await tell(any_hub, bell("e5", incident="b-9", state="ended"))
    (one,) = await all_incidents(any_hub)
    assert (one.place, one.state) == ("월성동", State.CLOSED)
    assert [line.kind for line in one.history] == ["receive", "change", "release", "close"]


async def test_a_second_hit_of_the_same_plate_closes_the_first(any_hub: Hub) -> None:
    await tell(any_hub, hit("h1"))
    await tell(any_hub, hit("h2", "12 가 3456"), source="feed-2")
    await tell(any_hub, hit("h3", "99나9999"))
    first, second, third = await all_incidents(any_hub)
    assert first.state is State.CLOSED_AUTOMATICALLY
    assert "12가3456" in first.history[-1].words.ko
    assert (second.state, third.state) == (State.RECEIVED, State.RECEIVED)


async def test_no_feed_speaks_of_the_incidents_of_another(hub: Hub) -> None:
    await tell(hub, bell("e1", incident="b-9"))
    id_ = await tell(hub, bell("e2", incident="b-9", state="ended"), source="feed-2")
    (one,) = await all_incidents(hub)
    assert one.state is State.RECEIVED
    assert [raw.id for raw in await hub.intake.quarantine(AUDITOR)] == [id_]


async def test_a_moving_target_is_told_point_by_point_and_its_incident_in_steps(
    hub: Hub, clock: Clock
) -> None:
    await tell(hub, bell("e1", incident="b-9"))
    head = hub.tail.head
    for n in range(12):
        clock.pass_(seconds=2)
        body = bell(f"p{n}", incident="b-9", state="position", latitude=35.9 + n / 1000)
        await tell(hub, body)
    entries = hub.tail.since(head, 100)
    assert entries is not None
    points = [e.d["latitude"] for e in entries if e.op == "evt" and e.d["event"] == "position"]
    assert points == [pytest.approx(35.9 + n / 1000) for n in range(12)]
    assert sum(e.op == "put" for e in entries) == 3
    (one,) = await all_incidents(hub)
    assert one.latitude == pytest.approx(35.91)


async def test_what_is_not_understood_lies_aside_until_it_can_be(hub: Hub) -> None:
    bad = await tell(hub, b'{"specversion": "1.0"}')
    early = await tell(hub, bell("e2", incident="b-9", state="released"))
    aside = {raw.id: raw for raw in await hub.intake.quarantine(AUDITOR)}
    assert set(aside) == {bad, early}
    reason = aside[bad].reason
    assert reason is not None
    assert "CloudEvents" in reason.en
    assert "authorization" not in aside[bad].headers
    await tell(hub, bell("e1", incident="b-9"))
    await hub.intake.retry(early, AUDITOR)
    await hub.intake.work_off()
    (one,) = await all_incidents(hub)
    assert one.state is State.RELEASED
    assert [raw.id for raw in await hub.intake.quarantine(AUDITOR)] == [bad]
    with pytest.raises(Refused):
        await hub.intake.retry(early, AUDITOR)
    with pytest.raises(Refused):
        await hub.intake.quarantine(subject())


async def test_what_is_good_of_a_body_is_taken_once_though_the_rest_is_bad(hub: Hub) -> None:
    body = b"[" + bell("e1") + b", {}, " + hit("h1") + b"]"
    id_ = await tell(hub, body)
    assert len(await all_incidents(hub)) == 2
    await hub.intake.retry(id_, AUDITOR)
    await hub.intake.work_off()
    assert len(await all_incidents(hub)) == 2
    assert len(await hub.intake.quarantine(AUDITOR)) == 1


@pytest.mark.allow_logs("app.hub.services.intake")
async def test_an_error_of_ours_puts_aside_only_what_it_happened_to(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: object, _bundle: object, happening: bundle.Happening) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(happenings.Happenings, "take", broken)
        await tell(hub, bell("e1"))
    await tell(hub, hit("h1"))
    assert len(await all_incidents(hub)) == 1
    (raw,) = await hub.intake.quarantine(AUDITOR)
    assert raw.reason == intake._OURS


async def test_what_was_acknowledged_before_a_crash_is_understood_once_after_it(
    address: str, tmp_path: Path, clock: Clock
) -> None:
    async with a_hub(address, tmp_path, clock) as hub:
        await hub.intake.accept("webhook", "feed-1", WEBHOOK, bell("e1", incident="b-9"))
        await hub.intake.accept(
            "webhook", "feed-1", WEBHOOK, bell("e2", incident="b-9", state="released"), clock.now
        )
    for _ in range(2):
        async with a_hub(address, tmp_path, clock) as hub:
            await hub.start()
            await hub.intake.stop()
            await hub.intake.work_off()
            (one,) = await all_incidents(hub)
            assert one.state is State.RELEASED
            assert len(one.history) == 2


async def test_many_bodies_are_understood_in_their_order(hub: Hub) -> None:
    for n in range(300):
        state = "occurred" if n % 3 == 0 else "changed"
        body = bell(f"e{n}", bell=str(n // 3), incident=f"b-{n // 3}", state=state, place=str(n))
        await hub.intake.accept("webhook", "feed-1", WEBHOOK, body)
    assert await hub.intake.work_off() == 300
    found = await all_incidents(hub)
    assert [one.place for one in found] == [str(n * 3 + 2) for n in range(100)]
    assert [one.number for one in found] == [f"20261125-{n:04d}" for n in range(1, 101)]


async def test_what_belongs_together_may_lie_in_one_bundle(any_hub: Hub) -> None:
    """Opened, repeated, changed and ended between two questions to the store."""
    bodies = [
        bell("e1", incident="b-9"),
        bell("e2"),
        bell("e3", incident="b-9", state="changed", place="월성동"),
        bell("e1", incident="b-9"),
        hit("h1"),
        hit("h2"),
        bell("e4", incident="b-9", state="ended"),
        bell("e5", incident="b-8", state="ended"),
    ]
    for body in bodies:
        await any_hub.intake.accept("webhook", "feed-1", WEBHOOK, body)
    assert await any_hub.intake.work_off() == len(bodies)
    one, first, second = await all_incidents(any_hub)
    assert [line.kind for line in one.history] == ["receive", "change", "release", "close"]
    assert (one.place, one.facts["repeats"]) == ("월성동", 1)
    assert (first.state, second.state) == (State.CLOSED_AUTOMATICALLY, State.RECEIVED)
    assert len(await any_hub.intake.quarantine(AUDITOR)) == 1
    assert await any_hub.reader.read(check.problems) == ()


async def test_news_of_a_merged_incident_goes_to_the_one_it_is_part_of(
    hub: Hub, clock: Clock
) -> None:
    await tell(hub, bell("e1", incident="b-1"))
    await tell(hub, bell("e2", incident="b-2", bell="18"))
    first, second = await all_incidents(hub)
    every = hub.sites.within(hub.sites.top)
    console = Console(hub, clock, subject(Role.SUPERVISOR, site=hub.sites.top, within=every))
    outcome = await console.do("incident.merge", first.id, into=second.id)
    assert outcome.status is Status.APPLIED
    await tell(hub, bell("e3", incident="b-1", state="changed", place="월성동"))
    first, second = await all_incidents(hub)
    assert (first.place, second.place) == ("", "월성동")


@pytest.mark.allow_logs("app.hub.services.intake")
async def test_an_error_over_one_body_of_a_bundle_undoes_nothing_of_the_others(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = happenings.Happenings.take

    def broken(
        self: happenings.Happenings, some: bundle.Bundle, happening: bundle.Happening
    ) -> Entry | None:
        if happening.event.facts.get("bell") == "13":
            raise ZeroDivisionError
        return take(self, some, happening)

    monkeypatch.setattr(happenings.Happenings, "take", broken)
    for number in ("12", "13", "14"):
        await hub.intake.accept("webhook", "f", WEBHOOK, bell(f"e{number}", bell=number))
    await hub.intake.work_off()
    found = await all_incidents(hub)
    assert [one.number for one in found] == ["20261125-0001", "20261125-0002"]
    assert [one.facts["bell"] for one in found] == ["12", "14"]
    (raw,) = await hub.intake.quarantine(AUDITOR)
    assert raw.reason == intake._OURS


async def test_every_door_is_read_by_its_own_format(hub: Hub, clock: Clock) -> None:
    frame = platform_socket.write_event("112", Kind.OCCURRED, clock.now, {"external": "A-1"})
    await hub.intake.accept(doors.PLATFORM, "112", {}, frame)
    await hub.intake.accept(doors.CAP, "kma", {}, b"<alert/>")
    empty = b'{"header": {"resultCode": "00"}, "body": []}'
    await hub.intake.accept(doors.DISASTER, "poll", {}, empty)
    await hub.intake.accept(doors.ITS, "poll", {}, empty)
    with pytest.raises(BadInput):
        await hub.intake.accept("cat flap", "x", {}, b"")
    assert await hub.intake.work_off() == 4
    (one,) = await all_incidents(hub)
    assert (one.external, one.source) == ("A-1", "112")
    (raw,) = await hub.intake.quarantine(AUDITOR)
    assert raw.door == doors.CAP
    assert await hub.reader.read(raw_bodies.waiting) == []
    assert one.source != incidents.HUB_FEED
