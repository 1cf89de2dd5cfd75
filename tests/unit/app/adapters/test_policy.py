from __future__ import annotations

import sys
from types import ModuleType

import pytest

from app.adapters import policy
from app.adapters.policy import FilePolicy, RegistryPolicy, system_policy
from app.services.layers import Found
from tests.fakes.settings import FakeRegistry


def test_the_machine_counts_before_the_person() -> None:
    registry = FakeRegistry()
    registry.put({"lock_minutes": 5}, registry.HKEY_LOCAL_MACHINE)
    registry.put({"lock_minutes": 60, "kiosk": True}, registry.HKEY_CURRENT_USER)
    assert RegistryPolicy(registry).read() == Found({"lock_minutes": 5, "kiosk": True})


@pytest.mark.parametrize(
    ("name", "value", "kind", "wanted"),
    [
        ("lock_minutes", "5", FakeRegistry.REG_SZ, "REG_DWORD"),
        ("hub", ["https://a"], FakeRegistry.REG_MULTI_SZ, "REG_SZ"),
        ("kiosk", 2, FakeRegistry.REG_DWORD, "kiosk"),
        ("nothing", b"\0", 3, "nothing"),
    ],
)
def test_values_of_a_wrong_type(name: str, value: object, kind: int, wanted: str) -> None:
    registry = FakeRegistry({FakeRegistry.HKEY_LOCAL_MACHINE: [(name, value, kind)]})
    found = RegistryPolicy(registry).read()
    assert found.values == {}
    (problem,) = found.problems
    assert wanted in problem.ko
    assert wanted in problem.en


def test_windows_tells_no_capitals_apart() -> None:
    registry = FakeRegistry({FakeRegistry.HKEY_LOCAL_MACHINE: [("Lock_Minutes", 5, 4)]})
    assert RegistryPolicy(registry).read().values == {"lock_minutes": 5}


def test_a_key_that_somebody_filled_does_not_delay_the_start() -> None:
    many = [(f"x{number}", number, 4) for number in range(10_000)]
    registry = FakeRegistry({FakeRegistry.HKEY_LOCAL_MACHINE: many})
    assert len(RegistryPolicy(registry).read().problems) == policy._MOST_VALUES


def test_a_policy_that_may_not_be_read_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = FakeRegistry()

    def denied(*_: object) -> None:
        raise PermissionError(5, "Access is denied")

    monkeypatch.setattr(registry, "OpenKey", denied)
    (problem,) = RegistryPolicy(registry).read().problems
    assert "no right" in problem.en


def test_each_system_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(system_policy("linux"), FilePolicy)
    module = ModuleType("winreg")
    vars(module).update({name: getattr(FakeRegistry(), name) for name in dir(FakeRegistry())})
    monkeypatch.setitem(sys.modules, "winreg", module)
    found = system_policy("win32")
    assert isinstance(found, RegistryPolicy)
    assert found.read() == Found()
