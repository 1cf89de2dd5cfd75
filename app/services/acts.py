"""The log of acts: who took which still or clip, when. Append-only; the ledger will read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import uuid4

from app.clock import Clock
from app.domain.act import Act, ActKind, DetailValue
from app.domain.camera import CameraId
from app.domain.redact import redact
from app.domain.text import Text
from app.services.keeper import Keeper
from app.services.store_port import ActStore
from app.signals import Signal

__all__ = ["Act", "ActKind", "Acts"]


def _new_id() -> str:
    return uuid4().hex


class Acts:
    def __init__(self, store: ActStore, clock: Clock, new_id: Callable[[], str] = _new_id) -> None:
        self.recorded: Signal[Act] = Signal("act recorded")
        self.notices: Signal[Text] = Signal("notices of the acts")
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._waiting: tuple[Act, ...] = ()
        self._keeper = Keeper("acts", self._write, self.notices)

    async def record(
        self,
        kind: ActKind,
        camera: CameraId | None,
        operator: str,
        detail: Mapping[str, DetailValue] | None = None,
    ) -> Act:
        """Writes an act down; it is on the disk when this returns.

        Raises `Failure` if the disk refuses: the act then waits in memory and is written with
        the next one, or at the end. Credentials in `detail` are blanked.
        """
        act = Act(
            self._new_id(),
            self._clock.now(),
            kind,
            camera,
            operator,
            {key: _clean(value) for key, value in (detail or {}).items()},
        )
        self._waiting = (*self._waiting, act)
        self._keeper.touch()
        self.recorded.emit(act)
        await self._keeper.flush()
        return act

    async def recent(self, limit: int = 200) -> list[Act]:
        """Newest first, those that still wait for the disk included. Raises `Failure`."""
        loaded = await self._store.recent_acts(limit)
        for problem in loaded.problems:
            self.notices.emit(problem)
        waiting = tuple(reversed(self._waiting))
        written = [act for act in loaded.value if act not in waiting]
        return [*waiting, *written][:limit]

    @property
    def waiting(self) -> int:
        """How many acts are not on the disk yet."""
        return len(self._waiting)

    async def stop(self) -> None:
        await self._keeper.stop()

    async def _write(self) -> None:
        batch = self._waiting
        await self._store.append_acts(batch)
        self._waiting = self._waiting[len(batch) :]


def _clean(value: DetailValue) -> DetailValue:
    return redact(value) if isinstance(value, str) else value
