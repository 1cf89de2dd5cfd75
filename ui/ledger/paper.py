"""A book of the ledger as a file: CSV, a workbook, or a page for the files of the centre."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from app.domain.ledger.record import KOREA
from app.domain.text import Text
from app.services.ledger_book import Table, as_csv, as_workbook
from app.wire.base import Words
from app.wire.ledger import Book
from ui.translations import words
from ui.widgets.forms import moment_form

translate = QCoreApplication.translate

_MARGIN_MM: Final = 12.0
_DPI: Final = 150
_STYLE: Final = (
    "<style>body { font-size: 8pt; } h2 { font-size: 14pt; }"
    " td, th { padding: 3px; text-align: left; }</style>"
)
_LINES: Final = "border='1' cellspacing='0' style='border-collapse: collapse; border-style: solid'"


def table_of(book: Book) -> Table:
    """In the language of the program; the cells are as the law's form wants them."""
    return Table(
        _said(book.title),
        tuple(map(_said, book.columns)),
        book.rows,
        tuple(_notes(book)),
    )


def as_pdf(book: Book) -> bytes:
    """A4 across, with room for three signatures."""
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(made)
    writer.setResolution(_DPI)
    writer.setTitle(_said(book.title))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )  # fmt: skip
    document = QTextDocument()
    # As large as the sheet: otherwise Qt puts margins of two centimetres around it.
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    document.setHtml(page_of(book))
    document.print_(writer)
    # The file's end is written when the writer goes.
    del writer
    return bytes(made.data().data())


def page_of(book: Book) -> str:
    """As HTML; what people wrote is escaped."""
    table = table_of(book)
    head = "".join(f"<th>{_safe(name)}</th>" for name in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_safe(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    if not table.rows:
        nothing = translate("Ledger", "Nothing in this time.")
        rows = f"<tr><td colspan='{len(table.columns)}'>{_safe(nothing)}</td></tr>"
    notes = "".join(f"<p>{_safe(note)}</p>" for note in table.notes)
    return (
        f"{_STYLE}<table width='100%'><tr><td><h2>{_safe(table.title)}</h2></td>"
        f"<td width='30%'>{_signatures()}</td></tr></table><p></p>"
        f"<table {_LINES} width='100%'><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>{notes}"
    )


WRITERS: Final[Mapping[str, Callable[[Book], bytes]]] = {
    "xlsx": lambda book: as_workbook(table_of(book)),
    "csv": lambda book: as_csv(table_of(book)),
    "pdf": as_pdf,
}


def _signatures() -> str:
    names = (
        translate("Ledger", "In charge"),
        translate("Ledger", "Supervisor"),
        translate("Ledger", "Head of section"),
    )
    cells = "".join(f"<td align='center'>{_safe(name)}<br><br><br></td>" for name in names)
    return f"<table {_LINES} width='100%'><tr>{cells}</tr></table>"


def _notes(book: Book) -> list[str]:
    since, until = (moment_form(at, KOREA) for at in (book.since, book.until))
    return [
        translate("Ledger", "{centre}: from {since} to {until}, {count} entries").format(
            centre=book.centre, since=since, until=until, count=len(book.rows)
        ),
        translate("Ledger", "Checkpoint of the ledger: {proof}").format(proof=book.proof),
    ]


def _said(given: Words) -> str:
    return words(Text(given.ko, given.en))


def _safe(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
