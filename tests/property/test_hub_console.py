"""Console and hub through cuts, losses, kills and restores: they always come to agree."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from typing_extensions import override

from app.services.hub_port import Trouble
from app.wire.stream import Frame
from tests.fakes.hub import ModelHub, trouble
from tests.fakes.hub_console import HubConsole, console
from tests.fakes.hub_model import HubModel, Memory

T = TypeVar("T")

NOTES = st.sampled_from([f"n{number}" for number in range(5)])
PASSING = st.sampled_from(
    [Trouble.CLOSED, Trouble.TIMED_OUT, Trouble.BUSY, Trouble.SERVER, Trouble.MALFORMED]
)


def dropped(frames: list[Frame]) -> list[Frame]:
    return frames[1:]


def doubled(frames: list[Frame]) -> list[Frame]:
    return [frame for frame in frames for _ in range(2)]


def turned(frames: list[Frame]) -> list[Frame]:
    return frames[::-1]


class ConsoleAndHub(RuleBasedStateMachine):
    """After it settles: rows of the console == rows of the hub, every acknowledged act once."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.model = HubModel()
        self.hub = ModelHub(self.model)
        self.site: HubConsole | None = None
        self.acknowledged: list[str] = []
        self.backup: Memory | None = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    async def _open(self) -> HubConsole:
        made = await console(self.hub, Path(self.folder.name) / "hub.db")
        await made.sign_in()
        return made

    @initialize()
    def start(self) -> None:
        self.site = self.run(self._open())

    # what happens

    @rule(name=NOTES, text=st.integers())
    def the_hub_changes(self, name: str, text: int) -> None:
        self.run(_soon(lambda: self.model.put("note", name, text=text)))

    @rule(name=NOTES)
    def the_hub_deletes(self, name: str) -> None:
        self.run(_soon(lambda: self.model.delete("note", name)))

    @rule(count=st.integers(1, 3))
    def the_operator_acts(self, count: int) -> None:
        assert self.site is not None
        for _ in range(count):
            act = self.run(self.site.outbox.act("incident.note", "i", 0))
            self.acknowledged.append(act.cmd_id)

    @rule(turns=st.integers(1, 30))
    def time_passes(self, turns: int) -> None:
        self.run(_turns(turns))

    # what goes wrong

    @rule(down=st.booleans())
    def the_network(self, down: bool) -> None:
        self.run(_soon(lambda: setattr(self.hub, "down", down)))

    @rule()
    def a_cut(self) -> None:
        self.run(_soon(self.hub.cut))

    @rule(kinds=st.lists(PASSING, max_size=4))
    def errors(self, kinds: list[Trouble]) -> None:
        self.hub.fails.extend(trouble(kind) for kind in kinds)

    @rule()
    def an_answer_is_lost(self) -> None:
        self.hub.loses_answers += 1

    @rule(how=st.sampled_from([dropped, doubled, turned]))
    def frames_are_mangled(self, how: Any) -> None:
        self.hub.mangle = how

    @rule()
    def the_console_is_killed(self) -> None:
        assert self.site is not None
        self.run(self.site.close())
        self.site = self.run(self._open())

    @rule()
    def the_log_is_trimmed(self) -> None:
        self.model.trim()

    @rule()
    def the_hub_is_backed_up(self) -> None:
        self.backup = self.model.backup()

    @precondition(lambda self: self.backup is not None)
    @rule()
    def the_hub_is_restored(self) -> None:
        assert self.backup is not None
        backup = self.backup
        self.run(_soon(lambda: self.model.restore(backup)))

    # what must hold

    @rule()
    def it_settles(self) -> None:
        assert self.site is not None
        site = self.site
        self.hub.fails.clear()
        self.hub.loses_answers = 0
        self.hub.down = False
        self.hub.mangle = None
        self.run(site.settled(self.model))
        stored = self.run(site.stored())
        assert stored == self.model.memory.rows
        assert {("note", id_): row for id_, row in site.mirrored().items()} == stored
        assert {self.model.effects[cmd] for cmd in self.acknowledged} <= {1}
        assert set(self.acknowledged) <= self.model.memory.outcomes.keys()

    @override
    def teardown(self) -> None:
        if self.site is not None:
            self.it_settles()
            self.run(self.site.close())
        self.runner.close()
        self.folder.cleanup()


async def _soon(call: Any) -> None:
    call()
    await asyncio.sleep(0)


async def _turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0.0002)


ConsoleAndHub.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestConsoleAndHub = ConsoleAndHub.TestCase
