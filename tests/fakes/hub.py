"""A hub in the test's own process: `HubModel` behind the port, with faults on call."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from datetime import datetime

from pydantic import SecretStr
from typing_extensions import override

from app.domain.text import Text
from app.services.hub_port import (
    Heard,
    HubClient,
    HubFailure,
    Place,
    SnapshotPage,
    Trouble,
    Upload,
)
from app.wire.access import AccessAsk, CameraAccess, ProfileAccess
from app.wire.commands import Batch, Outcomes
from app.wire.ledger import (
    Asked,
    Book,
    Deeds,
    Inspected,
    Inspection,
    Line,
    Lines,
    Proofs,
    Signed,
    Taken,
    ViewerRow,
)
from app.wire.session import Session, SignIn
from app.wire.status import StatusReport
from app.wire.stream import Changes, Frame
from tests.fakes.hub_ledger import FakeLedger, a_book
from tests.fakes.hub_model import NOW, HubModel

PASSWORD = "correct horse"


def trouble(kind: Trouble, retry_after: float | None = None) -> HubFailure:
    return HubFailure(kind, Text(f"장애 {kind}", f"trouble: {kind}"), retry_after=retry_after)


class ModelHub(HubClient):
    """`fails`: what the next calls raise, one each. `down`: every call does, streams end.

    `loses_answers`: so many commands are done, but their answer does not arrive. `mangle` changes
    the frames of the next piece of a stream. `silent`: streams carry nothing. `one_time`: the
    password must be changed first.
    """

    def __init__(self, model: HubModel, page: int = 3) -> None:
        self.model = model
        self.page = page
        self.fails: deque[HubFailure] = deque()
        self.loses_answers = 0
        self.mangle: Callable[[list[Frame]], list[Frame]] | None = None
        self.silent = False
        self.calls: list[str] = []
        self.batches: list[Batch] = []
        self.reports: list[StatusReport] = []
        self.shares_asked: list[tuple[str, str, str]] = []
        self.ledger = FakeLedger()
        self.asked: list[Asked] = []
        self.lines: list[Line] = []
        self.viewers: list[ViewerRow] = []
        self.signed: list[Inspected] = []
        self.files: dict[tuple[str, str], Upload] = {}
        self.password = PASSWORD
        self.one_time = False
        self._down = False
        self._cut = asyncio.Event()
        self._token = False

    # faults

    @property
    def down(self) -> bool:
        return self._down

    @down.setter
    def down(self, value: bool) -> None:
        self._down = value
        self.cut()

    def cut(self) -> None:
        """Every stream ends now."""
        self._cut.set()
        self._cut = asyncio.Event()

    def revoke(self) -> None:
        self.fails.append(trouble(Trouble.SIGNED_OUT))
        self.cut()

    def _gate(self, call: str) -> None:
        self.calls.append(call)
        if self._down:
            raise trouble(Trouble.UNREACHABLE)
        if self.fails:
            raise self.fails.popleft()

    # the port

    @property
    @override
    def signed_in(self) -> bool:
        return self._token

    @override
    async def sign_in(self, asked: SignIn) -> Session:
        self._gate("sign_in")
        if asked.password.get_secret_value() != self.password:
            raise trouble(Trouble.SIGNED_OUT)
        self._token = True
        session = self.model.session()
        account = session.account.model_copy(update={"must_change": self.one_time})
        return session.model_copy(update={"token": SecretStr("token"), "account": account})

    @override
    async def sign_out(self) -> None:
        self.calls.append("sign_out")
        self._token = False

    @override
    async def session(self) -> Session:
        self._gate("session")
        return self.model.session()

    @override
    async def snapshot(self, after: str | None) -> SnapshotPage:
        self._gate("snapshot")
        head, rows, then = self.model.page(after, self.page)
        return SnapshotPage(head, tuple(rows), then)

    @override
    async def changes(self, since: Place, wait: float) -> Changes:
        self._gate("changes")
        self._kept(since)
        if wait and not self.model.frames(since.seq):
            woken, cut = self.model.changed, self._cut
            waits = [asyncio.ensure_future(event.wait()) for event in (woken, cut)]
            await asyncio.wait(waits, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            for waiting in waits:
                waiting.cancel()
            self._gate("changes again")
        return self.model.changes(since.seq)

    @override
    async def stream(self, since: Place) -> AsyncGenerator[Heard, None]:
        self._gate("stream")
        self._kept(since)
        cut = self._cut
        sent = since.seq
        first = True
        while not cut.is_set():
            woken = self.model.changed
            frames = list(self.model.frames(sent))
            if frames or first:
                first = False
                sent = frames[-1].seq if frames else sent
                if self.mangle is not None:
                    frames, self.mangle = self.mangle(frames), None
                if self.silent:
                    await cut.wait()
                    break
                yield Heard(tuple(frames), self.model.heartbeat(sent))
                continue
            waits = [asyncio.ensure_future(event.wait()) for event in (woken, cut)]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for waiting in waits:
                    waiting.cancel()
            if self.model.epoch != since.epoch:
                raise trouble(Trouble.RESYNC)
        raise trouble(Trouble.CLOSED)

    def _kept(self, since: Place) -> None:
        if not self.model.keeps(since.epoch, since.seq):
            raise trouble(Trouble.RESYNC)

    @override
    async def commands(self, batch: Batch) -> Outcomes:
        self._gate("commands")
        self.batches.append(batch)
        outcomes = self.model.commands(batch)
        if self.loses_answers:
            self.loses_answers -= 1
            raise trouble(Trouble.CLOSED)
        return outcomes

    @override
    async def camera_access(self, camera: str, asked: AccessAsk) -> CameraAccess:
        self._gate("access")
        return CameraAccess(id=camera, password=SecretStr("camera secret"))

    @override
    async def share_access(self, share: str, camera: str, asked: AccessAsk) -> CameraAccess:
        self._gate("share access")
        self.shares_asked.append((share, camera, asked.profile))
        profile = ProfileAccess(name="sub", url=SecretStr(f"rtsp://relay/{camera}"))
        return CameraAccess(
            id=camera, media="relay", profiles=(profile,), username=SecretStr("t1"),
            password=SecretStr("token secret"),
        )  # fmt: skip

    @override
    async def write_ledger(self, deeds: Deeds) -> Taken:
        self._gate("ledger")
        return self.ledger.take(deeds)

    @override
    async def checkpoint(self, since: int) -> Signed:
        self._gate("checkpoint")
        return self.ledger.checkpoint(since)

    @override
    async def proofs(self, client: str, first: int, last: int) -> Proofs:
        self._gate("proofs")
        return self.ledger.proofs(client, first, last)

    @override
    async def ledger_lines(self, asked: Asked) -> Lines:
        self._gate("ledger")
        self.asked.append(asked)
        rows = [row for row in self.lines if asked.below is None or row.n < asked.below]
        return Lines(rows=tuple(rows[: asked.limit]))

    @override
    async def ledger_book(self, name: str, since: datetime, until: datetime) -> Book:
        self._gate("book")
        return a_book(name, since, until)

    @override
    async def inspection(self, month: str) -> Inspection:
        self._gate("inspection")
        return Inspection(month=month, rows=tuple(self.viewers), signed=tuple(self.signed))

    @override
    async def sign_inspection(self, month: str, note: str) -> None:
        self._gate("sign inspection")
        self.signed.append(Inspected(by="감사", at=NOW, note=note))

    @override
    async def attach(self, incident: str, file: Upload) -> None:
        self._gate("attach")
        self.files[incident, file.id] = file
        row = self.model.memory.rows["incident", incident]
        line = {
            "at": NOW.isoformat(), "by": "김관제", "kind": "attach",
            "words": {"ko": file.name, "en": file.name},
            "facts": {"attachment": file.id, "name": file.name},
        }  # fmt: skip
        history = [*row.d.get("history", []), line]
        self.model.put("incident", incident, **{**row.d, "history": history})

    @override
    async def attachment(self, incident: str, id_: str) -> bytes:
        self._gate("attachment")
        return self.files[incident, id_].data

    @override
    async def report_statuses(self, report: StatusReport) -> None:
        self._gate("statuses")
        self.reports.append(report)

    @override
    async def change_password(self, old: SecretStr, new: SecretStr) -> None:
        self._gate("password")
        self.one_time = False
        self.password = new.get_secret_value()

    @override
    async def close(self) -> None:
        self.calls.append("close")
