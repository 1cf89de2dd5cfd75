"""Who gets the address of a camera, or a way through the relay; each answer goes to the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from pydantic import SecretStr

from app.domain.account import Subject
from app.domain.errors import Refused
from app.domain.ledger.entry import Deed, Kind
from app.domain.permit import Thing, permit
from app.domain.rights import Action
from app.domain.text import Text
from app.hub.services.acting import NoRight
from app.hub.services.ledger import Ledger, person_of
from app.hub.services.registry import CAMERA, Registry
from app.hub.services.relay_tokens import Opening
from app.hub.services.relaying import Relaying
from app.hub.services.visibility import thing_of_row
from app.hub.store import queries
from app.hub.store.columns import moment
from app.hub.store.store import Store
from app.hub.store.transaction import Clock
from app.wire.access import AccessAsk, CameraAccess, ProfileAccess

# So many consoles on one camera, and the next one goes through the relay: cameras commonly take
# four to six sessions.
MANY_VIEWERS: Final = 4
_NO_CAMERA = Text("그런 카메라가 없습니다", "there is no such camera")


class PurposeNeeded(Refused):
    """Beyond the person's area and without an incident: say why, once a session."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "담당 구역 밖의 카메라입니다. 열람 목적을 입력하십시오",
                "this camera is outside your area; say what it is watched for",
            )
        )


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, on which console, from where."""

    subject: Subject
    client: str
    address: str = ""


class Accesses:
    """`viewers`: how many consoles see a camera now."""

    def __init__(
        self,
        store: Store,
        registry: Registry,
        relaying: Relaying,
        ledger: Ledger,
        clock: Clock,
    ) -> None:
        self.viewers: Callable[[str], int] = lambda _camera: 0
        self._store = store
        self._registry = registry
        self._relaying = relaying
        self._ledger = ledger
        self._clock = clock

    async def of(self, who: Asker, camera: str, asked: AccessAsk) -> CameraAccess:
        """Raises Refused, Unavailable."""
        now = moment(self._clock())
        row = await self._store.reader.read(partial(queries.get, kind=CAMERA, id_=camera))
        thing = None if row is None else thing_of_row(CAMERA, camera, row.d)
        if thing is None:
            raise Refused(_NO_CAMERA)
        by_relay = self._by_relay(thing, camera, asked)
        try:
            _check(who.subject, replace(thing, media="direct") if by_relay else thing, asked, now)
        except Refused as refusal:
            await self._ledger.keep(_refused(who, camera, refusal, now))
            raise
        about = _given(who, camera, asked, now)
        if by_relay:
            opening = await self._relaying.open_camera(
                who.subject, camera, asked.profile, who.client, about
            )
            return _relayed(camera, opening)
        found = await self._registry.access(who.subject, camera)
        # Before the answer: what is not in the ledger was not given.
        await self._ledger.keep(about)
        return found

    async def of_share(self, who: Asker, share: str, camera: str, asked: AccessAsk) -> CameraAccess:
        """Raises Refused, Unavailable."""
        opening = await self._relaying.open_share(
            who.subject, share, camera, asked.profile, who.client
        )
        return _relayed(camera, opening)

    def _by_relay(self, thing: Thing, camera: str, asked: AccessAsk) -> bool:
        if asked.relay or thing.media != "direct":
            return True
        return self._relaying.serves and self.viewers(camera) >= MANY_VIEWERS


def _check(subject: Subject, thing: Thing, asked: AccessAsk, now: datetime) -> None:
    if not permit(subject, Action.CAMERA_ACCESS, thing, now):
        raise NoRight
    outside = subject.area and thing.site not in subject.area
    if outside and not (asked.incident or asked.purpose.strip()):
        raise PurposeNeeded


def _given(who: Asker, camera: str, asked: AccessAsk, now: datetime) -> Deed:
    return Deed(
        Kind.ADDRESS, now, str(who.subject.site), camera, asked.incident or "",
        purpose=asked.purpose.strip(), facts={"on": who.client},
        person=person_of(who.subject, who.address),
    )  # fmt: skip


def _refused(who: Asker, camera: str, refusal: Refused, now: datetime) -> Deed:
    about = _given(who, camera, AccessAsk(), now)
    return replace(about, kind=Kind.REFUSED, facts={"why": refusal.text.en, "on": who.client})


def _relayed(camera: str, opening: Opening) -> CameraAccess:
    return CameraAccess(
        id=camera,
        media="relay",
        profiles=(ProfileAccess(name=opening.profile, url=SecretStr(opening.url)),),
        username=SecretStr(opening.user),
        password=SecretStr(opening.password),
        until=moment(opening.until),
    )
