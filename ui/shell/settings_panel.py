"""The settings, in the side panel, so that the wall shows at once what they do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.preferences import Field
from app.services.preferences import Preferences
from ui import icons
from ui.shell.setting_words import (
    SECTIONS,
    Setting,
    Style,
    about,
    choice_words,
    name_of,
    section_words,
)
from ui.theme import Theme
from ui.widgets.choice_field import ChoiceField
from ui.widgets.number_field import NumberField
from ui.widgets.switch_words import SwitchWords, beside
from ui.widgets.type_chooser import TypeChooser


class SettingsPanel(QScrollArea):
    """One row a setting; a change is applied and kept at once."""

    def __init__(self, preferences: Preferences, theme: Theme) -> None:
        super().__init__()
        self._preferences = preferences
        self._theme = theme
        self.editors: dict[Field, QWidget] = {}
        self._labels: dict[Field, QLabel] = {}
        self._abouts: dict[Field, QLabel] = {}
        self._titles: dict[str, QLabel] = {}
        self._browsers: list[tuple[QToolButton, bool]] = []
        self._holders: dict[Field, QWidget] = {}
        page = QWidget()
        self._box = QVBoxLayout(page)
        self._box.setContentsMargins(16, 8, 16, 16)
        self._box.setSpacing(4)
        for title, settings in SECTIONS.items():
            self._add_section(title, settings)
        self._box.addStretch()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._disconnect = preferences.changed.connect(self._show)
        self.destroyed.connect(self._disconnect)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()
        for field in self.editors:
            self._show(field)
            # Its buttons as well: what is fixed is read, not changed.
            self._holders[field].setEnabled(not preferences.fixed(field))

    def set_problem(self, field: Field, problem: str) -> None:
        """Words under a setting that this machine cannot keep."""
        said = problem or self._said(field)
        self._abouts[field].setText(said)
        self._abouts[field].setVisible(bool(said))

    def add_tools(self, tools: QWidget) -> None:
        """What an administrator does here beside settings; under all of them."""
        self._box.insertSpacing(self._box.count() - 1, 12)
        self._box.insertWidget(self._box.count() - 1, tools)

    def _restyle(self) -> None:
        for browse, file in self._browsers:
            browse.setIcon(icons.icon(self._theme, "map" if file else "folder"))

    # making

    def _add_section(self, title: str, settings: tuple[Setting, ...]) -> None:
        heading = QLabel()
        heading.setProperty("role", "title")
        self._titles[title] = heading
        self._box.addSpacing(12)
        self._box.addWidget(heading)
        for setting in settings:
            self._add(setting)

    def _add(self, setting: Setting) -> None:
        field = setting.field
        editor = self._editor(setting)
        self.editors[field] = editor
        note = QLabel()
        note.setProperty("role", "secondary")
        note.setWordWrap(True)
        self._abouts[field] = note
        if isinstance(editor, QCheckBox):
            said = SwitchWords(editor)
            self._labels[field] = said
            self._holders[field] = beside(editor, said)
            self._box.addWidget(self._holders[field])
        else:
            label = QLabel()
            label.setProperty("role", "secondary")
            label.setWordWrap(True)
            label.setBuddy(editor)
            self._labels[field] = label
            self._box.addSpacing(4)
            self._box.addWidget(label)
            self._holders[field] = self._with_browse(field, editor, setting.style)
            self._box.addWidget(self._holders[field])
        self._box.addWidget(note)

    def _editor(self, setting: Setting) -> QWidget:
        makers: dict[Style, Callable[[Setting], QWidget]] = {
            Style.SWITCH: self._switch,
            Style.CHOICE: self._choice,
            Style.NUMBER: self._number,
            Style.TEXT: self._text,
            Style.FOLDER: self._text,
            Style.FILE: self._text,
            Style.TYPES: self._types,
        }
        return makers[setting.style](setting)

    def _switch(self, setting: Setting) -> QWidget:
        box = QCheckBox()
        box.toggled.connect(partial(self._set, setting.field))
        return box

    def _choice(self, setting: Setting) -> QWidget:
        box = ChoiceField()
        for value in setting.choices:
            box.addItem("", value)
        box.activated.connect(lambda row: self._set(setting.field, box.itemData(row)))
        return box

    def _number(self, setting: Setting) -> QWidget:
        box = NumberField(setting.low, setting.high, setting.step)
        box.valueChanged.connect(partial(self._set, setting.field))
        return box

    def _text(self, setting: Setting) -> QWidget:
        line = QLineEdit()
        line.editingFinished.connect(partial(self._edited, setting.field, line))
        return line

    def _edited(self, field: Field, line: QLineEdit) -> None:
        """Enter, or a walk through the fields, makes nobody's value one's own."""
        if line.isModified():
            line.setModified(False)
            self._set(field, line.text().strip())

    def _types(self, setting: Setting) -> QWidget:
        chooser = TypeChooser()
        chooser.chosen.connect(partial(self._set, setting.field))
        return chooser

    def _with_browse(self, field: Field, editor: QWidget, style: Style) -> QWidget:
        if style not in (Style.FOLDER, Style.FILE):
            return editor
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(editor, 1)
        for file in (True, False) if style is Style.FILE else (False,):
            browse = QToolButton()
            self._browsers.append((browse, file))
            browse.clicked.connect(lambda _=False, file=file: self._browse(field, file=file))
            row.addWidget(browse)
        return holder

    def _browse(self, field: Field, *, file: bool = False) -> None:
        dialog = QFileDialog(self.window(), _browse_words(file=file))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if file:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilter("MBTiles (*.mbtiles)")
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(partial(self._set, field))
        dialog.open()

    # values

    def _set(self, field: Field, value: object) -> None:
        self._preferences.set(field, value)

    def _show(self, field: Field) -> None:
        """The editor says what is set now, whoever set it."""
        editor = self.editors.get(field)
        if editor is None:
            return
        value = getattr(self._preferences.values, field)
        with QSignalBlocker(editor):
            match editor:
                case QCheckBox():
                    editor.setChecked(bool(value))
                case QComboBox():
                    editor.setCurrentIndex(editor.findData(value))
                case QSpinBox():
                    editor.setValue(int(value))
                case QLineEdit():
                    editor.setText(str(value))
                case TypeChooser():
                    editor.show_types(str(value))
                case _:
                    raise AssertionError(field)

    def retranslate(self) -> None:
        for browse, file in self._browsers:
            browse.setToolTip(_browse_words(file=file))
            browse.setAccessibleName(browse.toolTip())
        for title, heading in self._titles.items():
            heading.setText(section_words(title))
        for field, editor in self.editors.items():
            self._labels[field].setText(name_of(field))
            editor.setAccessibleName(name_of(field))
            if isinstance(editor, TypeChooser):
                editor.retranslate()
            if isinstance(editor, QComboBox):
                for row in range(editor.count()):
                    editor.setItemText(row, choice_words(editor.itemData(row)))
            self.set_problem(field, "")
            editor.setAccessibleDescription(self._said(field))

    def _said(self, field: Field) -> str:
        if self._preferences.fixed(field):
            return self.tr("Set by your administrator")
        return about(field)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _browse_words(*, file: bool) -> str:
    if file:
        return QCoreApplication.translate("SettingsPanel", "Choose a file")
    return QCoreApplication.translate("SettingsPanel", "Choose a folder")
