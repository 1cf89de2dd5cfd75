"""What was done by the book: steps of the SOP and golden times, ticked or skipped with a reason.

A tick is a line of the incident's history and nothing else: who did it and when stands there, and
nobody can take it back unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.errors import BadInput, Refused
from app.domain.incident import Author, Incident, Line
from app.domain.incident_state import State
from app.domain.incident_type import GoldenStep, GoldenTime
from app.domain.incident_types import type_of
from app.domain.text import Text

KIND: Final = "step"
REVEAL: Final = "reveal"
NOTIFY: Final = "notify"


class How(StrEnum):
    DONE = "done"
    SKIPPED = "skipped"
    OPEN = "open"
    """Ticked by mistake."""


@dataclass(frozen=True, slots=True)
class Tick:
    """The newest word on a step."""

    how: How
    at: datetime
    by: str
    reason: str = ""


_DONE: Final = {
    How.DONE: Text("절차 완료", "step done"),
    How.SKIPPED: Text("절차 생략", "step skipped"),
    How.OPEN: Text("절차 되돌림", "step taken back"),
}
_NO_STEP = Text("그 유형의 사건에 없는 절차입니다", "incidents of that type have no such step")
_REASON = Text("절차를 생략하는 사유를 입력하세요", "give the reason for skipping the step")
_ENDED = Text("끝난 사건의 절차는 고칠 수 없습니다", "the steps of an incident that has ended stay")
_NOTHING = Text("이 사건에는 인적사항이 없습니다", "this incident holds no personal facts")


def step_words(key: str, type_: str) -> Text | None:
    """Of a step of the SOP, or of a golden time."""
    known = type_of(type_)
    if known is not None:
        for step in known.sop:
            if step.key == key:
                return step.words
    return GoldenStep(key).words if key in set(GoldenStep) else None


def stepped(
    incident: Incident, key: str, how: How, author: Author, at: datetime, reason: str = ""
) -> Incident:
    """Raises BadInput for a step it does not have or a skip without a reason, Refused at the end.

    The same incident where nothing is new.
    """
    words = step_words(key, incident.type)
    reason = reason.strip()
    if words is None:
        raise BadInput(_NO_STEP)
    if how is How.SKIPPED and not reason:
        raise BadInput(_REASON)
    if not incident.state.open:
        raise Refused(_ENDED)
    before = ticks((line.kind, line.at, line.by, line.facts) for line in incident.history)
    known = before.get(key)
    if (known.how if known is not None else How.OPEN) is how:
        return incident
    said = _DONE[how]
    tail = f" ({reason})" if reason else ""
    text = Text(f"{said.ko}: {words.ko}{tail}", f"{said.en}: {words.en}{tail}")
    facts = {"step": key, "how": str(how)} | ({"reason": reason} if reason else {})
    return told(incident, Line(at, author.name, KIND, text, author.account, facts))


def revealed(incident: Incident, author: Author, at: datetime) -> Incident:
    """Somebody has looked at the personal facts. Raises Refused where there are none."""
    if not incident.person:
        raise Refused(_NOTHING)
    text = Text("인적사항을 열람했습니다", "looked at the personal facts")
    return told(incident, Line(at, author.name, REVEAL, text, author.account))


def notified(incident: Incident, names: Iterable[str], author: Author, at: datetime) -> Incident:
    """Somebody has had others told of it; `names`: of those, as the centre calls them."""
    to = ", ".join(names)
    text = Text(f"통보했습니다: {to}", f"had them told: {to}")
    return told(incident, Line(at, author.name, NOTIFY, text, author.account))


def told(incident: Incident, line: Line) -> Incident:
    """With a line more. A clock that was set back must not make the newest change look old."""
    newest = max(line.at, incident.changed_at)
    return replace(incident, history=(*incident.history, line), changed_at=newest)


def ticks(
    history: Iterable[tuple[str, datetime, str, Mapping[str, str]]],
) -> dict[str, Tick]:
    """By step, from lines (kind, at, by, facts), oldest first; those taken back are left out."""
    found: dict[str, Tick] = {}
    for kind, at, by, facts in history:
        if kind == KIND and facts.get("how") in set(How):
            how = How(facts["how"])
            if how is How.OPEN:
                found.pop(facts.get("step", ""), None)
            else:
                found[facts.get("step", "")] = Tick(how, at, by, facts.get("reason", ""))
        elif kind == NOTIFY:
            found.setdefault(GoldenStep.NOTICE, Tick(How.DONE, at, by))
    return found


@dataclass(frozen=True, slots=True)
class Golden:
    """The next golden time that is not met. `left_s` is negative once it is broken."""

    step: GoldenStep
    total_s: int
    left_s: float


def golden(
    type_: str,
    state: State,
    received_at: datetime,
    done: Mapping[str, Tick],
    now: datetime,
) -> Golden | None:
    """None where all are met, the incident is over or released, or the type has none."""
    known = type_of(type_)
    if known is None or not state.open or state is State.RELEASED:
        return None
    for time in known.golden:
        if not _met(time, state, done):
            left = time.seconds - (now - received_at).total_seconds()
            return Golden(time.step, time.seconds, left)
    return None


def _met(time: GoldenTime, state: State, done: Mapping[str, Tick]) -> bool:
    if time.step is GoldenStep.ACKNOWLEDGE:
        return state is not State.RECEIVED
    # The picture is there once the dragnet was opened, whichever of the two was ticked.
    if time.step is GoldenStep.VIDEO and "dragnet" in done:
        return True
    return str(time.step) in done
