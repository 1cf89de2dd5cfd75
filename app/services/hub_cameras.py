"""The cameras that the hub shows this person: from the console's copy, hub or no hub."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from pydantic import ValidationError
from typing_extensions import override

from app.domain.camera import Camera, CameraId, Preset, Profile, ProfileName
from app.domain.text import Text
from app.services.camera_source import CameraSource, Listed
from app.services.catalog import CameraSet
from app.services.hub_rows import HubRows
from app.services.hub_store_port import HubCache
from app.signals import Signal
from app.tasks import SerialQueue, cancel, spawn
from app.wire.entities import CameraRow
from app.wire.stream import Frame, Op, Row

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
        found: list[Camera] = []
        problems: list[Text] = []
        after = ""
        # Page by page: the rows of 100,000 cameras are a million small objects, which the screen's
        # thread would have to walk through at its next collection of garbage.
        while True:
            loaded = await self._cache.rows("camera", after)
            problems += loaded.problems
            if not loaded.value:
                break
            after = loaded.value[-1].id
            problems += await self._queue.run(_read, loaded.value, sites, found)
        return await self._queue.run(_listed, found, problems)

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
        if any(frame.op is Op.DEL for frame in touched):
            # Somebody may not see it any more: that is no matter of seconds.
            self.changed.emit(None)
        elif touched and (self._waiting is None or self._waiting.done()):
            self._waiting = spawn(self._later(), "hub cameras")

    async def _later(self) -> None:
        await asyncio.sleep(_PAUSE_SECONDS)
        self.changed.emit(None)


def _read(rows: Sequence[Row], sites: Mapping[str, str], found: list[Camera]) -> list[Text]:
    """Adds the cameras to `found`; what was wrong."""
    told = []
    for row in rows:
        try:
            found.append(camera_of(CameraRow.model_validate(row.d), sites))
        except ValidationError:
            told.append(_unreadable(row.id))
    return told


def _listed(found: list[Camera], problems: Sequence[Text]) -> Listed:
    found.sort(key=lambda camera: camera.number)
    return Listed(CameraSet.of(found), _HUB, tuple(problems))


def camera_of(row: CameraRow, sites: Mapping[str, str]) -> Camera:
    """Its profiles have no address: that is asked for when it is opened."""
    profiles = _profiles(
        *((one.name, one.width, one.height, one.fps) for one in row.profiles if one.name in _NAMES)
    )
    return Camera(
        CameraId(row.id), row.number, row.name, sites.get(row.site, row.site), row.purpose,
        profiles, row.address, row.pole, row.latitude, row.longitude, row.azimuth, row.fov,
        row.ptz, tuple(Preset(p.number, p.name, p.azimuth, p.fov) for p in row.presets),
        row.approximate, row.masks, None if row.restricted is None else row.restricted.until,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _profiles(*given: tuple[str, int, int, float]) -> tuple[Profile, ...]:
    """The same for all cameras of a make, so that they share it."""
    found = tuple(
        Profile(ProfileName(name), "", width, height, fps) for name, width, height, fps in given
    )
    return found or (Profile(ProfileName.MAIN, ""),)


def _unreadable(id_: str) -> Text:
    return Text(
        f"허브의 카메라 {id_}을(를) 읽을 수 없습니다",
        f"the hub's camera {id_} cannot be read",
    )
