"""Which cameras are on the map: by purpose, by site, by whether they give a picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.geo.camera_map import CameraMap
from app.domain.geo.clusters import Flags

# A menu of more sites than this is no menu; the search finds them.
_MOST_SITES = 40


class Filters(QObject):
    """`changed`: ask `shown` again."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.menu = QMenu(parent)
        self.purposes, self.sites = QMenu(self.menu), QMenu(self.menu)
        self.not_live, self.everything = QAction(self), QAction(self)
        self.not_live.setCheckable(True)
        self.not_live.toggled.connect(lambda _: self.changed.emit())
        self.everything.triggered.connect(self.clear)
        self.menu.addMenu(self.purposes)
        self.menu.addMenu(self.sites)
        self.menu.addAction(self.not_live)
        self.menu.addSeparator()
        self.menu.addAction(self.everything)
        self._hidden: dict[str, set[str]] = {"purpose": set(), "site": set()}

    @property
    def active(self) -> bool:
        return self.by_state or any(self._hidden.values())

    @property
    def by_state(self) -> bool:
        return self.not_live.isChecked()

    def offer(self, cameras: CameraMap) -> None:
        """What another list of cameras has to choose from; what was hidden stays hidden."""
        self._fill(self.purposes, "purpose", cameras.purpose.words)
        self._fill(self.sites, "site", cameras.site.words[:_MOST_SITES])

    def shown(self, cameras: CameraMap, dead: Flags) -> Flags | None:
        """None for all of them."""
        if not self.active:
            return None
        found = cameras.purpose.shown(set(cameras.purpose.words) - self._hidden["purpose"])
        found &= cameras.site.shown(set(cameras.site.words) - self._hidden["site"])
        return found & dead if self.by_state else found

    def clear(self) -> None:
        for hidden in self._hidden.values():
            hidden.clear()
        for menu in (self.purposes, self.sites):
            for action in menu.actions():
                action.setChecked(True)
        self.not_live.setChecked(False)
        self.changed.emit()

    def _fill(self, menu: QMenu, kind: str, words: Sequence[str]) -> None:
        menu.clear()
        for word in sorted(words):
            action = menu.addAction(word or "–")
            action.setCheckable(True)
            action.setChecked(word not in self._hidden[kind])
            action.toggled.connect(lambda on, word=word: self._toggle(kind, word, on=on))
        menu.setEnabled(bool(words))

    def _toggle(self, kind: str, word: str, *, on: bool) -> None:
        if on == (word in self._hidden[kind]):
            (self._hidden[kind].discard if on else self._hidden[kind].add)(word)
            self.changed.emit()

    def retranslate(self) -> None:
        self.purposes.setTitle(self.tr("Purpose"))
        self.sites.setTitle(self.tr("Site"))
        self.not_live.setText(self.tr("Only those without a picture"))
        self.everything.setText(self.tr("Show all again"))
