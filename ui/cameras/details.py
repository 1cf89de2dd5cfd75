"""All that the list says of one camera."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget
from typing_extensions import override

from app.domain.camera import Camera, Profile, ProfileName
from app.domain.redact import redact_url
from app.domain.tile import TileState
from ui.cameras import words
from ui.cameras.words import translate
from ui.widgets.forms import moment_form

_WIDTH = 420


class CameraDetails(QDialog):
    """Shows the addresses without their log-ins."""

    def __init__(self, camera: Camera, state: TileState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cameraDetails")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.camera_words(camera))
        self._camera, self._state = camera, state
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 16, 20, 20)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.setMinimumWidth(_WIDTH)
        self.retranslate()

    def retranslate(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (label := item.widget()) is not None:
                label.deleteLater()
        for row, (name, value) in enumerate(rows(self._camera, self._state)):
            self._grid.addWidget(_label(name, "secondary"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_value(value), row, 1)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def rows(camera: Camera, state: TileState) -> tuple[tuple[str, str], ...]:
    """Names and values, only those that have something to say."""
    found = (
        (translate("Cameras", "Number"), str(camera.number)),
        (translate("Cameras", "Name"), camera.name),
        (translate("Cameras", "State"), words.state_words(camera, state)),
        (translate("Cameras", "Site"), camera.site),
        (translate("Cameras", "Purpose"), camera.purpose),
        (translate("Cameras", "Address"), camera.address),
        (translate("Cameras", "Pole"), camera.pole),
        (translate("Cameras", "Position"), _position(camera)),
        (translate("Cameras", "Direction"), _degrees(camera.azimuth)),
        (translate("Cameras", "Field of view"), _degrees(camera.fov)),
        (translate("Cameras", "Restricted"), _restricted(camera)),
        (translate("Cameras", "Masks"), str(len(camera.masks)) if camera.masks else ""),
        (translate("Cameras", "Main stream"), _stream(camera.profile(ProfileName.MAIN))),
        (translate("Cameras", "Sub stream"), _stream(camera.profile(ProfileName.SUB))),
        (translate("Cameras", "Management number"), camera.id),
    )
    return tuple((name, value) for name, value in found if value)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label


def _value(text: str) -> QLabel:
    label = QLabel(text)
    # Names come from files: nothing in them may be read as a command to the label.
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _restricted(camera: Camera) -> str:
    if camera.restricted_until is None:
        return ""
    until = moment_form(camera.restricted_until)
    return translate("Cameras", "for supervisors only until {until}").format(until=until)


def _position(camera: Camera) -> str:
    if camera.latitude is None or camera.longitude is None:
        return ""
    return f"{camera.latitude:.6f}, {camera.longitude:.6f}"


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:g}°"


def _stream(profile: Profile | None) -> str:
    if profile is None:
        return ""
    size = f"{profile.width} × {profile.height}" if profile.width else ""
    rate = ""
    if profile.fps:
        rate = translate("Cameras", "{fps} pictures a second").format(fps=f"{profile.fps:g}")
    said = " · ".join(filter(None, (size, rate)))
    return "\n".join(filter(None, (redact_url(profile.url), said)))
