"""The settings of this console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.errors import BadInput
from app.domain.preferences import (
    FIELDS,
    Field,
    PreferenceValue,
    PreferenceValues,
    checked,
    default,
)
from app.domain.text import Text
from app.services.keeper import Keeper, read
from app.services.store_port import PreferenceStore
from app.signals import Signal


class Preferences:
    """`values` is the present state; `changed` says which field has another value now."""

    def __init__(self, store: PreferenceStore) -> None:
        self.changed: Signal[Field] = Signal("preferences changed")
        self.notices: Signal[Text] = Signal("notices of the preferences")
        self.values = PreferenceValues()
        self._kept: dict[str, PreferenceValue] = {}
        # Settings of a newer version: not understood, not lost.
        self._foreign: dict[str, PreferenceValue] = {}
        self._store = store
        self._keeper = Keeper("preferences", self._write, self.notices)

    async def start(self) -> None:
        """Reads what was kept; a value that is no longer possible is told and left at default."""
        nothing: Mapping[str, object] = {}
        kept = await read(self._store.load_preferences(), nothing, self.notices)
        for name, value in kept.items():
            if name not in FIELDS:
                if isinstance(value, str | int | bool):
                    self._foreign[name] = value
                continue
            try:
                self._kept[name] = checked(name, value)
            except BadInput as failure:
                self.notices.emit(failure.text)
                continue
            self._assign(name, self._kept[name])

    def set(self, field: Field, value: object, *, keep: bool = True) -> None:
        """Changes a setting; `keep=False` for this run only. Raises `BadInput`."""
        new = checked(field, value)
        if keep and self._kept.get(field, default(field)) != new:
            self._kept[field] = new
            self._keeper.touch()
        self._assign(field, new)

    def restore(self, field: Field) -> None:
        """What was kept, after a `set` for this run only."""
        self._assign(field, self._kept.get(field, default(field)))

    def reset(self, field: Field) -> None:
        self.set(field, default(field))

    async def stop(self) -> None:
        await self._keeper.stop()

    def _assign(self, field: Field, value: PreferenceValue) -> None:
        if getattr(self.values, field) == value:
            return
        change: dict[str, Any] = {field: value}
        self.values = replace(self.values, **change)
        self.changed.emit(field)

    async def _write(self) -> None:
        await self._store.keep_preferences(self._foreign | self._kept)
