"""Who may do what: one pure answer for every route and for every frame that leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.account import AccountId, Role, Subject
from app.domain.incident_types import INCIDENT_TYPES
from app.domain.rights import RIGHTS, Action, Scope
from app.domain.site import SiteId

_DIRECT = "direct"
_LOOKING = frozenset({Action.SEE, Action.CAMERA_ACCESS})


@dataclass(frozen=True, slots=True)
class Thing:
    """What is asked for.

    `kind`: of `app.wire.entities`, or history, attachment, account, feed, setting, log, quarantine,
    metrics. `site`: where it belongs; `owner`: whose own it is, None where it is nobody's.
    `shared`: the sites that it is shared with, each until then (None: until taken back).
    `purpose` and `media` (direct, relay): of a camera. `only`: nobody but this role, and who may
    lift it, sees the camera before `only_until`.
    """

    kind: str
    site: SiteId | None = None
    owner: AccountId | None = None
    incident_type: str = ""
    shared: Mapping[SiteId, datetime | None] = field(default_factory=dict)
    purpose: str = ""
    media: str = _DIRECT
    only: Role | None = None
    only_until: datetime | None = None


def permit(subject: Subject, action: Action, thing: Thing, now: datetime) -> bool:
    """Whether it is allowed; what no line of `app.domain.rights` allows is not."""
    if subject.must_change and action is not Action.CHANGE_PASSWORD:
        return False
    scopes = RIGHTS[subject.role].get((action, thing.kind), ())
    reaches = any(_REACHES[scope](subject, thing, now) for scope in scopes)
    return reaches and not _withheld(subject, action, thing, now)


def _here(subject: Subject, thing: Thing, _now: datetime) -> bool:
    return thing.site == subject.site


def _below(subject: Subject, thing: Thing, _now: datetime) -> bool:
    return thing.site in subject.within


def _common(subject: Subject, thing: Thing, now: datetime) -> bool:
    return thing.owner is None and _below(subject, thing, now)


def _own(subject: Subject, thing: Thing, now: datetime) -> bool:
    return thing.owner == subject.account and _below(subject, thing, now)


def _shared(subject: Subject, thing: Thing, now: datetime) -> bool:
    """The clock has its say here too: a share that nobody got round to ending has ended."""
    if subject.site not in thing.shared:
        return False
    until = thing.shared[subject.site]
    return until is None or now < until


def _receiver(subject: Subject, thing: Thing, now: datetime) -> bool:
    kind = INCIDENT_TYPES.get(thing.incident_type)
    named = kind is not None and subject.site_kind.service in kind.receivers
    return named and _shared(subject, thing, now)


_REACHES: Mapping[Scope, Callable[[Subject, Thing, datetime], bool]] = {
    Scope.HERE: _here,
    Scope.BELOW: _below,
    Scope.COMMON: _common,
    Scope.OWN: _own,
    Scope.SHARED: _shared,
    Scope.RECEIVER: _receiver,
}


def _withheld(subject: Subject, action: Action, thing: Thing, now: datetime) -> bool:
    """What the camera itself forbids: its purpose, a restriction, or that it is relayed only."""
    if subject.purposes and thing.purpose and thing.purpose not in subject.purposes:
        return True
    if action in _LOOKING and _restricted(subject, thing, now):
        return True
    return action is Action.CAMERA_ACCESS and thing.media != _DIRECT


def _restricted(subject: Subject, thing: Thing, now: datetime) -> bool:
    if thing.only is None or thing.only_until is None or now >= thing.only_until:
        return False
    lifts = bool(RIGHTS[subject.role].get((Action.RESTRICT, thing.kind)))
    return subject.role is not thing.only and not lifts
