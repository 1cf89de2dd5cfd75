"""A map with what belongs to it: finding a place, tools, layers, filters, what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.camera import CameraId
from app.domain.geo.place_search import NamedPlace
from app.services.map_ports import Boundaries
from ui import icons
from ui.map.feed import MapFeed
from ui.map.filters import Filters
from ui.map.hand import Tool
from ui.map.place_field import PlaceField
from ui.map.printing import print_picture
from ui.map.view import MapView
from ui.theme import Theme

translate = QCoreApplication.translate

_STREET: Final = 16.5
_NARROW: Final = 620
_TOOLS: Final = ((Tool.LASSO, "lasso"), (Tool.RADIUS, "radius"), (Tool.MEASURE, "measure"))
_KINDS: Final = ("bell", "police_box", "other")


class MapPanel(QWidget):
    """`show_wanted` (list of CameraId): put these onto the wall.

    `find`: places by name, best first.
    """

    show_wanted = Signal(object)

    def __init__(
        self,
        feed: MapFeed,
        boundaries: Boundaries,
        theme: Theme,
        find: Callable[[str], Sequence[NamedPlace]],
    ) -> None:
        super().__init__()
        self.setObjectName("mapPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._feed, self._theme = feed, theme
        self._fitted = False
        self.view = MapView(boundaries, theme)
        self.field = PlaceField(theme, find)
        self.tools = {tool: QToolButton() for tool, _ in _TOOLS}
        self.layers, self.filters = QToolButton(), QToolButton()
        self.whole, self.copy, self.print_out = QToolButton(), QToolButton(), QToolButton()
        self.layer_actions = {name: QAction(self) for name in ("cameras", "cones", *_KINDS)}
        self.filter = Filters(self)
        self.chosen, self.show_chosen, self.forget = QLabel(), QPushButton(), QPushButton()
        self._chosen_bar = QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._restyle()

    def shut(self) -> None:
        """Before it is deleted."""
        self._theme.changed.disconnect(self._restyle)
        # What is told of the same feed to the other maps would reach a view that is gone.
        for heard, follow in self._heard:
            heard.disconnect(follow)
        self.view.shut()

    def go_to(self, place: NamedPlace) -> None:
        self.view.look_at(place.place, min(place.zoom, _STREET))
        self.view.setFocus()

    # making

    def _lay_out(self) -> None:
        self._head.setContentsMargins(8, 6, 8, 6)
        self._head.setSpacing(4)
        self._head.addWidget(self.field, 1)
        tools = QHBoxLayout()
        self._head.addLayout(tools)
        buttons = (*self.tools.values(), self.layers, self.filters, self.whole, self.copy)
        for button in (*buttons, self.print_out):
            button.setProperty("icons", "tool")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tools.addWidget(button)
        foot = QHBoxLayout(self._chosen_bar)
        foot.setContentsMargins(12, 6, 8, 6)
        foot.addWidget(self.chosen, 1)
        foot.addWidget(self.forget)
        foot.addWidget(self.show_chosen)
        self._chosen_bar.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._head)
        box.addWidget(self.view, 1)
        box.addWidget(self._chosen_bar)

    def _connect(self) -> None:
        for tool, button in self.tools.items():
            button.setCheckable(True)
            button.clicked.connect(lambda on, tool=tool: self._take(tool if on else Tool.PAN))
        menu = QMenu(self)
        for name, action in self.layer_actions.items():
            action.setCheckable(True)
            action.setChecked(name in ("cameras", "cones"))
            action.toggled.connect(lambda _: self._follow_layers())
            menu.addAction(action)
        self.layers.setMenu(menu)
        self.filters.setMenu(self.filter.menu)
        for button in (self.layers, self.filters):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.filter.changed.connect(self._follow_filter)
        self.whole.clicked.connect(self.view.fit_cameras)
        self.copy.clicked.connect(self._copy)
        self.print_out.clicked.connect(lambda: print_picture(self.view.picture(), self))
        self.field.chosen.connect(self.go_to)
        self.show_chosen.clicked.connect(lambda: self.show_wanted.emit(list(self.view.selected)))
        self.forget.clicked.connect(lambda: self.view.select(()))
        self.view.selection_changed.connect(self._selected)
        feed = self._feed
        self._heard = (
            (feed.cameras_changed, self._follow_cameras),
            (feed.dead_changed, self._follow_dead),
            (feed.points_changed, self._follow_layers),
            (feed.live_changed, self._follow_live),
        )
        for heard, follow in self._heard:
            heard.connect(follow)
        self._theme.changed.connect(self._restyle)
        self._follow_cameras()
        self._follow_live()

    def _take(self, tool: Tool) -> None:
        self.view.set_tool(tool)
        for other, button in self.tools.items():
            button.setChecked(other is tool)
        self.view.setFocus()

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setPixmap(self.view.picture())

    # following

    def _follow_cameras(self) -> None:
        self.view.set_cameras(self._feed.cameras, self._feed.dead)
        self.filter.offer(self._feed.cameras)
        if len(self._feed.cameras.x) and not self._fitted:
            self._fitted = True
            self.view.fit_cameras()
        self._follow_layers()

    def _follow_dead(self) -> None:
        self.view.set_dead(self._feed.dead)
        if self.filter.by_state:
            self._follow_filter()

    def _follow_live(self) -> None:
        self.view.set_live(self._feed.live)

    def _follow_filter(self) -> None:
        self.view.set_filter(self.filter.shown(self._feed.cameras, self._feed.dead))
        self.filters.setProperty("on", self.filter.active)
        self.retranslate()

    def _follow_layers(self) -> None:
        on = {name for name, action in self.layer_actions.items() if action.isChecked()}
        points = [layer for kind, layer in self._feed.points.items() if kind in on]
        self.view.set_layers(cameras="cameras" in on, cones="cones" in on, points=points)

    def _selected(self, cameras: tuple[CameraId, ...]) -> None:
        self._chosen_bar.setVisible(bool(cameras))
        self.chosen.setText(self.tr("Cameras chosen: {count}").format(count=len(cameras)))
        for button in self.tools.values():
            button.setChecked(False)
        self.view.set_tool(Tool.PAN)

    def retranslate(self) -> None:
        names = {
            Tool.LASSO: self.tr("Choose cameras with a lasso"),
            Tool.RADIUS: self.tr("Choose cameras within a radius"),
            Tool.MEASURE: self.tr("Measure a distance"),
        }
        for tool, button in self.tools.items():
            button.setToolTip(names[tool])
            button.setAccessibleName(names[tool])
        layers = {
            "cameras": self.tr("Cameras"),
            "cones": self.tr("Fields of view"),
            "bell": self.tr("Emergency bells"),
            "police_box": self.tr("Police boxes"),
            "other": self.tr("Schools and other points"),
        }
        for name, action in self.layer_actions.items():
            action.setText(layers[name])
        filtered = self.filter.active
        for button, name in (
            (self.layers, self.tr("Layers")),
            (self.filters, self.tr("Filter (some are hidden)") if filtered else self.tr("Filter")),
            (self.whole, self.tr("All cameras (Home)")),
            (self.copy, self.tr("Copy as a picture")),
            (self.print_out, self.tr("Print…")),
        ):
            button.setToolTip(name)
            button.setAccessibleName(name)
        self.view.setAccessibleName(self.tr("Map"))
        self.show_chosen.setText(self.tr("Show on the wall"))
        self.forget.setText(self.tr("Choose none"))
        self.field.retranslate()
        self.filter.retranslate()
        self._selected(self.view.selected)
        self.filters.setIcon(
            icons.icon(self._theme, "filter", "normal" if filtered else "secondary")
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside a wall the tools stand below the field: neither has room with the other."""
        way = QBoxLayout.Direction
        narrow = event.size().width() < self._theme.px(_NARROW)
        self._head.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        super().resizeEvent(event)

    def _restyle(self) -> None:
        for tool, name in _TOOLS:
            self.tools[tool].setIcon(icons.icon(self._theme, name))
        for button, name in (
            (self.layers, "layers"),
            (self.whole, "zoom_reset"),
            (self.copy, "copy"),
            (self.print_out, "print"),
        ):
            button.setIcon(icons.icon(self._theme, name))
        self.retranslate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
