"""What of the store a person may see: every frame, snapshot row and answer passes here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import blake2s
from typing import Any, Final

from app.domain.account import AccountId, Role, Subject
from app.domain.permit import Thing, permit
from app.domain.rights import Action
from app.domain.share import Ending, ShareState
from app.domain.site import SiteId
from app.domain.visible import thing_of, visible
from app.hub.services import share_json
from app.hub.services.incident_json import incident_of, row_of, shared_of
from app.hub.store.columns import moment

Row = dict[str, Any]

# Rows for which the answers are remembered: those of the tail that all consoles read now.
_REMEMBERED: Final = 4_096
# Names an event of an entity, as opposed to the entity.
EVENT: Final = "event"


class Visibility:
    """Asked once for all who are alike; belongs to the loop's thread.

    500 consoles ask for each of 500 changes a second: those of the same role, site and purposes
    get the same answer, which must not be changed.
    """

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        # By identity: a row is never changed once it is in the log. The row is held, so that no
        # other one can get its address.
        self._answers: OrderedDict[int, tuple[Mapping[str, Any], dict[Any, Row | None]]]
        self._answers = OrderedDict()

    def row(self, subject: Subject, t: str, id_: str, d: Mapping[str, Any]) -> Row | None:
        """What the subject may see of an entity of kind `t` (put) or of an event of it (evt).

        None: nothing at all. `d` of a deletion is empty and tells nothing but the id; it passes.
        """
        if subject.must_change:
            return None
        known = self._answers.get(id(d))
        if known is None or known[0] is not d:
            known = d, {}
            self._answers[id(d)] = known
            if len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        like = _like(subject, t)
        answers = known[1]
        if like not in answers:
            answers[like] = _seen(subject, t, id_, d, moment(self._clock()))
        return answers[like]

    @staticmethod
    def view(subject: Subject) -> str:
        """A short name of everything that decides what the subject sees, but for the rows."""
        parts = [subject.role, subject.site, subject.site_kind, str(subject.must_change)]
        parts += ["|", *sorted(subject.within), "|", *sorted(subject.purposes)]
        return blake2s("\0".join(parts).encode(), digest_size=8).hexdigest()


def _like(subject: Subject, t: str) -> tuple[Any, ...]:
    group = (t, subject.role, subject.site, subject.site_kind, subject.within, subject.purposes)
    return (*group, subject.account) if t == "wall" else group


def _seen(subject: Subject, t: str, id_: str, d: Mapping[str, Any], now: datetime) -> Row | None:
    if not d:
        return {}
    thing = thing_of_row(t, id_, d)
    if thing is None or not permit(subject, Action.SEE, thing, now):
        return None
    if t == "incident" and EVENT not in d:
        incident = incident_of(d)
        seen = visible(incident, subject, thing_of(incident), now)
        return None if seen is None else row_of(seen)
    return _ROWS.get(t, dict)(d)


def thing_of_row(t: str, id_: str, d: Mapping[str, Any]) -> Thing | None:
    """What rights are asked for; None for a kind that nobody may see. An event names its site."""
    if t == "site":
        return Thing(t, SiteId(id_))
    if t not in _KINDS or not isinstance(site := d.get("site"), str):
        return None
    owner = d.get("owner") if t == "wall" else None
    only = d.get("restricted") or {}
    return Thing(
        t,
        SiteId(site),
        None if owner is None else AccountId(owner),
        incident_type=str(d.get("type", "")) if t == "incident" else "",
        shared=_receiver_of(d) if t == "share" else dict(shared_of(d)),
        purpose="" if t == "share" else str(d.get("purpose", "")),
        media=str(d.get("media", "direct")),
        only=Role(only["role"]) if only else None,
        only_until=datetime.fromisoformat(only["until"]) if only else None,
    )


def _receiver_of(d: Mapping[str, Any]) -> dict[SiteId, datetime | None]:
    """A receiver sees its shares also when they have ended: it is to know why it is dark."""
    never = d.get("state") == ShareState.PROPOSED or d.get("ending") == Ending.REJECTED
    return {} if never else {SiteId(str(d["receiver"])): None}


def _camera_row(d: Mapping[str, Any]) -> Row:
    return {name: value for name, value in d.items() if name != "shared"}


_ROWS: Mapping[str, Callable[[Mapping[str, Any]], Row]] = {
    "camera": _camera_row,
    "share": share_json.row_of,
}
_KINDS = frozenset(
    {"camera", "camera_status", "point", "incident", "note", "wall", "console", "share", "unit"}
)
