"""Where a setting comes from: built in, the machine's file, the person, the policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.settings import Value, is_preference
from app.domain.text import Text


@dataclass(frozen=True, slots=True)
class Found:
    """What a source holds that can be used, and words for what cannot.

    `rejected`: settings that stand there with a value, or in a place, that cannot be used.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    problems: tuple[Text, ...] = ()
    rejected: frozenset[str] = frozenset()


class PolicySource(Protocol):
    """Where an administrator fixes settings for everybody who works at this computer."""

    def read(self) -> Found:
        """Blocks a moment. Never fails: what is wrong there is a problem in words."""
        ...


@dataclass(frozen=True, slots=True)
class Layers:
    """`machine` lies under what a person set, `policy` over everything."""

    machine: Mapping[str, Value] = field(default_factory=dict)
    policy: Mapping[str, Value] = field(default_factory=dict)
    problems: tuple[Text, ...] = ()

    def defaults(self) -> dict[str, Value]:
        """The machine's preferences, which a person may change."""
        return _preferences(self.machine)

    def fixed(self) -> dict[str, Value]:
        """The preferences that nobody changes here."""
        return _preferences(self.policy)


def _preferences(layer: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in layer.items() if is_preference(name)}
