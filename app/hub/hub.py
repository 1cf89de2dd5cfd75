"""The hub without its transport: one store and the services on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from app.domain.incident import Incident
from app.hub.services.accesses import Accesses
from app.hub.services.answering import Answering
from app.hub.services.attachments import Attachments
from app.hub.services.camera_index import CameraIndex
from app.hub.services.checkpoints import Checkpoints
from app.hub.services.commands import Commands, note_epoch
from app.hub.services.consoles import Consoles
from app.hub.services.emd_places import EmdPlaces
from app.hub.services.happenings import Happenings
from app.hub.services.ids import Ids
from app.hub.services.incident_acts import IncidentActs
from app.hub.services.incidents import Incidents
from app.hub.services.intake import Intake
from app.hub.services.keyring import Keyring
from app.hub.services.ledger import Ledger
from app.hub.services.ledger_reading import LedgerReading
from app.hub.services.masking import Masking
from app.hub.services.notices import Notices
from app.hub.services.outbound import Outbound
from app.hub.services.polling import Polling, PollSource
from app.hub.services.registry import Registry
from app.hub.services.relay_port import Relay
from app.hub.services.relaying import Relaying
from app.hub.services.restrictions import Restrictions
from app.hub.services.rounds import Rounds
from app.hub.services.senders import Senders
from app.hub.services.share_acts import ShareActs
from app.hub.services.shares import Shares
from app.hub.services.sites import Sites
from app.hub.services.statistics import Statistics
from app.hub.services.statuses import Statuses
from app.hub.services.units import Units
from app.hub.services.visibility import Visibility
from app.hub.services.wall_acts import WallActs
from app.hub.store.columns import now_us
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.hub.store.trimming import Keep
from app.wire.entities import HOT


@dataclass(frozen=True, slots=True)
class HubSettings:
    """`database`: path or URL. `first_site`: the name of the site that a new hub gets."""

    database: str = field(repr=False)
    key_file: Path
    data: Path
    keep: Keep = field(default_factory=Keep)
    first_site: str = "관제센터"
    polls: tuple[PollSource, ...] = ()


class Hub:
    """Made by `open`; `start` begins what it does by itself; `close` it in the end."""

    def __init__(self, settings: HubSettings, store: Store, keyring: Keyring, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.store = store
        self.writer, self.reader, self.tail = store.writer, store.reader, store.tail
        self.keyring = keyring
        # Given before `start`; without one nothing is passed on.
        self.relay: Relay | None = None
        self.ids = Ids(clock)
        # The writer's thread makes names of its own: `Ids` is for one thread.
        made_inside = Ids(clock)
        self.sites = Sites(store, self.ids)
        self.notices = Notices(made_inside, self.sites.every)
        self.emds = EmdPlaces()
        self.incidents = Incidents(made_inside, self._incident_changed, self.emds.settled)
        self.ledger = Ledger(store, keyring, clock)
        self.shares = Shares(self.incidents, self.sites.get, self.ledger.write)
        self.restrictions = Restrictions(store, self.shares, self.ledger)
        self.visibility = Visibility(clock)
        self.commands = self._commands(made_inside)
        self.units = Units(store)
        happenings = Happenings(self.incidents, self.units, lambda: self.sites.top)
        self.intake = Intake(store, self.ids, happenings, clock)
        self.statuses = Statuses(store, clock)
        self.registry = Registry(
            store, self.sites, keyring, self.emds, self.statuses.forget_camera, clock
        )
        self.registry.gone = self.shares.camera_gone
        self.registry.remasked = self.ledger.remasked
        self.attachments = Attachments(store, self.incidents, self.ledger.keep, clock)
        self.consoles = Consoles(store)
        self._client = httpx2.AsyncClient(follow_redirects=False)
        self.outbound = Outbound(
            store, self.incidents, self.notices, keyring, Senders(self._client), clock
        )
        self._share()
        self._go_round()

    def _commands(self, ids: Ids) -> Commands:
        handlers = (
            IncidentActs(self.incidents, self.notices.tell_all, self.ledger.revealed).handlers()
            | ShareActs(self.shares, self.incidents, self.sites.get).handlers()
            | WallActs(ids).handlers()
            | self.restrictions.handlers()
            | Masking(self.ledger).handlers()
        )
        return Commands(self.writer, self.visibility, handlers, self.ledger.refused)

    def _go_round(self) -> None:
        settings, store, clock = self.settings, self.store, self.clock
        self.polling = Polling(self.intake, self._client, settings.polls, clock)
        self.rounds = Rounds(store, self.incidents, self.statuses, self.sites, settings.keep, clock)
        self.rounds.also = self._also

    async def _also(self, now: int) -> None:
        await self.restrictions.lift_due(now)
        await self.units.forget_old(now)

    def _share(self) -> None:
        """What passes video on, and what answers for it."""
        store, clock = self.store, self.clock
        self.relaying = Relaying(store, self.shares, self.ledger, self.keyring, clock)
        self.relaying.site_of = self.sites.all_by_id
        self.accesses = Accesses(store, self.registry, self.relaying, self.ledger, clock)
        self.accesses.viewers = self.statuses.viewers
        self.cameras = CameraIndex(store)
        self.answering = Answering(
            store, self.incidents, self.shares, self.sites, self.cameras, clock
        )
        self.checkpoints = Checkpoints(store, self.ledger, clock)
        self.statistics = Statistics(store, self.visibility)
        self.reading = LedgerReading(store, self.ledger, self.sites.every, clock)

    @classmethod
    async def open(cls, settings: HubSettings, clock: Clock = now_us) -> Hub:
        """Raises BadInput or Unavailable, in words for whoever starts it."""
        keyring = Keyring.of_file(settings.key_file)
        store = await Store.open(settings.database, hot=HOT, clock=clock)
        hub = cls(settings, store, keyring, clock)
        try:
            await store.writer.do(note_epoch)
            await hub.sites.load(settings.first_site)
            await hub.ledger.load(hub.sites.get(hub.sites.top).name)
            await hub.outbound.load()
            await hub.statuses.load()
            await hub.consoles.clear()
        except BaseException:
            await hub.close()
            raise
        return hub

    def _incident_changed(self, tx: Transaction, before: Incident | None, after: Incident) -> None:
        self.notices.tell(tx, before, after)
        self.shares.follow(tx, before, after)

    async def start(self) -> None:
        await self.intake.start()
        await self.outbound.start()
        await self.rounds.start()
        await self.polling.start()
        await self.relaying.start(self.relay)
        await self.answering.start()
        await self.checkpoints.start()

    @property
    def stopped(self) -> tuple[str, ...]:
        """What should run by itself and does not: none of it may end before `close`."""
        alive = {
            "intake": self.intake.alive,
            "outbound": self.outbound.alive,
            "rounds": self.rounds.alive,
            "polling": self.polling.alive,
            "shares": self.relaying.alive,
            "answering": self.answering.alive,
            "checkpoints": self.checkpoints.alive,
        }
        return tuple(name for name, lives in alive.items() if not lives)

    async def close(self) -> None:
        """Ends what it does by itself, then the store: nothing that was acknowledged is lost."""
        await self.answering.stop()
        await self.relaying.stop()
        await self.checkpoints.stop()
        await self.polling.stop()
        await self.rounds.stop()
        await self.outbound.stop()
        await self.intake.stop()
        await self._client.aclose()
        await self.registry.close()
        await self.store.close()
