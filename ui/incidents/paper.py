"""An incident on paper: what is known, what was done; personal facts only as they are on screen."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.services.incident_overlay import IncidentItem
from ui.incidents import words
from ui.incidents.facts import MASK, rows
from ui.incidents.log import LogLine, line_words

translate = QCoreApplication.translate


def page_of(item: IncidentItem, log: list[LogLine], *, revealed: bool) -> str:
    """As HTML; every word of a sender is escaped."""
    row = item.row
    head = (
        words.number_words(item),
        words.grade_words(row.grade),
        words.state_words(item),
        words.place_words(item),
    )
    known = "".join(
        f"<tr><td>{_safe(name)}</td>"
        f"<td>{_safe(MASK if key in row.personal and not revealed else value)}</td></tr>"
        for key, name, value in rows(row.facts)
    )
    lines = "".join(f"<p>{_safe(line_words(line))}</p>" for line in log)
    history = _safe(translate("Incidents", "History and notes"))
    return (
        f"<h2>{_safe(words.type_words(row.type))}</h2><p>{_safe(' · '.join(head))}</p>"
        f"<table cellspacing='8'>{known}</table><h3>{history}</h3>{lines}"
    )


def _safe(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def print_page(page: str, parent: QWidget) -> None:
    """Asks for the printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    document = QTextDocument()
    document.setHtml(page)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: document.print_(printer))
    QDialog.open(dialog)
