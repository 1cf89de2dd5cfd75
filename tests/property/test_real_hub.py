"""A console and the real hub through cuts, kills and restored backups: they come to agree.

What `test_hub_console` does quickly with a model of a hub, here with HTTP, FastAPI and SQLite.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from pydantic import SecretStr
from typing_extensions import override

from app.adapters.hub_client import HttpHub
from app.domain.account import Role
from app.hub.store import backup
from app.hub.web.server import WebServer, listen
from app.services.hub_link import LinkState
from app.wire.session import Session, SignIn
from app.wire.stream import Row
from tests.fakes.fault_proxy import FaultProxy, fault_proxy
from tests.fakes.hub_console import SCOPE, HubConsole, console
from tests.fakes.waiting import until
from tests.fakes.web_hub import PASSWORD, HubSite, hub_site, put

T = TypeVar("T")

INCIDENTS = st.sampled_from(["i-1", "i-2"])
# Rows that come and go with sessions say nothing of what was lost.
_PASSING = "console"


class RealHub:
    """Killed and started again in its folder; `proxy` is how everybody reaches it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.proxy: FaultProxy | None = None
        self.site: HubSite | None = None
        self._running = AsyncExitStack()
        self._outside = AsyncExitStack()
        self._backups = itertools.count(1)

    async def begin(self) -> None:
        self.proxy = await self._outside.enter_async_context(fault_proxy(0))
        await self.start()
        assert self.site is not None
        for name in ("operator", "other"):
            await self.site.account(Role.OPERATOR, username=name)

    async def start(self) -> None:
        assert self.proxy is not None
        self.site = await self._running.enter_async_context(hub_site(self.folder))
        server = WebServer(self.site.app, listen("127.0.0.1", 0), None)
        await server.start()
        self._running.push_async_callback(server.stop)
        self._running.callback(self.site.services.sessions.stop)
        self.proxy.target = server.port
        self.proxy.refuse = False

    async def stop(self) -> None:
        assert self.proxy is not None
        self.proxy.refuse = True
        self.proxy.cut()
        await self._running.aclose()
        self.site = None

    async def back_up(self) -> Path:
        assert self.site is not None
        target = self.folder / f"backup-{next(self._backups)}.db"
        await backup.back_up(self.site.store.reader, target)
        return target

    async def end(self) -> None:
        await self.stop()
        await self._outside.aclose()


class Person:
    """Somebody at a console of his own, who signs in again whenever he must."""

    def __init__(self, port: int, username: str, path: Path | None) -> None:
        self.client = HttpHub(f"http://127.0.0.1:{port}")
        self._asked = SignIn(username=username, password=SecretStr(PASSWORD), client=username)
        self._path = path
        self.desk: HubConsole | None = None

    async def _enter(self) -> Session:
        return await self.client.sign_in(self._asked)

    async def open(self) -> HubConsole:
        self.desk = await console(self.client, self._path)
        await self.desk.outbox.take_line(self._asked.username)
        await self.desk.sync.start(SCOPE, self._enter)
        return self.desk

    async def close(self) -> None:
        if self.desk is not None:
            await self.desk.close()
        await self.client.close()

    async def current(self, head: int) -> None:
        assert self.desk is not None
        desk = self.desk

        def there() -> bool:
            place, link = desk.sync.place, desk.link.link
            return (
                link.state is LinkState.LIVE
                and not desk.outbox.waiting
                and place is not None
                and place.seq + link.lag >= head
            )

        await until(there, 30)


async def kept(person: Person) -> dict[tuple[str, str], Row]:
    assert person.desk is not None
    return {key: row for key, row in (await person.desk.stored()).items() if key[0] != _PASSING}


class ConsoleAndRealHub(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.hub = RealHub(Path(self.folder.name) / "hub")
        self.person: Person | None = None
        self.notes: set[str] = set()
        self.numbers = itertools.count(1)
        self.backup: Path | None = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @property
    def desk(self) -> HubConsole:
        assert self.person is not None
        assert self.person.desk is not None
        return self.person.desk

    @initialize()
    def start(self) -> None:
        self.hub.folder.mkdir()
        self.run(self._begin())

    async def _begin(self) -> None:
        await self.hub.begin()
        await self._sit_down()
        for incident in ("i-1", "i-2"):
            given = {"type": "emergency_bell", "title": "비상벨", "site": "gu"}
            await self.desk.outbox.act("incident.create", incident, 0, given)
        self.backup = await self.hub.back_up()

    async def _sit_down(self) -> None:
        assert self.hub.proxy is not None
        path = Path(self.folder.name) / "console.db"
        self.person = Person(self.hub.proxy.port, "operator", path)
        await self.person.open()

    # what happens

    @rule(incident=INCIDENTS)
    def the_operator_writes_a_note(self, incident: str) -> None:
        note = f"note-{next(self.numbers)}"
        self.run(self.desk.outbox.act("incident.note", incident, 0, {"id": note, "text": note}))
        self.notes.add(note)

    @precondition(lambda self: self.hub.site is not None)
    @rule(number=st.integers(1, 5), name=st.text(max_size=5))
    def the_hub_changes_a_camera(self, number: int, name: str) -> None:
        assert self.hub.site is not None
        d = {"id": f"c{number}", "number": number, "name": name or "-", "site": "gu"}
        self.run(put(self.hub.site.store, "camera", f"c{number}", d))

    # what goes wrong

    @rule(piece=st.sampled_from([1, 7, 65_536]), reset=st.booleans())
    def the_network_is_cut(self, piece: int, *, reset: bool) -> None:
        assert self.hub.proxy is not None
        self.hub.proxy.piece, self.hub.proxy.reset = piece, reset
        self.run(_soon(self.hub.proxy.cut))

    @rule(after=st.integers(1, 3_000))
    def answers_break_off(self, after: int) -> None:
        assert self.hub.proxy is not None
        self.hub.proxy.cut_after = after

    @rule()
    def the_console_is_started_again(self) -> None:
        assert self.person is not None
        self.run(self.person.close())
        self.run(self._sit_down())

    @precondition(lambda self: self.hub.site is not None)
    @rule()
    def the_hub_goes_down(self) -> None:
        self.run(self.hub.stop())

    @precondition(lambda self: self.hub.site is None)
    @rule()
    def the_hub_comes_back(self) -> None:
        self.run(self.hub.start())

    @precondition(lambda self: self.hub.site is not None)
    @rule()
    def the_hub_is_backed_up(self) -> None:
        self.backup = self.run(self.hub.back_up())

    @rule()
    def the_hub_is_restored(self) -> None:
        self.run(self._restore())

    @rule(incident=INCIDENTS)
    def what_was_acknowledged_is_not_in_the_backup(self, incident: str) -> None:
        """Chance alone seldom puts these three after each other."""
        self.the_operator_writes_a_note(incident)
        self.it_settles()
        self.the_hub_is_restored()

    async def _restore(self) -> None:
        assert self.backup is not None
        if self.hub.site is not None:
            await self.hub.stop()
        backup.restore(str(self.hub.folder / "hub.db"), self.backup, replace=True)
        await self.hub.start()

    # what must hold

    @rule()
    def it_settles(self) -> None:
        self.run(self._settle())

    async def _settle(self) -> None:
        proxy = self.hub.proxy
        assert proxy is not None
        assert self.person is not None
        proxy.cut_after, proxy.piece = None, 65_536
        if self.hub.site is None:
            await self.hub.start()
        assert self.hub.site is not None
        await self.person.current(self.hub.site.store.tail.head)
        fresh = Person(proxy.port, "other", None)
        await fresh.open()
        await fresh.current(self.hub.site.store.tail.head)
        await self.person.current(self.hub.site.store.tail.head)
        mine, theirs = await kept(self.person), await kept(fresh)
        await fresh.close()
        assert mine == theirs
        notes = [id_ for kind, id_ in theirs if kind == "note"]
        assert self.notes == set(notes)
        # Not one was counted twice either.
        counted = sum(row.d["notes"] for (kind, _), row in theirs.items() if kind == "incident")
        assert counted == len(notes)

    @override
    def teardown(self) -> None:
        if self.person is not None:
            self.it_settles()
            self.run(self.person.close())
            self.run(self.hub.end())
        self.runner.close()
        self.folder.cleanup()


async def _soon(call: Any) -> None:
    call()
    await asyncio.sleep(0)


ConsoleAndRealHub.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestConsoleAndRealHub = ConsoleAndRealHub.TestCase
