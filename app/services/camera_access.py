"""How to reach a camera: the hub says it when the camera is opened, and only then."""

from __future__ import annotations

from app.clock import Clock
from app.domain.errors import Failure, Refused
from app.domain.text import Text
from app.services.hub_port import HubClient, HubFailure, Trouble
from app.services.hub_store_port import AccessCache
from app.signals import Signal
from app.wire.access import AccessAsk, CameraAccess


class CameraAccesses:
    """Asks the hub each time; without it the last answer counts, as long as the hub let it."""

    def __init__(self, hub: HubClient, cache: AccessCache, clock: Clock) -> None:
        self.notices: Signal[Text] = Signal("notices of the camera access")
        self._hub = hub
        self._cache = cache
        self._clock = clock

    async def of(self, camera: str, incident: str | None = None) -> CameraAccess:
        """Address and password. Raises `Failure`.

        Without the right (what was known is then forgotten); with the hub away and nothing known.
        """
        if not self._hub.signed_in:
            return await self._known(camera, HubFailure(Trouble.UNREACHABLE, _AWAY))
        try:
            access = await self._hub.camera_access(camera, AccessAsk(incident=incident))
        except HubFailure as failure:
            if failure.trouble is Trouble.SIGNED_OUT:
                raise
            if not failure.trouble.passing:
                await self._forget(camera)
                raise
            return await self._known(camera, failure)
        try:
            await self._cache.keep_access(access)
        except Failure as failure:
            self.notices.emit(failure.text)
        return access

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


_AWAY = Text(
    "허브 없이는 이 카메라의 주소를 알 수 없습니다.",
    "Without the hub the address of this camera is not known.",
)
_TOO_OLD = Text(
    "허브 없이 이 카메라를 볼 수 있는 시간이 끝났습니다.",
    "The time for this camera without the hub is over.",
)
