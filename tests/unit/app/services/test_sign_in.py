from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.errors import BadInput, Failure, Refused, Unavailable
from app.domain.session_rules import IdleRule
from app.domain.text import Text
from app.services.hub_link import HubLink, LinkState
from app.services.hub_port import HubFailure, Trouble
from app.services.sign_in import SignedIn, SignInParts, SignIns
from app.services.verifier import Scrypt
from tests.fakes.hub import PASSWORD, ModelHub, trouble
from tests.fakes.hub_console import HubConsole, console
from tests.fakes.hub_model import ANNA, HubModel
from tests.fakes.secrets import MemorySecrets
from tests.fakes.waiting import until


@dataclass
class Desk:
    site: HubConsole
    hub: ModelHub
    secrets: MemorySecrets
    sign_ins: SignIns

    def again(self, idle: IdleRule | None = None) -> SignIns:
        """The next run of the console, with the same secrets."""
        hub, site = self.hub, self.site
        parts = SignInParts(hub, self.secrets, site.outbox, site.clock, "PC-1", Scrypt(cost=2))
        return SignIns(parts, idle)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    hub = ModelHub(HubModel())
    site = await console(hub, tmp_path / "hub.db")
    made = Desk(site, hub, MemorySecrets(), None)  # type: ignore[arg-type]
    made.sign_ins = made.again(IdleRule(600, 3600))
    yield made
    await made.sign_ins.stop()
    await site.close()


async def known_offline(desk: Desk) -> None:
    """Signed in once; then the hub goes, and nobody is signed in."""
    await desk.sign_ins.sign_in("anna", PASSWORD)
    await desk.sign_ins.sign_out()
    desk.hub.down = True


async def refused(desk: Desk, password: str = PASSWORD, name: str = "anna") -> Text:
    with pytest.raises(Failure) as caught:
        await desk.sign_ins.sign_in(name, password)
    assert desk.sign_ins.now is None
    return caught.value.text


class TestAtTheHub:
    async def test_signed_in_and_out(self, desk: Desk) -> None:
        seen: list[SignedIn | None] = []
        desk.sign_ins.changed.connect(seen.append)
        signed_in = await desk.sign_ins.sign_in(" anna ", PASSWORD, "123456")
        assert signed_in == SignedIn(ANNA, online=True) == desk.sign_ins.now
        assert (await desk.sign_ins.enter()).epoch == "epoch-1"
        await desk.site.outbox.act("incident.note", "i", 0)
        await desk.sign_ins.sign_out()
        assert seen == [signed_in, None]
        with pytest.raises(Refused):
            await desk.site.outbox.act("incident.note", "i", 0)
        assert desk.hub.calls[-1] == "sign_out"

    async def test_a_wrong_password_is_the_hubs_to_judge(self, desk: Desk) -> None:
        await desk.sign_ins.sign_in("anna", PASSWORD)
        await desk.sign_ins.sign_out()
        with pytest.raises(HubFailure) as caught:
            await desk.sign_ins.sign_in("anna", "wrong")
        assert caught.value.trouble is Trouble.SIGNED_OUT

    async def test_empty_fields(self, desk: Desk) -> None:
        with pytest.raises(BadInput):
            await desk.sign_ins.sign_in("", PASSWORD)

    async def test_the_same_person_has_the_same_client_name_for_ever(self, desk: Desk) -> None:
        first = await desk.site.outbox.take_line("anna")
        await desk.sign_ins.sign_in("Anna", PASSWORD)
        assert await desk.site.outbox.take_line("anna") == first

    async def test_a_password_is_nowhere_to_be_read(self, desk: Desk) -> None:
        await desk.sign_ins.sign_in("anna", PASSWORD)
        assert PASSWORD not in str(desk.secrets.values)


class TestWithoutTheHub:
    async def test_a_known_operator_gets_in_and_is_online_as_soon_as_it_is_back(
        self, desk: Desk
    ) -> None:
        await known_offline(desk)
        signed_in = await desk.sign_ins.sign_in("Anna", PASSWORD)
        assert signed_in == SignedIn(ANNA, online=False)
        assert desk.sign_ins.hours_left() == 12 * 3600
        await desk.site.outbox.act("incident.note", "i", 0)
        with pytest.raises(HubFailure):
            await desk.sign_ins.enter()
        await desk.site.sync.start(signed_in.scope, desk.sign_ins.enter)
        desk.hub.down = False
        await desk.site.settled(desk.hub.model)
        assert desk.sign_ins.now == SignedIn(ANNA, online=True)
        assert desk.sign_ins.hours_left() is None
        assert list(desk.hub.model.effects.values()) == [1]

    async def test_nobody_else_does(self, desk: Desk) -> None:
        await known_offline(desk)
        assert "never signed in" in (await refused(desk, name="bert")).en
        assert "wrong" in (await refused(desk, "wrong")).en

    async def test_guessing_gets_slow_and_stays_slow_in_the_next_run(self, desk: Desk) -> None:
        await known_offline(desk)
        for _ in range(3):
            assert "is wrong" in (await refused(desk, "guess")).en
        assert "Try again in 5 s" in (await refused(desk)).en
        await desk.sign_ins.stop()
        desk.sign_ins = desk.again()
        assert "too often" in (await refused(desk)).en
        desk.site.clock.at += 5
        await desk.sign_ins.sign_in("anna", PASSWORD)
        await desk.sign_ins.sign_out()
        assert "is wrong" in (await refused(desk, "guess")).en

    async def test_the_hours_are_limited(self, desk: Desk) -> None:
        await known_offline(desk)
        desk.site.clock.at += 12 * 3600 + 1
        assert "used up" in (await refused(desk)).en

    async def test_a_clock_that_is_turned_back_gives_no_hours(self, desk: Desk) -> None:
        await known_offline(desk)
        desk.site.clock.at += 11 * 3600
        await desk.sign_ins.tick()
        await desk.sign_ins.stop()
        desk.site.clock.base -= 24 * 3600
        desk.sign_ins = desk.again()
        await desk.sign_ins.sign_in("anna", PASSWORD)
        assert desk.sign_ins.hours_left() == 3600
        desk.site.clock.base -= 24 * 3600
        desk.site.clock.at += 24 * 3600
        assert desk.sign_ins.hours_left() == 0

    async def test_when_the_hours_are_up_he_is_signed_off(self, desk: Desk) -> None:
        await known_offline(desk)
        await desk.sign_ins.sign_in("anna", PASSWORD)
        over: list[Text] = []
        desk.sign_ins.over.connect(over.append)
        desk.sign_ins.idle = IdleRule()
        desk.site.clock.at += 12 * 3600 - 1
        await desk.sign_ins.tick()
        assert over == []
        desk.site.clock.at += 2
        await desk.sign_ins.tick()
        assert "used up" in over[0].en
        assert desk.sign_ins.now is None

    async def test_a_site_that_forbids_it(self, desk: Desk) -> None:
        desk.hub.model.offline_hours = 0.0
        await known_offline(desk)
        assert "never signed in" in (await refused(desk)).en

    async def test_a_right_that_is_gone_is_gone_here_too(self, desk: Desk) -> None:
        await desk.sign_ins.sign_in("anna", PASSWORD)
        await desk.sign_ins.sign_out()
        desk.hub.fails.append(trouble(Trouble.FORBIDDEN))
        await refused(desk)
        desk.hub.down = True
        assert "never signed in" in (await refused(desk)).en

    async def test_after_a_sign_out_nothing_is_sent_any_more(self, desk: Desk) -> None:
        await known_offline(desk)
        await desk.sign_ins.sign_in("anna", PASSWORD)
        await desk.sign_ins.sign_out()
        desk.hub.down = False
        with pytest.raises(HubFailure) as caught:
            await desk.sign_ins.enter()
        assert caught.value.trouble is Trouble.SIGNED_OUT

    async def test_in_a_running_session_the_hours_count_from_the_cut(self, desk: Desk) -> None:
        await desk.sign_ins.sign_in("anna", PASSWORD)
        link = HubLink(desk.site.clock)
        link.changed.connect(desk.sign_ins.follow)
        link.offline(Text("가", "a"))
        assert desk.sign_ins.hours_left() == 12 * 3600
        desk.site.clock.at += 3600
        link.reached(1, 1)
        assert link.link.state is LinkState.LIVE
        assert desk.sign_ins.hours_left() is None

    async def test_secrets_that_cannot_be_written_are_said_and_no_more(self, desk: Desk) -> None:
        said: list[Text] = []
        desk.sign_ins.notices.connect(said.append)
        desk.secrets.refuses = Unavailable(Text("가득", "full"))
        await desk.sign_ins.sign_in("anna", PASSWORD)
        await desk.sign_ins.tick()
        desk.hub.model.offline_hours = 0.0
        await desk.sign_ins.sign_in("anna", PASSWORD)
        assert [text.en for text in said] == ["full", "full", "full"]

    async def test_a_latest_time_that_is_no_number(self, desk: Desk) -> None:
        desk.secrets.values["latest time"] = "yesterday"
        other = desk.again()
        assert other.hours_left() is None
        await other.stop()


class TestIdle:
    async def test_it_locks_then_signs_off(self, desk: Desk) -> None:
        over: list[Text] = []
        desk.sign_ins.over.connect(over.append)
        await desk.sign_ins.tick()
        await desk.sign_ins.sign_in("anna", PASSWORD)
        desk.site.clock.at += 599
        await desk.sign_ins.tick()
        assert desk.sign_ins.now == SignedIn(ANNA, online=True)
        desk.site.clock.at += 1
        await desk.sign_ins.tick()
        assert desk.sign_ins.now == SignedIn(ANNA, online=True, locked=True)
        with pytest.raises(Refused):
            await desk.sign_ins.unlock("wrong")
        await desk.sign_ins.unlock(PASSWORD)
        assert desk.sign_ins.now == SignedIn(ANNA, online=True)
        desk.site.clock.at += 3600
        await desk.sign_ins.tick()
        await until(lambda: desk.sign_ins.now is None)
        assert len(over) == 1

    async def test_a_touch_counts(self, desk: Desk) -> None:
        await desk.sign_ins.sign_in("anna", PASSWORD)
        desk.site.clock.at += 599
        desk.sign_ins.touch()
        desk.site.clock.at += 599
        await desk.sign_ins.tick()
        assert desk.sign_ins.now == SignedIn(ANNA, online=True)

    async def test_with_nobody_there_is_nothing_to_lock(self, desk: Desk) -> None:
        desk.sign_ins.lock()
        assert desk.sign_ins.now is None
        with pytest.raises(Refused):
            await desk.sign_ins.unlock(PASSWORD)
