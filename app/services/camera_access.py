"""How to reach a camera: the hub says it when the camera is opened, and only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.clock import Clock
from app.domain.camera import CameraId
from app.domain.errors import Failure, Refused
from app.domain.text import Text
from app.services.hub_port import HubClient, HubFailure, Trouble
from app.services.hub_store_port import AccessCache
from app.signals import Signal
from app.wire.access import AccessAsk, CameraAccess

PURPOSE_NEEDED: Final = "purpose-needed"
RELAY: Final = "relay"
# A profile that the relay makes of the others: key frames only.
THIN: Final = "thin"


class CameraAccesses:
    """Asks the hub each time; without it the last answer counts, as long as the hub let it."""

    def __init__(self, hub: HubClient, cache: AccessCache, clock: Clock) -> None:
        self.notices: Signal[Text] = Signal("notices of the camera access")
        self.purpose_needed: Signal[CameraId] = Signal("purpose needed")
        # Of this session, for cameras beyond the person's area.
        self.purpose = ""
        self.share_of: Callable[[str], str | None] = lambda _camera: None
        self.thin: Callable[[], bool] = lambda: False
        self.receives: Callable[[], bool] = lambda: False
        self.incident_of: Callable[[str], str | None] = lambda _camera: None
        self._hub = hub
        self._cache = cache
        self._clock = clock

    async def of(self, camera: str, *, relay: bool = False, profile: str = "sub") -> CameraAccess:
        """Address and password. Raises `Failure`.

        Without the right (what was known is then forgotten); with the hub away and nothing known.
        `relay`: the camera itself takes no more sessions.
        """
        if self.receives():
            return await self._shared(camera, profile)
        if not self._hub.signed_in:
            return await self._known(camera, HubFailure(Trouble.UNREACHABLE, _AWAY))
        asked = AccessAsk(
            incident=self.incident_of(camera), purpose=self.purpose, relay=relay, profile=profile
        )
        try:
            access = await self._hub.camera_access(camera, asked)
        except HubFailure as failure:
            return await self._without(camera, failure)
        if access.media != RELAY:
            # A token of the relay is for this moment: without the hub there is none.
            await self._keep(access)
        return access

    async def _without(self, camera: str, failure: HubFailure) -> CameraAccess:
        """What is known of it, where the hub is only away."""
        if failure.trouble is Trouble.SIGNED_OUT:
            raise failure
        if failure.code == PURPOSE_NEEDED:
            self.purpose_needed.emit(CameraId(camera))
            raise failure
        if not failure.trouble.passing:
            await self._forget(camera)
            raise failure
        return await self._known(camera, failure)

    async def _keep(self, access: CameraAccess) -> None:
        try:
            await self._cache.keep_access(access)
        except Failure as failure:
            self.notices.emit(failure.text)

    async def _shared(self, camera: str, profile: str) -> CameraAccess:
        """Of a receiver: through the relay, or not at all. Nothing of it is kept."""
        share = self.share_of(camera)
        if share is None or not self._hub.signed_in:
            raise Refused(_NOT_SHARED)
        wanted = THIN if self.thin() else profile
        return await self._hub.share_access(share, camera, AccessAsk(profile=wanted))

    async def _known(self, camera: str, failure: HubFailure) -> CameraAccess:
        known = await self._cache.access(camera)
        if known is None:
            raise failure
        if known.until is not None and known.until <= self._clock.now():
            await self._forget(camera)
            raise Refused(_TOO_OLD)
        return known

    async def _forget(self, camera: str) -> None:
        try:
            await self._cache.forget_access(camera)
        except Failure as failure:
            self.notices.emit(failure.text)


_NOT_SHARED = Text("지금 제공되지 않는 카메라입니다.", "This camera is not shared with you now.")
_AWAY = Text(
    "허브 없이는 이 카메라의 주소를 알 수 없습니다.",
    "Without the hub the address of this camera is not known.",
)
_TOO_OLD = Text(
    "허브 없이 이 카메라를 볼 수 있는 시간이 끝났습니다.",
    "The time for this camera without the hub is over.",
)
