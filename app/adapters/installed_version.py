"""What this console is, and what was done about its version since it started."""

from __future__ import annotations

from pathlib import Path

import app
from app.adapters.update_records import last_act
from app.adapters.versions import MANAGED, Versions, of_this_program, root_of
from app.domain.update import Keeper, Standing


def standing(version: Path | None = None) -> Standing:
    """Blocks. `version`: the folder of a version, this program's own unless given."""
    root = of_this_program(version)
    if root is None:
        return Standing(app.__version__, _keeper(root_of(version)))
    told = last_act(root)
    return Standing(
        app.__version__, Keeper.OWN, Versions(root).current(),
        told.text if told is not None else None, told.at if told is not None else "",
        told is not None and told.version != "",
    )  # fmt: skip


def _keeper(root: Path | None) -> Keeper:
    return Keeper.MSI if root is not None and (root / MANAGED).exists() else Keeper.PACKAGE
