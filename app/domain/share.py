"""영상제공: a receiver sees named cameras live, for one incident, until the share ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from app.domain.account import AccountId
from app.domain.camera import CameraId
from app.domain.errors import BadInput, Refused
from app.domain.incident import Author, IncidentId
from app.domain.incident_type import IncidentType
from app.domain.share_rules import Rule
from app.domain.site import SiteId
from app.domain.text import Text

ShareId = NewType("ShareId", str)

SHORTEST_MINUTES = 1


class ShareState(StrEnum):
    """`proposed` waits for a supervisor; `ended` is for good."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    ENDED = "ended"

    @property
    def words(self) -> Text:
        return _STATES[self]


_STATES = {
    ShareState.PROPOSED: Text("승인 대기", "waits for approval"),
    ShareState.ACTIVE: Text("제공 중", "active"),
    ShareState.ENDED: Text("종료", "ended"),
}


class Ending(StrEnum):
    """What ended it."""

    INCIDENT = "incident"
    CLOCK = "clock"
    PERSON = "person"
    RECEIVER = "receiver"
    REJECTED = "rejected"
    CAMERAS = "cameras"

    @property
    def words(self) -> Text:
        return _ENDINGS[self]


_ENDINGS = {
    Ending.INCIDENT: Text("사건이 해제·종료되었습니다", "the incident was released or closed"),
    Ending.CLOCK: Text("제공 기간이 끝났습니다", "its time is over"),
    Ending.PERSON: Text("관제센터가 제공을 중단했습니다", "the centre ended it"),
    Ending.RECEIVER: Text("수신기관이 반납했습니다", "the receiver gave it back"),
    Ending.REJECTED: Text("승인되지 않았습니다", "it was not approved"),
    Ending.CAMERAS: Text("제공할 카메라가 남지 않았습니다", "no camera is left"),
}


class AskState(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a receiver asks for: more `minutes`, or another camera (`place`: near where, in words).

    `id` is unique within the share.
    """

    id: str
    at: datetime
    by: str
    minutes: int = 0
    place: str = ""
    state: AskState = AskState.OPEN
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """As the hub keeps it. Times are aware. `basis`: the articles that it stands on.

    `ground`: key of the legal reason where the type of incident has such. `purpose`: in the words
    of who proposed it. `by_itself`: the table answered, no person did.
    """

    id: ShareId
    site: SiteId
    receiver: SiteId
    incident: IncidentId
    cameras: tuple[CameraId, ...]
    basis: Text
    state: ShareState
    starts_at: datetime
    ends_at: datetime
    latest_end: datetime
    proposed_by: str
    proposed_account: AccountId | None = None
    approved_by: str = ""
    ground: str = ""
    purpose: str = ""
    by_itself: bool = False
    ended_at: datetime | None = None
    ending: Ending | None = None
    ended_by: str = ""
    asks: tuple[Ask, ...] = field(default=())

    def runs(self, now: datetime) -> bool:
        """The clock has its say, also where nobody got round to ending it."""
        return self.state is ShareState.ACTIVE and now < self.ends_at


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody wants to share. `minutes` None: as the table says."""

    id: ShareId
    site: SiteId
    receiver: SiteId
    incident: IncidentId
    cameras: tuple[CameraId, ...]
    ground: str = ""
    purpose: str = ""
    minutes: int | None = None


def proposed(
    wanted: Proposal, kind: IncidentType, rule: Rule, author: Author, at: datetime
) -> Share:
    """Active at once unless the table wants a supervisor. Raises BadInput, Refused."""
    cameras = tuple(dict.fromkeys(wanted.cameras))
    if not cameras:
        raise BadInput(_NO_CAMERA)
    if len(cameras) > rule.cameras:
        raise BadInput(_too_many(rule.cameras))
    minutes = rule.minutes if wanted.minutes is None else wanted.minutes
    _check_minutes(minutes, rule.longest)
    _check_ground(kind, wanted.ground)
    if rule.approval and not wanted.purpose.strip():
        raise BadInput(_NO_PURPOSE)
    return Share(
        id=wanted.id, site=wanted.site, receiver=wanted.receiver, incident=wanted.incident,
        cameras=cameras, basis=kind.legal,
        state=ShareState.PROPOSED if rule.approval else ShareState.ACTIVE,
        starts_at=at, ends_at=at + timedelta(minutes=minutes),
        latest_end=at + timedelta(minutes=rule.longest),
        proposed_by=author.name, proposed_account=author.account, ground=wanted.ground,
        purpose=wanted.purpose.strip(),
    )  # fmt: skip


def by_itself(share: Share) -> Share:
    """No person proposed it: the table answered a request."""
    return replace(share, by_itself=True)


def approved(share: Share, author: Author, at: datetime) -> Share:
    """Its time begins with the approval. Raises Refused."""
    if share.state is not ShareState.PROPOSED:
        raise Refused(_NOT_PROPOSED)
    if author.account is not None and author.account == share.proposed_account:
        raise Refused(_OWN)
    late = at - share.starts_at
    return replace(
        share, state=ShareState.ACTIVE, approved_by=author.name, starts_at=at,
        ends_at=share.ends_at + late, latest_end=share.latest_end + late,
    )  # fmt: skip


def ended(share: Share, ending: Ending, at: datetime, by: str = "") -> Share:
    """Raises Refused where it has ended."""
    if share.state is ShareState.ENDED:
        raise Refused(_ENDED)
    if share.state is ShareState.PROPOSED:
        # Whatever ended it: it was never given, and its receiver is told nothing of it.
        ending = Ending.REJECTED
    return replace(share, state=ShareState.ENDED, ended_at=at, ending=ending, ended_by=by)


def extended(share: Share, minutes: int, at: datetime) -> Share:
    """So many minutes longer, within what the table allows. Raises BadInput, Refused."""
    _active(share, at)
    if minutes < SHORTEST_MINUTES:
        raise BadInput(_TOO_SHORT)
    until = share.ends_at + timedelta(minutes=minutes)
    if until > share.latest_end:
        raise BadInput(_TOO_LONG)
    return replace(share, ends_at=until)


def with_cameras(share: Share, cameras: tuple[CameraId, ...], most: int, at: datetime) -> Share:
    """Shares these as well; the same share where it has them. Raises BadInput, Refused."""
    _active(share, at)
    together = tuple(dict.fromkeys((*share.cameras, *cameras)))
    if len(together) > most:
        raise BadInput(_too_many(most))
    return replace(share, cameras=together)


def without_camera(share: Share, camera: CameraId, at: datetime) -> Share:
    """A camera is gone, or withheld; the share ends with its last one."""
    left = tuple(one for one in share.cameras if one != camera)
    if share.state is ShareState.ENDED or left == share.cameras:
        return share
    if not left:
        return ended(share, Ending.CAMERAS, at)
    return replace(share, cameras=left)


def asked(share: Share, ask: Ask) -> Share:
    """Raises BadInput (nothing asked for), Refused."""
    _active(share, ask.at)
    if not (ask.minutes or ask.place.strip()):
        raise BadInput(_NOTHING)
    if any(one.id == ask.id for one in share.asks):
        return share
    return replace(share, asks=(*share.asks, ask))


def answered(share: Share, id_: str, state: AskState, author: Author) -> tuple[Share, Ask]:
    """Raises Refused where it was answered, or never asked."""
    found = next((one for one in share.asks if one.id == id_), None)
    if found is None or found.state is not AskState.OPEN:
        raise Refused(_NO_ASK)
    done = replace(found, state=state, answered_by=author.name)
    asks = tuple(done if one.id == id_ else one for one in share.asks)
    return replace(share, asks=asks), done


def _active(share: Share, at: datetime) -> None:
    if not share.runs(at):
        raise Refused(_ENDED if share.state is not ShareState.PROPOSED else _NOT_YET)


def _check_minutes(minutes: int, longest: int) -> None:
    if minutes < SHORTEST_MINUTES:
        raise BadInput(_TOO_SHORT)
    if minutes > longest:
        raise BadInput(_TOO_LONG)


def _check_ground(kind: IncidentType, ground: str) -> None:
    if kind.reasons and ground not in {reason.key for reason in kind.reasons}:
        keys = ", ".join(reason.words.ko for reason in kind.reasons)
        keys_en = ", ".join(reason.words.en for reason in kind.reasons)
        raise BadInput(
            Text(f"법정 사유가 필요합니다: {keys}", f"a legal reason is needed, one of: {keys_en}")
        )


def _too_many(most: int) -> Text:
    return Text(
        f"이 수신기관에는 카메라를 {most}대까지 제공할 수 있습니다",
        f"at most {most} cameras are shared with this kind of receiver",
    )


_NO_CAMERA = Text("제공할 카메라를 고르십시오", "choose the cameras to be shared")
_NO_PURPOSE = Text(
    "승인이 필요한 제공입니다. 사유를 적으십시오", "this share needs an approval: give the reason"
)
_TOO_SHORT = Text("제공 시간은 1분 이상입니다", "a share lasts a minute at least")
_TOO_LONG = Text(
    "이 수신기관에 허용된 제공 시간을 넘습니다", "longer than this kind of receiver may have it"
)
_NOT_PROPOSED = Text("승인을 기다리는 제공이 아닙니다", "this share does not wait for approval")
_OWN = Text(
    "자신이 신청한 제공은 다른 사람이 승인해야 합니다",
    "whoever proposed it does not approve it; somebody else does",
)
_ENDED = Text("이미 끝난 영상제공입니다", "this share has ended")
_NOT_YET = Text("아직 승인되지 않은 영상제공입니다", "this share is not approved yet")
_NOTHING = Text("무엇이 더 필요한지 적으십시오", "say what else is needed")
_NO_ASK = Text("그런 요청이 없거나 이미 답했습니다", "no such request, or it was answered")
