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
from app.services.layers import Layers
from app.services.store_port import PreferenceStore
from app.signals import Signal

_NO_LAYERS = Layers()


class Preferences:
    """`values` is the present state; `changed` says which field has another value now.

    Lowest first: built in, the machine's file, what the person set, the administrator's policy.
    """

    def __init__(self, store: PreferenceStore, layers: Layers = _NO_LAYERS) -> None:
        self.changed: Signal[Field] = Signal("preferences changed")
        self.notices: Signal[Text] = Signal("notices of the preferences")
        self._below = {field: default(field) for field in FIELDS}
        self._fixed: dict[Field, PreferenceValue] = {}
        self._take(layers)
        self.values = PreferenceValues(**self._values())
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
            if name not in self._fixed:
                self._assign(name, self._kept[name])

    def fixed(self, field: Field) -> bool:
        """Whether the administrator set it for everybody; then nobody changes it here."""
        return field in self._fixed

    def below(self, field: Field) -> PreferenceValue:
        """What it is where the person set nothing."""
        return self._fixed.get(field, self._below[field])

    def own(self) -> dict[Field, PreferenceValue]:
        """What the person set, also where a policy lies over it."""
        return {field: self._kept[field] for field in FIELDS if field in self._kept}

    def set(self, field: Field, value: object, *, keep: bool = True) -> None:
        """Changes a setting; `keep=False` for this run only. Raises `BadInput`, also if fixed."""
        new = checked(field, value)
        self._refuse_fixed(field)
        if keep and self._kept.get(field, self._below[field]) != new:
            self._kept[field] = new
            self._keeper.touch()
        self._assign(field, new)

    def put_aside(self, field: Field) -> None:
        """The default for now, whoever set what; `restore` brings that back."""
        self._assign(field, default(field))

    def restore(self, field: Field) -> None:
        kept = self._kept.get(field, self._below[field])
        self._assign(field, self._fixed.get(field, kept))

    def reset(self, field: Field) -> None:
        """Back to the layer below: what the machine's file says, else what is built in."""
        self._refuse_fixed(field)
        if self._kept.pop(field, None) is not None:
            self._keeper.touch()
        self._assign(field, self._below[field])

    async def stop(self) -> None:
        await self._keeper.stop()

    def _take(self, layers: Layers) -> None:
        """They were checked where they were read."""
        machine, policy = layers.defaults(), layers.fixed()
        for field in FIELDS:
            if field in machine:
                self._below[field] = checked(field, machine[field])
            if field in policy:
                self._fixed[field] = checked(field, policy[field])

    def _values(self) -> dict[str, Any]:
        return {field: self.below(field) for field in FIELDS}

    def _refuse_fixed(self, field: Field) -> None:
        if field in self._fixed:
            raise BadInput(
                Text(
                    f"‘{field}’ 설정은 관리자가 정해 두어 바꿀 수 없습니다.",
                    f"The setting “{field}” is set by your administrator and cannot be changed.",
                )
            )

    def _assign(self, field: Field, value: PreferenceValue) -> None:
        if getattr(self.values, field) == value:
            return
        change: dict[str, Any] = {field: value}
        self.values = replace(self.values, **change)
        self.changed.emit(field)

    async def _write(self) -> None:
        await self._store.keep_preferences(self._foreign | self._kept)
