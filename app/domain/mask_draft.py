"""Privacy masks while they are drawn: polygons that are closed, and one that is not yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.camera import FEWEST_MASK_POINTS, MOST_MASK_POINTS, MOST_MASKS, Masks

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MaskDraft:
    """Points in parts of the picture's width and height, from the upper left.

    `open`: the corners of the polygon that is being drawn. `chosen`: index of a closed one.
    """

    masks: Masks = ()
    open: tuple[Point, ...] = ()
    chosen: int | None = None

    @property
    def full(self) -> bool:
        return len(self.masks) >= MOST_MASKS

    @property
    def closable(self) -> bool:
        return len(self.open) >= FEWEST_MASK_POINTS

    def added(self, point: Point) -> MaskDraft:
        """One corner more; the same draft where there is no room for it."""
        if self.full or len(self.open) >= MOST_MASK_POINTS:
            return self
        return replace(self, open=(*self.open, _inside(point)), chosen=None)

    def closed(self) -> MaskDraft:
        """The open polygon becomes a mask; one with too few corners stays open."""
        if not self.closable:
            return self
        return MaskDraft((*self.masks, self.open), (), len(self.masks))

    def stepped_back(self) -> MaskDraft:
        """Without the corner that was set last."""
        return replace(self, open=self.open[:-1])

    def without_open(self) -> MaskDraft:
        return replace(self, open=())

    def chosen_at(self, point: Point) -> MaskDraft:
        """The topmost mask there, or none."""
        found = [number for number, mask in enumerate(self.masks) if _covers(mask, point)]
        return replace(self, chosen=found[-1] if found else None)

    def stepped(self, by: int) -> MaskDraft:
        """The next mask, or the one before, for who has no mouse."""
        if not self.masks:
            return self
        before = self.chosen if self.chosen is not None else (-1 if by > 0 else 0)
        return replace(self, chosen=(before + by) % len(self.masks))

    def moved(self, across: float, down: float) -> MaskDraft:
        """The chosen mask elsewhere, never beyond the edge of the picture."""
        if self.chosen is None:
            return self
        mask = self.masks[self.chosen]
        across = min(max(across, -min(x for x, _ in mask)), 1 - max(x for x, _ in mask))
        down = min(max(down, -min(y for _, y in mask)), 1 - max(y for _, y in mask))
        return self._with(self.chosen, tuple((x + across, y + down) for x, y in mask))

    def bent(self, mask: int, corner: int, to: Point) -> MaskDraft:
        """One corner of a mask elsewhere."""
        points = list(self.masks[mask])
        points[corner] = _inside(to)
        return replace(self._with(mask, tuple(points)), chosen=mask)

    def removed(self) -> MaskDraft:
        """Without the chosen mask."""
        if self.chosen is None:
            return self
        kept = tuple(one for number, one in enumerate(self.masks) if number != self.chosen)
        return MaskDraft(kept, self.open)

    def emptied(self) -> MaskDraft:
        return MaskDraft()

    def _with(self, number: int, mask: tuple[Point, ...]) -> MaskDraft:
        masks = (*self.masks[:number], mask, *self.masks[number + 1 :])
        return replace(self, masks=masks)


def _inside(point: Point) -> Point:
    return min(max(point[0], 0.0), 1.0), min(max(point[1], 0.0), 1.0)


def _covers(mask: tuple[Point, ...], point: Point) -> bool:
    """Even-odd rule: a ray to the right crosses the outline an odd number of times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(mask, (*mask[1:], mask[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside
