"""Every word on a screen can be read in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, docstrings, dotted, sources, text_constants

SHOWS = {
    "addAction", "addButton", "addItem", "addItems", "addMenu", "addRow", "addTab", "drawText",
    "setAccessibleDescription", "setAccessibleName", "setButtonText", "setDetailedText",
    "setHeaderLabels", "setInformativeText", "setLabelText", "setPlaceholderText", "setPrefix",
    "setSpecialValueText", "setStatusTip", "setSuffix", "setTabText", "setText", "setTitle",
    "setToolTip", "setWhatsThis", "setWindowTitle", "showMessage", "showText",
    "QAction", "QCheckBox", "QCommandLinkButton", "QDockWidget", "QGroupBox", "QLabel",
    "QMenu", "QMessageBox", "QPushButton", "QRadioButton",
}  # fmt: skip
# A painter has a `translate`, too.
TRANSLATES = {"self.tr", "QCoreApplication.translate", "translate"}
HANGUL = re.compile("[ᄀ-ᇿ㄰-㆏가-힣]")
# A language is called by its own name in every language.
OWN_NAMES = {"한국어"}


def has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def untranslated(source: Source) -> Iterator[str]:
    for name, call in source.calls():
        if name in SHOWS:
            for value in (*call.args, *(k.value for k in call.keywords if k.arg != "objectName")):
                for constant in text_constants(value):
                    if has_letters(str(constant.value)):
                        yield f"{source.at(constant)} {name}({constant.value!r})"


def test_visible_words_go_through_tr() -> None:
    found = [line for source in sources("ui") for line in untranslated(source)]
    assert found == [], 'self.tr("…") or QCoreApplication.translate("Context", "…")'


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ('label.setText("Wall")', True),
        ('QLabel(f"{n} tiles")', True),
        ('box.addItems(["One", "Two"])', True),
        ('label.setText("Wall" if x else self.tr("y"))', True),
        ('label.setText(self.tr("Wall"))', False),
        ("label.setText(f'{n:02d} · {self.tr(1)}')", False),
        ('label.setText(NAMES["wall"] if mode == "wall" else "—")', False),
    ],
)
def test_the_scan_for_words_sees(code: str, caught: bool) -> None:
    source = sources("ui")[0]
    probe = Source(source.path)
    probe.__dict__["nodes"] = tuple(ast.walk(ast.parse(code)))
    assert bool(list(untranslated(probe))) is caught


def marked_contexts() -> set[str]:
    """Contexts whose words stand in data tables, marked for the translator where they stand."""
    return {
        str(call.args[0].value)
        for source in sources("ui")
        for name, call in source.calls()
        if name in {"QT_TRANSLATE_NOOP", "_N"} and isinstance(call.args[0], ast.Constant)
    }


def test_what_is_translated_is_written_out() -> None:
    """`tr(variable)` finds no translation unless the words are marked where they are written."""
    marked = marked_contexts()
    calls = 0
    hidden = []
    for source in sources("ui"):
        for name, call in source.calls():
            words = call.args[:1] if name == "tr" else call.args[1:2]
            if dotted(call.func) not in TRANSLATES or not words:
                continue
            calls += 1
            first = call.args[0]
            from_data = isinstance(first, ast.Constant) and first.value in marked
            if not isinstance(words[0], ast.Constant) and not (name == "translate" and from_data):
                hidden.append(source.at(call))
    assert hidden == [], "literal words, or words marked by QT_TRANSLATE_NOOP in that context"
    assert calls > 50


def in_both_languages(source: Source) -> set[int]:
    """Ids of the constants of a `Text(ko, en)`: a label that services keep, undo's for one."""
    return {
        id(part)
        for name, call in source.calls()
        if name == "Text" and len(call.args) + len(call.keywords) == 2
        for part in ast.walk(call)
    }


def test_no_korean_is_written_into_a_screen() -> None:
    found = []
    for source in sources("ui"):
        fine = docstrings(source) | in_both_languages(source)
        found += [
            f"{source.at(node)} {node.value!r}"
            for node in source.nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if HANGUL.search(node.value) and node.value not in OWN_NAMES and id(node) not in fine
        ]
    assert found == [], "English in the source; Korean in resources/translations/gwanje_ko.ts"
