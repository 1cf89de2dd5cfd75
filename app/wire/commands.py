"""What goes up: `POST /v1/commands`, acts of an operator in the order in which they were done."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field

from app.wire.base import MOST_NUMBER, Id, Message, Moment, Number, Seq, Words

MOST = 100


class Command(Message):
    """One act. `n` counts the acts of `client` without a gap from 1; `at` is the console's clock.

    `base_ver` is the version of `target` that the operator saw. `type` is one of
    `incident.create .acknowledge .respond .release .close .cancel .reopen .assign .note .change
    .merge .unmerge .step .reveal .notify`, `share.propose .approve .reject .end .extend .add .ask
    .answer`, `wall.save .delete .send .take_back`, `camera.restrict .unrestrict
    .mask`; `args` belong to the type (`app.wire.acts`).
    """

    cmd_id: Id
    client: Id
    n: Number
    type: str = Field(max_length=60)
    target: Id
    base_ver: int = Field(default=0, ge=0, le=MOST_NUMBER)
    at: Moment
    args: dict[str, Any] = Field(default_factory=dict)


class Batch(Message):
    commands: tuple[Command, ...] = Field(min_length=1, max_length=MOST)


class Status(StrEnum):
    """`conflict`: not legal any more, see `current`. `refused`: it never will be."""

    APPLIED = "applied"
    CONFLICT = "conflict"
    REFUSED = "refused"


class Outcome(Message):
    """What became of one command; the same again when the command is sent again."""

    cmd_id: Id
    n: int
    status: Status
    seq: Seq | None = None
    ver: int | None = None
    reason: Words | None = None
    current: dict[str, Any] | None = None


class Outcomes(Message):
    """In the order of the batch. `next_n`: the number that the hub expects from this client now."""

    epoch: Id
    next_n: int
    outcomes: tuple[Outcome, ...]
