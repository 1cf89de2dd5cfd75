"""The hub's own accounts: making, changing, passwords, the second factor."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from app.domain.account import AccountId, Role, Subject
from app.domain.errors import BadInput, Refused
from app.domain.ids import uuid7
from app.domain.passwords import check_password
from app.domain.site import SiteId, SiteKind, within
from app.domain.text import Text
from app.hub.services import totp
from app.hub.services.hashing import Hashing
from app.hub.services.ports import Now, Sealing
from app.hub.services.sign_in import TOTP, SignIns, username_of
from app.hub.services.sites import Sites
from app.hub.store import accounts
from app.hub.store.accounts import Account
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction

_PENDING: Final = "totp_pending"
_LONGEST_NAME: Final = 64


@dataclass(frozen=True, slots=True)
class NewAccount:
    """`password` None: for a feed, which signs its messages instead."""

    username: str
    name: str
    role: Role
    site: SiteId
    password: str | None = field(default=None, repr=False)
    must_change: bool = True
    purposes: frozenset[str] = frozenset()
    area: frozenset[SiteId] = frozenset()


def new_id(now: datetime) -> str:
    return uuid7(int(now.timestamp() * 1000), secrets.token_bytes(10))


def one_time_password() -> str:
    """96 bits, easy to read aloud: no letter that looks like a digit."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def row_of(new: NewAccount, id_: str, verifier: str) -> Account:
    """Raises `BadInput` for a username that cannot be one."""
    username = username_of(new.username)
    if not username or len(username) > _LONGEST_NAME or not username.isprintable():
        raise BadInput(_NAME)
    d = {
        "name": new.name or username,
        "role": new.role.value,
        "site": new.site,
        "must_change": new.must_change,
        "purposes": sorted(new.purposes),
        "area": sorted(new.area),
    }
    return Account(id_, username, verifier, d=d)


class Accounts:
    """What it raises is a `Failure`; who may ask is the caller's to decide."""

    def __init__(
        self, store: Store, sites: Sites, hashing: Hashing, vault: Sealing, now: Now
    ) -> None:
        writer, reader = store.writer, store.reader
        self._writer = writer
        self._reader = reader
        self._hashing = hashing
        self._vault = vault
        self._now = now
        self._sites = sites
        self._sign_ins = SignIns(writer, reader, hashing, vault, now)

    async def close(self) -> None:
        await self._hashing.close()

    async def check(self, username: str, password: str, code: str | None = None) -> Account:
        """Of `SignIns`."""
        return await self._sign_ins.check(username, password, code)

    async def create(self, new: NewAccount) -> str:
        """Its id. Raises `BadInput`, or `AlreadyThere` for a name that is taken."""
        verifier = "!"
        if new.password is not None:
            check_password(new.password, new.username)
            verifier = await self._hashing.verifier(new.password)
        account = row_of(new, new_id(self._now()), verifier)
        await self._writer.do(lambda tx: accounts.add(tx, account))
        return account.id

    async def get(self, id_: str) -> Account:
        """Raises `BadInput` where there is none."""
        found = await self._reader.read(lambda c: accounts.get(c, id_))
        if found is None:
            raise BadInput(_NO_ACCOUNT)
        return found

    async def named(self, username: str) -> Account:
        """Raises `BadInput` where there is none."""
        name = username_of(username)
        found = await self._reader.read(lambda c: accounts.by_username(c, name))
        if found is None:
            raise BadInput(_NO_ACCOUNT)
        return found

    async def all(self) -> list[Account]:
        return await self._reader.read(accounts.all_of_them)

    async def change(self, id_: str, disabled: bool | None, **d: Any) -> None:  # noqa: FBT001 - a column
        """`d`: name, role, site, purposes …; what is None stays. The caller tells `Sessions`."""
        account = await self.get(id_)
        values: dict[str, object] = {
            "d": {**account.d, **{key: value for key, value in d.items() if value is not None}}
        }
        if disabled is not None:
            values["disabled"] = disabled
        await self._writer.do(lambda tx: accounts.change(tx, id_, **values))

    async def change_password(self, id_: str, old: str, new: str) -> None:
        """By its owner. Raises `WrongPassword`, `LockedOut`, or `BadInput` (the rules)."""
        account = await self.get(id_)
        await self._sign_ins.check_password(account, old)
        check_password(new, account.username)
        if await self._hashing.fits(account.verifier, new):
            raise BadInput(_SAME)
        await self._set(account, new, must_change=False)

    async def reset_password(self, id_: str) -> str:
        """By an administrator: a one-time password, to be changed at the first sign-in."""
        account = await self.get(id_)
        password = one_time_password()
        await self._set(account, password, must_change=True)
        return password

    async def enrol(self, id_: str) -> str:
        """An `otpauth://` address to scan; asked for only after `confirm`."""
        account = await self.get(id_)
        secret = totp.new_secret()
        await self._writer.do(lambda tx: self._vault.keep(tx, _PENDING, id_, secret.encode()))
        return totp.address(secret, account.username)

    async def confirm(self, id_: str, code: str) -> None:
        """From now on sign-in asks for the digits. Raises `Refused` for wrong ones."""
        account = await self.get(id_)
        secret = await self._reader.read(lambda c: self._vault.reveal(c, _PENDING, id_))
        step = None if secret is None else totp.step_of(secret.decode(), code, self._now())
        if secret is None or step is None:
            raise Refused(_WRONG_CODE)
        kept = secret

        def work(tx: Transaction) -> None:
            self._vault.keep(tx, TOTP, id_, kept)
            accounts.change(tx, id_, d={**account.d, TOTP: True, "totp_step": step})

        await self._writer.do(work)

    async def disable_code(self, id_: str) -> None:
        account = await self.get(id_)
        d = {key: value for key, value in account.d.items() if key not in {TOTP, "totp_step"}}
        await self._writer.do(lambda tx: accounts.change(tx, id_, d=d))

    def subject_of(self, account: Account) -> Subject:
        """The account as `permit` looks at it, in the tree of this moment."""
        sites = self._sites.all
        site = SiteId(str(account.d["site"]))
        kind = sites[site].kind if site in sites else SiteKind.CENTRE
        return Subject(
            AccountId(account.id), account.username, str(account.d["name"]),
            Role(account.d["role"]), site, within(sites, site), kind,
            bool(account.d.get("must_change")), frozenset(account.d.get("purposes", ())),
            frozenset(map(SiteId, account.d.get("area", ()))),
        )  # fmt: skip

    async def _set(self, account: Account, password: str, *, must_change: bool) -> None:
        verifier = await self._hashing.verifier(password)
        d = {**account.d, "must_change": must_change}
        await self._writer.do(
            lambda tx: accounts.change(
                tx, account.id, verifier=verifier, failures=0, locked_until=0, d=d
            )
        )


_NAME = Text(
    "사용자 이름은 1–64자의 글자로 쓰세요.", "A user name has 1 to 64 printable characters."
)
_NO_ACCOUNT = Text("그런 계정이 없습니다.", "There is no such account.")
_SAME = Text("지금과 다른 비밀번호를 쓰세요.", "Choose a password other than the present one.")
_WRONG_CODE = Text("인증 번호가 맞지 않습니다.", "The six digits are wrong.")
