"""Shares at the hub: app.hub.services.shares, .share_acts, .share_json, app.hub.store.shares."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from app.domain.account import AccountId, Role, Subject
from app.domain.errors import Refused
from app.domain.incident_acts import closed_automatically
from app.domain.incident_state import State
from app.domain.share import Ending, Share, ShareState
from app.domain.site import SiteId, SiteKind
from app.domain.text import Text
from app.hub.hub import Hub
from app.hub.services import share_json
from app.hub.services.share_acts import ShareActs
from app.hub.services.shares import KIND
from app.hub.store import queries
from app.hub.store import shares as index
from app.wire.commands import Outcome, Status
from app.wire.entities import SiteRow
from tests.fakes.hub_site import Clock, Console, administrator, camera, incidents
from tests.fakes.incidents import STATION, receiver, subject

FIRE = SiteId("dalseo-fire")
BOSS = subject(Role.SUPERVISOR, account=AccountId("lee"), name="이팀장")
FIREMAN = receiver(site=FIRE, site_kind=SiteKind.FIRE, account=AccountId("park"), name="박소방")


@pytest.fixture
async def console(any_hub: Hub, clock: Clock) -> Console:
    """A bell has rung at the first of three cameras."""
    who = administrator(any_hub)
    await any_hub.sites.put(
        [
            SiteRow(id=FIRE, name="달서소방서", kind="fire", parent=any_hub.sites.top),
            SiteRow(id="car", name="순12호", kind="patrol", parent=STATION),
            SiteRow(id="guard", name="튼튼경비", kind="security", parent=any_hub.sites.top),
        ]
    )
    await any_hub.registry.put_cameras(
        who,
        [
            camera("C-1", 1, latitude=35.82, longitude=128.53),
            camera("C-2", 2, latitude=35.8201, longitude=128.5301),
            camera("C-3", 3, latitude=35.83, longitude=128.53),
        ],
    )
    console = Console(any_hub, clock)
    await console.do(
        "incident.create", "i1", type="emergency_bell", latitude=35.82, longitude=128.53
    )
    return console


async def propose(console: Console, id_: str = "s1", **args: Any) -> Outcome:
    given: dict[str, Any] = {"receiver": STATION, "incident": "i1", "cameras": ["C-1", "C-2"]}
    return await console.do("share.propose", id_, **given | args)


async def share(hub: Hub, id_: str = "s1") -> Share:
    return await hub.reader.read(lambda c: hub.shares.need(c, id_))


async def seen(hub: Hub, who: Subject) -> set[str]:
    """Names of the rows of cameras, incidents and shares that somebody sees now."""
    found = set()
    for kind in ("camera", "incident", "share"):
        for row in await hub.reader.read(partial(queries.of_kind, kind=kind)):
            if hub.visibility.row(who, kind, row.id, row.d) is not None:
                found.add(row.id)
    return found


async def test_what_is_shared_is_seen_while_it_is_shared(any_hub: Hub, console: Console) -> None:
    assert await seen(any_hub, receiver()) == set()
    assert (await propose(console)).status is Status.APPLIED
    assert await seen(any_hub, receiver()) == {"C-1", "C-2", "i1", "s1"}
    assert await seen(any_hub, FIREMAN) == set()
    (incident,) = await incidents(any_hub)
    assert incident.history[-1].words.ko == "달서경찰서에 카메라 2대 영상제공 시작"
    await console.do("share.end", "s1")
    # The share itself stays in sight: the receiver is to know why it is dark.
    assert await seen(any_hub, receiver()) == {"s1"}
    ended = await share(any_hub)
    assert (ended.state, ended.ending, ended.ended_by) == (
        ShareState.ENDED, Ending.PERSON, "김관제",
    )  # fmt: skip
    assert (await console.do("share.end", "s1")).status is Status.APPLIED


async def test_what_leaves_tells_no_address_and_no_staff(any_hub: Hub, console: Console) -> None:
    await propose(console)
    rows = await any_hub.reader.read(lambda c: queries.of_kind(c, "share"))
    row = any_hub.visibility.row(receiver(), "share", "s1", rows[0].d)
    assert row is not None
    assert row == share_json.row_of(rows[0].d)
    assert (row["site_name"], row["receiver_name"]) == ("달서구", "달서경찰서")
    assert "proposed_account" not in row
    cameras = await any_hub.reader.read(lambda c: queries.of_kind(c, "camera"))
    for one in cameras:
        shown = any_hub.visibility.row(subject(), "camera", one.id, one.d)
        assert shown is not None
        assert "shared" not in shown


@pytest.mark.parametrize("how", ["release", "cancel", "close_automatically"])
async def test_the_end_of_the_incident_is_the_end_of_the_share(
    any_hub: Hub, console: Console, clock: Clock, how: str
) -> None:
    await propose(console)
    await propose(console, "s2", receiver=FIRE, purpose="화재 확인")
    if how == "close_automatically":
        (incident,) = await incidents(any_hub)
        over = closed_automatically(incident, Text("시험", "test"), clock.now)
        await any_hub.writer.do(lambda tx: any_hub.incidents.change(tx, incident, over))
    else:
        await console.do(f"incident.{how}", "i1", reason="오인 신고")
    # The second was never agreed to: it has not ended, it was never given.
    endings = [(await share(any_hub, one)).ending for one in ("s1", "s2")]
    assert endings == [Ending.INCIDENT, Ending.REJECTED]
    assert await seen(any_hub, receiver()) == {"s1"}
    if how == "cancel":
        await console.do("incident.reopen", "i1", reason="다시 신고")
        assert await seen(any_hub, receiver()) == {"s1"}
        assert (await propose(console, "s3")).status is Status.APPLIED


async def test_the_clock_ends_it(any_hub: Hub, console: Console, clock: Clock) -> None:
    await propose(console, minutes=10)
    clock.pass_(minutes=10)
    # The clock has its say before anybody gets round to it.
    assert await seen(any_hub, receiver()) == {"s1"}
    due = await any_hub.reader.read(lambda c: index.due(c, clock()))
    assert due == ["s1"]
    await any_hub.writer.do(lambda tx: any_hub.shares.end_due(tx, due))
    assert (await share(any_hub)).ending is Ending.CLOCK
    assert await any_hub.reader.read(lambda c: index.due(c, clock())) == []


async def test_merging_takes_the_shares_along(any_hub: Hub, console: Console) -> None:
    await console.do("incident.create", "i2", type="emergency_bell")
    await propose(console)
    await console.do("incident.merge", "i1", into="i2")
    assert (await share(any_hub)).incident == "i2"
    assert await seen(any_hub, receiver()) == {"C-1", "C-2", "i2", "s1"}
    await console.do("incident.release", "i2")
    assert await seen(any_hub, receiver()) == {"s1"}


async def test_a_deleted_camera_leaves_and_the_last_one_ends_it(
    any_hub: Hub, console: Console
) -> None:
    await propose(console)
    for id_ in ("C-1", "C-2"):
        await any_hub.registry.remove(administrator(any_hub), "camera", id_)
    assert (await share(any_hub)).ending is Ending.CAMERAS


async def test_a_new_list_of_cameras_does_not_end_shares(any_hub: Hub, console: Console) -> None:
    await propose(console)
    await any_hub.registry.put_cameras(administrator(any_hub), [camera("C-1", 1, fov=90.0)])
    assert "C-1" in await seen(any_hub, receiver())


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({"receiver": "nowhere"}, "no such site"),
        ({"incident": "i9"}, "no such incident"),
        ({"cameras": []}, "choose"),
        ({"cameras": ["C-9"]}, "no such camera"),
        ({"receiver": "car", "cameras": ["C-3"]}, "500 m"),
        ({"receiver": "guard"}, "reason"),
        ({"minutes": -5}, "minute"),
    ],
)
async def test_what_is_refused_says_why(
    any_hub: Hub, console: Console, args: dict[str, Any], words: str
) -> None:
    outcome = await propose(console, **args)
    assert outcome.status is Status.REFUSED
    assert outcome.reason is not None
    assert words in outcome.reason.en
    assert await any_hub.reader.read(lambda c: queries.of_kind(c, "share")) == []


def test_each_act_has_its_handler(hub: Hub) -> None:
    acts = ShareActs(hub.shares, hub.incidents, hub.sites.get)
    names = ["add", "answer", "approve", "ask", "end", "extend", "propose", "reject"]
    assert sorted(acts.handlers()) == [f"{KIND}.{name}" for name in names]


async def test_who_may_not(any_hub: Hub, console: Console, clock: Clock) -> None:
    police = Console(any_hub, clock, receiver(), "police")
    assert (await propose(police)).status is Status.REFUSED
    await propose(console)
    fire = Console(any_hub, clock, FIREMAN, "fire")
    for act, args in (("end", {}), ("ask", {"id": "a", "minutes": 5}), ("extend", {"minutes": 5})):
        assert (await fire.do(f"share.{act}", "s1", **args)).status is Status.REFUSED
    assert (await police.do("share.extend", "s1", minutes=5)).status is Status.REFUSED
    assert (await propose(console, "s2")).status is Status.CONFLICT
    assert (await propose(console, "s1", receiver=FIRE)).status is Status.REFUSED


async def test_a_supervisor_approves(any_hub: Hub, console: Console, clock: Clock) -> None:
    await propose(console, receiver="guard", purpose="경비 출동")
    guard = receiver(site=SiteId("guard"), site_kind=SiteKind.SECURITY)
    assert await seen(any_hub, guard) == set()
    assert (await console.do("share.approve", "s1")).status is Status.REFUSED
    boss = Console(any_hub, clock, BOSS, "boss")
    assert (await boss.do("share.approve", "s1")).status is Status.APPLIED
    assert await seen(any_hub, guard) == {"C-1", "C-2", "i1", "s1"}
    assert (await boss.do("share.reject", "s1")).status is Status.CONFLICT
    await console.do("share.end", "s1")
    await propose(console, "s2", receiver="guard", purpose="경비 출동")
    await boss.do("share.reject", "s2")
    assert (await share(any_hub, "s2")).ending is Ending.REJECTED


async def test_a_receiver_asks_gives_back_and_the_centre_answers(
    any_hub: Hub, console: Console, clock: Clock
) -> None:
    await propose(console)
    police = Console(any_hub, clock, receiver(account=AccountId("choi")), "police")
    before = (await share(any_hub)).ends_at
    await police.do("share.ask", "s1", id="a1", minutes=30)
    await police.do("share.ask", "s1", id="a2", place="북쪽 골목")
    assert (await console.do("share.answer", "s1", ask="a1", grant=True)).status is Status.APPLIED
    assert ((await share(any_hub)).ends_at - before).total_seconds() == 1800
    refused = await console.do("share.answer", "s1", ask="a2", grant=True)
    assert refused.status is Status.REFUSED
    await console.do("share.answer", "s1", ask="a2", grant=True, cameras=["C-3"])
    assert "C-3" in await seen(any_hub, receiver())
    assert (await console.do("share.answer", "s1", ask="a2", grant=False)).reason is not None
    await console.do("share.add", "s1", cameras=["C-3"])
    await console.do("share.extend", "s1", minutes=10)
    await police.do("share.end", "s1")
    assert (await share(any_hub)).ending is Ending.RECEIVER


async def test_a_released_incident_is_not_shared(any_hub: Hub, console: Console) -> None:
    await console.do("incident.release", "i1")
    outcome = await propose(console)
    assert outcome.reason is not None
    assert "not released" in outcome.reason.en
    (incident,) = await incidents(any_hub)
    assert incident.state is State.RELEASED
    with pytest.raises(Refused):
        await share(any_hub)


async def test_merging_is_no_way_round_the_table(any_hub: Hub, console: Console) -> None:
    """An anklet wearer's video goes to those that the law names, for a legal reason, else not."""
    await propose(console)
    await console.do("incident.create", "i2", type="anklet", latitude=35.82, longitude=128.53)
    await console.do("incident.merge", "i1", into="i2")
    over = await share(any_hub)
    assert (over.state, over.ending) == (ShareState.ENDED, Ending.INCIDENT)
    assert await seen(any_hub, receiver()) == {"s1"}


async def test_merging_into_a_released_one_ends_it(any_hub: Hub, console: Console) -> None:
    await console.do("incident.create", "i2", type="emergency_bell")
    await console.do("incident.release", "i2")
    await propose(console)
    done = await console.do("incident.merge", "i1", into="i2")
    assert done.status is Status.REFUSED or (await share(any_hub)).state is ShareState.ENDED


async def test_more_of_what_needed_approval_needs_it_again(
    any_hub: Hub, console: Console, clock: Clock
) -> None:
    await propose(console, receiver="guard", purpose="경비 출동", cameras=["C-1"], minutes=10)
    boss = Console(any_hub, clock, BOSS, "boss")
    await boss.do("share.approve", "s1")
    assert (await console.do("share.add", "s1", cameras=["C-2"])).status is Status.REFUSED
    assert (await console.do("share.extend", "s1", minutes=5)).status is Status.REFUSED
    assert (await boss.do("share.extend", "s1", minutes=5)).status is Status.APPLIED
    assert (await share(any_hub)).cameras == ("C-1",)


async def test_what_was_refused_is_never_shown_to_whom_it_was_for(
    any_hub: Hub, console: Console, clock: Clock
) -> None:
    guard = receiver(site=SiteId("guard"), site_kind=SiteKind.SECURITY)
    await propose(console, receiver="guard", purpose="홍길동 사건")
    await propose(console, "s2", receiver="guard", purpose="다시")
    await Console(any_hub, clock, BOSS, "boss").do("share.reject", "s1")
    assert await seen(any_hub, guard) == set()
    await console.do("incident.release", "i1")
    assert await seen(any_hub, guard) == set()
