"""The hub's rows in memory, for the screens: a mirror of the store, changed after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from app.domain.errors import Failure
from app.domain.text import Text
from app.services.hub_store_port import HubCache
from app.signals import Signal
from app.wire.stream import Frame, Op, Row

# What a screen shows whole. A hundred thousand cameras or points as rows would take 250 MB: who
# needs those reads them from the store page by page and then follows `changed`.
MIRRORED = frozenset(
    {"site", "incident", "note", "wall", "console", "camera_status", "share", "unit"}
)


class HubRows:
    """All on the loop's thread.

    changed   frames that changed something, in order, of every kind
    replaced  everything may be another: read again what you need
    """

    def __init__(self, cache: HubCache, kinds: Iterable[str] = MIRRORED) -> None:
        self.changed: Signal[tuple[Frame, ...]] = Signal("hub rows changed")
        self.replaced: Signal[None] = Signal("hub rows replaced")
        self.notices: Signal[Text] = Signal("notices of the hub rows")
        self._cache = cache
        # Another number whenever anything may be another: what was made of the rows is still true
        # as long as it is the same.
        self.version = 0
        self._rows: dict[str, dict[str, Row]] = {kind: {} for kind in kinds}

    def all(self, kind: str) -> Mapping[str, Row]:
        """The rows of a mirrored kind by id. Raises `KeyError` for another kind."""
        return MappingProxyType(self._rows[kind])

    def get(self, kind: str, id_: str) -> Row | None:
        return self._rows[kind].get(id_)

    async def reload(self) -> None:
        """From the store, as after a snapshot. What cannot be read is told and left out."""
        fresh: dict[str, dict[str, Row]] = {}
        try:
            for kind in self._rows:
                fresh[kind] = await self._read(kind)
        except Failure as failure:
            self.notices.emit(failure.text)
            return
        self._rows = fresh
        self.version += 1
        self.replaced.emit(None)

    def forget(self) -> None:
        """The right to them is gone, or nobody is signed in."""
        self._rows = {kind: {} for kind in self._rows}
        self.version += 1
        self.replaced.emit(None)

    def apply(self, frames: Sequence[Frame]) -> None:
        """Frames that the store has taken."""
        self.version += 1
        for frame in frames:
            rows = self._rows.get(frame.t)
            if rows is None or frame.op is Op.EVT:
                continue
            if frame.op is Op.DEL:
                rows.pop(frame.id, None)
            else:
                rows[frame.id] = Row(t=frame.t, id=frame.id, ver=frame.ver, d=frame.d)
        if frames:
            self.changed.emit(tuple(frames))

    async def _read(self, kind: str) -> dict[str, Row]:
        found: dict[str, Row] = {}
        after = ""
        while True:
            loaded = await self._cache.rows(kind, after)
            for problem in loaded.problems:
                self.notices.emit(problem)
            if not loaded.value:
                return found
            found.update((row.id, row) for row in loaded.value)
            after = loaded.value[-1].id
