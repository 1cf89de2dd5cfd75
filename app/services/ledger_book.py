"""A ledger as a file: CSV for other programs, a workbook for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

# Spreadsheets run what begins like this; names and purposes come from people.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
_ASCII = 0x7F


@dataclass(frozen=True, slots=True)
class Table:
    """`notes` stand below the rows: what it covers, what proves it."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()


def as_csv(table: Table) -> bytes:
    """UTF-8 with the mark that Excel wants; the title is not in it."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(table.columns)
    out.writerows([_plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(table: Table) -> bytes:
    """XLSX: title, head, rows, notes; nothing in it is a formula."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        title = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#E8ECF2", "valign": "top"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, table.title, title)
        for column, name in enumerate(table.columns):
            sheet.write_string(2, column, name, head)
            sheet.set_column(column, column, _width(table, column))
        for number, row in enumerate(table.rows, 3):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, cell)
        for number, text in enumerate(table.notes, len(table.rows) + 4):
            sheet.write_string(number, 0, text)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
    return made.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _width(table: Table, column: int) -> int:
    """In characters; Hangul takes two."""
    texts = [table.columns[column], *(row[column] for row in table.rows[:200])]
    longest = max(sum(2 if ord(char) > _ASCII else 1 for char in text) for text in texts)
    return min(_WIDEST, longest + 2)
