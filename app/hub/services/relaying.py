"""Passing cameras on: who gets a token, what the relay is told, and that both end with the share.

The truth lies in the store; the relay is told what follows from it, and everything again when it
had to be started anew.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection

from app.domain.account import Subject
from app.domain.camera import CameraId
from app.domain.errors import Failure, Refused, Unavailable
from app.domain.ledger.entry import Deed, Kind
from app.domain.rights import Action
from app.domain.share import Share
from app.domain.site import Site, SiteId, SiteKind
from app.domain.text import Text
from app.hub.services import relay_tokens
from app.hub.services.acting import NoRight, demand
from app.hub.services.ids import Ids
from app.hub.services.keyring import Keyring
from app.hub.services.ledger import Ledger, person_of
from app.hub.services.registry import CAMERA, SECRET
from app.hub.services.relay_port import Event, Relay, Told
from app.hub.services.relay_tokens import (
    FIRST_USE_SECONDS,
    NO_ADDRESS,
    SECOND,
    Opening,
    Paths,
    Wanted,
)
from app.hub.services.shares import KIND, Shares
from app.hub.services.visibility import thing_of_row
from app.hub.store import queries
from app.hub.store import shares as index
from app.hub.store.columns import micros, moment
from app.hub.store.rows import Entry
from app.hub.store.schema import relay_token
from app.hub.store.shares import Token
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.hub.tasks import cancel, spawn
from app.wire.stream import Op

_log = logging.getLogger(__name__)

# For a console of the centre, whose right does not end by a clock; it asks again.
CENTRE_SECONDS: Final = 12 * 3600.0
_LOOK_SECONDS: Final = 0.25
_MOVES: Final = frozenset({SiteKind.PATROL})
# A relay that refuses in a loop must not fill the ledger: so many a minute are written.
_REFUSALS_A_MINUTE: Final = 30

_NO_RELAY = Text(
    "이 허브에는 중계 서버가 없어 영상을 전달할 수 없습니다",
    "this hub has no relay, so it cannot pass video on",
)
_DOWN = Text(
    "중계 서버를 다시 시작하고 있습니다. 잠시 뒤 다시 시도합니다",
    "the relay is being started again; try again in a moment",
)
_FULL = Text(
    "중계 서버가 가득 찼습니다. 다른 영상을 닫고 다시 시도하십시오",
    "the relay is full; close other pictures and try again",
)
_ENDED = Text("이미 끝난 영상제공입니다", "this share has ended")
_NOT_SHARED = Text("제공되지 않은 카메라입니다", "this camera is not shared with you")


class Relaying:
    """`relay` None: there is none. All on the loop's thread."""

    def __init__(
        self, store: Store, shares: Shares, ledger: Ledger, keyring: Keyring, clock: Clock
    ) -> None:
        self.relay: Relay | None = None
        self.most = 200
        self.site_of: Callable[[SiteId], Site | None] = lambda _site: None
        self._store = store
        self._shares = shares
        self._ledger = ledger
        self._keyring = keyring
        self._clock = clock
        self._ids = Ids(clock)
        self._paths = Paths(keyring.key_id)
        self._task: asyncio.Task[None] | None = None
        self._small: set[asyncio.Task[None]] = set()
        self._refused: list[int] = []

    async def start(self, relay: Relay | None) -> None:
        self.relay = relay
        if relay is not None:
            relay.hear = self._hear
            relay.renewed = lambda: self._spawn(self._tell_all(), "relay: everything again")
            await relay.start()
        self._task = spawn(self._follow(), "shares")

    async def stop(self) -> None:
        await cancel(self._task, *self._small)
        self._task = None
        if self.relay is not None:
            await self.relay.stop()
            self.relay = None

    @property
    def serves(self) -> bool:
        return self.relay is not None and self.relay.up

    @property
    def alive(self) -> bool:
        return self._task is None or not self._task.done()

    # ------------------------------------------------------------------------ what is asked for

    async def open_share(
        self, subject: Subject, share_id: str, camera: str, profile: str, client: str
    ) -> Opening:
        """A token for one camera of a share. Raises Refused, Unavailable."""
        now = moment(self._clock())
        try:
            share, thing = await self._store.reader.read(partial(self._share, id_=share_id))
            demand(subject, Action.WATCH_SHARE, thing, now)
            _check(share, CameraId(camera), now)
        except Refused as refusal:
            await self._refuse(subject, camera, share_id, refusal)
            raise
        seconds = (share.ends_at - now).total_seconds()
        site = self.site_of(share.receiver)
        moving = site is not None and site.kind in _MOVES
        about = Deed(
            Kind.ADDRESS, now, str(subject.site), camera, str(share.incident), share_id,
            person=person_of(subject), facts={"by": "relay", "on": client},
        )  # fmt: skip
        wanted = Wanted(camera, profile, client, str(subject.site), seconds, share_id, moving)
        return await self._open(wanted, about)

    async def open_camera(
        self, subject: Subject, camera: str, profile: str, client: str, about: Deed
    ) -> Opening:
        """For a console of the centre; that it may, the caller has asked."""
        wanted = Wanted(camera, profile, client, str(subject.site), CENTRE_SECONDS)
        return await self._open(wanted, about)

    async def check(self, id_: str, secret: str, path: str, address: str) -> str:
        """For an engine that asks: why this token does not serve; nothing where it does."""
        token = await self._store.reader.read(partial(index.token, id_=id_))
        shown = relay_tokens.digest(secret)
        if token is None or not secrets.compare_digest(token.sha256, shown):
            return "unknown"
        now = self._clock()
        late = token.used is None and now >= token.created + int(FIRST_USE_SECONDS * SECOND)
        if late or now >= token.until:
            return "over"
        if self._paths.path(token.camera, token.profile) != path:
            return "other camera"
        if token.address not in {None, address} and not token.moving:
            return "other address"
        if token.used is None:
            await self._store.writer.do(partial(index.use_token, id_=id_, address=address))
        return ""

    async def _open(self, wanted: Wanted, about: Deed) -> Opening:
        relay = self.relay
        if relay is None:
            raise Unavailable(_NO_RELAY)
        if not relay.up:
            raise Unavailable(_DOWN)
        if len(relay.sessions()) >= self.most:
            raise Unavailable(_FULL)
        kept = await self._store.reader.read(
            partial(self._keyring.reveal, kind=SECRET, owner=wanted.camera)
        )
        if kept is None:
            raise Refused(NO_ADDRESS)
        source, profile = self._paths.source(wanted.camera, wanted.profile, json.loads(kept))
        token, secret = relay_tokens.new(self._ids.new(), wanted, profile, self._clock())
        former = await self._store.writer.do(partial(self._keep, token=token, about=about))
        await relay.revoke(former)
        await relay.put(source)
        await relay.allow(self._paths.pass_of(token, self._clock()))
        # What ended between the transaction and the relay's word was revoked before it was allowed.
        if await self._store.reader.read(partial(index.token, id_=token.id)) is None:
            await relay.revoke([token.id])
            raise Refused(_ENDED)
        return Opening(profile, relay.address(source.path, token.id), token.id, secret, token.until)

    # ---------------------------------------------------------------------- what the relay says

    def _hear(self, told: Told) -> None:
        if told.event is Event.OPENED:
            self._spawn(self._used(told), "relay: first use")
        elif told.event is Event.REFUSED:
            self._spawn(self._refused_at_relay(told), "relay: a refusal")
        elif told.event is Event.LOST:
            _log.info("the relay lost a camera; those who watch it connect again")

    async def _used(self, told: Told) -> None:
        await self._quietly(partial(index.use_token, id_=told.id, address=told.address))

    async def _refused_at_relay(self, told: Told) -> None:
        """Into the ledger: a token of another camera, another place, another time, or a guess."""
        now = self._clock()
        self._refused = [at for at in self._refused if at > now - 60 * SECOND]
        if len(self._refused) >= _REFUSALS_A_MINUTE:
            return
        self._refused.append(now)

        def work(tx: Transaction) -> None:
            token = index.token(tx.connection, told.id) if told.id else None
            deed = Deed(
                Kind.REFUSED, moment(tx.at), "" if token is None else token.site,
                "" if token is None else token.camera, "",
                "" if token is None else token.share or "",
                facts={"at": "relay", "why": told.why}, person={"address": told.address},
            )  # fmt: skip
            self._ledger.write(tx, deed)

        await self._quietly(work)

    async def _refuse(self, subject: Subject, camera: str, share: str, refusal: Refused) -> None:
        deed = Deed(
            Kind.REFUSED, moment(self._clock()), str(subject.site), camera[:80], "", share[:80],
            facts={"why": refusal.text.en}, person=person_of(subject),
        )  # fmt: skip
        await self._ledger.keep(deed)

    async def _quietly(self, work: Callable[[Transaction], object]) -> None:
        """The store may be away just now: what only makes the record fuller waits for nobody."""
        try:
            await self._store.writer.do(work)
        except Failure as failure:
            _log.warning("what the relay told is not kept: %s", failure)

    # -------------------------------------------------------------------- what follows the shares

    async def _follow(self) -> None:
        """Ends shares by their clock and tells the relay of every change, as soon as it stands."""
        tail = self._store.tail
        place, stale = tail.head, False
        while True:
            try:
                entries = tail.since(place, 1_000)
                place = tail.head if entries is None else place + len(entries)
                stale = stale or entries is None or any(_concerns(entry) for entry in entries)
                if stale:
                    # Until it has succeeded: a relay that was away for a moment is told again.
                    await self._revoke_stale()
                    stale = False
                await self._end_due()
            except Failure as failure:
                _log.warning("the shares wait: %s", failure)
            except Exception:  # noqa: BLE001 - a bug must not let pictures run on
                _log.exception("the shares")
            await tail.wait(place, _LOOK_SECONDS)

    async def _end_due(self) -> None:
        due = await self._store.reader.read(partial(index.due, now=self._clock()))
        if due:
            await self._store.writer.do(partial(self._shares.end_due, ids=due))

    async def _revoke_stale(self) -> None:
        """Tokens of shares, or of cameras of shares, that run no more; and of cameras deleted.

        Those of a share that was made longer go on with it.
        """
        stale, longer = await self._store.reader.read(self._sorted)
        if stale:
            if self.relay is not None:
                await self.relay.revoke([token.id for token in stale])
            ids = [token.id for token in stale]
            await self._store.writer.do(partial(index.forget_tokens, ids=ids))
        for token in longer:
            await self._store.writer.do(
                partial(index.lengthen_token, id_=token.id, until=token.until)
            )
            if self.relay is not None:
                await self.relay.allow(self._paths.pass_of(token, self._clock()))

    def _sorted(self, connection: Connection) -> tuple[list[Token], list[Token]]:
        stale: list[Token] = []
        longer: list[Token] = []
        shares: dict[str, Share | None] = {}
        now = moment(self._clock())
        for token in index.tokens(connection):
            if token.share is None:
                row = queries.get(connection, CAMERA, token.camera)
                if row is None or self._clock() >= token.until or _withheld(row.d, token):
                    stale.append(token)
                continue
            if token.share not in shares:
                shares[token.share] = self._shares.get(connection, token.share)
            share = shares[token.share]
            if share is None or not _has(share, token.camera, now):
                stale.append(token)
            elif micros(share.ends_at) != token.until:
                longer.append(replace(token, until=micros(share.ends_at)))
        return stale, longer

    async def _tell_all(self) -> None:
        """After a start of the relay: sources and tokens as they stand."""
        relay = self.relay
        if relay is None:
            return
        await self._revoke_stale()
        for token in await self._store.reader.read(index.tokens):
            kept = await self._store.reader.read(
                partial(self._keyring.reveal, kind=SECRET, owner=token.camera)
            )
            if kept is not None:
                source, _ = self._paths.source(token.camera, token.profile, json.loads(kept))
                await relay.put(source)
                await relay.allow(self._paths.pass_of(token, self._clock()))

    # ----------------------------------------------------------------------------------- inside

    def _keep(self, tx: Transaction, token: Token, about: Deed) -> list[str]:
        """The ids of those that this one takes the place of: one a console, camera and share."""
        self._still(tx, token)
        where = relay_token.c
        former = [
            one.id
            for one in index.tokens(
                tx.connection, where.camera == token.camera, where.client == token.client
            )
            if one.share == token.share
        ]
        index.forget_tokens(tx, former)
        index.add_token(tx, token)
        self._ledger.write(tx, about)
        return former

    def _still(self, tx: Transaction, token: Token) -> None:
        """Raises Refused: what was looked at before this transaction may have ended since."""
        now = moment(tx.at)
        if token.share is not None:
            share = self._shares.get(tx.connection, token.share)
            if share is None or not _has(share, token.camera, now):
                raise Refused(_ENDED)
            return
        row = queries.get(tx.connection, CAMERA, token.camera)
        if row is None or _withheld(row.d, token):
            raise NoRight

    def _share(self, connection: Connection, id_: str) -> tuple[Share, Any]:
        found = queries.get(connection, KIND, id_)
        thing = None if found is None else thing_of_row(KIND, id_, found.d)
        if thing is None:
            raise NoRight
        return self._shares.need(connection, id_), thing

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = spawn(work, name)
        self._small.add(task)
        task.add_done_callback(self._small.discard)


def _has(share: Share, camera: str, now: datetime) -> bool:
    return share.runs(now) and CameraId(camera) in share.cameras


def _check(share: Share, camera: CameraId, now: datetime) -> None:
    if not share.runs(now):
        raise Refused(_ENDED)
    if camera not in share.cameras:
        raise Refused(_NOT_SHARED)


def _concerns(entry: Entry) -> bool:
    """Whether the relay may have to be told of it."""
    changed = entry.op is Op.DEL or bool(entry.d.get("restricted"))
    return entry.t == KIND or (entry.t == CAMERA and changed)


def _withheld(camera: Mapping[str, Any], token: Token) -> bool:
    """Restricted after it was given: whoever may still see the camera asks again."""
    since = (camera.get("restricted") or {}).get("since")
    return since is not None and token.created <= micros(datetime.fromisoformat(since))
