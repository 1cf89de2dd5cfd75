"""What is on the wall and keeping it so: polls for pictures, paints them, keeps every look true."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from app.domain.camera import CameraId
from app.domain.wall import WindowId
from app.services.tours import TourPlace
from ui.wall.declaring import Declaring
from ui.wall.keepsakes import Keepsakes
from ui.wall.looks import Looks
from ui.wall.pad import NumberPad
from ui.wall.pane import Kind, Pane
from ui.wall.panes import Extent, Panes
from ui.wall.services import WallServices
from ui.wall.surface import Surface
from ui.wall.words import empty_wall_words, role_words

# A screen shows 60 pictures a second: asking as often is late by one of them at most. Cameras
# of up to 30 pictures a second are asked 40 times: each round costs the whole window some work
# (events, regions, flushing), whether it paints one new picture or a dozen.
POLL_MS = 16
CALM_POLL_MS = 25
CALM_FPS = 31.0
# Ages are told in whole seconds.
SECOND_MS = 1000
_DRAG_LABEL = 240


class Stage(QObject):
    """Owns the panes of one window. `canvas` is the widget that everything is painted on."""

    def __init__(self, services: WallServices, window: WindowId, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._services = services
        self._window = window
        self._canvas = canvas
        engine = services.streams.engine
        self._number = engine.picture_number
        self.panes = Panes(services, window)
        self._keepsakes = Keepsakes(engine, services.theme.on_wall("wall"))
        self.looks = Looks(services, self._keepsakes)
        self.declaring = Declaring(services, window, self.panes, self)
        self.surface = Surface(
            engine, services.figures, services.clock, services.theme, self._keepsakes,
            services.watermark,
        )  # fmt: skip
        self.surface.first_picture = self.declaring.first_picture
        self.pad = NumberPad(services.theme)
        self.details = False
        self._polled: list[tuple[Pane, CameraId]] = []
        self._poll = QTimer(self)
        self._poll.setTimerType(Qt.TimerType.PreciseTimer)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.poll)
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self.second)
        self._on = False
        self._disconnect = (
            services.streams.truth_changed.connect(self._truth_changed),
            services.tours.moved.connect(self._tour_moved),
            services.hot_spot.changed.connect(lambda _: self._resolve(Kind.HOT_SPOT)),
            services.catalog.changed.connect(lambda _: self.rebuild()),
            services.markers.changed.connect(self._markers_changed),
            services.markers.lit.connect(self.light),
        )

    # life

    @property
    def on(self) -> bool:
        """Whether somebody can see the window."""
        return self._on

    def begin(self) -> None:
        """The window can be seen."""
        if self._on:
            return
        self._on = True
        self.declaring.begin()
        self.refresh_all()
        self._second.start()
        self._run_poll()

    def end(self) -> None:
        """Nobody sees the window: nothing is asked for and nothing is polled."""
        self._on = False
        self._poll.stop()
        self._second.stop()
        self.declaring.end()

    def close(self) -> None:
        self.end()
        for disconnect in self._disconnect:
            disconnect()

    # layout

    def resize(self, extent: Extent) -> None:
        badges, marks = self.surface.badges, self.surface.marks
        badges.labels.ratio = marks.ratio = extent.ratio
        self.panes.rebuild(extent)
        self._after_layout()
        self.declaring.later()

    def rebuild(self) -> None:
        """The wall, a tour or the camera list is another."""
        self.panes.rebuild(self.panes.extent)
        self._after_layout()
        self.declaring.soon()

    def enlarge(self, index: int | None) -> None:
        self.panes.enlarge(index)
        self._after_layout()
        self.declaring.soon()

    def _after_layout(self) -> None:
        self._keepsakes.forget_others(self.panes.cameras())
        self.refresh_all()
        self._canvas.update()

    def target(self, pane: Pane | None) -> None:
        """Lights up the tile that what is dragged would fall into."""
        for other in self.panes.visible:
            if other.targeted != (other is pane):
                other.targeted = other is pane
                self._canvas.update(other.area)

    # truth

    def refresh(self, pane: Pane) -> None:
        """Derives the tile's look anew and paints it if it differs."""
        large = self.panes.enlarged == pane.index
        detailed = self.details and pane.focused
        if self.looks.refresh(pane, large=large, detailed=detailed):
            self._canvas.update(pane.area)

    def refresh_all(self) -> None:
        for pane in self.panes.everything:
            self.refresh(pane)
        self._polled = [
            (pane, pane.camera)
            for pane in self.panes.visible
            if pane.camera is not None and pane.look is not None
        ]
        self._run_poll()

    def repaint(self, pane: Pane) -> None:
        """Paints a tile again whose marks have changed."""
        if pane.look is None:
            pane.badges.message = None
        self._canvas.update(pane.area)

    def relabel(self) -> None:
        """Other words or colours: every label is rendered again."""
        for pane in self.panes.everything:
            pane.forget_labels()
        self.refresh_all()
        self._canvas.update()

    def _truth_changed(self, camera: CameraId) -> None:
        for pane in self.panes.visible:
            if pane.camera == camera:
                self.refresh(pane)

    def _markers_changed(self, cameras: frozenset[CameraId]) -> None:
        for pane in self.panes.visible:
            if pane.camera in cameras:
                self.refresh(pane)

    def light(self, what: str) -> None:
        """Frames the tiles of a camera, or of an incident, that is pointed at elsewhere."""
        for pane in self.panes.visible:
            lit = bool(what) and (
                pane.camera == what or any(marker.incident == what for marker in pane.markers)
            )
            if lit != pane.lit:
                pane.lit = lit
                self._canvas.update(pane.area)

    def _tour_moved(self, place: TourPlace) -> None:
        if place.window == self._window and place.tile is not None:
            self._resolve(Kind.TOUR)

    def _resolve(self, kind: Kind) -> None:
        """Tours or the hot spot moved on: which tiles show another camera now?"""
        changed = [p for p in self.panes.everything if p.kind is kind and self.panes.resolve(p)]
        if changed:
            self.refresh_all()
            self.declaring.soon()
        for pane in changed:
            self._canvas.update(pane.area)

    # pictures

    def _run_poll(self) -> None:
        if self._on and self._polled and not self._poll.isActive():
            self._poll.start()
        elif not self._polled:
            self._poll.stop()

    def _pace(self) -> None:
        """Asks no oftener than the fastest camera on the screen makes it worth."""
        status = self._services.streams.status
        fastest = max((status(camera).source_fps for _, camera in self._polled), default=0.0)
        pace = CALM_POLL_MS if 0.0 < fastest <= CALM_FPS else POLL_MS
        if pace != self._poll.interval():
            self._poll.setInterval(pace)

    def poll(self) -> None:
        """Asks for new pictures; what is not painted yet is found again the next time."""
        number = self._number
        dirty: QRegion | None = None
        for pane, camera in self._polled:
            newest = number(camera)
            if newest == pane.painted:
                continue
            if not pane.live:
                if newest != pane.seen:
                    pane.seen = newest
                    self.refresh(pane)
            elif dirty is None:
                dirty = QRegion(pane.area)
            else:
                dirty += pane.area
        if dirty is not None:
            self._canvas.update(dirty)

    def second(self) -> None:
        """Once a second: ages in words, last pictures put by, tours' next cameras connected."""
        for pane in self.panes.visible:
            if pane.camera is not None:
                self._keepsakes.keep(pane.camera)
                self.refresh(pane)
        self._pace()
        self.declaring.now()

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Only what the region touches; a tile is painted whole, the rest is clipped away."""
        ratio = self.panes.extent.ratio
        outside = region.subtracted(self.panes.tiles)
        if not outside.isEmpty():
            painter.fillRect(outside.boundingRect(), self.surface.ground)
        if ratio != 1.0:
            painter.scale(1.0 / ratio, 1.0 / ratio)
        surface = self.surface
        surface.begin()
        intersects = region.intersects
        for pane in self.panes.visible:
            if intersects(pane.area):
                surface.paint(painter, pane)
        painter.setClipping(False)
        if self.panes.empty:
            self._invite(painter)
        if self.pad.area.isValid() and region.intersects(self.pad.area):
            painter.resetTransform()
            self.pad.paint(painter)

    def _invite(self, painter: QPainter) -> None:
        extent = self.panes.extent
        words = empty_wall_words(receives=bool(self._services.watermark.text))
        labels = self.surface.badges.labels
        room = (extent.width, extent.height)
        message = labels.message(words.headline, words.hint, "text", room, large=True)
        x = (extent.width - message.width()) // 2
        painter.drawPixmap(x, (extent.height - message.height()) // 2, message)

    def drag_label(self, pane: Pane) -> QPixmap:
        """What hangs on the pointer while the tile is dragged."""
        look = pane.look
        words = role_words(pane.kind, pane.run) if look is None else f"{look.number}  {look.name}"
        labels = self.surface.badges.labels
        label = labels.badge(words, "text", round(_DRAG_LABEL * labels.ratio))
        label.setDevicePixelRatio(labels.ratio)
        return label
