"""Columns of a table at least as wide as their titles, in whatever language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHeaderView, QTableView


def fit_columns(table: QTableView, widths: Mapping[int, int]) -> None:
    """`widths` in pixels, of every column that has one; a longer title makes it wider."""
    header = table.horizontalHeader()
    header.ensurePolished()
    for column, width in widths.items():
        table.setColumnWidth(column, max(width, header.sectionSizeHint(column)))


def stretch_column(table: QTableView, stretch: int, least: int) -> None:
    """Gives that column what is left, at least `least` pixels and its title's width.

    Where there is less, the table scrolls sideways.
    """
    header = table.horizontalHeader()
    need = max(least, header.sectionSizeHint(stretch))
    others = header.length() - header.sectionSize(stretch)
    if table.viewport().width() - others >= need:
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    else:
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Fixed)
        table.setColumnWidth(stretch, need)
