"""What all messages have in common."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

# A UUID, or a name that a site gave (a camera's 관리번호): short, and nothing that breaks a line.
Id: TypeAlias = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")]
Seq: TypeAlias = Annotated[int, Field(ge=0, lt=2**63)]
# Counts from 1; what JSON readers of other languages still hold exactly.
MOST_NUMBER = 2**53 - 1
Number: TypeAlias = Annotated[int, Field(ge=1, le=MOST_NUMBER)]
Moment: TypeAlias = AwareDatetime


class Message(BaseModel):
    """Immutable; unknown members are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Words(Message):
    """A sentence for a person; `app.domain.text.Text` on the wire."""

    ko: str
    en: str


class Problem(Message):
    """The body of every refusal (RFC 9457, `application/problem+json`).

    `code` is for programs ("signed-out", "locked-out", "resync", "too-large" …), `words` for
    people; `retry_after` in seconds where trying again later helps.
    """

    status: int
    code: str
    words: Words
    retry_after: float | None = None
