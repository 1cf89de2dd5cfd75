"""The walls of this console: windows, working walls, saved walls, undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import uuid4

from app.domain import wall_set
from app.domain.errors import BadInput
from app.domain.history import History
from app.domain.layout import LAYOUTS, Layout, layout_named, renamed
from app.domain.names import given
from app.domain.text import Text
from app.domain.wall import (
    MAIN_WINDOW,
    Wall,
    WallId,
    WindowId,
    cameras,
    empty_wall,
    same_picture,
)
from app.domain.wall_set import Placement, SavedWall, WallSet
from app.services.keeper import Keeper, read
from app.services.store_port import KeptWalls, WallStore
from app.signals import Signal

__all__ = ["MAIN_WINDOW", "Placement", "SavedWall", "Walls", "WindowId"]


def _new_id() -> str:
    return uuid4().hex


class Walls:
    """Owns the `WallSet` and its history; keeps both its working and its saved walls.

    changed          this window shows another wall
    windows_changed  a window was opened or closed (also by undo): compare with `windows()`
    saved_changed    the list of saved walls or of own layouts changed
    history_changed  `undo_label` or `redo_label` may be another
    """

    def __init__(self, store: WallStore, new_id: Callable[[], str] = _new_id) -> None:
        self.changed: Signal[WindowId] = Signal("wall changed")
        self.windows_changed: Signal[None] = Signal("wall windows changed")
        self.saved_changed: Signal[None] = Signal("saved walls changed")
        self.history_changed: Signal[None] = Signal("wall history changed")
        self.notices: Signal[Text] = Signal("notices of the walls")
        self._store = store
        self._new_id = new_id
        first = empty_wall(WallId(new_id()))
        self._history = History(WallSet(working=((MAIN_WINDOW, first),)))
        self._covers: dict[WindowId, Wall] = {}
        self._aside: WallSet | None = None
        self._placements: dict[WindowId, Placement] = {}
        self._keeper = Keeper("walls", self._write, self.notices)

    # life

    async def start(self, default_layout: str = "9") -> None:
        """Puts back what was there when the console ended."""
        nothing = KeptWalls(WallSet(()))
        kept = await read(self._store.load_walls(), nothing, self.notices)
        walls = kept.walls
        if MAIN_WINDOW not in walls.windows:
            first = empty_wall(WallId(self._new_id()), layout_named(default_layout))
            walls = replace(walls, working=((MAIN_WINDOW, first), *walls.working))
        self._placements = dict(kept.placements)
        self._show(History(walls))

    async def stop(self) -> None:
        await self._keeper.stop()

    async def flush(self) -> None:
        """Everything on the disk now; raises `Failure`."""
        await self._keeper.flush()

    # the safe form

    def put_aside(self, layout: Layout) -> None:
        """An empty wall in every window; what they held stays on the disk until `bring_back`.

        What is put on these walls never reaches it; saved walls and own layouts do.
        """
        if self._aside is None:
            self._aside = self._walls
            empty = [(w, empty_wall(WallId(self._new_id()), layout)) for w in self.windows()]
            self._show(History(replace(self._walls, working=tuple(empty))))

    def bring_back(self) -> None:
        """What was put aside, whole, in one step of undo; a wall that covers another stays."""
        if self._aside is not None:
            whole, self._aside = self._whole(), None
            label = Text("원래대로 되돌리기", "Bring everything back")
            self._show(self._history.push(whole, label), uncovers=False)

    # windows

    def windows(self) -> tuple[WindowId, ...]:
        """The main window first."""
        return self._walls.windows

    def open_window(self) -> WindowId:
        """One more window with an empty wall, undoable. Raises `BadInput` beyond eight."""
        layout = self._walls.wall(MAIN_WINDOW).layout
        opened, window = wall_set.opened(self._walls, empty_wall(WallId(self._new_id()), layout))
        self._push(opened, Text(f"창 {window} 열기", f"Open window {window}"))
        return window

    def close_window(self, window: WindowId) -> None:
        """Undoable: undo opens it again with its wall. Raises `BadInput` for the main window."""
        closed = wall_set.closed(self._walls, window)
        self._push(closed, Text(f"창 {window} 닫기", f"Close window {window}"))

    def remember(self, window: WindowId, placement: Placement) -> None:
        if self._placements.get(window) != placement:
            self._placements[window] = placement
            self._keeper.touch()

    def placement(self, window: WindowId) -> Placement | None:
        """Where it was the last time, also for a window that is closed."""
        return self._placements.get(window)

    # working walls

    def wall(self, window: WindowId) -> Wall:
        """What the window shows: a covering wall if there is one, else its own."""
        return self._covers.get(window) or self._walls.wall(window)

    def own_wall(self, window: WindowId) -> Wall:
        return self._walls.wall(window)

    def cover(self, window: WindowId, wall: Wall | None) -> None:
        """Shows a wall over the window's own (a tour of walls), None takes it away again.

        No step of undo, nothing is kept. A change made on the covering wall makes it the
        window's own; undo then brings the former back.
        """
        if wall == self._covers.get(window):
            return
        if wall is None:
            del self._covers[window]
        else:
            self._covers[window] = wall
        self.changed.emit(window)

    def covered(self, window: WindowId) -> bool:
        return window in self._covers

    def spare(self) -> WindowId:
        """A window that nobody has put anything on; else the main one."""
        for window in self.windows():
            empty = not any(self.own_wall(window).tiles) and not self.covered(window)
            if window != MAIN_WINDOW and empty:
                return window
        return MAIN_WINDOW

    def apply(self, window: WindowId, wall: Wall, label: Text) -> None:
        """One undoable step."""
        self.apply_many({window: wall}, label)

    def apply_many(self, changes: Mapping[WindowId, Wall], label: Text) -> None:
        """One undoable step over several windows (a tile moved between two)."""
        self._push(wall_set.shown(self._walls, changes), label, touched=tuple(changes))

    def modified(self, window: WindowId) -> bool:
        """Whether the window differs from the saved wall that it came from."""
        own = self._walls.wall(window)
        saved = self._walls.find(own.id)
        return saved is not None and not same_picture(own, saved)

    # history

    def undo(self) -> Text | None:
        """Takes the last step back; its label, None if there was none."""
        label = self._history.undo_label
        self._become(self._history.undo())
        return label

    def redo(self) -> Text | None:
        label = self._history.redo_label
        self._become(self._history.redo())
        return label

    @property
    def undo_label(self) -> Text | None:
        return self._history.undo_label

    @property
    def redo_label(self) -> Text | None:
        return self._history.redo_label

    @property
    def can_undo(self) -> bool:
        return self._history.undo_label is not None

    @property
    def can_redo(self) -> bool:
        return self._history.redo_label is not None

    # saved walls

    def saved(self) -> list[SavedWall]:
        """In the order of their saving."""
        return [SavedWall(w.id, w.name, w.layout.name, cameras(w)) for w in self._walls.saved]

    def find(self, wall_id: WallId) -> Wall | None:
        return self._walls.find(wall_id)

    async def save(self, window: WindowId, name: str) -> None:
        """Saves the window's wall: over itself under its own name, as a new one under another.

        Returns when it is on the disk. Raises `BadInput` (no name, name taken) and `Failure`
        (disk; the wall stays in the list and is written with the next change).
        """
        wall = self.wall(window)
        own = self._walls.find(wall.id)
        others = [w.name for w in self._walls.saved if own is None or w.id != own.id]
        name, notice = given(name, others)
        same = own is not None and own.name == name
        wall_id = wall.id if same else WallId(self._new_id())
        wall = replace(wall, id=wall_id, name=name)
        walls = wall_set.shown(wall_set.kept(self._walls, wall), {window: wall})
        self._push(walls, Text(f"‘{name}’ 저장", f"Save “{name}”"), touched=(window,))
        await self._settle(notice)

    def load(self, window: WindowId, wall_id: WallId) -> None:
        """Shows a saved wall; undoable. Raises `BadInput` if it is gone."""
        wall = self._existing(wall_id)
        self.apply(window, wall, Text(f"‘{wall.name}’ 불러오기", f"Load “{wall.name}”"))

    async def rename(self, wall_id: WallId, name: str) -> None:
        """Undoable. Raises `BadInput` and `Failure` like `save`."""
        wall = self._existing(wall_id)
        name, notice = given(name, (w.name for w in self._walls.saved if w.id != wall_id))
        label = Text(f"‘{wall.name}’ 이름 바꾸기", f"Rename “{wall.name}”")
        self._push(wall_set.named(self._walls, wall_id, name), label)
        await self._settle(notice)

    async def delete(self, wall_id: WallId) -> None:
        """Undoable; windows that show it keep showing its cameras."""
        wall = self._existing(wall_id)
        label = Text(f"‘{wall.name}’ 삭제", f"Delete “{wall.name}”")
        self._push(wall_set.dropped(self._walls, wall_id), label)
        await self._settle(None)

    # layouts

    def layouts(self) -> tuple[Layout, ...]:
        """The named ones, then the operator's own."""
        return LAYOUTS + self._walls.layouts

    def keep_layout(self, layout: Layout) -> Layout:
        """Adds an own layout, undoable, and returns it with its final name. Raises `BadInput`."""
        name, notice = given(layout.name, (known.name for known in self.layouts()))
        layout = renamed(layout, name)
        label = Text(f"화면분할 ‘{name}’ 추가", f"Add layout “{name}”")
        self._push(wall_set.with_own_layout(self._walls, layout), label)
        if notice is not None:
            self.notices.emit(notice)
        return layout

    def drop_layout(self, name: str) -> None:
        """Undoable; walls in this layout keep it."""
        label = Text(f"화면분할 ‘{name}’ 삭제", f"Delete layout “{name}”")
        self._push(wall_set.without_own_layout(self._walls, name), label)

    def bring(
        self,
        walls: Mapping[WallId, Wall | None],
        layouts: Mapping[str, Layout | None],
        label: Text,
    ) -> None:
        """Many saved walls and own layouts in one undoable step; None takes one away."""
        after = self._walls
        for wall_id, wall in walls.items():
            after = wall_set.dropped(after, wall_id) if wall is None else wall_set.kept(after, wall)
        for name, layout in layouts.items():
            after = wall_set.without_own_layout(after, name)
            after = after if layout is None else wall_set.with_own_layout(after, layout)
        self._push(after, label)

    def own_layouts(self) -> tuple[Layout, ...]:
        return self._walls.layouts

    # inside

    @property
    def _walls(self) -> WallSet:
        return self._history.present

    def _existing(self, wall_id: WallId) -> Wall:
        if (wall := self._walls.find(wall_id)) is None:
            raise BadInput(
                Text("저장된 영상벽이 더 이상 없습니다.", "That saved wall is no longer there.")
            )
        return wall

    async def _settle(self, notice: Text | None) -> None:
        if notice is not None:
            self.notices.emit(notice)
        await self._keeper.flush()

    def _push(self, walls: WallSet, label: Text, touched: tuple[WindowId, ...] = ()) -> None:
        self._become(self._history.push(walls, label), touched)

    def _become(self, history: History[WallSet], touched: tuple[WindowId, ...] = ()) -> None:
        if history.present != self._walls:
            self._keeper.touch()
        self._show(history, touched)

    def _show(
        self,
        history: History[WallSet],
        touched: tuple[WindowId, ...] = (),
        *,
        uncovers: bool = True,
    ) -> None:
        """Takes over another state, uncovers what was `touched`, and tells what changed."""
        before, self._history = self._history.present, history
        after = history.present
        was = dict(before.working)
        renewed = [w for w, wall in after.working if w in touched or was.get(w) != wall]
        over = set(self._covers)
        uncovered = (over & set(renewed) if uncovers else set()) | (over - set(after.windows))
        for window in uncovered:
            del self._covers[window]
        if before.windows != after.windows:
            self.windows_changed.emit(None)
        for window in renewed:
            if window in uncovered or was.get(window) != after.wall(window):
                self.changed.emit(window)
        if (before.saved, before.layouts) != (after.saved, after.layouts):
            self.saved_changed.emit(None)
        if before != after:
            self.history_changed.emit(None)

    async def _write(self) -> None:
        await self._store.keep_walls(KeptWalls(self._whole(), dict(self._placements)))

    def _whole(self) -> WallSet:
        """Of the disk: in the safe form with the walls that were put aside."""
        if self._aside is None:
            return self._walls
        return wall_set.rejoined(self._walls, self._aside)
