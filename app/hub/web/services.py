"""Everything that the routes use, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import Request

from app.hub.hub import Hub
from app.hub.services.accounts import Accounts
from app.hub.services.feeds import Feeds
from app.hub.services.hashing import Hashing
from app.hub.services.ports import Now
from app.hub.services.sessions import Sessions
from app.hub.store.columns import moment


@dataclass(frozen=True, slots=True)
class Services:
    """`epoch` names this run of the log. `offline_hours`: how long a console may work alone."""

    hub: Hub
    accounts: Accounts
    sessions: Sessions
    feeds: Feeds
    now: Now
    epoch: str
    offline_hours: float = 72.0

    @classmethod
    def on(cls, hub: Hub, hashing: Hashing, life: timedelta, offline_hours: float) -> Services:
        """`life`: of a session."""
        writer, reader, vault = hub.writer, hub.reader, hub.keyring

        def now() -> datetime:
            return moment(hub.clock())

        accounts = Accounts(hub.store, hub.sites, hashing, vault, now)
        sessions = Sessions(hub.store, accounts, hub.ledger, now, life)
        feeds = Feeds(writer, reader, vault, now)
        return cls(hub, accounts, sessions, feeds, now, hub.store.opened.epoch, offline_hours)


def services_of(request: Request) -> Services:
    found: Services = request.app.state.services
    return found
