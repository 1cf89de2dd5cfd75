"""The template of the settings for group policy is whole, and means what the program reads."""

from __future__ import annotations

import importlib
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.adapters.policy import KEY, RegistryPolicy
from app.domain.preferences import FIELDS, limits
from app.domain.settings import BY_NAME, SETTINGS
from tests.architecture.sources import ROOT
from tests.fakes.settings import FakeRegistry

FOLDER = ROOT / "packaging" / "windows"
NAMES = {setting.name for setting in SETTINGS if setting.policy}
# What the published schema allows inside each, in this order (learn.microsoft.com, [MS-GPREG] 7).
ORDER = {
    "policyDefinitions": (
        "policyNamespaces", "supersededAdm", "annotation", "resources", "supportedOn",
        "categories", "policies",
    ),
    "policyNamespaces": ("target", "using"),
    "category": ("annotation", "parentCategory", "seeAlso", "keywords"),
    "policy": (
        "annotation", "parentCategory", "seeAlso", "keywords", "supportedOn", "enabledValue",
        "disabledValue", "enabledList", "disabledList", "elements",
    ),
    "item": ("value", "valueList"),
    "policyDefinitionResources": ("displayName", "description", "annotation", "resources"),
    "resources": ("stringTable", "presentationTable"),
}  # fmt: skip
NEEDED = {"policyDefinitions": {"policyNamespaces", "resources"}, "policy": {"supportedOn"}}


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(FOLDER))
    yield importlib.import_module("policy")
    sys.modules.pop("policy", None)


@pytest.fixture
def roots(policy: ModuleType) -> dict[str, ET.Element]:
    """By file, the namespace taken off the names."""
    found = {}
    for name, data in policy.files().items():
        text = data.decode().replace(f' xmlns="{policy.NAMESPACE}"', "")
        assert text.count("xmlns") == 0
        found[name] = ET.fromstring(text)  # noqa: S314 - made here
    return found


def strings(root: ET.Element) -> dict[str, str]:
    return {str(one.get("id")): str(one.text) for one in root.iter("string")}


def admx(roots: dict[str, ET.Element]) -> ET.Element:
    return roots["gwanje.admx"]


def adml(roots: dict[str, ET.Element]) -> list[ET.Element]:
    return [root for name, root in roots.items() if name.endswith(".adml")]


def test_what_is_kept_is_what_the_table_makes(policy: ModuleType) -> None:
    kept = {
        file.relative_to(FOLDER / "policy").as_posix(): file.read_bytes()
        for file in (FOLDER / "policy").rglob("*.adm?")
    }
    assert kept == policy.files(), "run packaging/windows/policy.py"
    assert kept.keys() == {"gwanje.admx", "ko-KR/gwanje.adml", "en-US/gwanje.adml"}


def test_it_says_when_it_is_not(
    policy: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(policy, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["policy.py", "--check"])
    assert policy.main() == 1
    assert "gwanje.admx" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["policy.py"])
    assert policy.main() == 0
    monkeypatch.setattr(sys, "argv", ["policy.py", "--check"])
    assert policy.main() == 0


def test_the_elements_stand_in_the_order_of_the_schema(roots: dict[str, ET.Element]) -> None:
    seen = set()
    for root in roots.values():
        for element in root.iter():
            names = [child.tag for child in element]
            order = ORDER.get(element.tag)
            if order is None or (element.tag == "resources" and not names):
                continue
            seen.add(element.tag)
            assert names == sorted(names, key=order.index), element.tag
            assert set(names) >= NEEDED.get(element.tag, set())
    assert seen >= {"policyDefinitions", "policy", "policyDefinitionResources", "resources"}


def test_every_reference_leads_somewhere_in_both_languages(roots: dict[str, ET.Element]) -> None:
    root = admx(roots)
    text = ET.tostring(root, encoding="unicode")
    named = set(re.findall(r"\$\(string\.(\w+)\)", text))
    shown = set(re.findall(r"\$\(presentation\.(\w+)\)", text))
    assert len(adml(roots)) == 2
    for language in adml(roots):
        assert strings(language).keys() == named
        assert all(strings(language).values())
        presentations = {str(one.get("id")): one for one in language.iter("presentation")}
        assert presentations.keys() == shown
        for name, presentation in presentations.items():
            assert [child.get("refId") for child in presentation] == [name]
    categories = {one.get("name") for one in root.iter("category")}
    supported = {one.get("name") for one in root.iter("definition")}
    assert {one.get("ref") for one in root.iter("parentCategory")} <= categories
    assert {one.get("ref") for one in root.findall("policies/policy/supportedOn")} == supported


def test_it_says_everything_in_korean_and_in_english(roots: dict[str, ET.Element]) -> None:
    korean, english = strings(roots["ko-KR/gwanje.adml"]), strings(roots["en-US/gwanje.adml"])
    for name in NAMES:
        assert re.search("[가-힣]", korean[name]), name
        assert not re.search("[가-힣]", english[name] + english[f"{name}_help"]), name
        assert name in korean[f"{name}_help"]


def element_of(one: ET.Element) -> ET.Element | None:
    found = one.find("elements")
    return found[0] if found is not None else None


def test_every_policy_is_a_setting_and_every_setting_has_its_policy(
    roots: dict[str, ET.Element],
) -> None:
    policies = list(admx(roots).iter("policy"))
    assert {one.get("name") for one in policies} == NAMES
    assert len(policies) == len(NAMES)
    for one in policies:
        element = element_of(one)
        value = one if element is None else element
        assert (one.get("key"), value.get("valueName")) == (KEY, one.get("name"))
        assert one.get("class") == "Both"


def test_numbers_and_choices_are_those_of_the_preferences(roots: dict[str, ET.Element]) -> None:
    numbers = {}
    for one in admx(roots).iter("policy"):
        name = str(one.get("name"))
        element = element_of(one)
        if element is not None and element.tag == "decimal":
            numbers[name] = (int(element.get("minValue", "")), int(element.get("maxValue", "")))
        if element is not None and element.tag == "enum":
            assert tuple(item.text for item in element.iter("string")) == BY_NAME[name].choices
    ranges = {field: found for field in FIELDS if (found := limits(field)) is not None}
    assert numbers == {field: found for field, found in ranges.items() if field in NAMES}
    assert len(numbers) >= 6


def values(one: ET.Element) -> Iterator[tuple[str, Any, int]]:
    """What group policy writes for one policy: switched on and off, at its limits, each choice."""
    name, element = str(one.get("name")), element_of(one)
    registry = FakeRegistry
    if element is None:
        for number in one.iter("decimal"):
            yield name, int(number.get("value", "")), registry.REG_DWORD
    elif element.tag == "decimal":
        for limit in ("minValue", "maxValue"):
            yield name, int(element.get(limit, "")), registry.REG_DWORD
    elif element.tag == "enum":
        for choice in element.iter("string"):
            yield name, choice.text, registry.REG_SZ
    else:
        example = {"hub": "https://hub.example", "monitors": "main=1, 2=DP-2"}
        yield name, example.get(name, "text"), registry.REG_SZ


def test_the_program_understands_whatever_the_template_writes(
    roots: dict[str, ET.Element],
) -> None:
    tried = 0
    for one in admx(roots).iter("policy"):
        for value in values(one):
            registry = FakeRegistry({FakeRegistry.HKEY_LOCAL_MACHINE: [value]})
            found = RegistryPolicy(registry).read()
            assert (found.values, found.problems) == ({value[0]: value[1]}, ())
            tried += 1
    assert tried > 2 * len(NAMES)
