"""Pages of a snapshot and batches of a stream: order, size, form."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from app.domain.account import Role, Subject
from app.domain.errors import BadInput
from app.hub.services import attachments, ports
from app.hub.services.keyring import Keyring
from app.hub.store.rows import Entry
from app.hub.store.tail import Tail
from app.hub.web import api, following, services, snapshot
from app.hub.web.following import Following
from app.hub.web.frames import Frames
from app.hub.web.limits import limit_of
from app.wire.entities import HOT, KINDS
from app.wire.stream import Frame, Op
from tests.fakes.incidents import subject


class Everything:
    """What is seen of a row: all of it."""

    def row(
        self, subject: Subject, t: str, id_: str, d: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        return d


def test_hot_kinds_come_first() -> None:
    kinds = snapshot.kinds_of(None)
    assert set(kinds[: len(HOT)]) == HOT
    assert set(kinds) == set(KINDS)
    assert snapshot.kinds_of("camera,incident") == ("incident", "camera")
    with pytest.raises(BadInput, match="no such kind"):
        snapshot.kinds_of("camera,account")


async def test_it_is_packed_as_it_comes() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for n in range(3):
            yield f"line {n}\n".encode()

    packed = b"".join([part async for part in snapshot.zipped(parts())])
    assert gzip.decompress(packed) == b"line 0\nline 1\nline 2\n"


async def test_a_batch_is_bounded_and_goes_on_where_it_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "BYTES", 1_000)
    tail = Tail(0)
    rows = [Entry(n, 0, "camera", f"c{n}", 1, Op.PUT, 0, {"name": "x" * 300}) for n in range(1, 8)]
    tail.push(rows)
    seeing: ports.Seeing = Everything()
    reader: Any = None
    one = Following(tail, reader, Frames(seeing, reader), subject(Role.OPERATOR), 0)
    sizes, frames = [], []
    while one.behind:
        batch = await one.take()
        sizes.append(len(batch))
        frames += [Frame.model_validate_json(each.text) for each in batch]
    assert [(frame.seq, frame.prev) for frame in frames] == [(n, n - 1) for n in range(1, 8)]
    assert max(sizes) <= 3


def test_what_is_made_of_the_parts() -> None:
    sealing: ports.Sealing = Keyring(b"k" * 32)
    assert "kkk" not in repr(sealing)
    assert services.Services.__dataclass_fields__.keys() >= {"hub", "accounts", "sessions"}
    # The whole of an attachment passes the limit of its route.
    assert limit_of("/v1/incidents/i/attachments/a") == attachments.MOST_BYTES
    assert api.create.__doc__
