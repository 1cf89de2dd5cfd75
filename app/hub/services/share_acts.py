"""`share.*`: what people do to shares, by the table of who may be given what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from app.domain import share as acts
from app.domain.account import Role
from app.domain.camera import CameraId
from app.domain.errors import BadInput, Refused
from app.domain.geo.earth import Place, distance_m
from app.domain.incident import Incident, Line
from app.domain.incident_types import incident_type
from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.share import Ask, AskState, Ending, Proposal, Share, ShareId, ShareState
from app.domain.share_rules import Rule, rule_of
from app.domain.site import Site, SiteId
from app.domain.text import Text
from app.hub.services.acting import Acting, Conflict, Handler
from app.hub.services.incidents import Incidents
from app.hub.services.restrictions import only_role
from app.hub.services.shares import CAMERA, KIND, Shares, whole_ms
from app.hub.services.visibility import thing_of_row
from app.hub.store import queries
from app.hub.store.rows import Entry
from app.wire.acts import AddCameras, AnswerAsk, AskMore, Extend, Nothing, Propose


class ShareActs:
    """`site_of` raises Refused for a site that the tree does not have."""

    def __init__(
        self, shares: Shares, incidents: Incidents, site_of: Callable[[SiteId], Site]
    ) -> None:
        self._shares = shares
        self._incidents = incidents
        self._site_of = site_of

    def handlers(self) -> dict[str, Handler]:
        return {
            f"{KIND}.propose": self.propose,
            f"{KIND}.approve": self.approve,
            f"{KIND}.reject": self.reject,
            f"{KIND}.end": self.end,
            f"{KIND}.extend": self.extend,
            f"{KIND}.add": self.add,
            f"{KIND}.ask": self.ask,
            f"{KIND}.answer": self.answer,
        }

    def propose(self, acting: Acting) -> Entry | None:
        args = acting.args(Propose)
        incident = self._incidents.need(acting.tx.connection, args.incident)
        acting.demand(Action.PROPOSE_SHARE, Thing(KIND, incident.site))
        if queries.any_version(acting.tx.connection, KIND, acting.command.target) is not None:
            raise Refused(_THERE)
        if incident.state.ends_shares or not incident.state.open:
            raise Refused(_NOT_OPEN)
        receiver = self._site_of(SiteId(args.receiver))
        kind = incident_type(incident.type)
        rule = rule_of(kind, receiver.kind)
        for other in self._shares.open_of(acting.tx.connection, incident.id):
            if other.receiver == receiver.id:
                raise Conflict(_TWICE, KIND, other.id)
        cameras = tuple(map(CameraId, args.cameras))
        self._check_cameras(acting, cameras, incident, rule)
        wanted = Proposal(
            ShareId(acting.command.target), incident.site, receiver.id, incident.id, cameras,
            args.ground, args.purpose, args.minutes,
        )  # fmt: skip
        share = acts.proposed(wanted, kind, rule, acting.author, whole_ms(acting.tx))
        return self._shares.keep(acting.tx, None, share, self._line(acting, share))

    def approve(self, acting: Acting) -> Entry | None:
        acting.args(Nothing)
        share = self._target(acting, Action.APPROVE_SHARE)
        after = acts.approved(share, acting.author, whole_ms(acting.tx))
        return self._shares.keep(acting.tx, share, after, self._line(acting, after))

    def reject(self, acting: Acting) -> Entry | None:
        acting.args(Nothing)
        share = self._target(acting, Action.APPROVE_SHARE)
        if share.state is not ShareState.PROPOSED:
            raise Conflict(_NOT_PROPOSED, KIND, share.id)
        return self._shares.end(acting.tx, share, Ending.REJECTED, acting.author)

    def end(self, acting: Acting) -> Entry | None:
        """By the centre, or by the receiver that no longer needs it. Twice is once."""
        acting.args(Nothing)
        share = self._target(acting, Action.END_SHARE)
        if share.state is ShareState.ENDED:
            return None
        own = acting.subject.site == share.receiver
        ending = Ending.RECEIVER if own else Ending.PERSON
        return self._shares.end(acting.tx, share, ending, acting.author)

    def extend(self, acting: Acting) -> Entry | None:
        minutes = acting.args(Extend).minutes
        share = self._target(acting, Action.PROPOSE_SHARE)
        self._agreed(acting, share)
        after = acts.extended(share, minutes, whole_ms(acting.tx))
        return self._shares.keep(acting.tx, share, after, self._longer(acting, after))

    def add(self, acting: Acting) -> Entry | None:
        cameras = acting.args(AddCameras).cameras
        share = self._target(acting, Action.PROPOSE_SHARE)
        self._agreed(acting, share)
        return self._shares.keep(acting.tx, share, self._with(acting, share, cameras))

    def ask(self, acting: Acting) -> Entry | None:
        args = acting.args(AskMore)
        share = self._target(acting, Action.ASK_SHARE)
        given = Ask(args.id, whole_ms(acting.tx), acting.author.name, args.minutes, args.place)
        after = acts.asked(share, given)
        name = self._site_of(share.receiver).name
        more = Text(f"{args.minutes}분 연장", f"{args.minutes} minutes more")
        if args.place.strip():
            place = args.place.strip()
            more = Text(f"다른 카메라 ({place})", f"another camera ({place})")
        words = Text(f"{name} 요청: {more.ko}", f"{name} asks for {more.en}")
        return self._shares.keep(acting.tx, share, after, _line_of(acting, words))

    def answer(self, acting: Acting) -> Entry | None:
        args = acting.args(AnswerAsk)
        share = self._target(acting, Action.PROPOSE_SHARE)
        state = AskState.GRANTED if args.grant else AskState.REFUSED
        if args.grant:
            self._agreed(acting, share)
        after, asked = acts.answered(share, args.ask, state, acting.author)
        line = None
        if args.grant and asked.minutes:
            after = acts.extended(after, asked.minutes, whole_ms(acting.tx))
            line = self._longer(acting, after)
        if args.grant and asked.place:
            if not args.cameras:
                raise BadInput(_WHICH)
            after = self._with(acting, after, args.cameras)
        return self._shares.keep(acting.tx, share, after, line)

    def _agreed(self, acting: Acting, share: Share) -> None:
        """More of what a supervisor had to agree to needs one again. Raises NoRight."""
        incident = self._incidents.need(acting.tx.connection, share.incident)
        rule = rule_of(incident_type(incident.type), self._site_of(share.receiver).kind)
        if rule.approval:
            self._target(acting, Action.APPROVE_SHARE)

    def _with(self, acting: Acting, share: Share, ids: Iterable[str]) -> Share:
        incident = self._incidents.need(acting.tx.connection, share.incident)
        kind = incident_type(incident.type)
        rule = rule_of(kind, self._site_of(share.receiver).kind)
        cameras = tuple(map(CameraId, ids))
        self._check_cameras(acting, cameras, incident, rule)
        return acts.with_cameras(share, cameras, rule.cameras, whole_ms(acting.tx))

    def _check_cameras(
        self, acting: Acting, cameras: Iterable[CameraId], incident: Incident, rule: Rule
    ) -> None:
        """Raises Refused for one that is not there, not the subject's to see, or too far away."""
        for camera in cameras:
            found = acting.tx.get(CAMERA, camera)
            thing = None if found is None else thing_of_row(CAMERA, camera, found.d)
            if found is None or thing is None:
                raise Refused(_NO_CAMERA)
            acting.demand(Action.SEE, thing)
            if only_role(found.d, acting.at) not in {None, Role.RECEIVER}:
                raise Refused(_restricted(str(found.d.get("name", ""))))
            if rule.radius_m is not None and not _near(found.d, incident, rule.radius_m):
                raise Refused(_too_far(str(found.d.get("name", "")), rule.radius_m))

    def _target(self, acting: Acting, action: Action) -> Share:
        found = acting.tx.get(KIND, acting.command.target)
        thing = None if found is None else thing_of_row(KIND, found.id, found.d)
        if thing is None:
            # The words of one that is not there: whether it exists is nobody else's business.
            return self._shares.need(acting.tx.connection, acting.command.target)
        acting.demand(action, thing)
        return self._shares.need(acting.tx.connection, acting.command.target)

    def _line(self, acting: Acting, share: Share) -> Line:
        name, count = self._site_of(share.receiver).name, len(share.cameras)
        words = Text(
            f"{name}에 카메라 {count}대 영상제공 시작", f"{count} cameras shared with {name}"
        )
        if share.state is ShareState.PROPOSED:
            words = Text(f"{name} 영상제공 승인 요청", f"sharing with {name} waits for approval")
        return _line_of(acting, words)

    def _longer(self, acting: Acting, share: Share) -> Line:
        name = self._site_of(share.receiver).name
        # The history is read in the centre's time; a country has one.
        until = f"{share.ends_at + _KOREA:%H:%M}"
        return _line_of(
            acting,
            Text(f"{name} 영상제공 {until}까지 연장", f"sharing with {name} until {until}"),
        )


def _line_of(acting: Acting, words: Text) -> Line:
    author = acting.author
    return Line(whole_ms(acting.tx), author.name, KIND, words, author.account)


def _near(d: Mapping[str, Any], incident: Incident, metres: float) -> bool:
    """True also where a place is not known: distance can forbid only what it can tell."""
    if incident.latitude is None or incident.longitude is None:
        return True
    latitude, longitude = d.get("latitude"), d.get("longitude")
    if latitude is None or longitude is None:
        return True
    here = Place(incident.latitude, incident.longitude)
    return distance_m(here, Place(latitude, longitude)) <= metres


_KOREA = timedelta(hours=9)
_THERE = Text("그 번호의 영상제공이 이미 있습니다", "that share exists already")
_NOT_OPEN = Text(
    "해제되거나 끝난 사건의 영상은 제공할 수 없습니다",
    "video is shared only while the incident is open and not released",
)
_TWICE = Text(
    "이 기관에 이미 이 사건의 영상을 제공하고 있습니다. 카메라를 추가하십시오",
    "this incident is shared with that receiver already; add cameras to it",
)
_NOT_PROPOSED = Text("승인을 기다리는 제공이 아닙니다", "this share does not wait for approval")
_NO_CAMERA = Text("그런 카메라가 없습니다", "there is no such camera")
_WHICH = Text("어느 카메라를 제공할지 고르십시오", "choose which camera is to be shared")


def _restricted(name: str) -> Text:
    return Text(
        f"‘{name}’은(는) 열람이 제한된 카메라라 제공할 수 없습니다",
        f"“{name}” is restricted for now and cannot be shared",
    )


def _too_far(name: str, metres: float) -> Text:
    return Text(
        f"‘{name}’은(는) 사건 위치에서 {metres:,.0f} m 넘게 떨어져 있습니다",
        f"“{name}” is more than {metres:,.0f} m away from the incident",
    )
