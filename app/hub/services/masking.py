"""`camera.mask`: what nobody sees of a camera's picture, drawn by a supervisor."""

from __future__ import annotations

from app.domain.errors import Refused
from app.domain.text import Text
from app.hub.services.acting import Acting, Handler
from app.hub.services.ledger import Ledger
from app.hub.services.restrictions import to_withhold
from app.hub.services.shares import CAMERA
from app.hub.store.rows import Entry
from app.wire.acts import SetMasks

_NO_REASON = Text(
    "마스킹을 바꾸는 사유가 없습니다. 사유를 적어 주세요.",
    "no reason is given for changing the masks: say why",
)


class Masking:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def handlers(self) -> dict[str, Handler]:
        return {f"{CAMERA}.mask": self.mask}

    def mask(self, acting: Acting) -> Entry | None:
        """In the place of those it has. What was covered and may be seen now is in the ledger."""
        args = acting.args(SetMasks)
        found = to_withhold(acting)
        masks = args.model_dump(mode="json")["masks"]
        before = list(found.d.get("masks") or ())
        if masks == before:
            return None
        reason = args.reason.strip()
        if before:
            if not reason:
                raise Refused(_NO_REASON)
            self._ledger.remasked(
                acting.tx, acting.subject, found.id, len(before), len(masks), reason
            )
        return acting.tx.put(CAMERA, found.id, {**found.d, "masks": masks})
