"""The rows of frames and snapshots, by kind. None holds a camera's address or password."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import Field

from app.domain.camera import FEWEST_MASK_POINTS, MOST_MASK_POINTS, MOST_MASKS
from app.wire.base import Id, Message, Moment, Words


class SiteRow(Message):
    """`kind` is `domain.site.SiteKind`; `jurisdiction` 10-digit emd codes (police sites)."""

    id: Id
    name: str
    kind: str
    parent: Id | None = None
    code: str = ""
    jurisdiction: tuple[str, ...] = ()


class ProfileRow(Message):
    """`name` is main or sub; 0 where unknown."""

    name: str
    codec: str = ""
    width: int = 0
    height: int = 0
    fps: float = 0.0


class PresetRow(Message):
    number: int
    name: str
    azimuth: float | None = None
    fov: float | None = None


Part: TypeAlias = Annotated[float, Field(ge=0, le=1)]
# A polygon in parts of the picture's width and height, from the upper left.
Mask: TypeAlias = Annotated[
    tuple[tuple[Part, Part], ...],
    Field(min_length=FEWEST_MASK_POINTS, max_length=MOST_MASK_POINTS),
]


class RestrictionRow(Message):
    """Only people of this role see the camera, and who may lift it, until then."""

    role: str
    since: Moment
    until: Moment
    reason: str = ""
    by: str = ""


class CameraRow(Message):
    """WGS84 degrees; `azimuth` clockwise from north; `approximate`: placed at its emd.

    `restricted` is set by `camera.restrict` only.
    """

    id: Id
    number: int
    name: str
    site: Id
    department: str = ""
    purpose: str = ""
    address: str = ""
    pole: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False
    azimuth: float | None = None
    fov: float | None = None
    ptz: bool = False
    profiles: tuple[ProfileRow, ...] = ()
    presets: tuple[PresetRow, ...] = ()
    media: str = "direct"
    masks: tuple[Mask, ...] = Field(default=(), max_length=MOST_MASKS)
    restricted: RestrictionRow | None = None


class CameraStatusRow(Message):
    """As consoles see it, coalesced to the newest. `state` is `domain.tile.TileState`."""

    id: Id
    state: str
    since: Moment
    seen_by: int = 0


class PointRow(Message):
    """An emergency bell, a police box, a school … `kind`: bell, police_box, other."""

    id: Id
    kind: str
    name: str
    site: Id
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False
    address: str = ""
    phone: str = ""
    facts: dict[str, str] = Field(default_factory=dict)


class UnitRow(Message):
    """A patrol car, an ambulance, an officer: where it was at that moment.

    `kind` is `app.domain.unit.UnitKind`. `heading` in degrees from north, clockwise.
    """

    id: Id
    site: Id
    kind: str
    name: str
    latitude: float
    longitude: float
    at: Moment
    heading: float | None = None
    speed_kmh: float | None = None


class HistoryRow(Message):
    """One line of an incident's history: who did what, when."""

    at: Moment
    by: str
    account: Id | None = None
    kind: str
    words: Words
    facts: dict[str, str] = Field(default_factory=dict)


class IncidentRow(Message):
    """`state` is the code of DESIGN §4 (10 … 94).

    `grade`: 10 urgent, 20 normal, 90 vehicle of interest. `facts` by type (plate, bell number …);
    personal facts only for those who may see them; `personal` names which those are, and a screen
    shows them only to who asks (`incident.reveal`).
    """

    id: Id
    number: str
    type: str
    grade: int
    state: int
    title: str
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False
    site: Id
    source: str
    external: str = ""
    occurred_at: Moment
    received_at: Moment
    changed_at: Moment
    assignee: Id | None = None
    assignee_name: str = ""
    merged_into: Id | None = None
    camera: Id | None = None
    cameras: tuple[Id, ...] = ()
    facts: dict[str, Any] = Field(default_factory=dict)
    personal: tuple[str, ...] = ()
    notes: int = 0
    attachments: int = 0
    history: tuple[HistoryRow, ...] = ()


class NoteRow(Message):
    """Append-only child of an incident."""

    id: Id
    incident: Id
    at: Moment
    by: str
    account: Id | None = None
    text: str = Field(max_length=10_000)


class WallRow(Message):
    """A wall that lies at the hub. `owner` None: shared by the site."""

    id: Id
    name: str
    site: Id
    owner: Id | None = None
    wall: dict[str, Any]


class ConsoleRow(Message):
    """A console that is signed in now; what is shown on it by someone else stands in `shown`."""

    id: Id
    workstation: str
    account: Id
    name: str
    site: Id


class AskRow(Message):
    """What a receiver asked for; `state`: open, granted, refused."""

    id: Id
    at: Moment
    by: str
    minutes: int = 0
    place: str = ""
    state: str = "open"
    answered_by: str = ""


class ShareRow(Message):
    """`state`: proposed, active, ended; `ending`: why, of `app.domain.share.Ending`.

    The names of sites stand here because a receiver does not see the tree.
    """

    id: Id
    site: Id
    site_name: str = ""
    receiver: Id
    receiver_name: str = ""
    receiver_kind: str = ""
    incident: Id
    number: str = ""
    type: str = ""
    cameras: tuple[Id, ...]
    basis: Words
    ground: str = ""
    purpose: str = ""
    state: str
    starts_at: Moment
    ends_at: Moment
    proposed_by: str = ""
    approved_by: str = ""
    by_itself: bool = False
    ended_at: Moment | None = None
    ending: str | None = None
    ended_by: str = ""
    asks: tuple[AskRow, ...] = ()


KINDS: dict[str, type[Message]] = {
    "site": SiteRow,
    "camera": CameraRow,
    "camera_status": CameraStatusRow,
    "point": PointRow,
    "unit": UnitRow,
    "incident": IncidentRow,
    "note": NoteRow,
    "wall": WallRow,
    "console": ConsoleRow,
    "share": ShareRow,
}
# Sent before everything else after a pause.
HOT = frozenset({"site", "incident", "note", "share"})
