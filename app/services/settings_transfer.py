"""Settings, walls and tours to a file and from one: looked at first, taken over, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import app
from app.clock import Clock
from app.domain.errors import BadInput, Failure, Unavailable
from app.domain.layout import LAYOUTS, Layout
from app.domain.names import MAX_NAME, cleaned
from app.domain.preferences import Field, PreferenceValue
from app.domain.settings import BY_NAME
from app.domain.text import Text
from app.domain.tour import Tour
from app.domain.wall import TourId, Wall, WallId
from app.formats import settings_json
from app.formats.settings_json import Bundle
from app.services.preferences import Preferences
from app.services.tours import Tours
from app.services.walls import Walls
from app.services.whole_file import write_whole
from app.signals import Signal
from app.tasks import SerialQueue

BEFORE = "settings-before-import.json"
_BRINGING = Text("설정 가져오기", "Import settings")
_TAKING_BACK = Text("설정 가져오기 취소", "Take the import of settings back")


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of each; None: it goes, or the person's own value does."""

    preferences: Mapping[Field, PreferenceValue | None] = field(default_factory=dict)
    layouts: Mapping[str, Layout | None] = field(default_factory=dict)
    walls: Mapping[WallId, Wall | None] = field(default_factory=dict)
    tours: Mapping[TourId, Tour | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.preferences or self.layouts or self.walls or self.tours)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change here, in words as well; `problems`: what of it is left out."""

    changes: Changes
    lines: tuple[Text, ...]
    problems: tuple[Text, ...]


class SettingsTransfer:
    """`changed`: another answer of `can_undo`. Files are read and written beside the screen."""

    def __init__(
        self, preferences: Preferences, walls: Walls, tours: Tours, clock: Clock, folder: Path
    ) -> None:
        self.changed: Signal[None] = Signal("settings taken over")
        self._preferences = preferences
        self._walls = walls
        self._tours = tours
        self._clock = clock
        self._folder = folder
        self._queue = SerialQueue("settings files")
        self._before: Changes | None = None

    @property
    def can_undo(self) -> bool:
        return self._before is not None

    async def export(self, file: Path) -> None:
        """Raises Unavailable."""
        await self._queue.run(_write, file, self._bundle(), self._clock.now().isoformat())

    async def look(self, file: Path) -> Plan:
        """Changes nothing. Raises `BadInput` and Unavailable."""
        bundle, problems = await self._queue.run(_read, file)
        return self._plan(bundle, problems)

    async def take(self, plan: Plan) -> None:
        """After what is here was kept as a file of its own. Raises `Failure`."""
        await self.export(self._folder / BEFORE)
        self._before = self._opposite(plan.changes)
        self.changed.emit(None)
        await self._apply(plan.changes, _BRINGING)

    async def undo(self) -> None:
        """What the last import changed is as it was, whatever came after it. Raises `Failure`."""
        before, self._before = self._before, None
        self.changed.emit(None)
        if before is not None:
            await self._apply(before, _TAKING_BACK)

    async def stop(self) -> None:
        await self._queue.close()

    # inside

    def _bundle(self) -> Bundle:
        found = (self._walls.find(saved.id) for saved in self._walls.saved())
        walls = tuple(wall for wall in found if wall is not None)
        return Bundle(
            self._preferences.own(), self._walls.own_layouts(), walls, tuple(self._tours.saved())
        )

    def _plan(self, bundle: Bundle, problems: tuple[Text, ...]) -> Plan:
        here = self._bundle()
        told = list(problems)
        preferences = dict(self._other_preferences(bundle, told))
        changes = Changes(
            preferences,
            {one.name: one for one in _other_layouts(bundle, here, told)},
            {one.id: one for one in _other_walls(bundle, here)},
            {one.id: one for one in _other_tours(bundle, here)},
        )
        lines = [self._said(name, value) for name, value in preferences.items()]
        lines += _counted(changes, self._opposite(changes))
        return Plan(changes, tuple(lines), tuple(told))

    def _other_preferences(
        self, bundle: Bundle, told: list[Text]
    ) -> Iterator[tuple[Field, PreferenceValue]]:
        for name, value in bundle.preferences.items():
            if getattr(self._preferences.values, name) == value:
                continue
            if self._preferences.fixed(name):
                title = _title(name)
                told.append(
                    Text(
                        f"{title.ko}: 관리자가 정해 두어 그대로 둡니다.",
                        f"{title.en}: set by your administrator, left as it is.",
                    )
                )
                continue
            yield name, value

    def _said(self, name: Field, value: PreferenceValue) -> Text:
        title, now = _title(name), getattr(self._preferences.values, name)
        return Text(
            f"{title.ko}: {_shown(now)} → {_shown(value)}",
            f"{title.en}: {_shown(now)} → {_shown(value)}",
        )

    def _opposite(self, changes: Changes) -> Changes:
        """What brings back what is here now."""
        own = self._preferences.own()
        layouts = {layout.name: layout for layout in self._walls.own_layouts()}
        return Changes(
            {name: own.get(name) for name in changes.preferences},
            {name: layouts.get(name) for name in changes.layouts},
            {wall: self._walls.find(wall) for wall in changes.walls},
            {tour: self._tours.get(tour) for tour in changes.tours},
        )

    async def _apply(self, changes: Changes, label: Text) -> None:
        for name, value in changes.preferences.items():
            if self._preferences.fixed(name):
                continue
            if value is None:
                self._preferences.reset(name)
            else:
                self._preferences.set(name, value)
        if changes.walls or changes.layouts:
            self._walls.bring(changes.walls, changes.layouts, label)
            await self._walls.flush()
        if changes.tours:
            await self._tours.bring(changes.tours, label)


def _title(name: Field) -> Text:
    known = BY_NAME.get(name)
    return Text(name, name) if known is None else known.title


def _other_layouts(bundle: Bundle, here: Bundle, told: list[Text]) -> Iterator[Layout]:
    named = {layout.name for layout in LAYOUTS}
    for layout in bundle.layouts:
        if layout.name in named:
            told.append(
                Text(
                    f"화면분할 ‘{layout.name}’은(는) 이미 있는 이름이라 뺍니다.",
                    f"The layout “{layout.name}” has a name that is taken; left out.",
                )
            )
        elif layout not in here.layouts:
            yield layout


def _other_walls(bundle: Bundle, here: Bundle) -> Iterator[Wall]:
    names = _Names((wall.id, wall.name) for wall in here.walls)
    for wall in bundle.walls:
        named = replace(wall, name=names.of(wall.id, wall.name))
        if named not in here.walls:
            yield named


def _other_tours(bundle: Bundle, here: Bundle) -> Iterator[Tour]:
    names = _Names((tour.id, tour.name) for tour in here.tours)
    for tour in bundle.tours:
        named = replace(tour, name=names.of(tour.id, tour.name))
        if named not in here.tours:
            yield named


class _Names:
    """No two have the same name: another one that comes in with it gets a number."""

    def __init__(self, known: Iterator[tuple[str, str]]) -> None:
        self._owners = {name.casefold(): owner for owner, name in known}

    def of(self, owner: str, name: str) -> str:
        short = cleaned(name)[: MAX_NAME - 5] or "?"
        number, unique = 1, short
        while self._owners.setdefault(unique.casefold(), owner) != owner:
            number += 1
            unique = f"{short} ({number})"
        return unique


def _counted(changes: Changes, before: Changes) -> Iterator[Text]:
    parts: tuple[tuple[Text, Mapping[Any, object], Mapping[Any, object]], ...] = (
        (Text("화면분할", "Layouts"), changes.layouts, before.layouts),
        (Text("영상벽", "Walls"), changes.walls, before.walls),
        (Text("순환", "Tours"), changes.tours, before.tours),
    )
    for what, coming, now in parts:
        replaced = sum(now[name] is not None for name in coming)
        if coming:
            yield Text(
                f"{what.ko}: 새로 {len(coming) - replaced}개, 바뀌는 것 {replaced}개",
                f"{what.en}: {len(coming) - replaced} new, {replaced} replaced",
            )


def _shown(value: PreferenceValue) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    return str(value) or "–"


def _write(file: Path, bundle: Bundle, at: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(_not_there(file, error)) from error
    write_whole(file, settings_json.written(bundle, app.__version__, at))


def _read(file: Path) -> tuple[Bundle, tuple[Text, ...]]:
    """Never more than a file of settings can have, whatever was chosen."""
    try:
        with file.open("rb") as opened:
            data = opened.read(settings_json.MOST_BYTES + 1)
    except OSError as error:
        raise Unavailable(_not_there(file, error)) from error
    try:
        return settings_json.read(data)
    except BadInput as failure:
        raise _of(file, failure) from None


def _of(file: Path, failure: Failure) -> BadInput:
    return BadInput(Text(f"{file.name}: {failure.text.ko}", f"{file.name}: {failure.text.en}"))


def _not_there(file: Path, error: OSError) -> Text:
    return Text(
        f"파일을 열 수 없습니다: {file.name} ({error.strerror})",
        f"The file cannot be opened: {file.name} ({error.strerror})",
    )
