"""The console's whole side of the hub: who is signed in, what then runs, how it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.domain.camera import CameraId
from app.domain.text import Text
from app.services.attachments import Attachments
from app.services.auditing import Auditing
from app.services.camera_access import CameraAccesses
from app.services.camera_addresses import HubAddresses
from app.services.camera_privacy import CameraPrivacy
from app.services.camera_statuses import CameraStatuses
from app.services.hub_cameras import HubCameras
from app.services.hub_link import HubLink, Link
from app.services.hub_port import HubClient
from app.services.hub_rows import HubRows
from app.services.hub_store_port import HubStore
from app.services.incidents import Incidents
from app.services.ledger import Ledger
from app.services.outbox import Outbox
from app.services.receiving import Receiving
from app.services.secrets_port import Secrets
from app.services.shares import Shares
from app.services.sign_in import SignedIn, SignIns
from app.services.sync import Sync
from app.services.viewing import Viewing
from app.signals import Signal
from app.tasks import cancel, spawn

_log = logging.getLogger(__name__)

# Idle limits are minutes; a status that is five seconds old is fresh enough for the hub.
_TICK_SECONDS = 5.0

# A share that ends by the clock is gone from the screen within that.
_LOOK_SECONDS = 0.5

Stage = tuple[str, Callable[[], Awaitable[object]]]


@dataclass(frozen=True, slots=True)
class HubParts:
    """`address` is what a person reads of where the hub is."""

    address: str
    client: HubClient
    secrets: Secrets
    store: HubStore
    rows: HubRows
    outbox: Outbox
    link: HubLink
    sync: Sync
    sign_ins: SignIns
    accesses: CameraAccesses
    addresses: HubAddresses
    cameras: HubCameras
    incidents: Incidents
    shares: Shares
    privacy: CameraPrivacy
    receiving: Receiving
    attachments: Attachments
    auditing: Auditing
    ledger: Ledger


class HubSession:
    """`start`, then `sign_in`; in the end every one of `stages`.

    over  nobody is signed in any more, and it was not the person who wanted that; why
    """

    def __init__(
        self, parts: HubParts, statuses: CameraStatuses, tick: float = _TICK_SECONDS
    ) -> None:
        self.over: Signal[Text] = Signal("hub session over")
        self.notices: Signal[Text] = Signal("notices of the hub")
        self.parts = parts
        self._statuses = statuses
        self._tick_seconds = tick
        self._turn = asyncio.Lock()
        self._ticking: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._was_up = False
        self.viewing: Viewing | None = None

    @property
    def now(self) -> SignedIn | None:
        return self.parts.sign_ins.now

    async def start(self) -> None:
        parts = self.parts
        for source in (
            parts.rows, parts.outbox, parts.link, parts.sync, parts.sign_ins, parts.accesses,
            parts.ledger,
        ):  # fmt: skip
            source.notices.connect(self.notices.emit)
        for text in (*parts.secrets.notices, *parts.store.notices):
            self.notices.emit(text)
        parts.link.changed.connect(parts.sign_ins.follow)
        parts.link.changed.connect(self._follow)
        parts.sync.ended.connect(self._ended)
        parts.sign_ins.over.connect(self._ended)
        parts.cameras.touched.connect(parts.addresses.forget)
        parts.receiving.changed.connect(lambda _: self._receiving_changed())
        await parts.outbox.start()
        await parts.ledger.start()
        if self.viewing is not None:
            await self.viewing.start()
            self._looking = spawn(self._look(), "views")
        self._ticking = spawn(self._tick(), "hub tick")

    async def sign_in(
        self, username: str, password: str, totp: str = "", new_password: str = ""
    ) -> SignedIn:
        """Without the hub, too, where the person is known here. Raises `Failure`."""
        async with self._turn:
            parts = self.parts
            await parts.sync.stop()
            signed_in = await parts.sign_ins.sign_in(username, password, totp, new_password)
            try:
                await parts.sync.start(signed_in.scope, parts.sign_ins.enter)
            except BaseException:
                await parts.sign_ins.sign_out()
                raise
            return signed_in

    async def sign_out(self) -> None:
        """What waits in the outbox goes on waiting."""
        async with self._turn:
            await self._leave()
            self.parts.link.signed_out()

    def stages(self) -> tuple[Stage, ...]:
        """What stops after what."""
        parts = self.parts
        return (
            ("hub tick", lambda: cancel(self._ticking, self._ending)),
            ("views", self._end_views),
            ("ledger", parts.ledger.stop),
            ("ledger files", parts.auditing.stop),
            ("attachments", parts.attachments.stop),
            ("camera addresses", parts.addresses.stop),
            ("hub sync", parts.sync.stop),
            ("hub sign-out", parts.client.sign_out),
            ("hub sign-in", parts.sign_ins.stop),
            ("hub connection", parts.client.close),
            ("hub store", parts.store.close),
            ("secrets", parts.secrets.close),
        )

    # inside

    async def _end_views(self) -> None:
        await cancel(self._looking)
        if self.viewing is not None:
            await self.viewing.end()

    def _receiving_changed(self) -> None:
        """A receiver's addresses go at once, not when somebody looks at them again."""
        if self.parts.receiving.on:
            shared = self.parts.receiving.share_of
            self.parts.addresses.keep_only(lambda camera: shared(camera) is not None)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            self.parts.receiving.tick()
            if self.viewing is not None:
                await self.viewing.tick()

    async def _leave(self) -> None:
        if self.viewing is not None:
            await self.viewing.end()
        self.parts.accesses.purpose = ""
        await self.parts.sync.stop()
        await self.parts.addresses.stop()
        await self.parts.sign_ins.sign_out()
        self.parts.rows.forget()

    def _ended(self, reason: Text) -> None:
        """The hub has ended it, or the clock has."""
        self._ending = spawn(self._end(reason), "end of the hub session")

    async def _end(self, reason: Text) -> None:
        async with self._turn:
            await self._leave()
        self.over.emit(reason)

    def _follow(self, link: Link) -> None:
        if link.up and not self._was_up:
            self._statuses.all_again()
        self._was_up = link.up

    def status_changed(self, camera: CameraId) -> None:
        """The console sees this camera in another state."""
        self._statuses.note(camera)

    async def _tick(self) -> None:
        failing = False
        while True:
            await asyncio.sleep(self._tick_seconds)
            try:
                await self.parts.sign_ins.tick()
                if self.parts.link.link.up:
                    await self._statuses.send()
                failing = False
            except Exception:  # noqa: BLE001 - idle limits must hold whatever else fails
                if not failing:
                    _log.exception("a hub tick failed")
                failing = True
