"""Pictures and papers that belong to an incident."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, func, insert, select

from app.domain.account import Subject
from app.domain.errors import BadInput, Refused
from app.domain.text import Text
from app.hub.store.schema import attachment
from app.hub.store.transaction import Transaction

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_EACH: Final = 50
# What a browser would run is not taken in, whatever it is called.
MIMES: Final = frozenset(
    {"image/jpeg", "image/png", "image/webp", "application/pdf", "text/plain", "video/mp4"}
)


@dataclass(frozen=True, slots=True)
class Attachment:
    id: str
    incident: str
    name: str
    mime: str
    bytes: bytes = field(repr=False)


def add(tx: Transaction, new: Attachment, by: Subject) -> bool:
    """Keeps it, once: the same id and content again changes nothing (False).

    Raises `Refused` for another content under a known id, or one too many; `BadInput` for an
    incident that is not there or a kind of file that is not taken.
    """
    if new.mime not in MIMES:
        raise BadInput(_MIME)
    sha256 = hashlib.sha256(new.bytes).hexdigest()
    known = select(attachment.c.sha256).where(attachment.c.id == new.id)
    kept = tx.connection.execute(known).scalar_one_or_none()
    if kept is not None:
        if kept != sha256:
            raise Refused(_TAKEN)
        return False
    incident = tx.get("incident", new.incident)
    if incident is None:
        raise BadInput(_NO_INCIDENT)
    counting = select(func.count()).where(attachment.c.incident == new.incident)
    count = int(tx.connection.execute(counting).scalar_one())
    if count >= MOST_EACH:
        raise Refused(_MANY)
    tx.connection.execute(
        insert(attachment).values(
            id=new.id, incident=new.incident, name=new.name, mime=new.mime, at=tx.at,
            account=by.account, sha256=sha256, size=len(new.bytes), bytes=new.bytes,
        )
    )  # fmt: skip
    tx.put("incident", new.incident, {**incident.d, "attachments": count + 1})
    return True


def get(connection: Connection, incident: str, id_: str) -> Attachment | None:
    query = select(
        attachment.c.id, attachment.c.incident, attachment.c.name, attachment.c.mime,
        attachment.c.bytes,
    ).where(attachment.c.incident == incident, attachment.c.id == id_)  # fmt: skip
    row = connection.execute(query).one_or_none()
    return None if row is None else Attachment(*row)


_MIME = Text(
    "이런 종류의 파일은 붙일 수 없습니다 (JPEG, PNG, WebP, PDF, 텍스트, MP4).",
    "This kind of file is not taken (JPEG, PNG, WebP, PDF, plain text, MP4).",
)
_TAKEN = Text("같은 이름의 다른 파일이 있습니다.", "Another file of that id is there already.")
_NO_INCIDENT = Text("그런 사건이 없습니다.", "There is no such incident.")
_MANY = Text(
    f"한 사건에 {MOST_EACH}개까지 붙일 수 있습니다.",
    f"An incident takes at most {MOST_EACH} attachments.",
)
