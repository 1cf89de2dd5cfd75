"""`incident.*`: what people do to incidents, by the table of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain import incident_acts as acts
from app.domain import incident_steps as steps
from app.domain.account import AccountId
from app.domain.camera import CameraId
from app.domain.errors import BadInput, Refused
from app.domain.incident import Incident, IncidentId
from app.domain.incident_intake import opened
from app.domain.incident_state import Move
from app.domain.incident_steps import How
from app.domain.incident_type import Grade
from app.domain.incident_types import incident_type
from app.domain.intake import IntakeEvent, Kind
from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.site import SiteId
from app.domain.text import Text
from app.domain.visible import thing_of
from app.hub.services.acting import Acting, Conflict, Handler
from app.hub.services.incident_json import stamp
from app.hub.services.incidents import HUB_FEED, KIND, Incidents
from app.hub.store import accounts, queries
from app.hub.store.rows import Entry
from app.hub.store.transaction import Transaction
from app.wire.acts import Assign, Change, Create, Merge, Note, Nothing, Step
from app.wire.acts import Move as MoveArgs

# Tells all who are to be told of an incident; their names.
TellAll = Callable[[Transaction, Incident], list[str]]
# Told, in the job, that somebody looked at the personal facts.
Revealed = Callable[[Acting, Incident], None]

_RIGHTS: Mapping[Move, Action] = {
    Move.ACKNOWLEDGE: Action.ACKNOWLEDGE,
    Move.RESPOND: Action.RESPOND,
    Move.RELEASE: Action.RELEASE,
    Move.CLOSE: Action.CLOSE,
    Move.CANCEL: Action.CANCEL,
    Move.REOPEN: Action.REOPEN,
}
_THERE = Text("그 번호의 사건이 이미 있습니다", "that incident exists already")
_NO_ACCOUNT = Text("그런 계정이 없습니다", "there is no such account")
_NO_GRADE = Text("알 수 없는 등급입니다", "there is no such grade")
_HALF_PLACE = Text("위도와 경도를 함께 주십시오", "give latitude and longitude together")
_NO_HOW = Text("절차는 done·skipped·open 중 하나입니다", "a step is done, skipped or open")
_NOBODY = Text(
    "이 사건을 통보할 곳이 설정되어 있지 않습니다", "nobody is set up to be told of this incident"
)
_SAME_NOTE = Text("그 메모가 이미 있습니다", "that note exists already")


class IncidentActs:
    """Gives a handler for each type of command."""

    def __init__(
        self,
        incidents: Incidents,
        tell_all: TellAll = lambda _tx, _incident: [],
        revealed: Revealed = lambda _acting, _incident: None,
    ) -> None:
        self._incidents = incidents
        self._tell_all = tell_all
        self._revealed = revealed

    def handlers(self) -> dict[str, Handler]:
        moves: dict[str, Handler] = {f"{KIND}.{move}": self._move(move) for move in _RIGHTS}
        return moves | {
            f"{KIND}.create": self.create,
            f"{KIND}.assign": self.assign,
            f"{KIND}.note": self.note,
            f"{KIND}.change": self.change,
            f"{KIND}.merge": self.merge,
            f"{KIND}.unmerge": self.unmerge,
            f"{KIND}.step": self.step,
            f"{KIND}.reveal": self.reveal,
            f"{KIND}.notify": self.notify,
        }

    def _move(self, move: Move) -> Handler:
        def carry_out(acting: Acting) -> Entry | None:
            reason = acting.args(MoveArgs).reason
            before = self._target(acting, _RIGHTS[move])
            with _as_it_is(before):
                after = acts.moved(before, move, acting.author, acting.at, reason)
            return self._incidents.change(acting.tx, before, after)

        return carry_out

    def create(self, acting: Acting) -> Entry:
        args = acting.args(Create)
        site = SiteId(args.site or acting.subject.site)
        acting.demand(Action.CREATE, Thing(KIND, site, incident_type=args.type))
        incident_type(args.type)
        if queries.any_version(acting.tx.connection, KIND, acting.command.target) is not None:
            raise Refused(_THERE)
        _position(args)
        event = IntakeEvent(
            source=acting.author.name, external="", kind=Kind.OCCURRED, type=args.type,
            occurred_at=_not_later(acting, args.occurred_at), title=args.title,
            place=args.place, latitude=args.latitude, longitude=args.longitude,
            emd_code=args.emd_code, camera=args.camera or "", facts=args.facts,
            person=args.person, severity="" if args.grade is None else str(_grade(args.grade)),
        )  # fmt: skip
        id_ = IncidentId(acting.command.target)
        number = self._incidents.next_number(acting.tx)
        new = opened(event, id_=id_, number=number, site=site, at=acting.at)
        new = _by_hand(new, acting, args)
        return self._incidents.open(acting.tx, new, HUB_FEED)

    def assign(self, acting: Acting) -> Entry | None:
        args = acting.args(Assign)
        before = self._target(acting, Action.ASSIGN)
        account, name = None, ""
        if args.account is not None:
            found = accounts.get(acting.tx.connection, args.account)
            if found is None or found.disabled:
                raise Refused(_NO_ACCOUNT)
            account, name = AccountId(found.id), str(found.d.get("name") or found.username)
        with _as_it_is(before):
            after = acts.assigned(before, account, name, acting.author, acting.at)
        return self._incidents.change(acting.tx, before, after)

    def change(self, acting: Acting) -> Entry | None:
        args = acting.args(Change)
        before = self._target(acting, Action.CHANGE)
        change = acts.Change(
            title=args.title, place=args.place, emd_code=args.emd_code, position=_position(args),
            grade=None if args.grade is None else _grade(args.grade),
            facts=tuple(args.facts.items()), person=tuple(args.person.items()),
        )  # fmt: skip
        with _as_it_is(before):
            after = acts.changed(before, change, acting.author, acting.at)
        return self._incidents.change(acting.tx, before, after)

    def note(self, acting: Acting) -> Entry:
        """Notes are taken in every state and never in conflict."""
        args = acting.args(Note)
        before = self._target(acting, Action.NOTE)
        if queries.any_version(acting.tx.connection, "note", args.id) is not None:
            raise Refused(_SAME_NOTE)
        author = acting.author
        note = {
            "id": args.id,
            "incident": before.id,
            "at": stamp(acting.at),
            "by": author.name,
            "account": author.account,
            "text": args.text,
            "site": before.site,
        }
        entry = acting.tx.put("note", args.id, note)
        self._incidents.change(acting.tx, before, acts.noted(before, acting.at))
        return entry

    def step(self, acting: Acting) -> Entry | None:
        args = acting.args(Step)
        before = self._target(acting, Action.RESPOND)
        if args.how not in set(How):
            raise BadInput(_NO_HOW)
        with _as_it_is(before):
            after = steps.stepped(
                before, args.step, How(args.how), acting.author, acting.at, args.reason
            )
        return self._incidents.change(acting.tx, before, after)

    def reveal(self, acting: Acting) -> Entry | None:
        """Whoever may see them has them already; that they were looked at is written down."""
        acting.args(Nothing)
        before = self._target(acting, Action.SEE_PERSON)
        after = steps.revealed(before, acting.author, acting.at)
        self._revealed(acting, before)
        return self._incidents.change(acting.tx, before, after)

    def notify(self, acting: Acting) -> Entry | None:
        acting.args(Nothing)
        before = self._target(acting, Action.RESPOND)
        names = self._tell_all(acting.tx, before)
        if not names:
            raise Refused(_NOBODY)
        after = steps.notified(before, names, acting.author, acting.at)
        return self._incidents.change(acting.tx, before, after)

    def merge(self, acting: Acting) -> Entry | None:
        into = acting.args(Merge).into
        return self._both(acting, into, acts.merged)

    def unmerge(self, acting: Acting) -> Entry | None:
        acting.args(Nothing)
        before = self._target(acting, Action.MERGE)
        return self._both(acting, before.merged_into or "", acts.unmerged)

    def _both(self, acting: Acting, other_id: str, do: Callable[..., Any]) -> Entry | None:
        before = self._target(acting, Action.MERGE)
        with _as_it_is(before):
            other = self._incidents.need(acting.tx.connection, other_id)
            acting.demand(Action.MERGE, thing_of(other))
            after, other_after = do(before, other, acting.author, acting.at)
        self._incidents.change(acting.tx, other, other_after)
        return self._incidents.change(acting.tx, before, after)

    def _target(self, acting: Acting, action: Action) -> Incident:
        found = self._incidents.need(acting.tx.connection, acting.command.target)
        acting.demand(action, thing_of(found))
        return found


@contextmanager
def _as_it_is(incident: Incident) -> Iterator[None]:
    """What the state forbids is a conflict: the console shows the incident as it is now."""
    try:
        yield
    except Refused as error:
        raise Conflict(error.text, KIND, incident.id) from error


def _by_hand(new: Incident, acting: Acting, args: Create) -> Incident:
    """An incident that somebody wrote down has him in its history, and no sender."""
    words = Text("직접 등록했습니다", "entered by hand")
    line = replace(
        new.history[0], by=acting.author.name, account=acting.author.account, kind="create",
        words=words,
    )  # fmt: skip
    return replace(new, cameras=tuple(map(CameraId, args.cameras)), history=(line,))


def _not_later(acting: Acting, told: datetime | None) -> datetime:
    """A console's clock may run ahead; nothing has happened in the future."""
    return min(told or acting.command.at, acting.at)


def _position(args: Create | Change) -> tuple[float, float] | None:
    if args.latitude is None and args.longitude is None:
        return None
    if args.latitude is None or args.longitude is None:
        raise BadInput(_HALF_PLACE)
    return args.latitude, args.longitude


def _grade(code: int) -> Grade:
    try:
        return Grade(code)
    except ValueError:
        raise BadInput(_NO_GRADE) from None
