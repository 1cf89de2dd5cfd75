"""The administrator's policy: the registry on Windows, a file elsewhere."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Protocol, cast

from typing_extensions import override

from app.adapters import machine_file
from app.domain.errors import BadInput
from app.domain.settings import BY_NAME, Kind, Value, checked, unknown
from app.domain.text import Text
from app.services.layers import Found, PolicySource

KEY: Final = r"Software\Policies\Gwanje"
FILE_NAME: Final = "policy.toml"
# More values than settings: somebody's program writes there; reading on would delay the start.
_MOST_VALUES = 500


class Registry(Protocol):
    """What is used of the module `winreg`."""

    HKEY_LOCAL_MACHINE: int
    HKEY_CURRENT_USER: int
    KEY_READ: int
    KEY_WOW64_64KEY: int
    REG_SZ: int
    REG_DWORD: int

    def OpenKey(self, key: Any, sub_key: str, reserved: int, access: int) -> Any:  # noqa: N802
        """A handle that closes with `with`; raises OSError."""
        ...

    def EnumValue(self, key: Any, index: int) -> tuple[str, Any, int]:  # noqa: N802
        """Name, value, type; raises OSError behind the last one."""
        ...


class RegistryPolicy(PolicySource):
    """HKEY_LOCAL_MACHINE counts before HKEY_CURRENT_USER, as Windows' own policies do."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @override
    def read(self) -> Found:
        values: dict[str, Value] = {}
        problems: list[Text] = []
        rejected: set[str] = set()
        for hive in (self._registry.HKEY_LOCAL_MACHINE, self._registry.HKEY_CURRENT_USER):
            for name, value, kind in self._values(hive, problems):
                try:
                    found = _fixed(name, self._plain(name, value, kind))
                except BadInput as failure:
                    problems.append(_said(failure.text))
                    rejected |= {name} - values.keys()
                else:
                    values.setdefault(name, found)
        return Found(values, tuple(problems), frozenset(rejected))

    def _values(self, hive: int, problems: list[Text]) -> Iterator[tuple[str, Any, int]]:
        registry = self._registry
        access = registry.KEY_READ | registry.KEY_WOW64_64KEY
        try:
            with registry.OpenKey(hive, KEY, 0, access) as key:
                for index in range(_MOST_VALUES):
                    name, value, kind = registry.EnumValue(key, index)
                    # Windows tells no capitals apart.
                    yield name.lower(), value, kind
        except PermissionError:
            if _DENIED not in problems:
                problems.append(_DENIED)
        except OSError:
            return  # no policy, or behind its last value

    def _plain(self, name: str, value: object, kind: int) -> object:
        """The value as a file would hold it; the registry knows no true and false."""
        setting = BY_NAME.get(name)
        numeric = setting is not None and setting.kind in (Kind.SWITCH, Kind.NUMBER)
        if setting is not None and kind != (
            self._registry.REG_DWORD if numeric else self._registry.REG_SZ
        ):
            wanted = "REG_DWORD" if numeric else "REG_SZ"
            raise BadInput(
                Text(
                    f"‘{name}’의 값은 {wanted}(이)어야 합니다.",
                    f"The value “{name}” must be a {wanted}.",
                )
            )
        if setting is not None and setting.kind is Kind.SWITCH and value in (0, 1):
            return bool(value)
        return value


class FilePolicy(PolicySource):
    """`policy.toml`, with the names of the registry's values. No file: no policy."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @override
    def read(self) -> Found:
        read = machine_file.read(self._file)
        values: dict[str, Value] = {}
        problems, rejected = list(read.problems), set(read.rejected)
        for name, value in read.values.items():
            try:
                values[name] = _fixed(name, value)
            except BadInput as failure:
                problems.append(failure.text)
                rejected.add(name)
        return Found(values, tuple(_said(problem) for problem in problems), frozenset(rejected))


def system_policy(platform: str = sys.platform) -> PolicySource:
    """The one of this computer."""
    if platform == "win32":
        load: Callable[[str], Any] = importlib.import_module
        return RegistryPolicy(cast("Registry", load("winreg")))
    return FilePolicy(machine_file.folder() / FILE_NAME)


def _fixed(name: str, value: object) -> Value:
    setting = BY_NAME.get(name)
    names = tuple(known.name for known in BY_NAME.values() if known.policy)
    if setting is None:
        raise unknown(name, names)
    if not setting.policy:
        raise BadInput(Text(f"‘{name}’은(는) 고정할 수 없습니다.", f"“{name}” cannot be fixed."))
    return checked(name, value)


def _said(problem: Text) -> Text:
    return Text(f"관리자 정책: {problem.ko}", f"Policy: {problem.en}")


_DENIED = _said(
    Text(
        "읽을 권한이 없어 적용하지 않습니다. 관리자에게 알리세요.",
        "Not applied, because there is no right to read it. Tell your administrator.",
    )
)
