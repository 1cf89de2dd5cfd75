"""The map on paper, with the printer's own dialog."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPageLayout, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget


def print_picture(picture: QPixmap, parent: QWidget) -> None:
    """Asks for the printer; a sheet lies as the picture does."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    wide = picture.width() >= picture.height()
    lying = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(lying)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: paint_on(printer, picture))
    QDialog.open(dialog)


def paint_on(printer: QPrinter, picture: QPixmap) -> None:
    """As large as the sheet allows."""
    painter = QPainter(printer)
    try:
        page = QRectF(painter.viewport())
        size = picture.size().scaled(page.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(
            QRectF(0, 0, size.width(), size.height()), picture, QRectF(picture.rect())
        )
    finally:
        painter.end()
