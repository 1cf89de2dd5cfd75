"""The `args` of commands, by type."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from app.domain.account import Role
from app.domain.camera import MOST_MASKS
from app.wire.base import Id, Message, Moment
from app.wire.entities import Mask

_TITLE, _PLACE, _REASON, _NOTE = 300, 500, 1000, 10_000
_MOST_CAMERAS = 500
_LONGEST_MINUTES = 366 * 24 * 60


class Move(Message):
    """`incident.acknowledge .respond .release .close .cancel .reopen`; some need a reason."""

    reason: str = Field(default="", max_length=_REASON)


class Create(Message):
    """`incident.create`; `target` is the new incident's id. `site`: the operator's own if None."""

    type: str = Field(max_length=60)
    title: str = Field(default="", max_length=_TITLE)
    place: str = Field(default="", max_length=_PLACE)
    emd_code: str = Field(default="", max_length=10)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    occurred_at: Moment | None = None
    grade: int | None = None
    site: Id | None = None
    camera: Id | None = None
    cameras: tuple[Id, ...] = Field(default=(), max_length=_MOST_CAMERAS)
    facts: dict[str, str] = Field(default_factory=dict, max_length=100)
    person: dict[str, str] = Field(default_factory=dict, max_length=100, repr=False)


class Change(Message):
    """`incident.change`: None leaves as it was; facts are laid over the old ones."""

    title: str | None = Field(default=None, max_length=_TITLE)
    place: str | None = Field(default=None, max_length=_PLACE)
    emd_code: str | None = Field(default=None, max_length=10)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    grade: int | None = None
    facts: dict[str, str] = Field(default_factory=dict, max_length=100)
    person: dict[str, str] = Field(default_factory=dict, max_length=100, repr=False)


class Assign(Message):
    """`incident.assign`: None for nobody."""

    account: Id | None = None


class Note(Message):
    """`incident.note`; `id` is the new note's."""

    id: Id
    text: str = Field(min_length=1, max_length=_NOTE)


class Step(Message):
    """`incident.step`: a step of the SOP or a golden time is done, skipped, or open again.

    `incident.reveal` (the personal facts were looked at) and `incident.notify` (all who are to be
    told of it are told now) have no arguments.
    """

    step: str = Field(max_length=60)
    how: str = Field(max_length=20)
    reason: str = Field(default="", max_length=_REASON)


class Merge(Message):
    """`incident.merge`: `target` becomes a part of `into`. `incident.unmerge` has no arguments."""

    into: Id


class SaveWall(Message):
    """`wall.save`; `target` is the wall's id. `site`: the operator's own if None.

    A shared wall is saved only over the version that was seen (`base_ver`; 0 for a new one).
    """

    name: str = Field(min_length=1, max_length=200)
    wall: dict[str, Any]
    shared: bool = False
    site: Id | None = None


class SendWall(Message):
    """`wall.send`: shows a wall on another console; `target` is that console. Nothing is saved."""

    name: str = Field(default="", max_length=200)
    wall: dict[str, Any]


class TakeBack(Message):
    """`wall.take_back`: ends what was sent; `sent` is the `cmd_id` of the sending."""

    sent: Id


class Nothing(Message):
    """For commands without arguments."""


class Propose(Message):
    """`share.propose`; `target` is the new share's id. `minutes` None: as the table says.

    It is active at once unless the table wants a supervisor (`app.domain.share_rules`). `ground`:
    key of the legal reason where the type of incident asks for one.
    """

    receiver: Id
    incident: Id
    cameras: tuple[Id, ...] = Field(max_length=_MOST_CAMERAS)
    ground: str = Field(default="", max_length=60)
    purpose: str = Field(default="", max_length=_REASON)
    minutes: int | None = Field(default=None, le=_LONGEST_MINUTES)


class Restrict(Message):
    """`camera.restrict`; `target` is the camera. `camera.unrestrict` has no arguments.

    For so many minutes nobody but people of this role, and who may lift it, see the camera.
    """

    role: Role
    minutes: int = Field(ge=1, le=_LONGEST_MINUTES)
    reason: str = Field(min_length=1, max_length=_REASON)


class SetMasks(Message):
    """`camera.mask`; `target` is the camera. In the place of the masks it has."""

    masks: tuple[Mask, ...] = Field(max_length=MOST_MASKS)
    reason: str = Field(default="", max_length=_REASON)


class Extend(Message):
    """`share.extend`: so many minutes longer."""

    minutes: int = Field(le=_LONGEST_MINUTES)


class AddCameras(Message):
    """`share.add`: these cameras as well. `share.approve`, `.reject`, `.end` have no arguments."""

    cameras: tuple[Id, ...] = Field(min_length=1, max_length=_MOST_CAMERAS)


class AskMore(Message):
    """`share.ask`, by a receiver: more minutes, or another camera, near which place in words."""

    id: Id
    minutes: int = Field(default=0, ge=0, le=1440)
    place: str = Field(default="", max_length=_PLACE)


class AnswerAsk(Message):
    """`share.answer`: what a receiver asked for is given (time by itself, cameras named) or not."""

    ask: Id
    grant: bool
    cameras: tuple[Id, ...] = Field(default=(), max_length=_MOST_CAMERAS)
