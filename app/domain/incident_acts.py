"""What is done to an incident: each act gives a new one with a line more in its history.

What version of the incident the person saw does not matter: an act that is legal now is done, one
that is not is Refused, and the caller shows the incident as it is. Every `at` is aware.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.account import AccountId
from app.domain.errors import Refused
from app.domain.incident import HUB, Author, FactValue, Incident, Line
from app.domain.incident_state import Move, State, after
from app.domain.incident_steps import told
from app.domain.incident_type import Grade
from app.domain.incident_types import incident_type
from app.domain.text import Text

_DONE = {
    Move.ACKNOWLEDGE: Text("접수했습니다", "acknowledged"),
    Move.RESPOND: Text("대응을 시작했습니다", "response begun"),
    Move.RELEASE: Text("관제를 해제했습니다", "released"),
    Move.CLOSE: Text("종료했습니다", "closed"),
    Move.CLOSE_AUTOMATICALLY: Text("자동으로 종료되었습니다", "closed automatically"),
    Move.CANCEL: Text("취소했습니다", "cancelled"),
    Move.REOPEN: Text("재개했습니다", "reopened"),
}
_ENDED = Text(
    "끝난 사건은 고칠 수 없습니다. 재개하거나 메모를 남기십시오",
    "an incident that has ended is not changed; reopen it or write a note",
)


@dataclass(frozen=True, slots=True)
class Change:
    """New information (40). None leaves as it was; `facts` and `person` are laid over the old."""

    title: str | None = None
    place: str | None = None
    emd_code: str | None = None
    position: tuple[float, float] | None = None
    grade: Grade | None = None
    facts: tuple[tuple[str, FactValue], ...] = ()
    person: tuple[tuple[str, str], ...] = ()


_FIELDS = {
    "title": Text("제목", "title"),
    "place": Text("장소", "place"),
    "emd_code": Text("법정동", "emd"),
    "latitude": Text("위치", "position"),
    "longitude": Text("위치", "position"),
    "grade": Text("등급", "grade"),
    "facts": Text("내용", "facts"),
    "person": Text("인적사항", "personal facts"),
}


def moved(
    incident: Incident, move: Move, author: Author, at: datetime, reason: str = ""
) -> Incident:
    """Moves it along the table; whoever takes it up works on it if nobody did.

    Raises Refused, BadInput (see `after`), ValueError for merging, which concerns two incidents.
    """
    if move in {Move.MERGE, Move.UNMERGE}:
        message = "merged and unmerged do that"
        raise ValueError(message)
    state = after(incident.state, move, reason)
    line = _line(at, author, move, _with_reason(_DONE[move], reason.strip()))
    if reason.strip():
        line = replace(line, facts={"reason": reason.strip()})
    return _taken_up(_in_state(incident, state, at), move, author, line)


def closed_automatically(incident: Incident, why: Text, at: datetime) -> Incident:
    """Closed by a rule (92): a second hit, a time-out, a camera that is back. Raises Refused."""
    state = after(incident.state, Move.CLOSE_AUTOMATICALLY)
    done = _DONE[Move.CLOSE_AUTOMATICALLY]
    words = Text(f"{done.ko}: {why.ko}", f"{done.en}: {why.en}")
    return told(_in_state(incident, state, at), _line(at, HUB, Move.CLOSE_AUTOMATICALLY, words))


def assigned(
    incident: Incident, account: AccountId | None, name: str, author: Author, at: datetime
) -> Incident:
    """Says who works on it; None for nobody. Raises Refused where it has ended."""
    if not incident.state.open:
        raise Refused(_ENDED)
    if incident.assignee == account:
        return incident
    words = Text(f"담당: {name}", f"assigned to {name}")
    if account is None:
        name, words = "", Text("담당자를 비웠습니다", "assigned to nobody")
    line = _line(at, author, "assign", words)
    return told(replace(incident, assignee=account, assignee_name=name), line)


def changed(incident: Incident, change: Change, author: Author, at: datetime) -> Incident:
    """Lays the new information over the old; the same incident where nothing is new.

    Raises Refused where it has ended. The history names the fields, not what is in them.
    """
    if not incident.state.open:
        raise Refused(_ENDED)
    new = _laid_over(incident, change)
    names = [_FIELDS[field] for field in _FIELDS if getattr(new, field) != getattr(incident, field)]
    if not names:
        return incident
    ko = ", ".join(dict.fromkeys(name.ko for name in names))
    en = ", ".join(dict.fromkeys(name.en for name in names))
    line = _line(at, author, "change", Text(f"정보 변경: {ko}", f"information changed: {en}"))
    return told(new, line)


def noted(incident: Incident, at: datetime) -> Incident:
    """Counts a note that was appended; notes are taken in every state."""
    return replace(incident, notes=incident.notes + 1, changed_at=max(at, incident.changed_at))


def attached(incident: Incident, id_: str, name: str, author: Author, at: datetime) -> Incident:
    """Counts an attachment that was appended; its line names it."""
    line = _line(at, author, "attach", Text(f"첨부: {name}", f"attached: {name}"))
    line = replace(line, facts={"attachment": id_, "name": name})
    return told(replace(incident, attachments=incident.attachments + 1), line)


def merged(
    incident: Incident, other: Incident, author: Author, at: datetime
) -> tuple[Incident, Incident]:
    """`incident` becomes a part of `other`, which goes on; both as they are afterwards.

    Its shares go over to `other` where that may be shared like this, and stay there when the
    merging is undone. Raises Refused where they are the same or one of them has ended.
    """
    if incident.id == other.id or not other.state.open:
        raise Refused(_NOT_INTO)
    gone = replace(
        incident,
        state=after(incident.state, Move.MERGE),
        before_merge=incident.state,
        merged_into=other.id,
        shared={},
    )
    moved = incident.shared.items() if shares_go_over(incident, other) else ()
    both = [*moved, *other.shared.items()]
    shared = {site: max(until for one, until in both if one == site) for site, _ in both}
    other = replace(other, shared=shared)
    into = Text(f"사건 {other.number}에 병합했습니다", f"merged into incident {other.number}")
    took = Text(
        f"사건 {incident.number}을(를) 받아들였습니다", f"incident {incident.number} merged in"
    )
    return (
        told(gone, _line(at, author, Move.MERGE, into)),
        told(other, _line(at, author, Move.MERGE, took)),
    )


def shares_go_over(incident: Incident, other: Incident) -> bool:
    """Whether what is shared of the one may be shared of the other, into which it is merged.

    Not into a released one; and where a law asks for reasons of its own (an anklet wearer), not
    from another type: nobody has named one.
    """
    kind = incident_type(other.type)
    lawful = not kind.reasons or other.type == incident.type
    return not other.state.ends_shares and bool(kind.receivers) and lawful


def unmerged(
    incident: Incident, other: Incident, author: Author, at: datetime
) -> tuple[Incident, Incident]:
    """Undoes `merged`: `incident` is again what it was before. Raises Refused."""
    state = after(incident.state, Move.UNMERGE, before_merge=incident.before_merge)
    if incident.merged_into != other.id:
        raise Refused(_NOT_MERGED)
    back = replace(incident, state=state, before_merge=None, merged_into=None)
    words = Text(
        f"사건 {incident.number}와(과) {other.number}의 병합을 취소했습니다",
        f"merging of {incident.number} into {other.number} undone",
    )
    line = _line(at, author, Move.UNMERGE, words)
    return told(back, line), told(other, line)


_NOT_INTO = Text(
    "진행 중인 다른 사건에만 병합할 수 있습니다",
    "an incident is merged into another one that is still open",
)
_NOT_MERGED = Text("그 사건에 병합되어 있지 않습니다", "it is not merged into that incident")


def _in_state(incident: Incident, state: State, at: datetime) -> Incident:
    ends = state.ends_shares and not incident.state.ends_shares
    if not ends:
        return replace(incident, state=state)
    return replace(incident, state=state, shares_ended_at=at, shared={})


def _taken_up(incident: Incident, move: Move, author: Author, line: Line) -> Incident:
    takes = move in {Move.ACKNOWLEDGE, Move.RESPOND}
    if takes and incident.assignee is None and author.account is not None:
        incident = replace(incident, assignee=author.account, assignee_name=author.name)
    return told(incident, line)


def _laid_over(incident: Incident, change: Change) -> Incident:
    new = replace(
        incident,
        title=incident.title if change.title is None else change.title,
        place=incident.place if change.place is None else change.place,
        emd_code=incident.emd_code if change.emd_code is None else change.emd_code,
        grade=incident.grade if change.grade is None else change.grade,
        facts={**incident.facts, **dict(change.facts)},
        person={**incident.person, **dict(change.person)},
    )
    if change.position is None:
        return new
    latitude, longitude = change.position
    return replace(new, latitude=latitude, longitude=longitude, approximate=False)


def _line(at: datetime, author: Author, kind: str, words: Text) -> Line:
    return Line(at, author.name, kind, words, author.account)


def _with_reason(words: Text, reason: str) -> Text:
    return Text(f"{words.ko}: {reason}", f"{words.en}: {reason}") if reason else words
