"""Colours come from the themes, icons from one set."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from tests.architecture.sources import ROOT, Source, dotted, sources
from ui import actions, icons

HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")
FUNCTION = re.compile(r"\b(?:rgba?|hsva?|hsla?)\(\s*\d")
MAKES_A_COLOUR = {"QColor", "fromRgb", "fromRgba", "fromHsv", "fromHsl", "qRgb", "qRgba"}
# See-through is the absence of a colour; these two have no other meaning either.
NO_COLOUR = {"transparent", "color0", "color1"}


def colours(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if HEX.search(node.value) or FUNCTION.search(node.value):
                yield f"{source.at(node)} {node.value!r}"
        elif isinstance(node, ast.Attribute) and "GlobalColor." in dotted(node):
            if node.attr not in NO_COLOUR:
                yield f"{source.at(node)} {dotted(node)}"
        elif isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in MAKES_A_COLOUR:
            literal = node.args and all(isinstance(part, ast.Constant) for part in node.args)
            if literal:
                yield f"{source.at(node)} {ast.unparse(node)}"


def test_colours_are_named_in_the_themes_only() -> None:
    found = [line for source in sources("ui") for line in colours(source)]
    assert found == [], "give the colour a name in resources/themes and ask the theme for it"


@pytest.mark.parametrize(
    "code",
    [
        "x = '#ff0000'", "x = 'color: rgb(1, 2, 3)'", "QColor(1, 2, 3)", "QColor('red')",
        "Qt.GlobalColor.black", "QColor.fromRgb(0)",
    ],
)  # fmt: skip
def test_the_scan_for_colours_sees(code: str) -> None:
    probe = Source(sources("ui")[0].path)
    probe.__dict__["nodes"] = tuple(ast.walk(ast.parse(code)))
    assert list(colours(probe))


def test_styles_and_icons_hold_no_colour() -> None:
    files = [*(ROOT / "resources").rglob("*.qss"), *(ROOT / "resources" / "icons").glob("*.svg")]
    assert len(files) > 20
    coloured = [
        file.name
        for file in files
        if HEX.search(text := file.read_text(encoding="utf-8")) or FUNCTION.search(text)
    ]
    assert coloured == []


def test_every_icon_that_is_named_exists() -> None:
    named = {action.icon for action in actions.ACTIONS if action.icon}
    for source in sources("ui"):
        for name, call in source.calls():
            if name in {"icon", "pixmap", "paint"} and dotted(call.func).startswith("icons."):
                named |= {
                    part.value
                    for part in call.args[1:2]
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    assert len(named) > 20
    assert named - icons.names() == set()


def test_every_icon_can_be_recoloured() -> None:
    files = sorted((ROOT / "resources" / "icons").glob("*.svg"))
    for file in files:
        drawing = ET.parse(file).getroot()  # noqa: S314 - our own file
        assert drawing.get("viewBox"), file.name
        assert "currentColor" in file.read_text(encoding="utf-8"), file.name
