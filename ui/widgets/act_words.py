"""What was done, for a person: acts for the hub in the language on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.hub_act import ActState, HubAct
from app.domain.incident_state import Move, State
from ui.translations import words
from ui.widgets.forms import recent_form

translate = QCoreApplication.translate

_INCIDENT: Final = "incident."
_OTHERS: Final[dict[str, Callable[[], str]]] = {
    "incident.create": lambda: translate("Acts", "new incident"),
    "incident.note": lambda: translate("Acts", "note"),
    "incident.assign": lambda: translate("Acts", "assignment"),
    "incident.change": lambda: translate("Acts", "change"),
    "incident.step": lambda: translate("Acts", "step"),
    "incident.reveal": lambda: translate("Acts", "look at personal facts"),
    "incident.notify": lambda: translate("Acts", "notify"),
    "share.propose": lambda: translate("Acts", "share video"),
    "share.approve": lambda: translate("Acts", "approve a share"),
    "share.reject": lambda: translate("Acts", "reject a share"),
    "share.extend": lambda: translate("Acts", "lengthen a share"),
    "share.add": lambda: translate("Acts", "add cameras to a share"),
    "share.end": lambda: translate("Acts", "end a share"),
    "share.ask": lambda: translate("Acts", "ask the centre"),
    "share.answer": lambda: translate("Acts", "answer a receiver"),
    "camera.restrict": lambda: translate("Acts", "restrict a camera"),
    "camera.unrestrict": lambda: translate("Acts", "lift a restriction"),
    "camera.mask": lambda: translate("Acts", "masks of a camera"),
    "wall.save": lambda: translate("Acts", "save a wall"),
    "wall.delete": lambda: translate("Acts", "delete a wall"),
    "wall.send": lambda: translate("Acts", "send a wall"),
    "wall.take_back": lambda: translate("Acts", "take a wall back"),
}
_STATES: Final[dict[ActState, Callable[[], str]]] = {
    ActState.WAITING: lambda: translate("Acts", "waiting to be sent"),
    ActState.SENT: lambda: translate("Acts", "being sent"),
    ActState.APPLIED: lambda: translate("Acts", "done"),
    ActState.CONFLICT: lambda: translate("Acts", "conflict"),
    ActState.REFUSED: lambda: translate("Acts", "refused"),
}
_MARKS: Final = {
    ActState.WAITING: ("ring", "normal"),
    ActState.SENT: ("half", "focus"),
    ActState.APPLIED: ("dot", "fine"),
    ActState.CONFLICT: ("triangle", "urgent"),
    ActState.REFUSED: ("diamond", "urgent"),
}


def act_words(act: HubAct) -> str:
    known = _OTHERS.get(act.type)
    if known is not None:
        return known()
    try:
        return words(Move(act.type.removeprefix(_INCIDENT)).words)
    except ValueError:
        return act.type


def act_state(act: HubAct) -> str:
    return _STATES[act.state]()


def act_mark(act: HubAct) -> tuple[str, str]:
    """Icon and colour of the theme."""
    return _MARKS[act.state]


def said(act: HubAct) -> str:
    """What the person wrote: a reason, a note, a title."""
    for name in ("reason", "text", "title", "name"):
        value = act.args.get(name)
        if isinstance(value, str) and value:
            return value
    return ""


def mine(act: HubAct) -> str:
    """One side of a conflict: what was done here, by whom, when."""
    line = translate("Acts", "{time}  {who}: {what}").format(
        time=recent_form(act.at), who=act.username, what=act_words(act)
    )
    return f"{line}\n{said(act)}" if said(act) else line


def theirs(current: Mapping[str, object] | None) -> str:
    """The other side: the hub's record as it is; empty without one."""
    if not current:
        return ""
    lines = [_state_line(current)]
    if name := str(current.get("assignee_name") or ""):
        lines.append(translate("Acts", "in the hands of {name}").format(name=name))
    if changed := _moment(current.get("changed_at")):
        lines.append(translate("Acts", "changed at {time}").format(time=recent_form(changed)))
    return "\n".join(line for line in lines if line)


def _state_line(current: Mapping[str, object]) -> str:
    try:
        state = State(int(str(current.get("state"))))
    except ValueError:
        return str(current.get("name") or current.get("title") or "")
    return translate("Acts", "state: {state}").format(state=words(state.words))


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None
