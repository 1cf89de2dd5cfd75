"""An entry as it is read again, with what the side table still knows of the person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from app.domain.ledger.entry import Kind

# Ledgers are read in the country's own time; it has one and no summer time.
KOREA = timezone(timedelta(hours=9), "KST")


@dataclass(frozen=True, slots=True)
class Record:
    """See `app.domain.ledger.entry.Deed`. `person`: account, name, address; what was not erased."""

    n: int
    at: datetime
    kind: str
    site: str = ""
    camera: str = ""
    incident: str = ""
    share: str = ""
    purpose: str = ""
    client: str = ""
    begun: datetime | None = None
    ended: datetime | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    person: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def account(self) -> str:
        return self.person.get("account", "")

    @property
    def name(self) -> str:
        """Who it was, as people say it."""
        return self.person.get("name", "") or self.account

    @property
    def known(self) -> Kind | None:
        """None for a kind of a later version."""
        return Kind(self.kind) if self.kind in _KINDS else None


_KINDS = frozenset(kind.value for kind in Kind)


def record_of(entry: str, person: Mapping[str, str]) -> Record:
    """Of an entry as it was hashed. Raises ValueError, KeyError for what no ledger wrote."""
    value = json.loads(entry)
    return Record(
        int(value["n"]), _moment(value["at"]), str(value["kind"]), value.get("site", ""),
        value.get("camera", ""), value.get("incident", ""), value.get("share", ""),
        value.get("purpose", ""), value.get("client", ""),
        _moment(value["from"]) if "from" in value else None,
        _moment(value["to"]) if "to" in value else None,
        value.get("facts", {}), person,
    )  # fmt: skip


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
