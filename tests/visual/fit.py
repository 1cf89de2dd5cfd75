"""Words that are cut, and parts that lie over each other, in a window that is on the screen.

What is shortened on purpose is fine where a tool tip says it whole: of the widget itself, or of
the row for tables and lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionViewItem,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

# A pixel for rounding: a layout hands out whole ones.
_SLACK = 1
# QLineEdit and item views keep these beside their words (QLineEditPrivate, QStyle).
_LINE_MARGIN = 2
_MOST_ROWS = 60


def problems(window: QWidget) -> list[str]:
    """What does not fit, one line each: the part, its words and why. Empty where all is well."""
    found: list[str] = []
    for part in shown(window):
        where = name_of(part)
        found += [f"{where}: {why}" for why in _cut(part)]
        found += [f"{where}: {why}" for why in _astray(part, window)]
        found += [f"{where}: {why}" for why in _overlaps(part)]
    return found


def shown(window: QWidget) -> list[QWidget]:
    """The window and what is in it, without other windows that it owns."""
    parts = [one for one in window.findChildren(QWidget) if one.window() is window]
    return [one for one in (window, *parts) if one.isVisible() and one.width() and one.height()]


def name_of(part: QWidget) -> str:
    words = words_of(part)
    name = part.objectName() or (part.accessibleName() if not words else "")
    return " ".join(word for word in (type(part).__name__, name, repr(words)) if word)


def words_of(part: QWidget) -> str:
    """What a person reads on it; "" for what has no words of its own."""
    match part:
        case QLabel() | QAbstractButton():
            return part.text()
        case QComboBox():
            return part.currentText()
        case QGroupBox():
            return part.title()
        case QLineEdit():
            return part.placeholderText()
        case _:
            return ""


def words_within(part: QWidget) -> set[str]:
    """What a person reads in it that is of no widget: rows, heads, tabs, lines of menus."""
    match part:
        case QHeaderView():
            count, model, way = part.count(), part.model(), part.orientation()
            return {str(model.headerData(n, way) or "") for n in range(count)}
        case QAbstractItemView():
            return {str(index.data() or "") for index in _visible(part)}
        case QTabBar():
            return {part.tabText(tab) for tab in range(part.count())}
        case QMenu():
            return {action.text() for action in part.actions()}
        case QComboBox():
            return {part.itemText(row) for row in range(min(part.count(), _MOST_ROWS))}
        case _:
            return set()


# words


def _cut(part: QWidget) -> Iterator[str]:
    for kind, look in _LOOKS:
        if isinstance(part, kind):
            yield from look(part)
            return


def _width(part: QWidget, words: str) -> int:
    return part.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()


def _needs(part: QWidget, need: int, room: int, *, what: str = "wide") -> Iterator[str]:
    if need > room + _SLACK and not part.toolTip():
        yield f"needs {need}, is {room} {what}"


def _label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    if label.wordWrap():
        need = label.heightForWidth(label.width())
        yield from _needs(label, need, label.height(), what="high")
        inside = label.contentsRect().width() - 2 * label.margin()
        longest = max((_width(label, word) for word in label.text().split()), default=0)
        # A word without spaces is broken nowhere: it runs out of the label.
        yield from _needs(label, longest, inside, what="wide for its longest word")
        return
    yield from _needs(label, label.sizeHint().width(), label.width())
    need = label.fontMetrics().height() * (label.text().count("\n") + 1)
    yield from _needs(label, need, label.height(), what="high")


def _push(button: QPushButton) -> Iterator[str]:
    yield from _needs(button, button.sizeHint().width(), button.width())
    option = QStyleOptionButton()
    button.initStyleOption(option)
    inside = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    yield from _needs(button, button.fontMetrics().height(), inside.height(), what="high")


def _tool(button: QToolButton) -> Iterator[str]:
    """Its size hint counts margins of the style that the style sheet takes away."""
    style, words = button.toolButtonStyle(), button.text()
    icon_only = style is Qt.ToolButtonStyle.ToolButtonIconOnly
    if not words or (icon_only and not button.icon().isNull()):
        return
    need = _width(button, words)
    if style is Qt.ToolButtonStyle.ToolButtonTextBesideIcon and not button.icon().isNull():
        need += button.iconSize().width() + 4
    # The tool tip of a button is what it does, not the rest of a cut word.
    if need > button.width() + _SLACK:
        yield f"needs {need}, is {button.width()} wide"
    high = button.fontMetrics().height()
    if style is Qt.ToolButtonStyle.ToolButtonTextUnderIcon:
        high += button.iconSize().height()
    if high > button.height() + _SLACK:
        yield f"needs {high}, is {button.height()} high"


def _combo(combo: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    room = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    for row in range(min(combo.count(), _MOST_ROWS)):
        if combo.itemData(row, Qt.ItemDataRole.ToolTipRole):
            continue
        words = combo.itemText(row)
        for why in _needs(combo, _width(combo, words), room.width()):
            yield f"{words!r} {why}"


def _line(line: QLineEdit) -> Iterator[str]:
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    inside = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    margins = line.textMargins()
    # Icons inside the line take the room of their buttons.
    icons = sum(one.width() for one in line.findChildren(QToolButton) if one.isVisible())
    room = inside.width() - margins.left() - margins.right() - 2 * _LINE_MARGIN - icons
    yield from _needs(line, _width(line, line.placeholderText()), room)
    yield from _needs(line, line.fontMetrics().height(), inside.height(), what="high")


def _tabs(bar: QTabBar) -> Iterator[str]:
    for tab in range(bar.count()):
        need = bar.fontMetrics().horizontalAdvance(bar.tabText(tab))
        if need > bar.tabRect(tab).width() or bar.tabRect(tab).right() > bar.width():
            yield f"tab {bar.tabText(tab)!r} is cut"


def _header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() is not Qt.Orientation.Horizontal:
        return
    model = header.model()
    for section in range(header.count()):
        words = str(model.headerData(section, header.orientation()) or "")
        tip = model.headerData(section, header.orientation(), Qt.ItemDataRole.ToolTipRole)
        room, need = header.sectionSize(section), header.sectionSizeFromContents(section).width()
        if words and not header.isSectionHidden(section) and need > room + _SLACK and not tip:
            yield f"column {words!r} needs {need}, is {room} wide"


def _cells(view: QAbstractItemView) -> Iterator[str]:
    """Rows that are on the screen and are painted by Qt's own delegate."""
    for index in _visible(view):
        delegate = view.itemDelegateForIndex(index)
        if not isinstance(delegate, QStyledItemDelegate) or _paints(delegate):
            continue
        if index.data(Qt.ItemDataRole.ToolTipRole):
            continue
        option = QStyleOptionViewItem()
        view.initViewItemOption(option)
        delegate.initStyleOption(option, index)
        option.rect = view.visualRect(index)
        room = (
            view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, view).width()
        )
        words = str(index.data() or "")
        metrics = QFontMetrics(option.font)
        need = max((metrics.horizontalAdvance(line) for line in words.split("\n")), default=0)
        if need > room + _SLACK:
            yield f"row {index.row()} {words!r} needs {need}, is {room} wide"


def _paints(delegate: QStyledItemDelegate) -> bool:
    """By itself: what it writes is seen by `painted`."""
    return "paint" in type(delegate).__dict__


def _visible(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model, root = view.model(), view.rootIndex()
    columns = range(model.columnCount(root) if isinstance(view, QTableView) else 1)
    for row in range(min(model.rowCount(root), _MOST_ROWS)):
        for column in columns:
            index = model.index(row, column, root)
            if view.viewport().rect().intersects(view.visualRect(index)):
                yield index


def _beside(area: QScrollArea) -> Iterator[str]:
    inner = area.widget()
    if inner is None or not inner.isVisible():
        return
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if area.horizontalScrollBarPolicy() is never and inner.width() > area.viewport().width():
        yield f"what is in it needs {inner.width()}, is {area.viewport().width()} wide"


def _switch(button: QAbstractButton) -> Iterator[str]:
    yield from _needs(button, button.sizeHint().width(), button.width())


def _number(box: QAbstractSpinBox) -> Iterator[str]:
    yield from _needs(box, box.sizeHint().width(), box.width())


def _group(box: QGroupBox) -> Iterator[str]:
    yield from _needs(box, _width(box, box.title()), box.width())


_LOOKS: Final[tuple[tuple[type[QWidget], Callable[[Any], Iterator[str]]], ...]] = (
    (QLabel, _label), (QCheckBox, _switch), (QRadioButton, _switch), (QPushButton, _push),
    (QToolButton, _tool), (QComboBox, _combo), (QLineEdit, _line), (QAbstractSpinBox, _number),
    (QGroupBox, _group), (QTabBar, _tabs), (QHeaderView, _header), (QAbstractItemView, _cells),
    (QScrollArea, _beside),
)  # fmt: skip


# places


def _astray(part: QWidget, window: QWidget) -> Iterator[str]:
    """Out of its parent, where nothing scrolls."""
    parent = part.parentWidget()
    if part is window or parent is None or _scrolls(part):
        return
    outer = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    if not outer.contains(part.geometry()):
        yield f"{_box(part.geometry())} is outside of {type(parent).__name__} {_box(outer)}"


def _scrolls(part: QWidget) -> bool:
    parent = part.parentWidget()
    area = parent.parentWidget() if parent is not None else None
    return isinstance(area, QAbstractItemView | QScrollArea) and area.viewport() is parent


def _overlaps(parent: QWidget) -> Iterator[str]:
    """Parts of one layout, or any two that carry words. What covers on purpose is in no layout."""
    children = [
        one
        for one in parent.children()
        if isinstance(one, QWidget) and one.isVisible() and not one.isWindow()
    ]
    laid = [one for one in children if _is_laid(one) or _says(one)]
    for number, one in enumerate(laid):
        for other in laid[number + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > _SLACK and common.height() > _SLACK:
                yield f"{name_of(one)} and {name_of(other)} overlap by {_box(common)}"


def _is_laid(part: QWidget) -> bool:
    parent = part.parentWidget()
    layout = parent.layout() if parent is not None else None
    return layout is not None and _in(layout, part)


def _in(layout: QLayout, part: QWidget) -> bool:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner = item.layout() if item is not None else None
        if item is not None and item.widget() is part:
            return True
        if inner is not None and _in(inner, part):
            return True
    return False


def _says(part: QWidget) -> bool:
    return isinstance(part, QLabel | QPushButton) and bool(part.text())


def _box(rect: QRect) -> str:
    return f"({rect.x()}, {rect.y()}, {rect.width()} × {rect.height()})"
