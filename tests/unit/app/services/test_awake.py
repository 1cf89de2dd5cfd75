from __future__ import annotations

from typing_extensions import override

from app.domain.errors import Unavailable
from app.services.awake import CANNOT, Awake, Inhibitor


class Recorder(Inhibitor):
    def __init__(self, refuses: bool = False) -> None:
        self.calls: list[str] = []
        self._refuses = refuses

    @override
    def hold(self) -> None:
        self.calls.append("hold")
        if self._refuses:
            raise Unavailable(CANNOT)

    @override
    def renew(self) -> None:
        self.calls.append("renew")

    @override
    def release(self) -> None:
        self.calls.append("release")


async def test_it_is_held_from_the_first_window_to_the_last() -> None:
    system = Recorder()
    awake = Awake(system)
    await awake.want("main", awake=True)
    await awake.want("2", awake=True)
    await awake.want("main", awake=False)
    assert awake.held
    assert system.calls == ["hold"]
    await awake.want("2", awake=False)
    assert system.calls == ["hold", "release"]
    await awake.stop()


async def test_only_what_is_held_is_renewed() -> None:
    system = Recorder()
    awake = Awake(system)
    await awake.renew()
    await awake.want("main", awake=True)
    await awake.renew()
    assert system.calls == ["hold", "renew"]
    await awake.stop()
    assert system.calls == ["hold", "renew", "release"]


async def test_a_system_that_cannot_is_remembered_in_words() -> None:
    awake = Awake(Recorder(refuses=True))
    await awake.want("main", awake=True)
    assert awake.problem == CANNOT
    await awake.stop()
