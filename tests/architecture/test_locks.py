"""The locks say exactly what is installed, and nothing of where it came from."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

LOCKS = sorted((ROOT / "packaging").glob("*.lock"))
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(text: str) -> dict[str, str]:
    return {m[1]: m[2] for line in text.splitlines() if (m := PIN.match(line))}


def test_there_are_locks() -> None:
    assert {file.name for file in LOCKS} == {
        "requirements.lock",
        "requirements-dev.lock",
        "requirements-bench.lock",
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda file: file.name)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(lock: Path) -> None:
    lines = lock.read_text().splitlines()
    assert len(lines) > 100
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line))] == []
    # A pin's own line ends with a backslash, so a hash follows it or the next pin is no pin.
    unhashed = [a for a, b in pairwise(lines) if PIN.match(a) and PIN.match(b)]
    assert unhashed == []


def test_the_locks_agree_on_the_product() -> None:
    product = pins((ROOT / "packaging" / "requirements.lock").read_text())
    for lock in LOCKS:
        other = pins(lock.read_text())
        assert {name: other.get(name) for name in product} == product, lock.name


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"]
    tools = project["dependency-groups"]["dev"]
    product = pins((ROOT / "packaging" / "requirements.lock").read_text())
    dev = pins((ROOT / "packaging" / "requirements-dev.lock").read_text())

    def bare(requirement: str) -> str:
        return re.split(r"[<>=~! ;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-")

    assert {bare(each) for each in wanted} <= set(product)
    assert {bare(each) for each in tools} <= set(dev)
    assert not {bare(each) for each in tools} & set(product), "a tool is shipped"


def test_pyside_is_below_the_version_that_aborts() -> None:
    product = pins((ROOT / "packaging" / "requirements.lock").read_text())
    assert product["pyside6-essentials"].startswith("6.11.")
    assert product["av"] == "18.1.0"
