"""Ledgers as files: app.services.ledger_book."""

from __future__ import annotations

import csv
import io
import zipfile

from defusedxml.ElementTree import fromstring

from app.services.ledger_book import Table, as_csv, as_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLE = Table(
    "제공 대장", ("기관", "목적"), (("달서경찰서", '=HYPERLINK("http://x")'), ("a,b", "둘\n줄")),
    ("점검 대상 기간",),
)  # fmt: skip


def cells(book: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        shared = fromstring(parts.read("xl/sharedStrings.xml"))
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    return ["".join(one.itertext()) for one in shared.iter(f"{MAIN}si")]


def test_csv_opens_in_excel_and_runs_nothing() -> None:
    made = as_csv(TABLE)
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["기관", "목적"]
    assert rows[1] == ["달서경찰서", '\'=HYPERLINK("http://x")']
    assert rows[2] == ["a,b", "둘\n줄"]


def test_a_workbook_holds_title_head_rows_and_notes() -> None:
    found = cells(as_workbook(TABLE))
    assert found[:3] == ["제공 대장", "기관", "목적"]
    assert '=HYPERLINK("http://x")' in found
    assert found[-1] == "점검 대상 기간"


def test_an_empty_ledger_is_a_file_too() -> None:
    empty = Table("대장", ("기관",), ())
    assert as_csv(empty).decode("utf-8-sig").strip() == "기관"
    assert cells(as_workbook(empty)) == ["대장", "기관"]
