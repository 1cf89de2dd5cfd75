"""What of a camera is withheld: the whole of it for a time, or parts of its picture for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.account import Role
from app.domain.camera import CameraId, Masks
from app.domain.errors import BadInput
from app.domain.hub_act import HubAct
from app.domain.text import Text
from app.services.outbox import Outbox
from app.wire.session import Account

_WHY = Text("제한하는 사유를 입력하세요.", "Say why the camera is restricted.")


class CameraPrivacy:
    """Each act raises `Failure` and is on the disk when it returns."""

    def __init__(self, outbox: Outbox, who: Callable[[], Account | None]) -> None:
        self._outbox, self._who = outbox, who

    @property
    def allowed(self) -> bool:
        """Whether who is signed in may withhold anything."""
        who = self._who()
        return who is not None and who.role == Role.SUPERVISOR

    async def restrict(self, cameras: Sequence[CameraId], minutes: int, reason: str) -> None:
        """For so long only supervisors see them."""
        if not reason.strip():
            raise BadInput(_WHY)
        args = {"role": Role.SUPERVISOR.value, "minutes": minutes, "reason": reason.strip()}
        for camera in cameras:
            await self._outbox.act("camera.restrict", camera, 0, args)

    async def unrestrict(self, cameras: Sequence[CameraId]) -> None:
        for camera in cameras:
            await self._outbox.act("camera.unrestrict", camera, 0, {})

    async def mask(self, camera: CameraId, masks: Masks, reason: str = "") -> HubAct:
        """In the place of those it has."""
        args = {"masks": [[list(point) for point in one] for one in masks], "reason": reason}
        return await self._outbox.act("camera.mask", camera, 0, args)
