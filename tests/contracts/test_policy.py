"""One class on both sources of policy: the file, and a registry shaped as Windows' own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from app.adapters.policy import FILE_NAME, FilePolicy, RegistryPolicy
from app.domain.settings import SETTINGS
from app.services.layers import Found, PolicySource
from tests.fakes.settings import FakeRegistry, possible

Given = Callable[[Mapping[str, object]], Found]


def in_file(folder: Path, values: Mapping[str, object]) -> PolicySource:
    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    (folder / FILE_NAME).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return FilePolicy(folder / FILE_NAME)


def in_registry(_folder: Path, values: Mapping[str, object]) -> PolicySource:
    registry = FakeRegistry()
    registry.put(values)
    return RegistryPolicy(registry)


@pytest.fixture(params=[in_file, in_registry])
def given(request: pytest.FixtureRequest, tmp_path: Path) -> Given:
    return lambda values: request.param(tmp_path, values).read()


class TestPolicy:
    def test_every_setting_that_can_be_fixed_comes_back(self, given: Given) -> None:
        values = {setting.name: possible(setting) for setting in SETTINGS if setting.policy}
        assert given(values) == Found(values)

    def test_what_cannot_be_is_said_and_the_rest_counts(self, given: Given) -> None:
        found = given(
            {
                "lock_minutes": 10,
                "lock_minuts": 10,
                "replay_seconds": 9999,
                "theme": 1,
                "kiosk": "yes",
                "operator": "kim",
                "hub": "https://hub.example",
            }
        )
        assert found.values == {"lock_minutes": 10, "hub": "https://hub.example"}
        said = [problem.en for problem in found.problems]
        assert len(said) == 5
        assert all("olicy" in line for line in said)
        for name in ("lock_minuts", "replay_seconds", "theme", "kiosk", "operator"):
            assert sum(f"“{name}”" in line for line in said) == 1, name
        assert any("mean “lock_minutes”" in line for line in said)

    def test_an_empty_one_is_none(self, given: Given) -> None:
        assert given({}) == Found()


def test_no_file_and_no_key_are_no_policy(tmp_path: Path) -> None:
    assert FilePolicy(tmp_path / FILE_NAME).read() == Found()
    assert RegistryPolicy(FakeRegistry()).read() == Found()
