"""Where a camera's stream is to be had: said by the list, or asked from the hub when opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote

from typing_extensions import override

from app.clock import Clock
from app.domain.camera import CameraId, Profile
from app.domain.errors import Failure
from app.domain.stream import Fault
from app.domain.tile import TileState, TileTruth
from app.services.camera_access import RELAY, CameraAccesses
from app.services.hub_port import HubFailure
from app.signals import Signal
from app.tasks import cancel, spawn
from app.wire.access import CameraAccess

# A hub that restarts is back within seconds; a right that was refused is not given so soon, and
# each question goes into the hub's ledger.
_AGAIN_SECONDS = 5.0
_REFUSED_AGAIN_SECONDS = 60.0


class Addresses(Protocol):
    """All calls on the loop's thread; none blocks."""

    arrived: Signal[CameraId]

    def url(self, camera: CameraId, profile: Profile) -> str:
        """With the login in it; empty while it is not known, which begins to ask for it."""
        ...

    def truth(self, camera: CameraId) -> TileTruth | None:
        """What a tile says of a camera whose address is missing; None where it is not."""
        ...

    def only(self, cameras: Collection[CameraId]) -> None:
        """All other addresses are not needed any more."""
        ...


class ListedAddresses(Addresses):
    """The list says them."""

    def __init__(self) -> None:
        self.arrived: Signal[CameraId] = Signal("camera address arrived")

    @override
    def url(self, camera: CameraId, profile: Profile) -> str:
        return profile.url

    @override
    def truth(self, camera: CameraId) -> TileTruth | None:
        return None

    @override
    def only(self, cameras: Collection[CameraId]) -> None:
        """Nothing was asked for."""


@dataclass
class _Asked:
    """`again_at`: monotonic second from which on a failed question may be asked again."""

    access: CameraAccess | None = field(default=None, repr=False)
    fault: Fault | None = None
    relay: bool = False
    profile: str = "sub"
    task: asyncio.Task[None] | None = None
    again_at: float = 0.0


class HubAddresses(Addresses):
    """Asks once each time that a camera is opened and forgets when it is closed."""

    def __init__(self, accesses: CameraAccesses, clock: Clock) -> None:
        self.arrived: Signal[CameraId] = Signal("camera address arrived")
        self._accesses = accesses
        self._clock = clock
        self._asked: dict[CameraId, _Asked] = {}

    @override
    def url(self, camera: CameraId, profile: Profile) -> str:
        asked = self._asked.setdefault(camera, _Asked())
        if asked.access is not None:
            other = asked.access.media == RELAY and asked.profile != profile.name
            if not other:
                return _url(asked.access, profile)
            # The relay passes one profile on by one token; the former serves until the new is here.
            if asked.task is None or asked.task.done():
                asked.profile = profile.name
                asked.task = spawn(self._ask(camera, asked), "camera access")
            return _url(asked.access, profile)
        asked.profile = profile.name
        due = self._clock.monotonic() >= asked.again_at
        if due and (asked.task is None or asked.task.done()):
            asked.task = spawn(self._ask(camera, asked), "camera access")
        return ""

    @override
    def truth(self, camera: CameraId) -> TileTruth | None:
        asked = self._asked.get(camera)
        if asked is None or asked.access is not None:
            return None
        if asked.fault is None:
            return TileTruth(TileState.CONNECTING, None)
        refused = asked.fault is Fault.FORBIDDEN
        state = TileState.UNAUTHORISED if refused else TileState.UNREACHABLE
        return TileTruth(state, None, asked.fault)

    @override
    def only(self, cameras: Collection[CameraId]) -> None:
        for camera in self._asked.keys() - set(cameras):
            self.forget(camera)

    def forget(self, camera: CameraId) -> None:
        """Its row at the hub has changed, or nobody shows it any more."""
        asked = self._asked.pop(camera, None)
        if asked is not None and asked.task is not None:
            asked.task.cancel()

    def keep_only(self, may: Callable[[CameraId], bool]) -> None:
        """What may be seen is another matter now; streams of the others stop."""
        for camera in [camera for camera in self._asked if not may(camera)]:
            self.forget(camera)
            self.arrived.emit(camera)

    def again(self) -> None:
        """What was refused is asked for once more: a purpose was given."""
        for camera, asked in tuple(self._asked.items()):
            if asked.access is None and asked.fault is not None:
                asked.again_at, asked.fault = 0.0, None
                self.arrived.emit(camera)

    def troubled(self, camera: CameraId, fault: Fault | None) -> None:
        """A stream failed: another token, or the way through the relay, may do better."""
        asked = self._asked.get(camera)
        if asked is None or asked.access is None or self._clock.monotonic() < asked.again_at:
            return
        relayed = asked.access.media == RELAY
        stale = relayed and fault in {Fault.UNAUTHORISED, Fault.FORBIDDEN, Fault.NOT_FOUND}
        full = not relayed and fault in {Fault.BUSY, Fault.SESSION_LOST}
        if not (stale or full) or (asked.task is not None and not asked.task.done()):
            return
        asked.relay = asked.relay or full
        asked.again_at = self._clock.monotonic() + _AGAIN_SECONDS
        asked.task = spawn(self._ask(camera, asked), "camera access")

    async def stop(self) -> None:
        tasks = [asked.task for asked in self._asked.values()]
        self._asked = {}
        await cancel(*tasks)

    async def _ask(self, camera: CameraId, asked: _Asked) -> None:
        try:
            asked.access = await self._accesses.of(camera, relay=asked.relay, profile=asked.profile)
            asked.fault = None
        except Failure as failure:
            if asked.relay and asked.access is not None and asked.access.media != RELAY:
                # There is no relay: the camera itself may let us in again.
                asked.relay = False
                return
            asked.access = None
            passing = isinstance(failure, HubFailure) and failure.trouble.passing
            asked.fault = Fault.UNREACHABLE if passing else Fault.FORBIDDEN
            pause = _AGAIN_SECONDS if passing else _REFUSED_AGAIN_SECONDS
            asked.again_at = self._clock.monotonic() + pause
        self.arrived.emit(camera)


def _url(access: CameraAccess, profile: Profile) -> str:
    """Of the profile that was asked for, else of the only other one."""
    found = next((p for p in access.profiles if p.name == profile.name), None)
    found = found or next(iter(access.profiles), None)
    if found is None:
        return ""
    url = found.url.get_secret_value()
    if access.username is None:
        return url
    password = access.password.get_secret_value() if access.password is not None else ""
    scheme, separator, rest = url.partition("://")
    login = f"{quote(access.username.get_secret_value(), safe='')}:{quote(password, safe='')}"
    return f"{scheme}{separator}{login}@{rest}"
