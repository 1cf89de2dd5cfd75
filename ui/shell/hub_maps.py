"""The maps and the hub: what happens stands on them, and a click on it opens it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.camera import CameraId
from app.domain.geo.earth import Place
from app.domain.tile import TileState
from app.domain.wall import WindowId
from app.services.hub_session import HubParts
from ui.incidents.panel import IncidentPanel
from ui.shell.desk import Desk
from ui.shell.map_desk import MapDesk
from ui.shell.map_live import MapLive, place_of, point_layers
from ui.shell.marker_desk import MarkerDesk
from ui.widgets.timing import timer

# Several changes that come at once are one picture; times beside tracks grow older.
_TOGETHER_MS = 40
_OLDER_MS = 5000
_CLOSE = 16.0
_DARK = frozenset(
    {TileState.FROZEN, TileState.UNREACHABLE, TileState.NOT_FOUND, TileState.UNAUTHORISED}
)


class HubMaps(QObject):
    """Made with the desk of the hub; owns nothing of either."""

    def __init__(
        self,
        desk: Desk,
        parts: HubParts,
        maps: MapDesk,
        incidents: IncidentPanel,
        markers: MarkerDesk,
    ) -> None:
        super().__init__(maps)
        console = desk.console
        self._desk, self._maps, self._parts, self._panel = desk, maps, parts, incidents
        self.live = MapLive(
            parts.incidents,
            console.dragnets,
            console.tracks,
            desk.theme,
            console.clock,
            lambda: incidents.chosen,
        )
        self.live.units = console.units
        maps.live = self.live
        maps.takes_incidents = True
        self._connect(maps, markers)
        self._together = timer(self, _TOGETHER_MS, maps.feed.follow_live, once=True)
        self._older = timer(self, _OLDER_MS, maps.feed.follow_live)
        self._disconnect = [parts.incidents.changed.connect(lambda _: self.soon())]
        self._listen(maps)

    def _connect(self, maps: MapDesk, markers: MarkerDesk) -> None:
        maps.incident_chosen.connect(self._panel.choose)
        maps.new_wanted.connect(self._new)
        maps.lit.connect(self.point)
        markers.pointed.connect(self.light)
        self._panel.chosen_changed.connect(self._chosen)

    def _listen(self, maps: MapDesk) -> None:
        console = self._desk.console
        if console.dragnets is not None:
            self._disconnect.append(console.dragnets.changed.connect(self._dragnet))
        if console.tracks is not None:
            self._disconnect.append(console.tracks.changed.connect(lambda _: self.soon()))
        if console.units is not None:
            self._disconnect.append(console.units.changed.connect(lambda _: self.soon()))
        maps.dead = self._dark
        points = console.points
        if points is not None:
            maps.points = lambda: point_layers(points)
            self._disconnect.append(points.changed.connect(lambda _: maps.feed.follow_points()))

    def begin(self) -> None:
        self._older.start()
        self.soon()

    def end(self) -> None:
        self._older.stop()
        self._together.stop()
        for disconnect in self._disconnect:
            disconnect()

    def leave(self) -> None:
        """Nobody is signed in any more."""
        self._maps.leave()

    def soon(self) -> None:
        if not self._together.isActive():
            self._together.start()

    def light(self, what: str) -> None:
        """The incident or camera that is pointed at on a wall or in the queue."""
        if what != self.live.lit:
            self.live.lit = what
            self._maps.feed.follow_live()

    def point(self, what: str) -> None:
        """On a map: the tiles answer."""
        self.light(what)
        self._desk.walls.markers.light(what)

    def _chosen(self, incident: str) -> None:
        """The maps look where the desk looks."""
        item = self._parts.incidents.get(incident)
        place = place_of(item) if item is not None else None
        if place is not None:
            zoom = max(_CLOSE, self._maps.panel.view.viewport.zoom)
            self._maps.look_at(place, zoom)
        self.soon()

    def _dragnet(self, window: WindowId) -> None:
        """What stands on the wall now is in view on the maps, too."""
        dragnets = self._desk.console.dragnets
        opened = dragnets.at(window) if dragnets is not None else None
        item = self._parts.incidents.get(opened.incident) if opened is not None else None
        if opened is not None and item is not None:
            cameras = [c.camera for c in opened.found.candidates if c.camera.id in opened.shown]
            places = [
                Place(c.latitude, c.longitude)
                for c in cameras
                if c.latitude is not None and c.longitude is not None
            ]
            own = place_of(item)
            for panel in self._maps.panels:
                panel.view.fit([*places, own] if own is not None else places)
        self.soon()

    def _dark(self) -> frozenset[CameraId]:
        """By our own eyes where we look, else by those of other consoles."""
        streams = self._desk.console.streams
        watched = streams.watched()
        own = {c for c in watched if not streams.is_live(c)}
        rows = self._parts.rows.all("camera_status")
        others = {
            CameraId(id_)
            for id_, row in rows.items()
            if row.d.get("state") in _DARK and id_ not in watched
        }
        return frozenset(own | others)

    def _new(self, place: Place) -> None:
        self._panel.ask_new(place)
