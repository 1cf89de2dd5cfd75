"""The words inside an empty field."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit


def set_hint(field: QLineEdit, words: str, name: str = "") -> None:
    """Says them in the tool tip as well: a narrow field cuts them.

    `name`: for a screen reader, the same words without one.
    """
    field.setPlaceholderText(words)
    field.setToolTip(words)
    field.setAccessibleName(name or words)
