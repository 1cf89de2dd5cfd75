"""The template of the settings for group policy: ADMX, and ADML in Korean and English.

python packaging/windows/policy.py [--check]

Made from the one table of settings (app.domain.settings); what the values are called in the
registry and what they may be is what app.adapters.policy reads. An administrator copies the folder
`policy` into PolicyDefinitions. Order of the elements: [MS-GPREG] 7.2 and 7.3.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from app.adapters.policy import KEY  # noqa: E402 - the path above finds it
from app.domain.settings import SETTINGS, Kind, Setting, wanted  # noqa: E402
from app.domain.text import Language, Text  # noqa: E402

FOLDER = HERE / "policy"
NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
CULTURES = {"ko-KR": Language.KO, "en-US": Language.EN}
_OURS = "Gwanje.Policies.Gwanje"
_REVISION, _SINCE = "1.0", "since_0_1"
_MOST_CHARACTERS = "1024"
_NAMES = {
    "gwanje": Text("관제", "Gwanje"),
    "workstation": Text("컴퓨터", "Workstation"),
    "preferences": Text("사용자 설정", "Preferences"),
    _SINCE: Text("관제 0.1 이상", "Gwanje 0.1 or later"),
}


def files() -> dict[str, bytes]:
    """By their path below `FOLDER`."""
    made = {"gwanje.admx": _bytes(_admx())}
    for culture, language in CULTURES.items():
        made[f"{culture}/gwanje.adml"] = _bytes(_adml(language))
    return made


def write(folder: Path) -> None:
    for name, data in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def settings() -> Iterator[Setting]:
    return (setting for setting in SETTINGS if setting.policy)


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _add(parent: ET.Element, name: str, text: str = "", /, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = text or None
    return child


def _root(name: str) -> ET.Element:
    return ET.Element(name, {"xmlns": NAMESPACE, "revision": _REVISION, "schemaVersion": "1.0"})


# ---------------------------------------------------------------------------------------- admx


def _admx() -> ET.Element:
    root = _root("policyDefinitions")
    _add(_add(root, "policyNamespaces"), "target", prefix="gwanje", namespace=_OURS)
    _add(root, "resources", minRequiredRevision=_REVISION)
    supported = _add(_add(root, "supportedOn"), "definitions")
    _add(supported, "definition", name=_SINCE, displayName=_string(_SINCE))
    categories = _add(root, "categories")
    _add(categories, "category", name="gwanje", displayName=_string("gwanje"))
    for name in ("workstation", "preferences"):
        category = _add(categories, "category", name=name, displayName=_string(name))
        _add(category, "parentCategory", ref="gwanje")
    policies = _add(root, "policies")
    for setting in settings():
        _policy(policies, setting)
    return root


def _policy(policies: ET.Element, setting: Setting) -> None:
    switch = setting.kind is Kind.SWITCH
    own = {"valueName": setting.name} if switch else {}
    policy = ET.SubElement(
        policies,
        "policy",
        {
            "name": setting.name,
            "class": "Both",
            "displayName": _string(setting.name),
            "explainText": _string(f"{setting.name}_help"),
            "key": KEY,
            **own,
        },
    )
    _add(policy, "parentCategory", ref="preferences" if setting.personal else "workstation")
    _add(policy, "supportedOn", ref=_SINCE)
    if switch:
        for name, value in (("enabledValue", "1"), ("disabledValue", "0")):
            _add(_add(policy, name), "decimal", value=value)
        return
    policy.set("presentation", f"$(presentation.{setting.name})")
    _value(_add(policy, "elements"), setting)


def _value(elements: ET.Element, setting: Setting) -> None:
    own = {"id": setting.name, "valueName": setting.name, "required": "true"}
    if setting.kind is Kind.NUMBER:
        limits = {"minValue": str(setting.low), "maxValue": str(setting.high)}
        ET.SubElement(elements, "decimal", own | limits)
    elif setting.kind is Kind.CHOICE:
        choices = ET.SubElement(elements, "enum", own)
        for number, choice in enumerate(setting.choices):
            name = _string(f"{setting.name}_{number}")
            _add(_add(_add(choices, "item", displayName=name), "value"), "string", choice)
    else:
        ET.SubElement(elements, "text", own | {"maxLength": _MOST_CHARACTERS})


def _string(name: str) -> str:
    return f"$(string.{name})"


# ---------------------------------------------------------------------------------------- adml


def _adml(language: Language) -> ET.Element:
    root = _root("policyDefinitionResources")
    _add(root, "displayName", _NAMES["gwanje"].in_(language))
    _add(root, "description", _NAMES["gwanje"].in_(language))
    resources = _add(root, "resources")
    strings = _add(resources, "stringTable")
    for name, words in _words():
        _add(strings, "string", words.in_(language), id=name)
    shown = _add(resources, "presentationTable")
    for setting in settings():
        if setting.kind is not Kind.SWITCH:
            _presentation(_add(shown, "presentation", id=setting.name), setting, language)
    return root


def _words() -> Iterator[tuple[str, Text]]:
    yield from _NAMES.items()
    for setting in settings():
        yield setting.name, setting.title
        yield f"{setting.name}_help", _help(setting)
        for number, choice in enumerate(setting.choices):
            yield f"{setting.name}_{number}", Text(choice, choice)


def _help(setting: Setting) -> Text:
    rule = wanted(setting)
    switch = setting.kind is Kind.SWITCH
    ko = "" if switch else f" 쓸 수 있는 값: {rule.ko}."
    en = "" if switch else f" Possible: {rule.en}."
    return Text(
        f"{setting.about.ko}{ko} 정하면 아무도 바꿀 수 없습니다. (이름: {setting.name})",
        f"{setting.about.en}{en} Once set, nobody changes it. (Name: {setting.name})",
    )


def _presentation(shown: ET.Element, setting: Setting, language: Language) -> None:
    title = setting.title.in_(language)
    ref = {"refId": setting.name}
    if setting.kind is Kind.NUMBER:
        box = ET.SubElement(shown, "decimalTextBox", ref | {"defaultValue": str(setting.default)})
        box.text = title
    elif setting.kind is Kind.CHOICE:
        ET.SubElement(shown, "dropdownList", ref | {"noSort": "true"}).text = title
    else:
        _add(ET.SubElement(shown, "textBox", ref), "label", title)


def main() -> int:
    if "--check" not in sys.argv[1:]:
        write(FOLDER)
        return 0
    other = [
        name
        for name, data in files().items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_bytes() != data
    ]
    for name in other:
        print(f"not as the table of settings is: {FOLDER / name}; run {Path(__file__).name}")
    return int(bool(other))


if __name__ == "__main__":
    sys.exit(main())
