"""Every change an operator makes to a wall: one undoable step each, with its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain import wall as rule
from app.domain.camera import Camera, CameraId
from app.domain.layout import Layout
from app.domain.text import Text
from app.domain.wall import HotSpotTile, TileContent, Wall, WindowId
from app.services.walls import Walls

NO_FREE_TILE = Text(
    "빈 타일이 없습니다. 먼저 타일을 고르세요.", "There is no free tile. Choose a tile first."
)


def no_such_camera(number: int) -> Text:
    return Text(f"카메라 {number}번이 없습니다.", f"There is no camera {number}.")


def fewer_shown(shown: int, asked: int) -> Text:
    return Text(
        f"타일이 모자라 {asked}대 가운데 {shown}대만 놓았습니다.",
        f"Only {shown} of {asked} cameras had a tile.",
    )


def left_out(count: int) -> Text:
    return Text(
        f"타일이 줄어 {count}개를 뺐습니다. 실행 취소로 되돌릴 수 있습니다.",
        f"{count} tiles had no room in this layout. Undo brings them back.",
    )


class Edits:
    """On the wall of one window. Tile numbers in the words count from one, as people do."""

    def __init__(
        self, walls: Walls, window: WindowId, camera: Callable[[CameraId], Camera | None]
    ) -> None:
        self._walls = walls
        self._window = window
        self._camera = camera

    @property
    def wall(self) -> Wall:
        return self._walls.wall(self._window)

    def show(self, cameras: Sequence[CameraId], start: int) -> Text | None:
        """One or more cameras from a tile on, over what is there; what to tell if some had none."""
        self._apply(rule.fill(self.wall, cameras, start), self._showing(cameras))
        return _told(len(self.wall.tiles) - start, len(cameras))

    def add(self, cameras: Sequence[CameraId]) -> Text | None:
        """Cameras into the free tiles; what to tell if some had none."""
        room = self.wall.tiles.count(None)
        if room == 0:
            return NO_FREE_TILE
        self._apply(rule.add(self.wall, cameras), self._showing(cameras))
        return _told(room, len(cameras))

    def put(self, index: int, content: TileContent) -> None:
        label = Text(f"타일 {index + 1} 바꾸기", f"Change tile {index + 1}")
        self._apply(rule.put(self.wall, index, content), label)

    def clear(self, index: int) -> None:
        label = Text(f"타일 {index + 1} 비우기", f"Clear tile {index + 1}")
        self._apply(rule.clear(self.wall, index), label)

    def toggle_hot_spot(self, index: int) -> None:
        if isinstance(self.wall.tiles[index], HotSpotTile):
            self.clear(index)
        else:
            label = Text(
                f"타일 {index + 1}을(를) 핫스팟으로", f"Make tile {index + 1} the hot spot"
            )
            self._apply(rule.put(self.wall, index, HotSpotTile()), label)

    def lay_out(self, layout: Layout) -> Text | None:
        """Another layout; what to tell if it has no tile for some of what was shown."""
        lost = len(rule.left_over(self.wall, layout))
        label = Text(f"화면분할 {layout.name}", f"Layout {layout.name}")
        self._apply(rule.with_layout(self.wall, layout), label)
        return left_out(lost) if lost else None

    def move(self, source: WindowId, index: int, place: int) -> None:
        """A tile of this or another window to a tile of this one; they change places.

        Nothing happens if the tile is gone (the layout was changed while it was dragged).
        """
        if source not in self._walls.windows() or index >= len(self._walls.wall(source).tiles):
            return
        if source == self._window:
            label = Text(
                f"타일 {index + 1}과(와) {place + 1} 바꾸기",
                f"Swap tiles {index + 1} and {place + 1}",
            )
            self._apply(rule.swap(self.wall, index, place), label)
            return
        left, here = rule.move(self._walls.wall(source), index, self.wall, place)
        label = Text(f"창 {self._window}(으)로 옮기기", f"Move to window {self._window}")
        self._walls.apply_many({source: left, self._window: here}, label)

    def _showing(self, cameras: Sequence[CameraId]) -> Text:
        if len(cameras) != 1:
            return Text(f"카메라 {len(cameras)}대 놓기", f"Show {len(cameras)} cameras")
        camera = self._camera(cameras[0])
        name = str(camera.number) if camera is not None else cameras[0]
        return Text(f"카메라 {name} 놓기", f"Show camera {name}")

    def _apply(self, wall: Wall, label: Text) -> None:
        if wall != self.wall:
            self._walls.apply(self._window, wall, label)


def _told(room: int, asked: int) -> Text | None:
    return fewer_shown(room, asked) if asked > room else None
