"""Who is signed in, and that everybody else's streams end at once."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from pydantic import SecretStr
from sqlalchemy import Connection, select

from app.domain.account import Role, Subject
from app.domain.errors import Refused
from app.domain.text import Text
from app.hub.services.accounts import Accounts
from app.hub.services.ledger import Ledger
from app.hub.services.ports import Now
from app.hub.services.sign_in import CodeNeeded
from app.hub.store import accounts
from app.hub.store.accounts import Account, AuthSession
from app.hub.store.columns import micros
from app.hub.store.schema import auth_session
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from app.wire.entities import ConsoleRow
from app.wire.session import SignIn

_CONSOLE = "console"


class SignedOut(Refused):
    """No session, or one that is over."""

    def __init__(self) -> None:
        super().__init__(
            Text("로그인이 끝났습니다. 다시 로그인하세요.", "You are signed out. Sign in again.")
        )


class End(StrEnum):
    """Why a stream ends: its session, its owner's rights, or the hub."""

    SIGNED_OUT = "signed-out"
    RIGHTS = "rights-changed"
    STOPPING = "stopping"


@dataclass(eq=False, slots=True)
class Watch:
    """One stream's look at its session. `end` is set when it must end."""

    token_sha256: str = field(repr=False)
    account: str
    end: End | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A valid session. `expires` in microseconds."""

    subject: Subject
    token_sha256: str = field(repr=False)
    client: str
    expires: int
    workstation: str = ""

    @property
    def console(self) -> ConsoleRow:
        """As others see it, while it is there."""
        subject = self.subject
        return ConsoleRow(
            id=self.client, workstation=self.workstation, account=subject.account,
            name=subject.name, site=subject.site,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    token: SecretStr
    signed: Signed


class Sessions:
    """Tokens are 256 random bits; only their SHA-256 is kept."""

    def __init__(
        self, store: Store, accounts_: Accounts, ledger: Ledger, now: Now, life: timedelta
    ) -> None:
        self._writer = store.writer
        self._reader = store.reader
        self._accounts = accounts_
        self._now = now
        self._life = life
        self._ledger = ledger
        self._watches: defaultdict[str, set[Watch]] = defaultdict(set)

    @property
    def streams(self) -> int:
        return sum(map(len, self._watches.values()))

    async def sign_in(self, asked: SignIn, address: str = "") -> Opened:
        """Raises what `SignIns.check` raises. `address`: where it came from."""
        code = None if asked.totp is None else asked.totp.get_secret_value()
        password = asked.password.get_secret_value()
        try:
            account = await self._accounts.check(asked.username, password, code)
        except CodeNeeded:
            # The first half of a sign-in that goes on.
            raise
        except Refused as refusal:
            await self._ledger.not_signed_in(asked.username, asked.client, address, refusal.text)
            raise
        subject = self._accounts.subject_of(account)
        token = secrets.token_urlsafe(32)
        session = AuthSession(
            digest(token), account.id, asked.client, micros(self._now() + self._life),
            d={"workstation": asked.workstation, "version": asked.version},
        )  # fmt: skip

        def work(tx: Transaction) -> list[str]:
            self._ledger.signed_in(tx, subject, asked.client, address)
            return _open(tx, session, account)

        former = await self._writer.do(work)
        self._end(former, End.SIGNED_OUT)
        signed = Signed(subject, session.token_sha256, session.client, session.expires)
        return Opened(SecretStr(token), signed)

    async def signed(self, token: str) -> Signed:
        """Raises `SignedOut`."""
        found = await self._reader.read(lambda c: self._look(c, digest(token)))
        if found is None:
            raise SignedOut
        return found

    async def sign_out(self, signed: Signed) -> None:
        def work(tx: Transaction) -> None:
            accounts.revoke(tx, signed.token_sha256)
            _leave(tx, [signed.client])
            self._ledger.signed_out(tx, signed.subject, signed.client)

        await self._writer.do(work)
        self._end([signed.token_sha256], End.SIGNED_OUT)

    async def sign_out_all(self, account: str, but: str = "") -> int:
        """All sessions of the account, but the one with that digest; from how many places."""
        ended = await self._writer.do(lambda tx: _revoke_others(tx, account, but))
        self._end(ended, End.SIGNED_OUT)
        return len(ended)

    async def sweep(self) -> None:
        """Consoles whose session has expired are no longer there."""
        now = micros(self._now())
        await self._writer.do(lambda tx: _sweep(tx, now))

    def rights_changed(self, account: str | None = None) -> None:
        """The streams of the account (None: all) must begin anew, with what they may see now."""
        for watches in self._watches.values():
            for watch in watches:
                if account in {None, watch.account}:
                    watch.end = watch.end or End.RIGHTS

    def stop(self) -> None:
        for watches in self._watches.values():
            for watch in watches:
                watch.end = watch.end or End.STOPPING

    def watch(self, signed: Signed) -> Watch:
        watch = Watch(signed.token_sha256, signed.subject.account)
        self._watches[signed.token_sha256].add(watch)
        return watch

    def forget(self, watch: Watch) -> None:
        watches = self._watches[watch.token_sha256]
        watches.discard(watch)
        if not watches:
            del self._watches[watch.token_sha256]

    def _end(self, tokens: list[str], why: End) -> None:
        for token in tokens:
            for watch in self._watches.get(token, ()):
                watch.end = why

    def _look(self, connection: Connection, token_sha256: str) -> Signed | None:
        session = accounts.session(connection, token_sha256, micros(self._now()))
        if session is None:
            return None
        account = accounts.get(connection, session.account)
        if account is None:
            return None
        subject = self._accounts.subject_of(account)
        workstation = str(session.d.get("workstation", ""))
        return Signed(subject, token_sha256, session.client, session.expires, workstation)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _open(tx: Transaction, session: AuthSession, account: Account) -> list[str]:
    """One console, one session: what this account had open there before ends."""
    query = select(auth_session.c.token_sha256).where(
        auth_session.c.account == account.id,
        auth_session.c.client == session.client,
        auth_session.c.revoked.is_(None),
    )
    former = [str(token) for token in tx.connection.execute(query).scalars()]
    for token in former:
        accounts.revoke(tx, token)
    accounts.sign_in(tx, session)
    if account.d["role"] != Role.FEED:
        row = ConsoleRow(
            id=session.client, workstation=str(session.d["workstation"]), account=account.id,
            name=str(account.d["name"]), site=str(account.d["site"]),
        )  # fmt: skip
        tx.put(_CONSOLE, session.client, row.model_dump(mode="json"))
    return former


def _revoke_others(tx: Transaction, account: str, but: str) -> list[str]:
    query = select(auth_session.c.token_sha256, auth_session.c.client).where(
        auth_session.c.account == account,
        auth_session.c.token_sha256 != but,
        auth_session.c.revoked.is_(None),
    )
    found = [(str(token), str(client)) for token, client in tx.connection.execute(query)]
    for token, _ in found:
        accounts.revoke(tx, token)
    _leave(tx, [client for _, client in found])
    return [token for token, _ in found]


def _sweep(tx: Transaction, now: int) -> None:
    query = select(auth_session.c.token_sha256, auth_session.c.client).where(
        auth_session.c.expires <= now, auth_session.c.revoked.is_(None)
    )
    found = [(str(token), str(client)) for token, client in tx.connection.execute(query)]
    for token, _ in found:
        accounts.revoke(tx, token)
    _leave(tx, [client for _, client in found])


def _leave(tx: Transaction, clients: list[str]) -> None:
    """A console where somebody else has signed in meanwhile stays."""
    for client in clients:
        still = select(auth_session.c.client).where(
            auth_session.c.client == client,
            auth_session.c.revoked.is_(None),
            auth_session.c.expires > tx.at,
        )
        if tx.connection.execute(still.limit(1)).first() is None:
            tx.delete(_CONSOLE, client)
