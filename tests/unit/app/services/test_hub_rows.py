from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.adapters.hub_store import LocalHubStore
from app.domain.errors import Unavailable
from app.domain.text import Text
from app.services.hub_port import Place
from app.services.hub_rows import HubRows
from app.wire.stream import Frame, Op, Row


@pytest.fixture
async def store() -> AsyncIterator[LocalHubStore]:
    made = await LocalHubStore.in_memory(bytes(32))
    await made.fill([Row(t="note", id=f"n{n:04d}", ver=1, d={"text": n}) for n in range(1500)])
    await made.fill([Row(t="camera", id="c", ver=1, d={})])
    await made.swap(Place("e", 9))
    yield made
    await made.close()


def frame(op: Op, kind: str, id_: str, ver: int = 2) -> Frame:
    return Frame(seq=10, prev=9, t=kind, id=id_, ver=ver, op=op, d={"new": True})


async def test_it_shows_what_the_store_holds_but_not_the_bulk(store: LocalHubStore) -> None:
    rows = HubRows(store)
    replaced: list[None] = []
    rows.replaced.connect(replaced.append)
    await rows.reload()
    assert len(rows.all("note")) == 1500
    assert rows.get("note", "n0007") == Row(t="note", id="n0007", ver=1, d={"text": 7})
    assert rows.get("note", "none") is None
    assert len(replaced) == 1
    with pytest.raises(KeyError):
        rows.all("camera")
    rows.forget()
    assert rows.all("note") == {}


async def test_frames_change_it_and_are_passed_on(store: LocalHubStore) -> None:
    rows = HubRows(store)
    await rows.reload()
    heard: list[tuple[Frame, ...]] = []
    rows.changed.connect(heard.append)
    frames = [
        frame(Op.PUT, "note", "n0001"),
        frame(Op.DEL, "note", "n0002"),
        frame(Op.DEL, "note", "none"),
        frame(Op.PUT, "camera", "c"),
        frame(Op.EVT, "note", "n0003"),
    ]
    rows.apply(frames)
    rows.apply([])
    changed = rows.get("note", "n0001")
    assert changed is not None
    assert changed.d == {"new": True}
    assert rows.get("note", "n0002") is None
    assert len(rows.all("note")) == 1499
    assert heard == [tuple(frames)]


async def test_trouble_with_the_disk_is_told_and_nothing_is_lost(
    store: LocalHubStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = HubRows(store)
    said: list[Text] = []
    rows.notices.connect(said.append)
    await store._queue.run(
        store._opened.db.execute, "update row set d = '[' where id in ('n0001', 'n0002')"
    )
    await rows.reload()
    assert len(rows.all("note")) == 1498
    assert "2 cached rows" in said[0].en

    async def broken(*_: object) -> object:
        raise Unavailable(Text("고장", "broken"))

    monkeypatch.setattr(store, "rows", broken)
    await rows.reload()
    assert said[-1].en == "broken"
    assert len(rows.all("note")) == 1498
