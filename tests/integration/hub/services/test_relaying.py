"""Tokens, and what the relay is told: app.hub.services.relaying, .accesses."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.domain.account import AccountId, Role
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.ledger.entry import Deed, Kind
from app.domain.site import SiteId, SiteKind
from app.domain.text import Text
from app.hub.hub import Hub
from app.hub.services.accesses import MANY_VIEWERS, Asker, PurposeNeeded
from app.hub.services.registry_rows import CameraSecret
from app.hub.services.relay_port import Event, Told
from app.hub.services.relay_tokens import Paths
from app.hub.services.relaying import CENTRE_SECONDS
from app.hub.store import ledger as rows
from app.hub.store import shares as index
from app.hub.store.columns import moment
from app.wire.access import AccessAsk, CameraAccess
from app.wire.entities import SiteRow
from tests.fakes.hub_site import Clock, Console, administrator, camera
from tests.fakes.incidents import DALSEO, STATION, receiver, subject
from tests.fakes.relay import FakeRelay
from tests.fakes.waiting import until, until_it

POLICE = Asker(receiver(), "police-1", "10.0.0.9")
URLS = {"main": "rtsp://10.1.1.1/main", "sub": "rtsp://10.1.1.1/sub"}


@pytest.fixture
def relay() -> FakeRelay:
    return FakeRelay()


@pytest.fixture
async def console(hub: Hub, clock: Clock, relay: FakeRelay) -> AsyncIterator[Console]:
    """Two cameras, of which one is shared with the station for ten minutes."""
    who = administrator(hub)
    car = SiteRow(id="car", name="순12호", kind="patrol", parent=STATION)
    await hub.sites.put([car])
    secret = CameraSecret(URLS, "admin", "geheim")
    secrets = {"C-1": secret, "C-2": secret, "C-3": CameraSecret({"main": URLS["main"]}, "", "")}
    cameras = [camera(f"C-{n}", n) for n in (1, 2, 3)]
    await hub.registry.put_cameras(who, cameras, secrets)
    console = Console(hub, clock)
    await console.do("incident.create", "i1", type="emergency_bell")
    await console.do(
        "share.propose", "s1", receiver=STATION, incident="i1", cameras=["C-1", "C-3"], minutes=10
    )
    await hub.relaying.start(relay)
    yield console
    await hub.relaying.stop()


async def opened(hub: Hub, who: Asker = POLICE, camera_: str = "C-1", **asked: Any) -> CameraAccess:
    return await hub.accesses.of_share(who, "s1", camera_, AccessAsk(**asked))


def token(found: CameraAccess) -> tuple[str, str]:
    assert found.username is not None
    assert found.password is not None
    return found.username.get_secret_value(), found.password.get_secret_value()


async def kinds(hub: Hub) -> list[str]:
    found = await hub.reader.read(lambda c: rows.find(c, [], newest_first=False))
    return [row.kind for row in found]


async def test_a_receiver_gets_the_relays_address_and_a_token_for_it_alone(
    hub: Hub, console: Console, relay: FakeRelay
) -> None:
    found = await opened(hub)
    id_, secret = token(found)
    assert len(secret) == 32
    (profile,) = found.profiles
    url = profile.url.get_secret_value()
    assert (profile.name, found.media) == ("sub", "relay")
    assert "10.1.1.1" not in url
    assert "C-1" not in url
    given = relay.passes[id_]
    assert given.sha256 == hashlib.sha256(secret.encode()).hexdigest()
    assert given.seconds == pytest.approx(600, abs=1)
    assert given.first == pytest.approx(60, abs=1)
    assert (given.address, given.moving) == (None, False)
    assert relay.sources[given.path].url == URLS["sub"]
    assert relay.sources[given.path].password == "geheim"
    kept = await hub.reader.read(index.tokens)
    assert secret not in repr(kept)
    assert console.n == 2
    assert (await kinds(hub))[-1] == "address"


async def test_the_profile_that_there_is(hub: Hub, console: Console) -> None:
    assert (await opened(hub, profile="main")).profiles[0].name == "main"
    assert (await opened(hub, camera_="C-3")).profiles[0].name == "main"
    assert console.n == 2


@pytest.mark.parametrize(
    ("who", "share", "camera_"),
    [
        (POLICE, "s1", "C-2"),
        (POLICE, "s1", "C-9"),
        (POLICE, "s9", "C-1"),
        (Asker(receiver(site=SiteId("fire"), site_kind=SiteKind.FIRE), "f", ""), "s1", "C-1"),
        (Asker(subject(), "c1", ""), "s1", "C-1"),
        (Asker(receiver(must_change=True), "p", ""), "s1", "C-1"),
    ],
)
async def test_nobody_else_and_nothing_else(
    hub: Hub, console: Console, relay: FakeRelay, who: Asker, share: str, camera_: str
) -> None:
    with pytest.raises(Refused):
        await hub.accesses.of_share(who, share, camera_, AccessAsk())
    assert relay.passes == {}
    assert (await kinds(hub))[-1] == "refused"
    assert console.n == 2


async def test_the_end_of_the_share_is_the_end_of_its_tokens(
    hub: Hub, console: Console, relay: FakeRelay
) -> None:
    id_, _ = token(await opened(hub))
    relay.watched(id_)
    await console.do("incident.release", "i1")
    await until(lambda: relay.revoked == [id_])
    assert relay.open == []
    await until_empty(hub)
    with pytest.raises(Refused, match="ended"):
        await opened(hub)


async def test_the_clock_ends_it_without_anybody(
    hub: Hub, console: Console, clock: Clock, relay: FakeRelay
) -> None:
    id_, _ = token(await opened(hub))
    clock.pass_(minutes=10)
    await until(lambda: relay.revoked == [id_])
    assert console.n == 2
    assert (await kinds(hub))[-1] == "share_ended"


async def test_longer_and_fewer(hub: Hub, console: Console, relay: FakeRelay) -> None:
    one, _ = token(await opened(hub))
    three, _ = token(await opened(hub, camera_="C-3"))
    await console.do("share.extend", "s1", minutes=30)
    await until(lambda: relay.passes[one].seconds > 2_000)
    await hub.registry.remove(administrator(hub), "camera", "C-3")
    await until(lambda: relay.revoked == [three])
    assert one in relay.passes


async def test_a_second_opening_takes_the_place_of_the_first(
    hub: Hub, console: Console, relay: FakeRelay
) -> None:
    first, _ = token(await opened(hub))
    second, _ = token(await opened(hub))
    assert relay.revoked == [first]
    other, _ = token(await opened(hub, Asker(receiver(), "police-2", "")))
    assert set(relay.passes) == {second, other}
    assert console.n == 2


async def test_a_relay_that_was_started_anew_is_told_everything(
    hub: Hub, console: Console, relay: FakeRelay, clock: Clock
) -> None:
    id_, _ = token(await opened(hub))
    relay.watched(id_)
    await until_used(hub)
    clock.pass_(minutes=2)
    relay.passes.clear()
    relay.sources.clear()
    relay.renewed()
    await until(lambda: bool(relay.passes) and bool(relay.sources))
    assert relay.passes[id_].address == "10.0.0.9"
    assert relay.passes[id_].seconds == pytest.approx(480, abs=1)
    assert relay.passes[id_].path in relay.sources
    assert console.n == 2


async def test_an_engine_that_asks(hub: Hub, console: Console, clock: Clock) -> None:
    id_, secret = token(await opened(hub))
    other, other_secret = token(await opened(hub, camera_="C-3"))
    check = hub.relaying.check
    path = "/" + (await opened_path(hub, id_))
    assert await check("nobody", secret, path, "10.0.0.9") == "unknown"
    assert await check(id_, "0" * 32, path, "10.0.0.9") == "unknown"
    assert await check(other, other_secret, path, "10.0.0.9") == "other camera"
    assert await check(id_, secret, path, "10.0.0.9") == ""
    assert await check(id_, secret, path, "10.0.0.9") == ""
    assert await check(id_, secret, path, "10.0.0.8") == "other address"
    clock.pass_(seconds=61)
    assert await check(id_, secret, path, "10.0.0.9") == ""
    late = "/" + (await opened_path(hub, other))
    assert await check(other, other_secret, late, "10.0.0.9") == "over"
    clock.pass_(minutes=10)
    assert await check(id_, secret, path, "10.0.0.9") in {"over", "unknown"}
    assert console.n == 2


async def test_a_car_may_come_back_from_elsewhere(
    hub: Hub, console: Console, relay: FakeRelay
) -> None:
    await console.do("share.propose", "s2", receiver="car", incident="i1", cameras=["C-1"])
    car = Asker(receiver(site=SiteId("car"), site_kind=SiteKind.PATROL), "mdt", "")
    found = await hub.accesses.of_share(car, "s2", "C-1", AccessAsk())
    id_, secret = token(found)
    assert relay.passes[id_].moving
    path = relay.passes[id_].path
    assert await hub.relaying.check(id_, secret, path, "10.9.0.1") == ""
    assert await hub.relaying.check(id_, secret, path, "10.9.0.2") == ""


async def test_a_relay_that_is_away_or_full_or_not_there(
    hub: Hub, console: Console, relay: FakeRelay
) -> None:
    id_, _ = token(await opened(hub))
    relay.watched(id_)
    hub.relaying.most = 1
    with pytest.raises(Unavailable, match="full"):
        await opened(hub)
    relay.up = False
    with pytest.raises(Unavailable, match="again"):
        await opened(hub)
    hub.relaying.relay = None
    with pytest.raises(Unavailable, match="no relay"):
        await opened(hub)
    assert console.n == 2


async def test_what_the_relay_refused_stands_in_the_ledger_but_not_without_end(
    hub: Hub, console: Console, relay: FakeRelay
) -> None:
    id_, _ = token(await opened(hub))
    relay.hear(Told(Event.REFUSED, "/x", id_, "10.6.6.6", "other address"))
    for _ in range(100):
        relay.hear(Told(Event.REFUSED, "/x", "", "10.6.6.6", "unknown"))
    relay.hear(Told(Event.LOST, "/x"))

    async def refusals() -> int:
        return (await kinds(hub)).count("refused")

    async def enough() -> bool:
        return await refusals() >= 30

    await until_it(enough)
    assert await refusals() == 30
    assert console.n == 2


async def test_the_centres_own_console_falls_back_to_the_relay(
    hub: Hub, console: Console, relay: FakeRelay
) -> None:
    mine = Asker(subject(), "c1", "10.0.0.1")
    direct = await hub.accesses.of(mine, "C-1", AccessAsk(incident="i1"))
    assert direct.media == "direct"
    assert direct.username is not None
    relayed = await hub.accesses.of(mine, "C-1", AccessAsk(relay=True, profile="main"))
    assert relayed.media == "relay"
    id_, _ = token(relayed)
    assert relay.passes[id_].seconds == pytest.approx(CENTRE_SECONDS, abs=1)
    hub.accesses.viewers = lambda _camera: MANY_VIEWERS
    assert (await hub.accesses.of(mine, "C-2", AccessAsk())).media == "relay"
    with pytest.raises(Refused):
        await hub.accesses.of(mine, "C-9", AccessAsk())
    with pytest.raises(Refused):
        await hub.accesses.of(POLICE, "C-1", AccessAsk(relay=True))
    await hub.registry.put_cameras(administrator(hub), [camera("C-2", 2, media="relay")])
    hub.accesses.viewers = lambda _camera: 0
    assert (await hub.accesses.of(mine, "C-2", AccessAsk())).media == "relay"
    assert console.n == 2


async def test_beyond_ones_area_a_purpose_is_asked_for(hub: Hub, console: Console) -> None:
    where = Asker(subject(Role.OPERATOR, area=frozenset({SiteId("dong")})), "c1", "")
    with pytest.raises(PurposeNeeded):
        await hub.accesses.of(where, "C-1", AccessAsk(purpose="  "))
    await hub.accesses.of(where, "C-1", AccessAsk(purpose="미아 수색"))
    await hub.accesses.of(where, "C-1", AccessAsk(incident="i1"))
    own = Asker(subject(area=frozenset({DALSEO}), account=AccountId("lee")), "c1", "")
    await hub.accesses.of(own, "C-1", AccessAsk())
    found = await hub.reader.read(lambda c: rows.find(c, [], newest_first=False))
    assert [row.kind for row in found[-4:]] == ["refused", "address", "address", "address"]
    assert "미아 수색" in found[-3].entry
    assert console.n == 2


async def opened_path(hub: Hub, id_: str) -> str:
    found = await hub.reader.read(lambda c: index.token(c, id_))
    assert found is not None
    return Paths(hub.keyring.key_id).path(found.camera, found.profile).lstrip("/")


async def until_empty(hub: Hub) -> None:
    async def empty() -> bool:
        return not await hub.reader.read(index.tokens)

    await until_it(empty)


async def until_used(hub: Hub) -> None:
    async def used() -> bool:
        return (await hub.reader.read(index.tokens))[0].used is not None

    await until_it(used)


def test_a_failure_is_what_callers_catch() -> None:
    assert issubclass(PurposeNeeded, Failure)


async def test_a_token_of_a_share_that_ends_meanwhile_is_not_kept(
    hub: Hub, console: Console, relay: FakeRelay
) -> None:
    """What was looked at before the transaction may be over in it."""
    await opened(hub)
    (kept,) = await hub.reader.read(index.tokens)
    await console.do("share.end", "s1")
    deed = Deed(Kind.ADDRESS, moment(hub.clock()), "dalseo")
    late = replace(kept, id="late")
    with pytest.raises(Refused, match="ended"):
        await hub.writer.do(lambda tx: hub.relaying._keep(tx, late, deed))
    await until_empty(hub)
    assert not relay.passes


@pytest.mark.allow_logs("app.hub.services.relaying")
async def test_a_revocation_that_fails_is_tried_until_it_has_succeeded(
    hub: Hub, console: Console, relay: FakeRelay, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_, _ = token(await opened(hub))
    tries: list[int] = []
    revoke = relay.revoke

    async def shaky(ids: Sequence[str]) -> None:
        tries.append(len(ids))
        if len(tries) < 3:
            raise Unavailable(Text("없음", "away"))
        await revoke(ids)

    monkeypatch.setattr(relay, "revoke", shaky)
    await console.do("incident.release", "i1")
    await until(lambda: relay.revoked == [id_], 10)
    await until_empty(hub)
