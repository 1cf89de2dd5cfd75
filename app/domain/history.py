"""Undo and redo as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from app.domain.text import Text

T = TypeVar("T")

# A shift's worth of changes; walls are a few kilobytes and share their unchanged parts.
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """What the change was called and the state on its other side."""

    label: Text
    state: T


@dataclass(frozen=True, slots=True)
class History(Generic[T]):
    """The present state, the steps that led to it (oldest first) and those taken back."""

    present: T
    past: tuple[Step[T], ...] = ()
    future: tuple[Step[T], ...] = ()
    limit: int = LIMIT

    def push(self, state: T, label: Text) -> History[T]:
        """A new present. What was undone is forgotten; nothing happens if nothing changed."""
        if state == self.present:
            return self
        past = (*self.past, Step(label, self.present))[-self.limit :]
        return replace(self, present=state, past=past, future=())

    def undo(self) -> History[T]:
        """The state before the last step; the same history if there is none."""
        if not self.past:
            return self
        step = self.past[-1]
        future = (*self.future, Step(step.label, self.present))
        return replace(self, present=step.state, past=self.past[:-1], future=future)

    def redo(self) -> History[T]:
        if not self.future:
            return self
        step = self.future[-1]
        past = (*self.past, Step(step.label, self.present))
        return replace(self, present=step.state, past=past, future=self.future[:-1])

    @property
    def undo_label(self) -> Text | None:
        return self.past[-1].label if self.past else None

    @property
    def redo_label(self) -> Text | None:
        return self.future[-1].label if self.future else None
