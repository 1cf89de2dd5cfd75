"""What the acts of people have in common: who acts, what is refused, what is in conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from app.domain.account import Subject
from app.domain.errors import BadInput, Refused
from app.domain.incident import Author
from app.domain.permit import Thing, permit
from app.domain.rights import Action
from app.domain.text import Text
from app.hub.store.rows import Entry
from app.hub.store.transaction import Transaction
from app.wire.base import Message
from app.wire.commands import Command

M = TypeVar("M", bound=Message)

_NO_RIGHT = Text("이 처리를 할 권한이 없습니다", "you have no right to do this")


class NoRight(Refused):
    """Not for this person: such a refusal goes to the ledger."""

    def __init__(self) -> None:
        super().__init__(_NO_RIGHT)


class Conflict(Refused):
    """Legal once, not any more. `kind` and `id_` say what to show as it is now."""

    def __init__(self, text: Text, kind: str, id_: str) -> None:
        super().__init__(text)
        self.kind = kind
        self.id_ = id_


@dataclass(frozen=True, slots=True)
class Acting:
    """One command while it is carried out; `at` is the hub's clock."""

    tx: Transaction
    subject: Subject
    command: Command
    at: datetime

    @property
    def author(self) -> Author:
        return Author(self.subject.name or self.subject.username, self.subject.account)

    def demand(self, action: Action, thing: Thing) -> None:
        demand(self.subject, action, thing, self.at)

    def args(self, model: type[M]) -> M:
        """Raises BadInput that names the field, without what was in it."""
        return parsed(model, self.command.args)


# None: it was done already, and nothing changed. A handler writes only once nothing can fail.
Handler = Callable[[Acting], Entry | None]


def demand(subject: Subject, action: Action, thing: Thing, now: datetime) -> None:
    """Raises Refused without the right."""
    if not permit(subject, action, thing, now):
        raise NoRight


def parsed(model: type[M], values: Mapping[str, Any]) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:80] or "args"
        raise BadInput(
            Text(f"값이 올바르지 않습니다: {where}", f"not a proper value: {where}")
        ) from None
