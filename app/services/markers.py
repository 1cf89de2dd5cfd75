"""The open incidents in the pictures of the cameras that see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from app.domain.camera import Camera, CameraId
from app.domain.geo.earth import Place, distances_m
from app.domain.markers import FAR_M, Marker, Spot, marker
from app.domain.selective import box_of
from app.services.incident_overlay import IncidentItem
from app.signals import Signal

# More labels than these hide the picture they are about.
MOST = 3


class Markers:
    """On the loop's thread.

    changed  these cameras have other markers
    lit      the incident or the camera that is pointed at, anywhere; "" for none
    """

    def __init__(
        self,
        camera: Callable[[CameraId], Camera | None],
        watched: Callable[[], Iterable[CameraId]],
    ) -> None:
        self.changed: Signal[frozenset[CameraId]] = Signal("markers changed")
        self.lit: Signal[str] = Signal("marker lit")
        self._camera, self._watched = camera, watched
        self._markers: dict[CameraId, tuple[Marker, ...]] = {}
        self._lit = ""

    def of(self, camera: CameraId) -> tuple[Marker, ...]:
        """The nearest first, at most `MOST`."""
        return self._markers.get(camera, ())

    def all(self) -> Mapping[CameraId, tuple[Marker, ...]]:
        return self._markers

    def light(self, what: str) -> None:
        if what != self._lit:
            self._lit = what
            self.lit.emit(what)

    def follow(self, items: Sequence[IncidentItem]) -> None:
        """To be called when incidents or the cameras on the walls have changed."""
        spots = [spot for item in items if (spot := spot_of(item)) is not None]
        cameras = [found for id_ in self._watched() if (found := self._camera(id_)) is not None]
        fresh = markers(cameras, spots)
        names = fresh.keys() | self._markers.keys()
        changed = frozenset(c for c in names if fresh.get(c) != self._markers.get(c))
        self._markers = fresh
        if changed:
            self.changed.emit(changed)


def spot_of(item: IncidentItem) -> Spot | None:
    """One that has ended is in no picture; one without a place only in its own camera's."""
    row = item.row
    if not item.state.open:
        return None
    known = row.latitude is not None and row.longitude is not None and not row.approximate
    if not known and not row.camera:
        return None
    camera = CameraId(row.camera) if row.camera else None
    place = Place(row.latitude or 0.0, row.longitude or 0.0) if known else None
    return Spot(row.id, row.type, row.grade, place, camera, box_of(row.facts))


def markers(cameras: Sequence[Camera], spots: Sequence[Spot]) -> dict[CameraId, tuple[Marker, ...]]:
    """Only cameras that have some. 64 cameras and 500 incidents take some milliseconds."""
    placed = [spot for spot in spots if spot.place is not None]
    latitudes = np.array([s.place.latitude for s in placed if s.place], dtype=np.float64)
    longitudes = np.array([s.place.longitude for s in placed if s.place], dtype=np.float64)
    reported: dict[CameraId, list[Spot]] = {}
    for spot in spots:
        if spot.camera is not None:
            reported.setdefault(spot.camera, []).append(spot)
    found: dict[CameraId, tuple[Marker, ...]] = {}
    for camera in cameras:
        near = list(reported.get(camera.id, ()))
        if camera.latitude is not None and camera.longitude is not None and placed:
            here = Place(camera.latitude, camera.longitude)
            far = distances_m(latitudes, longitudes, here)
            others = [placed[int(n)] for n in np.flatnonzero(far <= FAR_M)]
            near += [spot for spot in others if spot.camera != camera.id]
        own = [made for spot in near if (made := marker(camera, spot)) is not None]
        if own:
            own.sort(key=lambda one: (one.metres, one.incident))
            found[camera.id] = tuple(own[:MOST])
    return found
