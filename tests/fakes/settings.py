"""Settings in files and in a registry that lives in the test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from app.adapters.policy import KEY
from app.domain.settings import Kind, Setting, Value

_POSSIBLE: dict[Kind, Value] = {
    Kind.SWITCH: False,
    Kind.TEXT: "가람시",
    Kind.FILE: "지도.mbtiles",
    Kind.FOLDER: r"D:\gwanje",
    Kind.ADDRESS: "https://hub.example",
    Kind.AUTHORITY: "hub-ca.pem",
    Kind.MONITORS: "main=1, 2=DP-2",
}


def possible(setting: Setting) -> Value:
    """A value that it can have; of numbers and choices the last."""
    if setting.kind is Kind.NUMBER:
        return setting.high
    return setting.choices[-1] if setting.choices else _POSSIBLE[setting.kind]


@dataclass
class _Key:
    values: list[tuple[str, Any, int]]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.values = []


@dataclass
class FakeRegistry:
    """Shaped as `winreg`, with its numbers; `hives` holds name, value and type by hive."""

    hives: dict[int, list[tuple[str, Any, int]]] = field(default_factory=dict)
    HKEY_LOCAL_MACHINE = 0x80000002
    HKEY_CURRENT_USER = 0x80000001
    KEY_READ = 0x20019
    KEY_WOW64_64KEY = 0x0100
    REG_SZ = 1
    REG_DWORD = 4
    REG_MULTI_SZ = 7

    def OpenKey(self, key: int, sub_key: str, reserved: int, access: int) -> _Key:  # noqa: N802
        assert (reserved, access) == (0, self.KEY_READ | self.KEY_WOW64_64KEY)
        if key not in self.hives or sub_key != KEY:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return _Key(list(self.hives[key]))

    def EnumValue(self, key: _Key, index: int) -> tuple[str, Any, int]:  # noqa: N802
        if index >= len(key.values):
            raise OSError(259, "No more data is available")
        return key.values[index]

    def put(self, values: Mapping[str, object], hive: int = HKEY_LOCAL_MACHINE) -> None:
        """As group policy writes them."""
        self.hives[hive] = [
            (name, int(value), self.REG_DWORD)
            if isinstance(value, int)
            else (name, value, self.REG_SZ)
            for name, value in values.items()
        ]
