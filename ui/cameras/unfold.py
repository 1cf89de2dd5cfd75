"""Which branches of the camera tree are open, kept over a new list."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QTreeView

from ui.cameras.model import CameraTreeModel

# A list that fits on a screen or two is shown open.
_SHOWN_OPEN = 100

Branch = tuple[str, ...]


def opened(tree: QTreeView, model: CameraTreeModel) -> set[Branch]:
    """The open sites (by name) and purposes (by both names)."""
    return {branch for branch, index in _branches(model) if tree.isExpanded(index)}


def unfold(tree: QTreeView, model: CameraTreeModel, before: set[Branch], cameras: int) -> None:
    """Opens what was open, a single site, and everything if there are few `cameras`."""
    single = model.rowCount() == 1
    for branch, index in _branches(model):
        is_site = len(branch) == 1
        if branch in before or (is_site and single) or cameras <= _SHOWN_OPEN:
            tree.setExpanded(index, True)  # noqa: FBT003 - Qt's signature


def _branches(model: CameraTreeModel) -> Iterator[tuple[Branch, QModelIndex]]:
    for row in range(model.rowCount()):
        site = model.index(row, 0)
        yield (site.data(),), site
        for inner in range(model.rowCount(site)):
            purpose = model.index(inner, 0, site)
            yield (site.data(), purpose.data()), purpose
