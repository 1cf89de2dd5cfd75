"""대장 at the hub: entries in the job of the act itself, checkpoints over them, proofs of both."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection

from app.domain.account import Subject
from app.domain.errors import BadInput, Unavailable
from app.domain.incident import Incident
from app.domain.ledger import merkle
from app.domain.ledger.checkpoint import Checkpoint, VerifierKey, signed
from app.domain.ledger.entry import FIRST_PREV, Deed, Kind, written
from app.domain.text import Text
from app.hub.services.acting import Acting
from app.hub.services.keyring import Keyring
from app.hub.store import ledger as rows
from app.hub.store import settings, vault
from app.hub.store.columns import micros, moment
from app.hub.store.ledger import Row, Tree
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.wire import ledger as wire

_log = logging.getLogger(__name__)

SECRET: Final = "ledger"  # noqa: S105 - the kind of a secret, not one
_OWNER: Final = "key"
_ORIGIN: Final = "ledger_origin"
# The verifier key as text, for who reads the store without the hub.
KEY_SETTING: Final = "ledger_key"
# What a console may write; everything else the hub sees for itself.
CONSOLES: Final = frozenset(
    {Kind.VIEW, Kind.VIEW_END, Kind.PTZ, Kind.STILL, Kind.CLIP, Kind.REVEAL, Kind.UNMASK}
)
_NO_KIND = Text("관제석이 쓸 수 없는 항목입니다", "a console does not write entries of this kind")
_NO_SIZE = Text("그런 크기의 대장은 없었습니다", "the ledger never had that size")


class Ledger:
    """`key` after `load`. `origin` names the log in its checkpoints."""

    def __init__(self, store: Store, keyring: Keyring, clock: Clock) -> None:
        self._clock = clock
        self._store = store
        self._keyring = keyring
        self._private: Ed25519PrivateKey | None = None
        self.key = VerifierKey("", b"")

    async def load(self, origin: str) -> None:
        """Makes the key on the first run, and takes the origin for ever; it lies in the vault."""
        raw, origin = await self._store.writer.do(partial(self._take_key, origin=origin))
        self._private = Ed25519PrivateKey.from_private_bytes(raw)
        public = self._private.public_key().public_bytes_raw()
        # The name of a key in a signed note has neither space nor plus.
        name = "-".join(origin.replace("+", " ").split()) or "hub"
        self.key = VerifierKey(f"gwanje/{name}", public)
        await self._store.writer.do(partial(settings.save, name=KEY_SETTING, value=self.key.text))

    # --------------------------------------------------------------------- on the writer's thread

    def write(self, tx: Transaction, deed: Deed) -> int:
        """Appends it, in the job of what it tells of: neither is kept without the other."""
        size, leaf = rows.last(tx.connection)
        n, prev = size + 1, FIRST_PREV if leaf is None else leaf.hex()
        if not deed.client:
            deed = replace(deed, client_n=n)
        salts = {name: secrets.token_hex(16) for name in deed.person}
        entry = written(deed, n, prev, salts)
        row = Row(
            n, micros(deed.at), deed.kind.value, deed.site, deed.camera, deed.incident,
            deed.client, deed.client_n, entry.decode(), merkle.leaf_hash(entry), deed.person,
        )  # fmt: skip
        rows.append(tx, row, salts)
        return n

    def sign(self, tx: Transaction) -> int:
        """A checkpoint over what is there, unless the newest one covers it; its size."""
        size, _ = rows.last(tx.connection)
        newest = rows.newest_checkpoint(tx.connection)
        if size == 0 or (newest is not None and newest[0] >= size):
            return size
        rows.keep_nodes(tx, size)
        point = Checkpoint(self.key.name, size, merkle.root(size, Tree(tx.connection)))
        rows.add_checkpoint(tx, size, signed(point, self.key, self._sign))
        return size

    def take(
        self, tx: Transaction, subject: Subject, given: wire.Deeds, address: str
    ) -> wire.Taken:
        """What a console wrote, in its order; what is there already is left out."""
        newest = rows.newest_of_client(tx.connection, given.client)
        if given.oldest > newest + 1 and given.deeds[0].n == given.oldest:
            # A backup was put back: proved entries are gone from both sides. That they were there
            # is what the consoles' remembered checkpoints show.
            lost = {"client": given.client, "first": str(newest + 1), "last": str(given.oldest - 1)}
            self.write(tx, Deed(Kind.RESTORED, moment(tx.at), str(subject.site), facts=lost))
            newest = given.oldest - 1
        expected = newest + 1
        for deed in given.deeds:
            if deed.n < expected:
                continue
            if deed.n > expected:
                break
            self.write(tx, _deed(deed, subject, given.client, address, tx))
            expected += 1
        return wire.Taken(next_n=expected)

    # ---------------------------------------------------------------------------- on any thread

    def newest(self, connection: Connection, since: int) -> wire.Signed:
        """Raises BadInput for a size that the ledger never had: it has another history."""
        found = rows.newest_checkpoint(connection)
        if found is None:
            return wire.Signed(note="", key=self.key.text)
        size, note = found
        if since > size:
            raise BadInput(_NO_SIZE)
        path = merkle.consistency(since, size, Tree(connection)) if since else []
        hashes = tuple(one.hex() for one in path)
        return wire.Signed(note=note, key=self.key.text, since=since, path=hashes)

    def proofs(self, connection: Connection, client: str, first: int, last: int) -> wire.Proofs:
        """Of the console's own entries, at most `wire.MOST` of them."""
        found = rows.newest_checkpoint(connection)
        if found is None:
            return wire.Proofs()
        size, note = found
        numbers = range(first, min(last, first + wire.MOST - 1) + 1)
        places = rows.of_client(connection, client, numbers)
        tree = Tree(connection)
        proofs = tuple(
            self._proof(connection, own, n, size, tree)
            for own, n in sorted(places.items())
            if n <= size
        )
        return wire.Proofs(note=note, proofs=proofs)

    def _proof(self, connection: Connection, own: int, n: int, size: int, tree: Tree) -> wire.Proof:
        row = rows.one(connection, n)
        path = merkle.inclusion(n - 1, size, tree)
        return wire.Proof(
            n=own, index=n - 1, leaf=row.leaf.hex(), entry=row.entry,
            path=tuple(one.hex() for one in path),
        )  # fmt: skip

    async def keep(self, deed: Deed) -> int:
        """For what has no job of its own: a refusal, a failed sign-in."""
        return await self._store.writer.do(partial(self.write, deed=deed))

    async def checkpoint(self) -> int:
        return await self._store.writer.do(self.sign)

    def _sign(self, message: bytes) -> bytes:
        assert self._private is not None  # noqa: S101 - loaded before anything is written
        return self._private.sign(message)

    def _take_key(self, tx: Transaction, origin: str) -> tuple[bytes, str]:
        try:
            raw = self._keyring.reveal(tx.connection, SECRET, _OWNER)
        except Unavailable:
            # The key file is another one: this ledger goes on under another signature, and every
            # console that remembers the former one says so.
            _log.warning("the ledger's key cannot be opened; from now on another one signs")
            vault.forget(tx, SECRET, _OWNER)
            raw = None
        if raw is None:
            raw = Ed25519PrivateKey.generate().private_bytes_raw()
            self._keyring.keep(tx, SECRET, _OWNER, raw)
            settings.save(tx, _ORIGIN, origin)
        return raw, str(settings.read_all(tx.connection).get(_ORIGIN, origin))

    def signed_in(self, tx: Transaction, subject: Subject, client: str, address: str) -> None:
        self._session(tx, Kind.SIGN_IN, subject, client, address)

    def signed_out(self, tx: Transaction, subject: Subject, client: str) -> None:
        self._session(tx, Kind.SIGN_OUT, subject, client, "")

    async def not_signed_in(self, username: str, client: str, address: str, why: Text) -> None:
        """Whoever it was: the name is what was typed."""
        at = moment(self._clock())
        person = {"name": username} | ({"address": address} if address else {})
        facts = {"on": client, "why": why.en}
        await self.keep(Deed(Kind.SIGN_IN_FAILED, at, facts=facts, person=person))

    def _session(
        self, tx: Transaction, kind: Kind, subject: Subject, client: str, address: str
    ) -> None:
        deed = Deed(
            kind, moment(tx.at), str(subject.site), facts={"on": client},
            person=person_of(subject, address),
        )  # fmt: skip
        self.write(tx, deed)

    def revealed(self, acting: Acting, incident: Incident) -> None:
        """For `IncidentActs`."""
        self.write(acting.tx, _of(acting, Kind.REVEAL, incident.id))

    def remasked(
        self, tx: Transaction, subject: Subject, camera: str, before: int, after: int,
        reason: str = "",
    ) -> None:  # fmt: skip
        """What was covered may be seen now."""
        facts = {"masks": f"{before} → {after}"} | ({"reason": reason} if reason else {})
        deed = Deed(
            Kind.UNMASK, moment(tx.at), str(subject.site), camera, facts=facts,
            person=person_of(subject),
        )  # fmt: skip
        self.write(tx, deed)

    def refused(self, acting: Acting) -> None:
        """For `Commands`: an act that the person had no right to."""
        facts = {"act": acting.command.type, "target": acting.command.target}
        self.write(acting.tx, replace(_of(acting, Kind.REFUSED), facts=facts))


def verifies(key: VerifierKey, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def person_of(subject: Subject, address: str = "") -> dict[str, str]:
    """What tells who it was."""
    person = {"account": str(subject.account), "name": subject.name or subject.username}
    return person | ({"address": address} if address else {})


def _of(acting: Acting, kind: Kind, incident: str = "") -> Deed:
    subject = acting.subject
    return Deed(kind, acting.at, str(subject.site), incident=incident, person=person_of(subject))


def _deed(given: wire.Deed, subject: Subject, client: str, address: str, tx: Transaction) -> Deed:
    try:
        kind = Kind(given.kind)
    except ValueError:
        raise BadInput(_NO_KIND) from None
    if kind not in CONSOLES:
        raise BadInput(_NO_KIND)
    facts: Mapping[str, str] = dict(given.facts)
    at = min(given.at, moment(tx.at))
    if at != given.at:
        # A console's clock may run ahead: what it said stays, and nothing is of the future.
        facts = {**facts, "console_at": given.at.isoformat()}
    person = person_of(subject, address)
    if given.by and given.by != subject.account:
        person = {"account": given.by, "uploaded_by": str(subject.account)}
    return Deed(
        kind, at, str(subject.site), given.camera, given.incident, given.share, given.purpose,
        given.begun, given.ended, facts, person, client, given.n,
    )  # fmt: skip
