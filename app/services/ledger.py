"""This console's entries of the ledger: on the disk first, then at the hub, then proved.

An entry goes only when the hub has shown that it stands in a tree that the hub has signed, and
each signed tree must go on from the one that was seen before. A hub that shows two histories, or
another signature, is told of aloud.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.clock import Clock
from app.domain.errors import BadInput, Failure
from app.domain.ledger import merkle
from app.domain.ledger.checkpoint import Checkpoint, VerifierKey, opened
from app.domain.ledger.entry import Kind, stamp
from app.domain.text import Text
from app.services.hub_port import HubClient, HubFailure
from app.services.hub_store_port import DeedBox, KeptDeed
from app.services.sign_in import SignIns
from app.signals import Signal
from app.tasks import cancel, spawn
from app.wire.ledger import MOST, Deed, Deeds, Proof, Signed

_log = logging.getLogger(__name__)

_PAUSE_SECONDS: Final = 2.0
# The hub signs once a minute.
_PROOF_SECONDS: Final = 60.0
_NOTE, _KEY = "checkpoint", "key"


@dataclass(frozen=True, slots=True)
class Writing:
    """One entry as a service wants it written; who and when is added here."""

    kind: Kind
    camera: str = ""
    incident: str = ""
    share: str = ""
    purpose: str = ""
    begun: datetime | None = None
    ended: datetime | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """The entries of one person at this console; `client` is its name at the hub."""

    client: str
    account: str


class Ledger:
    """On the loop's thread. `client`: the name of the line now, "" for nobody.

    alarm  the hub's ledger is not what it was; what a person must do
    """

    def __init__(
        self,
        hub: HubClient,
        box: DeedBox,
        sign_ins: SignIns,
        client: Callable[[], str],
        clock: Clock,
    ) -> None:
        self.alarm: Signal[Text] = Signal("the ledger's alarm")
        self.notices: Signal[Text] = Signal("notices of the ledger")
        self._hub, self._box, self._sign_ins = hub, box, sign_ins
        self._client, self._clock = client, clock
        self._work = asyncio.Event()
        self._proved_at = float("-inf")
        self._alarmed = False
        self._task: asyncio.Task[None] | None = None

    async def write(self, *writings: Writing) -> None:
        """On the disk when it returns. Raises `Failure`; without anybody signed in, nothing."""
        line = self.line
        if line is not None and writings:
            await self.write_for(line, writings)

    @property
    def line(self) -> Line | None:
        """Whose entries are written now; None while nobody is signed in."""
        who, client = self._sign_ins.now, self._client()
        return Line(client, who.account.id) if who is not None and client else None

    async def write_for(self, line: Line, writings: Sequence[Writing]) -> None:
        """In the line of another one: what was left open. Raises `Failure`."""
        now = self._clock.now()
        deeds = [
            Deed(
                n=1, kind=one.kind.value, at=now, camera=one.camera, incident=one.incident,
                share=one.share, purpose=one.purpose, begun=one.begun, ended=one.ended,
                facts=dict(one.facts), by=line.account,
            )
            for one in writings
        ]  # fmt: skip
        await self._box.keep_deeds(line.client, deeds)
        self._work.set()

    async def start(self) -> None:
        self._task = spawn(self._run(), "ledger")

    async def stop(self) -> None:
        """Brings in what it can, if the hub is there."""
        task, self._task = self._task, None
        await cancel(task)
        try:
            await asyncio.wait_for(self.upload(), _PAUSE_SECONDS)
        except (Failure, TimeoutError):
            # It is on the disk, and goes up the next time.
            return

    # ------------------------------------------------------------------------------- to the hub

    async def upload(self) -> None:
        """All that waits, in order. Raises `Failure`."""
        while self._hub.signed_in:
            loaded = await self._box.deeds(MOST)
            for problem in loaded.problems:
                self.notices.emit(problem)
            waiting = [one for one in loaded.value if not one.sent]
            if not waiting:
                return
            for client, group in groupby(waiting, lambda one: one.client):
                held = min(one.n for one in loaded.value if one.client == client)
                if not await self._send(client, list(group), held):
                    return

    async def prove(self) -> None:
        """Looks at the newest checkpoint and lets go of what it proves. Raises `Failure`."""
        seen = await self._box.remembered(_NOTE)
        key = await self._box.remembered(_KEY)
        former = None
        if seen and key:
            known = VerifierKey.of(key)
            former = opened(seen, known, partial(verifies, known))
        try:
            told = await self._hub.checkpoint(former.size if former is not None else 0)
        except HubFailure as failure:
            if failure.code == "bad-input":
                self._raise(_SHORTER)
            raise
        point = self._checked(told, key, former)
        if point is None:
            return
        await self._box.remember(_KEY, told.key)
        await self._box.remember(_NOTE, told.note)
        await self._let_go(point, told)

    async def _send(self, client: str, deeds: Sequence[KeptDeed], held: int) -> bool:
        """False where the hub takes none of them.

        `held`: the lowest number that is still here, proved or not. A hub that was put back to an
        older backup asks for those again.
        """
        batch = Deeds(client=client, oldest=held, deeds=tuple(one.deed for one in deeds))
        taken = await self._hub.write_ledger(batch)
        await self._box.deeds_sent(client, taken.next_n)
        return taken.next_n > deeds[0].n

    def _checked(self, told: Signed, key: str, former: Checkpoint | None) -> Checkpoint | None:
        if not told.note:
            return None
        if key and told.key != key:
            self._raise(_OTHER_KEY)
            return None
        try:
            signer = VerifierKey.of(told.key)
            point = opened(told.note, signer, partial(verifies, signer))
        except BadInput:
            self._raise(_FORGED)
            return None
        if former is None:
            return point
        path = [bytes.fromhex(one) for one in told.path]
        if not merkle.consistent(former.size, former.root, point.size, point.root, path):
            self._raise(_TWO)
            return None
        return point

    async def _let_go(self, point: Checkpoint, told: Signed) -> None:
        loaded = await self._box.deeds(MOST)
        sent = [one for one in loaded.value if one.sent]
        for client, group in groupby(sent, lambda one: one.client):
            own = {one.n: one.deed for one in group}
            proofs = await self._hub.proofs(client, min(own), max(own))
            if proofs.note != told.note:
                # It has signed a newer one meanwhile; the next look takes that.
                return
            proved = [
                proof.n
                for proof in proofs.proofs
                if proof.n in own and self._holds(proof, own[proof.n], point)
            ]
            await self._box.forget_deeds(client, proved)

    def _holds(self, proof: Proof, deed: Deed, point: Checkpoint) -> bool:
        path = [bytes.fromhex(one) for one in proof.path]
        leaf = merkle.leaf_hash(proof.entry.encode())
        if not merkle.included(leaf, proof.index, point.size, path, point.root):
            self._raise(_TWO)
            return False
        if not _says(json.loads(proof.entry), deed):
            self._raise(_CHANGED)
            return False
        return True

    def _raise(self, text: Text) -> None:
        """Once a run: it is for a person to look into."""
        _log.error("the ledger: %s", text.en)
        if not self._alarmed:
            self._alarmed = True
            self.alarm.emit(text)

    async def _run(self) -> None:
        while True:
            try:
                await self._round()
            except Failure as failure:
                _log.debug("the ledger waits: %s", failure)
            except Exception:  # noqa: BLE001 - a bug must not end the record of who saw what
                _log.exception("the ledger")
            self._work.clear()
            try:
                await asyncio.wait_for(self._work.wait(), _PAUSE_SECONDS)
            except TimeoutError:
                continue

    async def _round(self) -> None:
        await self.upload()
        now = self._clock.monotonic()
        if self._hub.signed_in and now - self._proved_at >= _PROOF_SECONDS:
            self._proved_at = now
            await self.prove()


def verifies(key: VerifierKey, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _says(entry: Mapping[str, object], deed: Deed) -> bool:
    """Whether the hub wrote what this console told it."""
    told = {"kind": deed.kind, "client_n": deed.n}
    told |= {
        name: value
        for name in ("camera", "incident", "share", "purpose")
        if (value := getattr(deed, name))
    }
    if deed.begun is not None:
        told["from"] = stamp(deed.begun)
    if deed.ended is not None:
        told["to"] = stamp(deed.ended)
    return all(entry.get(name) == value for name, value in told.items())


_ASK = "관리자와 감사 담당자에게 즉시 알리십시오."
_ASK_EN = "Tell the administrator and the auditor at once."
_OTHER_KEY = Text(
    f"허브 대장의 서명 열쇠가 바뀌었습니다. {_ASK}",
    f"The hub's ledger is signed by another key than before. {_ASK_EN}",
)
_FORGED = Text(
    f"허브 대장의 체크포인트 서명이 맞지 않습니다. {_ASK}",
    f"The signature of the ledger's checkpoint is wrong. {_ASK_EN}",
)
_TWO = Text(
    f"허브가 이전과 다른 대장을 보여 주고 있습니다. {_ASK}",
    f"The hub shows another ledger than the one seen before. {_ASK_EN}",
)
_SHORTER = Text(
    f"허브의 대장이 이전보다 짧습니다. 예전 백업에서 복구되었을 수 있습니다. {_ASK}",
    f"The hub's ledger is shorter than before; an older backup may have been restored. {_ASK_EN}",
)
_CHANGED = Text(
    f"허브 대장의 항목이 이 관제석이 보낸 것과 다릅니다. {_ASK}",
    f"An entry of the hub's ledger is not what this console sent. {_ASK_EN}",
)
