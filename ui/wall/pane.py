"""One tile of the wall while it is on the screen: where it is and what was painted last."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import QRect
from PySide6.QtGui import QPixmap

from app.domain.camera import CameraId
from app.domain.markers import Marker
from app.domain.tour import TourRun
from app.domain.wall import TileContent
from ui.wall.geometry import Rect, fitted
from ui.wall.tile_state import PictureStyle, TileLook
from ui.wall.zoom import NONE, Zoom


class Kind(Enum):
    """What the tile is for; it says so when it has no camera to show."""

    FREE = auto()
    CAMERA = auto()
    TOUR = auto()
    HOT_SPOT = auto()


@dataclass(slots=True)
class Badges:
    """What is drawn over the picture, rendered once and copied from then on."""

    caption: QPixmap | None = None
    suspicion: QPixmap | None = None
    details: QPixmap | None = None
    message: QPixmap | None = None
    flags: dict[Marker, QPixmap] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Pane:
    """One tile on the screen.

    `rect` in device pixels, `area` the same in the widget's own; `painted` is the number of the
    picture on the screen (0: none), `seen` of the newest one known, `size` that picture's and
    `place` where it is, `rows` the details if asked for, `markers` the incidents that the camera
    sees, `lit` while one points at it or them on a map, `live` whether the look is that of a new
    picture.
    """

    index: int
    content: TileContent | None
    camera: CameraId | None
    rect: Rect
    area: QRect
    look: TileLook | None = None
    painted: int = 0
    seen: int = 0
    size: tuple[int, int] = (0, 0)
    place: Rect = field(init=False)
    bars: tuple[QRect, ...] = ()
    exact: bool = False
    zoom: Zoom = NONE
    badges: Badges = field(default_factory=Badges)
    kind: Kind = Kind.FREE
    run: TourRun | None = None
    rows: tuple[tuple[str, str], ...] = ()
    markers: tuple[Marker, ...] = ()
    lit: bool = False
    focused: bool = False
    targeted: bool = False
    live: bool = False

    def __post_init__(self) -> None:
        self.place = self.rect

    def fit(self, width: int, height: int) -> None:
        """Finds the place for pictures of this size; a zoomed picture fills its place too."""
        self.size = (width, height)
        self.place = place = fitted(self.rect, width, height)
        self.exact = (place.width, place.height) == (width, height)
        self.bars = _around(self.rect, place)

    def set_look(self, look: TileLook | None) -> bool:
        """Takes a new look; drops the labels that say something else now. True if it differs."""
        before = self.look
        if look == before:
            return False
        self.look = look
        self.live = look is not None and look.picture is PictureStyle.COLOUR
        self.badges.message = None
        if look is None or before is None or look.caption != before.caption:
            self.badges.caption = None
        if look is None or before is None or look.same != before.same:
            self.badges.suspicion = None
        return True

    def set_rows(self, rows: tuple[tuple[str, str], ...]) -> bool:
        """Takes the details to show, () for none. True if they differ."""
        if rows == self.rows:
            return False
        self.rows = rows
        self.badges.details = None
        return True

    def set_markers(self, markers: tuple[Marker, ...]) -> bool:
        """Takes the incidents in its picture. True if they differ."""
        if markers == self.markers:
            return False
        self.markers = markers
        self.badges.flags = {m: made for m, made in self.badges.flags.items() if m in markers}
        return True

    def move_to(self, rect: Rect, area: QRect) -> None:
        self.rect, self.area = rect, area
        self.size = (0, 0)
        self.bars = ()
        self.place = rect
        self.forget_labels()

    def forget_labels(self) -> None:
        """Other words, colours or sizes: everything is rendered again when it is needed."""
        self.badges = Badges()


def _around(tile: Rect, place: Rect) -> tuple[QRect, ...]:
    """The black bars that a fitted picture leaves."""
    bars = (
        QRect(tile.x, tile.y, tile.width, place.y - tile.y),
        QRect(tile.x, place.bottom, tile.width, tile.bottom - place.bottom),
        QRect(tile.x, place.y, place.x - tile.x, place.height),
        QRect(place.right, place.y, tile.right - place.right, place.height),
    )
    return tuple(bar for bar in bars if bar.width() > 0 and bar.height() > 0)
