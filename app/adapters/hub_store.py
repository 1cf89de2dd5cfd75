"""The console's copy of the hub and its outbox: one SQLite file, one connection, one thread."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from typing_extensions import override

from app.adapters.hub_act_table import ActTable
from app.adapters.hub_deed_table import DeedTable
from app.adapters.hub_rows_table import RowTable, meta, set_meta
from app.adapters.sealing import Sealer
from app.adapters.store_errors import failure_of
from app.clock import Clock
from app.domain.hub_act import HubAct, Line
from app.domain.text import Text
from app.services.hub_port import Place
from app.services.hub_store_port import HubStore, KeptDeed, Scope
from app.services.secrets_port import Secrets
from app.services.store_port import Loaded
from app.tasks import SerialQueue
from app.wire.access import CameraAccess, with_secrets
from app.wire.ledger import Deed
from app.wire.stream import Frame, Row

if TYPE_CHECKING:
    from sqlite_utils import Database

    from app.adapters.store_file import Opened

R = TypeVar("R")

FILE_NAME = "hub.db"
PURPOSE = "hub store"
_CHECK = b"gwanje"
_LOST = Text(
    "허브에서 받아 둔 자료의 파일이 손상되어 새로 시작했습니다. 허브로 아직 보내지 못한 행위가 "
    "있었다면 그 파일에만 남아 있으니 관리자에게 알리세요.",
    "The file with the copy of the hub was damaged; a new one was begun. Acts that had not "
    "reached the hub yet are in the damaged file only: tell the administrator.",
)
_OTHER_KEY = Text(
    "암호화 키가 바뀌어 허브에서 받아 둔 자료를 버리고 다시 받습니다.",
    "The key has changed: the copy of the hub is thrown away and fetched again.",
)


class LocalHubStore(HubStore):
    """Made by `open` or `in_memory`; `close` it in the end."""

    def __init__(self, queue: SerialQueue, opened: Opened, key: bytes) -> None:
        self._queue = queue
        self._opened = opened
        sealer = Sealer(key)
        self._rows = RowTable(sealer)
        self._acts = ActTable(sealer)
        self._deeds = DeedTable(sealer)
        self._sealer = sealer
        self._notices = opened.notices

    @classmethod
    async def open(cls, path: Path, clock: Clock, key: bytes) -> LocalHubStore:
        """The store of this file. Never fails: see `saving` and `notices`."""
        now = clock.now()

        def work() -> Opened:
            from app.adapters.hub_migrations import migrations
            from app.adapters.store_file import open_or_do_without

            return open_or_do_without(path, now, migrations, _LOST)

        return await cls._made(work, key)

    @classmethod
    async def beside(cls, secrets: Secrets, folder: Path, clock: Clock) -> LocalHubStore:
        """With the key of these secrets.

        If nobody will know that key after this run, nothing of the file is touched: acts that
        could never be read again must not be called done.
        """
        key = secrets.key(PURPOSE)
        if secrets.lasting:
            return await cls.open(folder / FILE_NAME, clock, key)
        return await cls.in_memory(key)

    @classmethod
    async def in_memory(cls, key: bytes, *notices: Text) -> LocalHubStore:
        """For tests, and where the key would not outlive this run."""

        def work() -> Opened:
            from app.adapters.hub_migrations import migrations
            from app.adapters.store_file import in_memory

            return in_memory(*notices, steps=migrations)

        return await cls._made(work, key)

    @classmethod
    async def _made(cls, work: Callable[[], Opened], key: bytes) -> LocalHubStore:
        queue = SerialQueue("hub store")
        store = cls(queue, await queue.run(work), key)
        await store._run(store._check_key)
        return store

    @property
    @override
    def notices(self) -> tuple[Text, ...]:
        return self._notices

    @property
    @override
    def saving(self) -> bool:
        return self._opened.path is not None

    @override
    async def close(self) -> None:
        from app.adapters.store_file import close_file

        await self._queue.run(close_file, self._opened)
        await self._queue.close()

    def _check_key(self, db: Database) -> None:
        # A person's rows that were deleted must not be found in free pages either.
        db.execute("pragma secure_delete = on")
        check = meta(db, "key check")
        try:
            good = check is not None and self._sealer.open(bytes.fromhex(check), "check") == _CHECK
        except ValueError:
            good = False
        if good:
            return
        with db.atomic():
            if check is not None:
                self._rows.purge(db)
                self._notices = (*self._notices, _OTHER_KEY)
            set_meta(db, "key check", self._sealer.seal(_CHECK, "check").hex())

    # cache

    @override
    async def take_over(self, scope: Scope) -> Place | None:
        return await self._run(self._take_over, scope)

    def _take_over(self, db: Database, scope: Scope) -> Place | None:
        account, rights = meta(db, "account"), meta(db, "rights")
        wanted = f"{scope.role}@{scope.site}"
        same_rights = rights == wanted
        if not (same_rights and account == scope.account):
            with db.atomic():
                if same_rights:
                    self._rows.keep_shared(db)
                    self._rows.set_place(db, None)
                else:
                    self._rows.purge(db)
                set_meta(db, "account", scope.account)
                set_meta(db, "rights", wanted)
            _empty_journal(db)
        return self._rows.place(db)

    @override
    async def kinds(self) -> Mapping[str, int]:
        return await self._run(self._rows.kinds)

    @override
    async def rows(self, kind: str, after: str = "", limit: int = 1000) -> Loaded[tuple[Row, ...]]:
        return await self._run(self._rows.rows, kind, after, limit)

    @override
    async def apply(self, frames: Sequence[Frame], place: Place) -> tuple[Frame, ...]:
        def work(db: Database) -> tuple[Frame, ...]:
            with db.atomic():
                applied = self._rows.apply(db, frames)
                self._rows.set_place(db, place)
            return applied

        return await self._run(work)

    @override
    async def begin_fill(self) -> None:
        await self._sweep()

    @override
    async def fill(self, rows: Sequence[Row]) -> None:
        await self._change(self._rows.fill, rows)

    @override
    async def swap(self, place: Place) -> None:
        await self._change(self._rows.swap, place)
        await self._sweep()

    @override
    async def purge(self) -> None:
        await self._change(self._rows.purge)
        await self._run(_empty_journal)

    async def _sweep(self) -> None:
        """Slice by slice, so that an act that is being kept meanwhile comes in between."""
        while await self._change(self._rows.sweep):
            pass

    # access to cameras

    @override
    async def keep_access(self, access: CameraAccess) -> None:
        sealed = self._sealer.seal(json.dumps(with_secrets(access)).encode(), f"access|{access.id}")
        await self._change(
            lambda db: db.execute(
                "insert into access (camera, d) values (?, ?) "
                "on conflict (camera) do update set d = excluded.d",
                [access.id, sealed],
            )
        )

    @override
    async def access(self, camera: str) -> CameraAccess | None:
        def work(db: Database) -> bytes | None:
            found = db.execute("select d from access where camera = ?", [camera]).fetchone()
            return found[0] if found else None

        sealed = await self._run(work)
        try:
            opened = None if sealed is None else self._sealer.open(sealed, f"access|{camera}")
            return None if opened is None else CameraAccess.model_validate_json(opened)
        except ValueError:
            return None

    @override
    async def forget_access(self, camera: str) -> None:
        await self._change(lambda db: db.execute("delete from access where camera = ?", [camera]))

    # acts

    @override
    async def line(self, username: str, client: str) -> Line:
        return await self._change(self._acts.line, username, client)

    @override
    async def keep_act(self, act: HubAct, line: Line) -> None:
        def work(db: Database) -> None:
            self._acts.insert(db, act)
            self._acts.set_line(db, line)

        await self._change(work)

    @override
    async def update_acts(self, acts: Sequence[HubAct], line: Line | None = None) -> None:
        def work(db: Database) -> None:
            self._acts.update(db, acts)
            if line is not None:
                self._acts.set_line(db, line)

        await self._change(work)

    @override
    async def acts(self) -> Loaded[tuple[HubAct, ...]]:
        return await self._run(self._acts.open_ones)

    @override
    async def settled_since(self, client: str, since: datetime) -> Loaded[tuple[HubAct, ...]]:
        return await self._run(self._acts.settled_since, client, since)

    @override
    async def forget_settled(self, before: datetime) -> int:
        return await self._change(self._acts.forget_settled, before)

    # entries of the ledger

    @override
    async def keep_deeds(self, client: str, deeds: Sequence[Deed]) -> None:
        await self._change(self._deeds.keep, client, deeds)

    @override
    async def deeds(self, limit: int) -> Loaded[tuple[KeptDeed, ...]]:
        return await self._run(self._deeds.some, limit)

    @override
    async def deeds_sent(self, client: str, below: int) -> None:
        await self._change(self._deeds.sent, client, below)

    @override
    async def forget_deeds(self, client: str, numbers: Sequence[int]) -> None:
        await self._change(self._deeds.forget, client, numbers)

    @override
    async def deeds_waiting(self) -> int:
        return await self._run(self._deeds.waiting)

    @override
    async def remember(self, name: str, value: str) -> None:
        await self._change(self._deeds.remember, name, value)

    @override
    async def remembered(self, name: str) -> str:
        return await self._run(self._deeds.remembered, name)

    # inside

    async def _change(self, work: Callable[..., R], *args: object) -> R:
        """`work` in one transaction of its own."""

        def whole(db: Database) -> R:
            with db.atomic():
                return work(db, *args)

        return await self._run(whole)

    async def _run(self, work: Callable[..., R], *args: object) -> R:
        """On the store's thread; SQLite's errors become `Failure`s here."""
        try:
            return await self._queue.run(work, self._opened.db, *args)
        except sqlite3.Error as error:
            raise failure_of(error, self._opened.path) from error


def _empty_journal(db: Database) -> None:
    """What was deleted still stands in the write-ahead journal until it is cut."""
    db.execute("pragma wal_checkpoint(truncate)").fetchall()
