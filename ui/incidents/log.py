"""An incident's history and notes, one under the other, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from app.wire.entities import HistoryRow, NoteRow
from ui import icons
from ui.theme import Theme
from ui.translations import language
from ui.widgets.forms import recent_form

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class LogLine:
    """`note`: somebody wrote it; else the record tells it. `waiting`: not at the hub yet."""

    at: datetime
    by: str
    text: str
    note: bool = False
    waiting: bool = False


def lines(history: Sequence[HistoryRow], notes: Iterable[tuple[NoteRow, bool]]) -> list[LogLine]:
    found = [LogLine(row.at, row.by, getattr(row.words, language())) for row in history]
    found += [
        LogLine(note.at, note.by, note.text, note=True, waiting=waiting) for note, waiting in notes
    ]
    return sorted(found, key=lambda line: line.at)


def line_words(line: LogLine) -> str:
    head = f"{recent_form(line.at)}  {line.by}"
    if line.waiting:
        head = translate("Incidents", "{line} · waiting to be sent").format(line=head)
    return f"{head}\n{line.text}"


class IncidentLog(QListWidget):
    """Follows the newest line unless a person has scrolled up."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: list[LogLine] = []
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(2)
        self.setProperty("icons", "small")

    def show_lines(self, found: list[LogLine]) -> None:
        if found == self._shown:
            return
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        self._shown = found
        self.clear()
        for line in found:
            item = QListWidgetItem(line_words(line))
            name = "ring" if line.waiting else ("rename" if line.note else "dot")
            item.setIcon(icons.icon(self._theme, name, "normal" if line.waiting else "faint"))
            self.addItem(item)
        if at_end:
            self.scrollToBottom()
