"""Keeps the look of every tile true."""

from __future__ import annotations

from ui.wall.details import rows
from ui.wall.keepsakes import Keepsakes
from ui.wall.pane import Pane
from ui.wall.services import WallServices
from ui.wall.tile_state import Sight, look


class Looks:
    def __init__(self, services: WallServices, keepsakes: Keepsakes) -> None:
        self._services = services
        self._keepsakes = keepsakes

    def refresh(self, pane: Pane, *, large: bool = False, detailed: bool = False) -> bool:
        """Derives what the tile shows now; True if it has to be painted again."""
        services = self._services
        found = None if pane.camera is None else services.catalog.get(pane.camera)
        if pane.camera is None or found is None:
            changed = pane.set_look(None)
            changed |= pane.set_markers(())
            return pane.set_rows(()) or changed
        truth = services.streams.truth(pane.camera)
        status = services.streams.status(pane.camera)
        if not truth.shows_live_picture or self._keepsakes.arrived(pane.camera) is None:
            self._keepsakes.keep(pane.camera)
        sight = Sight(self._keepsakes.arrived(pane.camera), large or pane.zoom.active)
        was_live = pane.live
        new = look(found, truth, status, sight, services.clock.monotonic())
        changed = pane.set_look(new)
        changed |= pane.set_markers(services.markers.of(pane.camera))
        if pane.live is not was_live:
            pane.size = (0, 0)
        details = rows(found, truth, status) if detailed else ()
        return pane.set_rows(details) or changed
