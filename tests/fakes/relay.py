"""A relay that is only told: what the hub would say to a real one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.hub.services.relay_port import Event, Hear, Pass, Session, Source, Told


class FakeRelay:
    """`sources` by path, `passes` by id: what it was told last."""

    def __init__(self) -> None:
        self.hear: Hear = lambda _told: None
        self.renewed: Callable[[], None] = lambda: None
        self.up = True
        self.problem = ""
        self.sources: dict[str, Source] = {}
        self.passes: dict[str, Pass] = {}
        self.revoked: list[str] = []
        self.open: list[Session] = []

    def address(self, path: str, token: str = "") -> str:
        return f"rtsp://127.0.0.1:8554{path}"

    async def start(self) -> None:
        self.renewed()

    async def stop(self) -> None:
        self.up = False

    async def put(self, source: Source) -> None:
        self.sources[source.path] = source

    async def forget(self, path: str) -> None:
        self.sources.pop(path, None)

    async def allow(self, one: Pass) -> None:
        self.passes[one.id] = one

    async def revoke(self, ids: Sequence[str]) -> None:
        self.revoked += ids
        for id_ in ids:
            self.passes.pop(id_, None)
        self.open = [one for one in self.open if one.id not in ids]

    def sessions(self) -> Sequence[Session]:
        return self.open

    def watched(self, id_: str, address: str = "10.0.0.9") -> None:
        """Somebody opens it."""
        one = self.passes[id_]
        self.open.append(Session(id_, one.path, address))
        self.hear(Told(Event.OPENED, one.path, id_, address))
