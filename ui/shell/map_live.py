"""What the hub adds to the maps: incidents, their dragnets and tracks, bells and police boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.clock import Clock
from app.domain.camera import CameraId
from app.domain.geo import mercator
from app.domain.geo.earth import Place
from app.domain.incident_state import State
from app.domain.unit import UNIT_NAMES
from app.services.dragnets import Dragnets, OpenDragnet
from app.services.hub_points import HubPoints, Point
from app.services.incident_overlay import IncidentItem
from app.services.incidents import Incidents
from app.services.tracks import Tracks, Trail
from app.services.units import Unit, Units
from ui.incidents import words
from ui.map.live import Chosen, IncidentMark, Live, Ring, Track
from ui.map.marks import PointLayer
from ui.theme import Theme
from ui.translations import words as both

translate = QCoreApplication.translate

_MINUTE = 60


class MapLive:
    """`chosen`: the incident that is looked at, "" for none; `lit`: what is pointed at.

    `units`: who is on the way, where that is known.
    """

    def __init__(
        self,
        incidents: Incidents,
        dragnets: Dragnets | None,
        tracks: Tracks | None,
        theme: Theme,
        clock: Clock,
        chosen: Callable[[], str],
    ) -> None:
        self._incidents, self._dragnets, self._tracks = incidents, dragnets, tracks
        self._theme, self._clock, self._chosen = theme, clock, chosen
        self.lit = ""
        self.units: Units | None = None

    def __call__(self) -> Live:
        items = [item for item in self._incidents.all() if item.state.open]
        opened = self._dragnets.all() if self._dragnets is not None else ()
        trails = self._tracks.all() if self._tracks is not None else {}
        placed = [(item, place) for item in items if (place := place_of(item)) is not None]
        # The one that wants attention most is painted last, over the others.
        marks = tuple(self._mark(item, place) for item, place in reversed(placed))
        tracks = tuple(
            self._track(item, trails[item.row.id])
            for item, _ in placed
            if item.row.id in trails and trails[item.row.id].moves
        )
        units = self.units.all() if self.units is not None else []
        tracks += tuple(self._unit(unit) for unit in units)
        chosen = self._chosen()
        rings = tuple(
            ring
            for item, place in placed
            for ring in _rings(item, place, opened)
            if item.row.id == chosen or any(o.incident == item.row.id for o in opened)
        )
        cameras = tuple(c for o in opened for c in _chosen_cameras(o))
        return Live(rings, cameras, tracks, marks, self.lit)

    def _mark(self, item: IncidentItem, place: Place) -> IncidentMark:
        row = item.row
        return IncidentMark(
            row.id,
            place,
            words.grade_shape(row.grade),
            self._theme.color(words.grade_colour(row.grade)),
            words.type_words(row.type),
            new=item.state is State.RECEIVED,
            approximate=row.approximate,
        )

    def _track(self, item: IncidentItem, trail: Trail) -> Track:
        said = ago_words(trail.times[-1], self._clock.now())
        return Track(
            item.row.id,
            trail.places,
            f"{words.type_words(item.row.type)} · {said}",
            self._theme.color("notice"),
            trail.jumps,
        )

    def _unit(self, unit: Unit) -> Track:
        """Help on the way has no grade and so no colour of its own."""
        trail = unit.trail
        said = ago_words(trail.times[-1], self._clock.now())
        label = f"{unit.name or both(UNIT_NAMES[unit.kind])} · {said}"
        return Track(unit.id, trail.places, label, self._theme.color("focus"), trail.jumps)


def place_of(item: IncidentItem) -> Place | None:
    row = item.row
    if row.latitude is None or row.longitude is None:
        return None
    return Place(row.latitude, row.longitude)


def _rings(item: IncidentItem, place: Place, opened: tuple[OpenDragnet, ...]) -> list[Ring]:
    """Half and whole of what was looked through."""
    radius = next((o.found.radius_m for o in opened if o.incident == item.row.id), 500.0)
    return [Ring(place, radius / 2), Ring(place, radius)]


def _chosen_cameras(opened: OpenDragnet) -> list[Chosen]:
    found = []
    for number, id_ in enumerate(opened.shown, start=1):
        one = opened.candidate(id_)
        camera = one.camera if one is not None else None
        if one is None or camera is None or camera.latitude is None or camera.longitude is None:
            continue
        turned = one.view.preset if one.view is not None else None
        azimuth = turned.azimuth if turned is not None else camera.azimuth
        found.append(
            Chosen(
                CameraId(id_),
                Place(camera.latitude, camera.longitude),
                number,
                azimuth,
                (turned.fov if turned is not None else None) or camera.fov,
                f"{camera.number} {camera.name} · {both(one.reason)}",
            )
        )
    return found


def ago_words(then: datetime, now: datetime) -> str:
    seconds = max(0, int((now - then).total_seconds()))
    if seconds < _MINUTE:
        return translate("MapLive", "{seconds} s ago").format(seconds=seconds)
    return translate("MapLive", "{minutes} min ago").format(minutes=seconds // _MINUTE)


def point_layers(points: HubPoints) -> Mapping[str, PointLayer]:
    return {kind: _layer(kind, found) for kind, found in points.all().items()}


def _layer(kind: str, points: tuple[Point, ...]) -> PointLayer:
    latitude = np.array([p.latitude for p in points], dtype=np.float64)
    longitude = np.array([p.longitude for p in points], dtype=np.float64)
    x, y = mercator.project_all(latitude, longitude)
    return PointLayer(kind, x, y, tuple(p.name for p in points))
