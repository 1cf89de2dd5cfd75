"""Cameras withheld for a time: app.hub.services.restrictions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from app.domain.account import AccountId, Role, Subject
from app.domain.errors import Refused
from app.hub.hub import Hub
from app.hub.services.accesses import Asker
from app.hub.services.registry_rows import CameraSecret
from app.hub.services.restrictions import only_role
from app.hub.store import ledger as rows
from app.hub.store import queries
from app.wire.access import AccessAsk
from app.wire.commands import Status
from tests.fakes.hub_site import Clock, Console, administrator, camera
from tests.fakes.incidents import STATION, receiver, subject
from tests.fakes.relay import FakeRelay
from tests.fakes.waiting import until

BOSS = subject(Role.SUPERVISOR, account=AccountId("lee"), name="이팀장")
RECEIVER = receiver()
MASK = ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5))


@pytest.fixture
async def boss(any_hub: Hub, clock: Clock) -> Console:
    """A supervisor of a centre with two cameras, both shared with the station."""
    secret = CameraSecret({"main": "rtsp://10.1.1.1/main"}, "admin", "geheim")
    cameras = [camera("C-1", 1, masks=(MASK,)), camera("C-2", 2)]
    await any_hub.registry.put_cameras(
        administrator(any_hub), cameras, {"C-1": secret, "C-2": secret}
    )
    operator = Console(any_hub, clock, name="c9")
    await operator.do("incident.create", "i1", type="emergency_bell")
    await operator.do(
        "share.propose", "s1", receiver=STATION, incident="i1", cameras=["C-1", "C-2"]
    )
    return Console(any_hub, clock, BOSS)


async def sees(hub: Hub, who: Subject, id_: str = "C-1") -> bool:
    row = await hub.reader.read(partial(queries.get, kind="camera", id_=id_))
    assert row is not None
    return hub.visibility.row(who, "camera", id_, row.d) is not None


async def restrict(boss: Console, role: str = "supervisor", for_: int = 60) -> Status:
    done = await boss.do("camera.restrict", "C-1", role=role, minutes=for_, reason="수사 협조")
    return done.status


async def test_only_the_named_role_sees_it_until_the_time_is_over(
    any_hub: Hub, boss: Console, clock: Clock
) -> None:
    everybody = (subject(), BOSS, RECEIVER, subject(Role.AUDITOR))
    assert all([await sees(any_hub, who) for who in everybody])
    assert await restrict(boss) is Status.APPLIED
    assert [await sees(any_hub, who) for who in everybody] == [False, True, False, False]
    assert await sees(any_hub, subject(), "C-2")
    row = await any_hub.reader.read(partial(queries.get, kind="camera", id_="C-1"))
    assert row is not None
    assert only_role(row.d, clock.now) is Role.SUPERVISOR
    clock.pass_(minutes=59)
    await any_hub.rounds.go()
    assert not await sees(any_hub, subject())
    clock.pass_(minutes=2)
    assert only_role(row.d, clock.now) is None
    await any_hub.rounds.go()
    # Its share is over for good: whoever is to see it again is given it again.
    assert [await sees(any_hub, who) for who in everybody] == [True, True, False, True]


async def test_the_address_is_not_given_either_and_the_ledger_has_both(
    any_hub: Hub, boss: Console
) -> None:
    await restrict(boss)
    who = Asker(subject(), "c1", "10.0.0.1")
    with pytest.raises(Refused):
        await any_hub.accesses.of(who, "C-1", AccessAsk())
    assert (await any_hub.accesses.of(replace(who, subject=BOSS), "C-1", AccessAsk())).profiles
    found = await any_hub.reader.read(lambda c: rows.find(c, [], newest_first=False))
    kinds = [row.kind for row in found]
    assert kinds[-3:] == ["restrict", "refused", "address"]
    assert "수사 협조" in found[-3].entry


async def test_it_leaves_its_shares_and_cannot_be_shared(any_hub: Hub, boss: Console) -> None:
    await restrict(boss)
    share = await any_hub.reader.read(lambda c: any_hub.shares.need(c, "s1"))
    assert share.cameras == ("C-2",)
    again = await boss.do("share.add", "s1", cameras=["C-1"])
    assert again.status is Status.REFUSED
    assert again.reason is not None
    assert "restricted" in again.reason.en


async def test_it_can_be_kept_for_receivers_alone(any_hub: Hub, boss: Console) -> None:
    await restrict(boss, "receiver")
    assert await sees(any_hub, RECEIVER)
    assert not await sees(any_hub, subject())


async def test_it_is_lifted_by_hand_and_lists_do_not_lift_it(any_hub: Hub, boss: Console) -> None:
    await restrict(boss)
    await any_hub.registry.put_cameras(administrator(any_hub), [camera("C-1", 7)])
    assert not await sees(any_hub, subject())
    assert (await boss.do("camera.unrestrict", "C-1")).status is Status.APPLIED
    assert await sees(any_hub, subject())
    assert (await boss.do("camera.unrestrict", "C-1")).status is Status.APPLIED


async def test_masks_that_are_changed_stand_in_the_ledger(any_hub: Hub, boss: Console) -> None:
    who = administrator(any_hub)
    await any_hub.registry.put_cameras(who, [camera("C-1", 1, masks=(MASK, MASK))])
    await any_hub.registry.put_cameras(who, [camera("C-1", 1)])
    found = await any_hub.reader.read(lambda c: rows.find(c, [], newest_first=False))
    told = [row for row in found if row.kind == "unmask"]
    assert ["1 → 2" in told[0].entry, "2 → 0" in told[1].entry] == [True, True]
    assert boss.n == 0


@pytest.mark.parametrize(
    ("target", "args"),
    [
        ("C-1", {"role": "nobody", "minutes": 5, "reason": "x"}),
        ("C-1", {"role": "operator", "minutes": 0, "reason": "x"}),
        ("C-1", {"role": "operator", "minutes": 5, "reason": ""}),
        ("none", {"role": "operator", "minutes": 5, "reason": "x"}),
    ],
)
async def test_what_makes_no_sense_is_refused(
    any_hub: Hub, boss: Console, target: str, args: dict[str, Any]
) -> None:
    done = await boss.do("camera.restrict", target, **args)
    assert done.status is Status.REFUSED
    assert await sees(any_hub, subject())


async def test_an_operator_may_not(any_hub: Hub, boss: Console, clock: Clock) -> None:
    operator = Console(any_hub, clock, name="c8")
    assert await restrict(operator) is Status.REFUSED
    assert await sees(any_hub, subject())
    del boss


async def test_a_console_that_watches_by_the_relay_is_cut_off(any_hub: Hub, boss: Console) -> None:
    relay = FakeRelay()
    await any_hub.relaying.start(relay)
    try:
        who = Asker(subject(), "c1", "10.0.0.1")
        given = await any_hub.accesses.of(who, "C-1", AccessAsk(relay=True))
        assert given.username is not None
        id_ = given.username.get_secret_value()
        await restrict(boss)
        await until(lambda: id_ in relay.revoked)
        again = await any_hub.accesses.of(replace(who, subject=BOSS), "C-1", AccessAsk(relay=True))
        assert again.username is not None
        assert again.username.get_secret_value() in relay.passes
    finally:
        await any_hub.relaying.stop()
