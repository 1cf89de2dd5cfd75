"""The cameras that the hub shows this person: from the console's copy, hub or no hub."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from pydantic import ValidationError
from typing_extensions import override

from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.text import Text
from app.services.camera_source import CameraSource, Listed
from app.services.catalog import CameraSet
from app.services.hub_rows import HubRows
from app.services.hub_store_port import HubCache
from app.signals import Signal
from app.tasks import SerialQueue, cancel, spawn
from app.wire.entities import CameraRow
from app.wire.stream import Frame, Row

# An import at the hub changes thousands of cameras one after the other; a list of all of them
# takes a second to make.
_PAUSE_SECONDS = 2.0
_KINDS = frozenset({"camera", "site"})
_HUB = Text("허브", "Hub")
_NAMES = frozenset(ProfileName)


class HubCameras(CameraSource):
    """`allowed` says whether anybody is signed in: without, there are none.

    changed    the list is another; load it again
    touched    rows of these cameras have changed
    """

    def __init__(self, cache: HubCache, rows: HubRows, allowed: Callable[[], bool]) -> None:
        self.changed: Signal[None] = Signal("hub cameras changed")
        self.touched: Signal[CameraId] = Signal("hub camera touched")
        self._cache = cache
        self._rows = rows
        self._allowed = allowed
        self._waiting: asyncio.Task[None] | None = None
        self._queue = SerialQueue("hub cameras")
        self._disconnect = (
            rows.changed.connect(self._heard),
            rows.replaced.connect(lambda _: self.changed.emit(None)),
        )

    @override
    async def load(self, progress: Callable[[Text, float], None]) -> Listed:
        if not self._allowed():
            return Listed(CameraSet.of(()), _HUB)
        sites = {id_: str(row.d.get("name", id_)) for id_, row in self._rows.all("site").items()}
        rows: list[Row] = []
        problems: list[Text] = []
        after = ""
        while True:
            loaded = await self._cache.rows("camera", after)
            problems += loaded.problems
            if not loaded.value:
                break
            rows += loaded.value
            after = loaded.value[-1].id
        return await self._queue.run(_listed, rows, sites, problems)

    @override
    async def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        await cancel(self._waiting)
        await self._queue.close()

    def _heard(self, frames: Sequence[Frame]) -> None:
        touched = [frame for frame in frames if frame.t in _KINDS]
        for frame in touched:
            if frame.t == "camera":
                self.touched.emit(CameraId(frame.id))
        if touched and (self._waiting is None or self._waiting.done()):
            self._waiting = spawn(self._later(), "hub cameras")

    async def _later(self) -> None:
        await asyncio.sleep(_PAUSE_SECONDS)
        self.changed.emit(None)


def _listed(rows: Sequence[Row], sites: Mapping[str, str], problems: Sequence[Text]) -> Listed:
    found: list[Camera] = []
    told = list(problems)
    for row in rows:
        try:
            found.append(camera_of(CameraRow.model_validate(row.d), sites))
        except ValidationError:
            told.append(_unreadable(row.id))
    found.sort(key=lambda camera: camera.number)
    return Listed(CameraSet.of(found), _HUB, tuple(told))


def camera_of(row: CameraRow, sites: Mapping[str, str]) -> Camera:
    """Its profiles have no address: that is asked for when it is opened."""
    profiles = tuple(
        Profile(ProfileName(profile.name), "", profile.width, profile.height, profile.fps)
        for profile in row.profiles
        if profile.name in _NAMES
    )
    return Camera(
        CameraId(row.id), row.number, row.name, sites.get(row.site, row.site), row.purpose,
        profiles or (Profile(ProfileName.MAIN, ""),), row.address, row.pole, row.latitude,
        row.longitude, row.azimuth, row.fov,
    )  # fmt: skip


def _unreadable(id_: str) -> Text:
    return Text(
        f"허브의 카메라 {id_}을(를) 읽을 수 없습니다",
        f"the hub's camera {id_} cannot be read",
    )
