"""The ledger on the wire: what consoles write goes up, what proves it comes down.

`POST /v1/ledger` takes `Deeds` and answers `Taken`; `GET /v1/ledger/checkpoint?since=N` answers
`Signed`; `GET /v1/ledger/proofs?first=A&last=B` answers `Proofs` for the console's own numbers.
Hashes are hexadecimal.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from app.wire.base import Id, Message, Moment, Number, Words

MOST = 200
_WORDS = 1_000
# Clocks are wrong; by centuries they are nonsense, and past what a date can be written as.
_OLDEST, _NEWEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def _sane(moment: datetime) -> datetime:
    if not _OLDEST <= moment <= _NEWEST:
        message = "no time at which anything was done"
        raise ValueError(message)
    return moment


SaneMoment: TypeAlias = Annotated[Moment, AfterValidator(_sane)]
# They are hashed and kept for years: names are ours, and nothing is long.
FactName: TypeAlias = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
FactText: TypeAlias = Annotated[str, Field(max_length=_WORDS)]


class Deed(Message):
    """One entry as a console writes it.

    `n` counts its entries without a gap from 1. `kind`: of `app.domain.ledger.entry.Kind`, those
    that a console may write. Who did it is who is signed in; `by` is the account where that was
    another one (written offline, uploaded in the next shift).
    """

    n: Number
    kind: str = Field(max_length=40)
    at: SaneMoment
    camera: str = Field(default="", max_length=80)
    incident: str = Field(default="", max_length=80)
    share: str = Field(default="", max_length=80)
    purpose: str = Field(default="", max_length=_WORDS)
    begun: SaneMoment | None = None
    ended: SaneMoment | None = None
    facts: dict[FactName, FactText] = Field(default_factory=dict, max_length=20)
    by: str = Field(default="", max_length=80)


class Deeds(Message):
    """Of one line of a console.

    `client` names the line, which may be that of another person than who is signed in now.
    `oldest`: the lowest number that the console still has of it; what the hub lacks before that,
    nobody can give any more.
    """

    client: Id
    oldest: Number = 1
    deeds: tuple[Deed, ...] = Field(min_length=1, max_length=MOST)


class Taken(Message):
    """`next_n`: the number that the hub expects from this console now."""

    next_n: int


class Signed(Message):
    """The newest checkpoint, and that it goes on from the tree of size `since`; 0: from nothing.

    `key`: the verifier key (`name+id+key`) that the console remembers from the first time.
    """

    note: str
    key: str
    since: int = 0
    path: tuple[str, ...] = ()


class Proof(Message):
    """Entry `n` of the console stands at `index` of the tree that the note signs."""

    n: int
    index: int
    leaf: str
    entry: str
    path: tuple[str, ...]


class Line(Message):
    """One entry as people look for it. `person`: what was not erased."""

    n: int
    at: Moment
    kind: str
    site: str = ""
    camera: str = ""
    incident: str = ""
    share: str = ""
    purpose: str = ""
    client: str = ""
    begun: Moment | None = None
    ended: Moment | None = None
    facts: dict[str, str] = Field(default_factory=dict)
    person: dict[str, str] = Field(default_factory=dict, repr=False)


class Lines(Message):
    """`GET /v1/ledger`: the newest first."""

    rows: tuple[Line, ...] = ()


class Asked(Message):
    """What is looked for; all of it must fit.

    `account`: its id; `who`: a part of the name, of whom the side table still knows. `below`: with
    a smaller number.
    """

    camera: str = Field(default="", max_length=80)
    incident: str = Field(default="", max_length=80)
    kind: str = Field(default="", max_length=40)
    account: str = Field(default="", max_length=80)
    who: str = Field(default="", max_length=80)
    since: Moment | None = None
    until: Moment | None = None
    below: Number | None = None
    limit: int = Field(default=500, ge=1, le=5_000)


class Book(Message):
    """`GET /v1/ledger/books/{name}`: a ledger that the law asks for, as a table.

    `proof`: the newest checkpoint, which covers what is in it.
    """

    name: str
    title: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[str, ...], ...]
    since: Moment
    until: Moment
    centre: str
    proof: str


class ViewerRow(Message):
    """See `app.domain.ledger.inspection.Viewer`."""

    account: str
    name: str
    views: int
    cameras: int
    seconds: float
    odd: int
    bare: int
    refused: int
    flags: tuple[str, ...] = ()


class Inspected(Message):
    """That somebody has looked at it, and what was found."""

    by: str
    at: Moment
    note: str


class Inspection(Message):
    """`GET /v1/ledger/inspections/{2026-11}`; signed by `POST` of `SignInspection` there."""

    month: str
    rows: tuple[ViewerRow, ...]
    signed: tuple[Inspected, ...] = ()


class SignInspection(Message):
    note: str = Field(min_length=1, max_length=_WORDS)


class Proofs(Message):
    """`note` None: no checkpoint covers them yet."""

    note: str | None = None
    proofs: tuple[Proof, ...] = ()
