"""What is known of an incident; what tells who somebody is stays masked until it is asked for."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.phone import phone_form
from app.services.incident_overlay import IncidentItem

translate = QCoreApplication.translate
_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)

# In the order in which they are looked for; others follow as their sender calls them.
NAMES: Final = {
    "plate": _N("Facts", "Plate"),
    "kind": _N("Facts", "Kind"),
    "detail": _N("Facts", "What"),
    "market": _N("Facts", "Market"),
    "stall": _N("Facts", "Stall"),
    "bell": _N("Facts", "Bell"),
    "box": _N("Facts", "Box"),
    "trigger": _N("Facts", "Set off by"),
    "alarm": _N("Facts", "Alarm"),
    "detector": _N("Facts", "Detector"),
    "rule": _N("Facts", "Rule"),
    "confidence": _N("Facts", "Confidence"),
    "direction": _N("Facts", "Direction"),
    "lane": _N("Facts", "Lane"),
    "repeats": _N("Facts", "Repeats"),
    "reason": _N("Facts", "Reason"),
    "device": _N("Facts", "Device"),
    "firm": _N("Facts", "Security firm"),
    "service": _N("Facts", "Service"),
    "class": _N("Facts", "Class"),
    "region": _N("Facts", "Region"),
    "message": _N("Facts", "Message"),
    "reference": _N("Facts", "Reference"),
    "centre": _N("Facts", "Centre"),
    "name": _N("Facts", "Name"),
    "sex": _N("Facts", "Sex"),
    "birth": _N("Facts", "Born"),
    "phone": _N("Facts", "Phone"),
    "home": _N("Facts", "Home"),
    "guardian": _N("Facts", "Guardian"),
    "guardian_phone": _N("Facts", "Guardian's phone"),
    "owner": _N("Facts", "Owner"),
    "owner_phone": _N("Facts", "Owner's phone"),
    "guard_phone": _N("Facts", "Guard's phone"),
    "officer_phone": _N("Facts", "Officer's phone"),
    "customer": _N("Facts", "Customer"),
    "profile": _N("Facts", "Looks"),
    "remarks": _N("Facts", "Remarks"),
}
# Known by the machine, told to nobody.
_UNSAID: Final = frozenset({"image", "video", "signature", "user", "external"})
MASK: Final = "●●●"
_PHOTO: Final = QSize(96, 120)
_LARGEST_PHOTO: Final = 8_000_000


def rows(facts: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """Key, name and value of those that say something."""
    known = [key for key in NAMES if key in facts]
    others = sorted(key for key in facts if key not in NAMES and key not in _UNSAID)
    return [
        (key, translate("Facts", NAMES[key]) if key in NAMES else key, _value(key, facts[key]))
        for key in (*known, *others)
        if facts[key] not in (None, "")
    ]


def _value(key: str, value: object) -> str:
    if key.endswith("phone"):
        return phone_form(str(value))
    if isinstance(value, bool):
        return translate("Facts", "yes") if value else translate("Facts", "no")
    return str(value)


def photo_of(facts: Mapping[str, object]) -> QPixmap | None:
    """None where there is none; a null picture where what is there is no picture."""
    said = facts.get("image")
    if not isinstance(said, str) or not said:
        return None
    text = said.partition(",")[2] if said.startswith("data:") else said
    if len(text) > _LARGEST_PHOTO:
        return QPixmap()
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return QPixmap()
    picture = QPixmap()
    picture.loadFromData(data)
    return picture


class Facts(QWidget):
    """`reveal_wanted`: somebody asks for the personal facts."""

    reveal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.photo = QLabel()
        self.reveal = QPushButton()
        self.reveal.clicked.connect(lambda _checked: self.reveal_wanted.emit())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(self._grid)
        box.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.reveal, 0, Qt.AlignmentFlag.AlignLeft)
        self.values: dict[str, QLabel] = {}
        self._shown: object = None

    def render_item(self, item: IncidentItem, *, revealed: bool) -> None:
        """`revealed`: this operator has asked for them now."""
        row, hidden = item.row, bool(item.row.personal) and not revealed
        shown = (dict(row.facts), row.personal, hidden)
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        for line, (key, name, value) in enumerate(rows(row.facts)):
            masked = hidden and key in row.personal
            label = _label(MASK if masked else value, "")
            self._grid.addWidget(_label(name, "secondary"), line, 0)
            self._grid.addWidget(label, line, 1)
            self.values[key] = label
        self.reveal.setVisible(hidden)
        self.reveal.setText(self.tr("Show personal facts"))
        self.reveal.setToolTip(self.tr("It is written into the history that you looked."))
        self._show_photo(None if hidden and "image" in row.personal else photo_of(row.facts))
        self.setVisible(bool(self.values) or bool(row.personal))

    def _show_photo(self, picture: QPixmap | None) -> None:
        self.photo.setVisible(picture is not None)
        if picture is None:
            self.photo.clear()
        elif picture.isNull():
            self.photo.setText(self.tr("The photo that came with it is no picture."))
        else:
            self.photo.setPixmap(
                picture.scaled(
                    _PHOTO,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )

    def _clear(self) -> None:
        self.values = {}
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def forget(self) -> None:
        """The language is another."""
        self._shown = None


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label
