"""Whether somebody is who he says: password, lock-out, second factor."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Final, NoReturn
from weakref import WeakValueDictionary

from app.domain.errors import Refused
from app.domain.lock_out import FREE, lock_out
from app.domain.text import Text
from app.hub.services import totp
from app.hub.services.hashing import Hashing
from app.hub.services.ports import Now, Sealing
from app.hub.store import accounts
from app.hub.store.accounts import Account
from app.hub.store.columns import micros, moment
from app.hub.store.reader import Reader
from app.hub.store.writer import Writer

TOTP: Final = "totp"
# Names that nobody has are remembered as well, or the lock-out would tell which ones exist.
_MOST_STRANGERS: Final = 10_000


class WrongPassword(Refused):
    """Name or password; which of the two is not said."""

    def __init__(self) -> None:
        super().__init__(
            Text("사용자 이름이나 비밀번호가 다릅니다.", "The user name or the password is wrong.")
        )


class LockedOut(Refused):
    """Too many wrong passwords; `seconds` until one is looked at again."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1.0, seconds)
        whole = round(self.seconds)
        super().__init__(
            Text(
                f"비밀번호를 여러 번 틀려 잠겼습니다. {whole}초 뒤에 다시 시도하세요.",
                f"Locked after several wrong passwords. Try again in {whole} seconds.",
            )
        )


class CodeNeeded(Refused):
    """The password is right; the six digits are missing."""

    def __init__(self) -> None:
        super().__init__(
            Text("인증 앱의 6자리 번호를 입력하세요.", "Give the six digits of the authenticator.")
        )


def username_of(text: str) -> str:
    """As it is kept: one spelling however it was typed."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


class SignIns:
    """One password of a name is looked at at a time, so that many at once gain nothing."""

    def __init__(
        self, writer: Writer, reader: Reader, hashing: Hashing, vault: Sealing, now: Now
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._hashing = hashing
        self._vault = vault
        self._now = now
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._strangers: dict[str, tuple[int, datetime]] = {}

    async def check(self, username: str, password: str, code: str | None = None) -> Account:
        """The account. Raises `WrongPassword`, `LockedOut` or `CodeNeeded`."""
        async with self._turn(username) as name:
            account = await self._password(name, password)
            await self._second_factor(account, code)
            await self._succeeded(account, password)
            return account

    async def check_password(self, account: Account, password: str) -> None:
        """Of somebody who is signed in: wrong ones count here, too."""
        async with self._turn(account.username) as name:
            await self._password(name, password)

    @asynccontextmanager
    async def _turn(self, username: str) -> AsyncIterator[str]:
        name = username_of(username)
        async with self._turns.setdefault(name, asyncio.Lock()):
            yield name

    async def _password(self, name: str, password: str) -> Account:
        found = await self._reader.read(lambda c: accounts.by_username(c, name))
        self._look_at_lock(name, found)
        usable = found if found is not None and not found.disabled else None
        verifier = None if usable is None else usable.verifier
        right = await self._hashing.fits(verifier, password)
        if usable is None or not right:
            await self._failed(name, found)
        return usable

    def _look_at_lock(self, name: str, found: Account | None) -> None:
        if found is not None:
            until = moment(found.locked_until)
        else:
            until = self._strangers.get(name, (0, datetime.min.replace(tzinfo=UTC)))[1]
        if (left := until - self._now()) > timedelta(0):
            raise LockedOut(left.total_seconds())

    async def _failed(self, name: str, found: Account | None) -> NoReturn:
        count = 1 + (self._strangers.get(name, (0,))[0] if found is None else found.failures)
        until = self._now() + lock_out(count)
        if found is None:
            if len(self._strangers) >= _MOST_STRANGERS:
                self._strangers.clear()
            self._strangers[name] = (count, until)
        else:
            await self._writer.do(
                lambda tx: accounts.change(tx, found.id, failures=count, locked_until=micros(until))
            )
        if count > FREE:
            raise LockedOut(lock_out(count).total_seconds())
        raise WrongPassword

    async def _second_factor(self, account: Account, code: str | None) -> None:
        if not account.d.get(TOTP):
            return
        if not code:
            raise CodeNeeded
        secret = await self._reader.read(lambda c: self._vault.reveal(c, TOTP, account.id))
        used = int(account.d.get("totp_step", 0))
        step = totp.step_of((secret or b"").decode(), code, self._now(), used) if secret else None
        if step is None:
            await self._failed(account.username, account)
        await self._writer.do(
            lambda tx: accounts.change(tx, account.id, d={**account.d, "totp_step": step})
        )

    async def _succeeded(self, account: Account, password: str) -> None:
        values: dict[str, object] = {}
        if account.failures:
            values |= {"failures": 0, "locked_until": 0}
        if self._hashing.weak(account.verifier):
            values["verifier"] = await self._hashing.verifier(password)
        if values:
            await self._writer.do(lambda tx: accounts.change(tx, account.id, **values))
