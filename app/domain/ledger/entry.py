"""One line of the ledger: who did what, where from, to which camera, and why they might.

Persons stand in it as salted hashes only. What they belong to lies beside the ledger, so that a
person's fields can be erased by law while every proof stays whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from app.domain.ledger.canonical import canonical
from app.domain.text import Text

VERSION: Final = 1
FIRST_PREV: Final = "0" * 64


class Kind(StrEnum):
    """What was done. A view is written when it begins and again, with its end, when it is over."""

    VIEW = "view"
    VIEW_END = "view_end"
    ADDRESS = "address"
    PTZ = "ptz"
    STILL = "still"
    CLIP = "clip"
    FILE = "file"
    EXPORT = "export"
    REVEAL = "reveal"
    UNMASK = "unmask"
    SHARE_PROPOSED = "share_proposed"
    SHARE_BEGUN = "share_begun"
    SHARE_CHANGED = "share_changed"
    SHARE_ENDED = "share_ended"
    REFUSED = "refused"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    RESTRICT = "restrict"
    ERASURE = "erasure"
    INSPECTED = "inspected"
    RESTORED = "restored"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Kind.VIEW: Text("영상 열람 시작", "began to watch"),
    Kind.VIEW_END: Text("영상 열람 종료", "stopped watching"),
    Kind.ADDRESS: Text("카메라 접속정보 제공", "address of a camera given"),
    Kind.PTZ: Text("카메라 조작", "camera moved"),
    Kind.STILL: Text("정지영상 저장", "still saved"),
    Kind.CLIP: Text("영상 저장", "clip saved"),
    Kind.FILE: Text("첨부 파일 열람", "attachment opened"),
    Kind.EXPORT: Text("대장 내보내기", "ledger exported"),
    Kind.REVEAL: Text("인적사항 열람", "personal facts looked at"),
    Kind.UNMASK: Text("마스킹 해제", "mask lifted"),
    Kind.SHARE_PROPOSED: Text("영상제공 신청", "share proposed"),
    Kind.SHARE_BEGUN: Text("영상제공 시작", "share begun"),
    Kind.SHARE_CHANGED: Text("영상제공 변경", "share changed"),
    Kind.SHARE_ENDED: Text("영상제공 종료", "share ended"),
    Kind.REFUSED: Text("거부", "refused"),
    Kind.SIGN_IN: Text("로그인", "signed in"),
    Kind.SIGN_IN_FAILED: Text("로그인 실패", "sign-in failed"),
    Kind.SIGN_OUT: Text("로그아웃", "signed out"),
    Kind.RESTRICT: Text("카메라 열람 제한", "camera restricted"),
    Kind.ERASURE: Text("개인정보 삭제", "person's fields erased"),
    Kind.INSPECTED: Text("월간 점검", "monthly inspection signed"),
    Kind.RESTORED: Text("백업에서 복구", "restored from a backup"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be written. `at` is aware; `begun`, `ended`: of a view.

    `person`: what tells who somebody is (account, name, address), kept beside the ledger.
    `client`, `client_n`: the console that wrote it and its own number; "" and 0 for the hub's.
    """

    kind: Kind
    at: datetime
    site: str = ""
    camera: str = ""
    incident: str = ""
    share: str = ""
    purpose: str = ""
    begun: datetime | None = None
    ended: datetime | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    person: Mapping[str, str] = field(default_factory=dict, repr=False)
    client: str = ""
    client_n: int = 0


def written(deed: Deed, n: int, prev: str, salts: Mapping[str, str]) -> bytes:
    """The entry as it is hashed. `n` counts from 1; `prev`: leaf hash of the one before, in hex.

    `salts`: by field of `person`.
    """
    value: dict[str, object] = {
        "v": VERSION,
        "n": n,
        "prev": prev,
        "at": stamp(deed.at),
        "kind": deed.kind.value,
    }
    for name in ("site", "camera", "incident", "share", "purpose", "client"):
        if given := getattr(deed, name):
            value[name] = given
    if deed.client:
        value["client_n"] = deed.client_n
    if deed.begun is not None:
        value["from"] = stamp(deed.begun)
    if deed.ended is not None:
        value["to"] = stamp(deed.ended)
    if deed.facts:
        value["facts"] = dict(deed.facts)
    if deed.person:
        value["person"] = {name: hidden(salts[name], text) for name, text in deed.person.items()}
    return canonical(value)


def hidden(salt: str, value: str) -> str:
    """What stands in the ledger for a personal field."""
    return sha256(f"{salt}\n{value}".encode()).hexdigest()


def stamp(at: datetime) -> str:
    """RFC 3339 with milliseconds, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
