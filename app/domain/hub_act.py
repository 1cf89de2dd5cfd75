"""An act for the hub: what an operator did to an incident or a shared wall, on its way there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.text import Text


class ActState(StrEnum):
    """`SENT`: on the way, the answer is not there yet; on the disk it still says waiting.

    `CONFLICT`: not legal any more when it arrived. `REFUSED`: it never will be.
    """

    WAITING = "waiting"
    SENT = "sent"
    APPLIED = "applied"
    CONFLICT = "conflict"
    REFUSED = "refused"

    @property
    def open(self) -> bool:
        """Whether the hub's answer is still to come."""
        return self in {ActState.WAITING, ActState.SENT}


@dataclass(frozen=True, slots=True)
class HubAct:
    """`cmd_id` is the act's identity; `n` its place among the acts of `client`, from 1.

    `username` did it and only a session of the same person sends it. `base_ver` is the version of
    `target` that was on the screen. `reason`, `current` (the hub's record), `seq` and `ver` come
    with the answer. `dismissed`: a person has seen the conflict or refusal and let it go.
    """

    cmd_id: str
    client: str
    n: int
    username: str
    type: str
    target: str
    base_ver: int
    at: datetime
    args: Mapping[str, object] = field(default_factory=dict, repr=False)
    state: ActState = ActState.WAITING
    settled_at: datetime | None = None
    seq: int | None = None
    ver: int | None = None
    reason: Text | None = None
    current: Mapping[str, object] | None = field(default=None, repr=False)
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The numbered acts of one person at this console; `client` is its name at the hub.

    One line a person: the hub applies an act as whoever sends it, and an act of one must never
    wait behind, or be sent by, another. `epoch`: the life of the hub's store that all settled acts
    of this line were offered to; None before the first.
    """

    client: str
    username: str
    epoch: str | None = None
    next_n: int = 1
