"""Who may sign in, as what, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from app.domain.site import SiteId, SiteKind
from app.domain.text import Text

AccountId = NewType("AccountId", str)


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"
    OFFICER = "officer"
    RECEIVER = "receiver"
    AUDITOR = "auditor"
    FEED = "feed"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Role.ADMINISTRATOR: Text("관리자", "administrator"),
    Role.SUPERVISOR: Text("관제팀장", "supervisor"),
    Role.OPERATOR: Text("관제요원", "operator"),
    Role.OFFICER: Text("상주경찰관", "police officer on duty"),
    Role.RECEIVER: Text("수신기관", "receiver"),
    Role.AUDITOR: Text("감사자", "auditor"),
    Role.FEED: Text("연계시스템", "feed"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Who asks: an account as it stands at this moment.

    `within`: its site and all below. `purposes`: the purposes (설치목적) whose cameras it may
    watch, empty for all. `area`: sites whose cameras it watches without saying why, empty for all.
    `must_change`: the password is a one-time one.
    """

    account: AccountId
    username: str
    name: str
    role: Role
    site: SiteId
    within: frozenset[SiteId]
    site_kind: SiteKind
    must_change: bool = False
    purposes: frozenset[str] = frozenset()
    area: frozenset[SiteId] = frozenset()
