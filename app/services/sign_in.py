"""Who sits at the console: signs in at the hub, or without it; locks, signs off."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import SecretStr, ValidationError

import app
from app.clock import Clock
from app.domain.errors import BadInput, Failure, Refused
from app.domain.session_rules import Idle, IdleRule, SureTime, hours_left, retry_delay
from app.domain.text import Text
from app.services import verifier
from app.services.hub_link import Link, LinkState
from app.services.hub_port import HubClient, HubFailure, Trouble
from app.services.hub_store_port import Scope
from app.services.outbox import Outbox
from app.services.secrets_port import Secrets
from app.services.verifier import Scrypt, Verifier
from app.signals import Signal
from app.tasks import SerialQueue
from app.wire.session import Account, Session, SignIn

# The hub is not there, or not itself: only then does the cached verifier count.
_AWAY = {
    Trouble.UNREACHABLE, Trouble.TIMED_OUT, Trouble.CLOSED, Trouble.SILENT, Trouble.BUSY,
    Trouble.SERVER,
}  # fmt: skip
_HIGH_WATER = "latest time"
# Somebody who may not work without the hub is not thrown out because a switch restarts.
_SHORT_CUT = 600.0
# A turned-back clock gains at most this much.
_HIGH_WATER_SECONDS = 60.0


class TooOften(Refused):
    """Wrong passwords in a row; `wait`: seconds until the next one is looked at."""

    def __init__(self, text: Text, wait: float) -> None:
        super().__init__(text)
        self.wait = wait


class MustChange(Refused):
    """The password is a one-time one: nothing is possible before another is set."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`online`: the hub itself has accepted the password in this session."""

    account: Account
    online: bool
    locked: bool = False

    @property
    def scope(self) -> Scope:
        return Scope(self.account.id, self.account.role, self.account.site)


@dataclass(frozen=True, slots=True)
class SignInParts:
    hub: HubClient
    secrets: Secrets
    outbox: Outbox
    clock: Clock
    workstation: str = ""
    scrypt: Scrypt = field(default_factory=Scrypt)


class SignIns:
    """Owns who is signed in.

    changed  who it is, whether locked, whether online
    over     signed off by the clock: idle for too long, or the hours without the hub are up
    """

    def __init__(self, parts: SignInParts, idle: IdleRule | None = None) -> None:
        self.changed: Signal[SignedIn | None] = Signal("signed in changed")
        self.over: Signal[Text] = Signal("signed off by the clock")
        self.notices: Signal[Text] = Signal("notices of the sign-in")
        self.idle = idle or IdleRule()
        self._parts = parts
        self._now: SignedIn | None = None
        self._asked: SignIn | None = None
        self._touched = parts.clock.monotonic()
        self._kept_at = float("-inf")
        self._offline_until: float | None = None
        self._hours = 0.0
        self._slow = SerialQueue("sign-in")
        self._sure = SureTime(
            _number(parts.secrets.get(_HIGH_WATER)),
            parts.clock.now().timestamp(),
            parts.clock.monotonic(),
        )

    @property
    def now(self) -> SignedIn | None:
        return self._now

    # signing in and out

    async def sign_in(
        self, username: str, password: str, totp: str = "", new_password: str = ""
    ) -> SignedIn:
        """At the hub; where it is away, by what is known of this person.

        `new_password` takes the place of a one-time one. Raises `Failure`: wrong password, no
        right, unknown here, hours used up; `MustChange` for a one-time password without a new one.
        """
        name = username.strip().casefold()
        line = await self._parts.outbox.take_line(name)
        asked = _asked(username.strip(), password, totp, line.client, self._parts.workstation)
        try:
            session = await self._parts.hub.sign_in(asked)
        except HubFailure as failure:
            if failure.trouble not in _AWAY:
                self._parts.outbox.drop_line()
                await self._not_any_more(name, failure)
                raise
            return await self._without_hub(name, asked)
        if session.account.must_change:
            session, password = await self._renewed(asked, new_password), new_password
        await self._remember(name, password, session)
        self._offline_until = None
        return self._enter(SignedIn(session.account, online=True))

    async def _renewed(self, asked: SignIn, new_password: str) -> Session:
        """A session with the new password in the place of the one-time one."""
        hub, new = self._parts.hub, SecretStr(new_password)
        try:
            if not new_password:
                raise MustChange(_MUST_CHANGE)
            await hub.change_password(asked.password, new)
            return await hub.sign_in(asked.model_copy(update={"password": new}))
        except Failure:
            self._parts.outbox.drop_line()
            await hub.sign_out()
            raise

    async def sign_out(self) -> None:
        """Tells the hub if it can be reached; nobody is signed in when it returns."""
        self._asked = None
        self._offline_until = None
        self._parts.outbox.drop_line()
        self._set(None)
        await self._parts.hub.sign_out()

    async def enter(self) -> Session:
        """A session for `Sync`: the one there is, or the sign-in that the hub still owes an answer.

        Raises `HubFailure`.
        """
        if self._parts.hub.signed_in:
            return await self._parts.hub.session()
        asked = self._asked
        if asked is None:
            raise HubFailure(Trouble.SIGNED_OUT, _AGAIN)
        session = await self._parts.hub.sign_in(asked)
        name = asked.username.casefold()
        await self._remember(name, asked.password.get_secret_value(), session)
        self._asked, self._offline_until = None, None
        if self._now is not None:
            self._set(SignedIn(session.account, online=True, locked=self._now.locked))
        return session

    async def stop(self) -> None:
        self._asked = None
        await self._slow.close()

    # lock, idleness, hours

    def touch(self) -> None:
        """A key was pressed, the mouse moved."""
        self._touched = self._parts.clock.monotonic()

    def lock(self) -> None:
        if self._now is not None:
            self._set(SignedIn(self._now.account, self._now.online, locked=True))

    async def unlock(self, password: str) -> None:
        """Raises `Failure` for a wrong password."""
        if self._now is None:
            raise Refused(_AGAIN)
        await self._checked(self._now.account.username.casefold(), password)
        self.touch()
        self._set(SignedIn(self._now.account, self._now.online))

    async def tick(self) -> None:
        """Some times a minute: idle limits, hours without the hub, the latest time."""
        await self._keep_high_water()
        if self._now is None:
            return
        if self._offline_until is not None and self._time() >= self._offline_until:
            await self._off(_HOURS_UP)
            return
        verdict = self.idle.verdict(self._parts.clock.monotonic() - self._touched)
        if verdict is Idle.SIGN_OFF:
            await self._off(_IDLE)
        elif verdict is Idle.LOCK and not self._now.locked:
            self.lock()

    def follow(self, link: Link) -> None:
        """The hours without the hub count from the moment it is gone, also in a running session."""
        if self._now is None or not self._now.online:
            return
        if link.up:
            self._offline_until = None
        elif link.state is LinkState.OFFLINE and self._offline_until is None:
            self._offline_until = self._time() + max(self._hours * 3600.0, _SHORT_CUT)

    def hours_left(self) -> float | None:
        """Seconds of work without the hub that are left; None while the hub has accepted."""
        until = self._offline_until
        return None if until is None else max(until - self._time(), 0.0)

    # inside

    async def _without_hub(self, name: str, asked: SignIn) -> SignedIn:
        try:
            known = await self._checked(name, asked.password.get_secret_value())
            now = self._time()
            left = hours_left(known.verified, known.hours, now)
            if left <= 0:
                raise Refused(_HOURS_UP)
        except Failure:
            self._parts.outbox.drop_line()
            raise
        self._asked = asked
        self._offline_until = now + left
        return self._enter(SignedIn(known.account, online=False))

    async def _checked(self, name: str, password: str) -> Verifier:
        """The verifier that accepts the password; wrong ones are counted, across runs as well."""
        known = verifier.read(self._parts.secrets.get(_entry(name)))
        if known is None:
            raise Refused(_UNKNOWN)
        now = self._time()
        wait = known.failed_at + retry_delay(known.failures) - now
        if wait > 0:
            raise TooOften(_too_often(wait), wait)
        if not await self._slow.run(known.accepts, password):
            await self._keep(name, known.failed(now))
            raise Refused(_WRONG)
        if known.failures:
            await self._keep(name, known.succeeded())
        return known

    async def _remember(self, name: str, password: str, session: Session) -> None:
        """For the days without the hub; a console that cannot keep it says so and works on."""
        self._hours = session.offline_hours
        if session.offline_hours <= 0 or session.account.must_change:
            await self._forget(name)
            return
        known = await self._slow.run(
            verifier.made,
            session.account,
            password,
            session.offline_hours,
            self._time(),
            self._parts.scrypt,
        )
        await self._keep(name, known)

    async def _not_any_more(self, name: str, failure: HubFailure) -> None:
        """The hub said no: what is known here may be a password that was changed or revoked."""
        if failure.trouble is Trouble.FORBIDDEN:
            await self._forget(name)

    async def _keep(self, name: str, known: Verifier) -> None:
        try:
            await self._parts.secrets.put(_entry(name), known.model_dump_json())
        except Failure as failure:
            self.notices.emit(failure.text)

    async def _forget(self, name: str) -> None:
        try:
            await self._parts.secrets.forget(_entry(name))
        except Failure as failure:
            self.notices.emit(failure.text)

    async def _off(self, reason: Text) -> None:
        await self.sign_out()
        self.over.emit(reason)

    def _enter(self, signed_in: SignedIn) -> SignedIn:
        self.touch()
        self._set(signed_in)
        return signed_in

    def _set(self, signed_in: SignedIn | None) -> None:
        if signed_in != self._now:
            self._now = signed_in
            self.changed.emit(signed_in)

    def _time(self) -> float:
        clock = self._parts.clock
        return self._sure.now(clock.now().timestamp(), clock.monotonic())

    async def _keep_high_water(self) -> None:
        now = self._time()
        if now - self._kept_at < _HIGH_WATER_SECONDS:
            return
        self._kept_at = now
        try:
            await self._parts.secrets.put(_HIGH_WATER, repr(now))
        except Failure as failure:
            self.notices.emit(failure.text)


def _asked(name: str, password: str, totp: str, client: str, workstation: str) -> SignIn:
    try:
        return SignIn(
            username=name,
            password=SecretStr(password),
            totp=SecretStr(totp.strip()) if totp.strip() else None,
            client=client,
            workstation=workstation,
            version=app.__version__,
        )
    except ValidationError:
        raise BadInput(_UNFIT) from None


def _entry(name: str) -> str:
    return f"verifier {name}"


def _number(text: str | None) -> float:
    try:
        return float(text or 0.0)
    except ValueError:
        return 0.0


_AGAIN = Text("다시 로그인하세요.", "Sign in again.")
_MUST_CHANGE = Text(
    "일회용 암호입니다. 새 암호를 정하세요.", "This is a one-time password. Choose a new one."
)
_UNFIT = Text("사용자 이름과 암호를 입력하세요.", "Enter user name and password.")
_WRONG = Text("사용자 이름이나 암호가 틀립니다.", "User name or password is wrong.")
_UNKNOWN = Text(
    "허브에 연결할 수 없고, 이 컴퓨터에서 로그인한 적이 없는 사용자입니다.",
    "The hub cannot be reached, and this person has never signed in on this computer.",
)
_HOURS_UP = Text(
    "허브 없이 일할 수 있는 시간이 끝났습니다. 허브에 연결되면 다시 로그인하세요.",
    "The hours without the hub are used up. Sign in again when it can be reached.",
)
_IDLE = Text("오래 쓰지 않아 로그아웃했습니다.", "Signed off after a long time without a touch.")


def _too_often(wait: float) -> Text:
    seconds = int(wait) + 1
    return Text(
        f"암호가 여러 번 틀렸습니다. {seconds}초 뒤에 다시 시도하세요.",
        f"The password was wrong too often. Try again in {seconds} s.",
    )
