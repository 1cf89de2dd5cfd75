"""Sites, cameras with their secrets, bells and other points; and the lists they come from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2s
from typing import Any, Final

from pydantic import SecretStr
from sqlalchemy import Connection

from app.domain.account import Subject
from app.domain.errors import BadInput, Refused
from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.site import SiteId, SiteKind
from app.domain.text import Text
from app.formats.registry.entries import CameraImport, PointEntry, PointImport
from app.formats.registry.report import Effect, Finding, ImportReport
from app.hub.services import registry_rows
from app.hub.services.acting import demand
from app.hub.services.emd_places import EmdPlaces
from app.hub.services.incident_json import shared_of
from app.hub.services.keyring import Keyring
from app.hub.services.registry_rows import CameraSecret
from app.hub.services.shares import with_shared
from app.hub.services.sites import Sites
from app.hub.services.visibility import thing_of_row
from app.hub.store import queries, vault
from app.hub.store.columns import moment
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.hub.tasks import Threads
from app.wire.access import CameraAccess, ProfileAccess
from app.wire.entities import CameraRow, PointRow, SiteRow

CAMERA, POINT = "camera", "point"
# Of a row: set by acts, not by who describes the camera.
_NOT_GIVEN: Final = {"restricted"}
SECRET: Final = "camera"  # noqa: S105 - the kind of a secret, not one
# A job holds the writer for some 50 ms; what else waits goes in between.
_TOGETHER: Final = 150
_NO_CAMERA = Text("그런 카메라가 없습니다", "there is no such camera")
_FOREIGN = Text(
    "같은 번호가 다른 기관에 이미 등록되어 있습니다", "the number belongs to another site already"
)
_NO_ADDRESS = Text("카메라의 영상 주소가 없습니다", "no address is kept of this camera")

# Told the ids of cameras that changed.
Changed = Callable[[str], None]
# Told, in the job, of masks of a camera that somebody changed: who, which, how many before and now.
Remasked = Callable[[Transaction, Subject, str, int, int], None]
# Told, in the job, of a camera that is about to be taken away.
Gone = Callable[[Transaction, str], None]


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    id: str
    d: Mapping[str, Any]
    secret: CameraSecret | None = None


class Registry:
    def __init__(
        self,
        store: Store,
        sites: Sites,
        keyring: Keyring,
        emds: EmdPlaces,
        changed: Changed,
        clock: Clock,
    ) -> None:
        self.gone: Gone = lambda _tx, _camera: None
        self.remasked: Remasked = lambda _tx, _who, _camera, _before, _after: None
        self._store = store
        self._sites = sites
        self._keyring = keyring
        self._emds = emds
        self._changed = changed
        self._clock = clock
        self._threads = Threads("hub import")

    async def close(self) -> None:
        await self._threads.close()

    async def import_file(
        self, subject: Subject, name: str, data: bytes, site: SiteId
    ) -> ImportReport:
        """Takes a list of cameras, bells or police boxes; what is the same stays untouched.

        Bodies that the list names become sites below `site`, unless it is that body itself.
        Cameras that are missing in a later list stay. Raises Refused or BadInput (no such list).
        """
        self._demand(subject, Action.IMPORT, Thing("site", site))
        top = self._sites.get(site)
        found = await self._threads.run(self._read, name, data)
        if isinstance(found, CameraImport):
            bodies = {(entry.camera.site, entry.code) for entry in found.entries}
        else:
            bodies = {(entry.site, entry.code) for entry in found.entries}
        places = await self._places(bodies, top.id)
        if isinstance(found, CameraImport):
            rows = await self._camera_rows(found, places)
        else:
            rows = [_point(entry, places[entry.site]) for entry in found.entries]
        foreign = await self._foreign(subject, rows)
        await self._keep([row for row in rows if row.id not in foreign])
        return _without(found.report, len(foreign))

    def _read(self, name: str, data: bytes) -> CameraImport | PointImport:
        """On a thread of its own: the first list also reads the boundaries."""
        return registry_rows.read(name, data, self._emds.table)

    async def access(self, subject: Subject, camera: str) -> CameraAccess:
        """Address and password, for who may have them. Raises Refused, Unavailable (the key)."""
        row = await self._store.reader.read(partial(queries.get, kind=CAMERA, id_=camera))
        thing = None if row is None else thing_of_row(CAMERA, camera, row.d)
        if thing is None:
            raise Refused(_NO_CAMERA)
        self._demand(subject, Action.CAMERA_ACCESS, thing)
        secret = await self._store.reader.read(lambda c: self._keyring.reveal(c, SECRET, camera))
        if secret is None:
            raise Refused(_NO_ADDRESS)
        return _access(camera, thing.media, json.loads(secret))

    async def put_sites(self, subject: Subject, rows: Sequence[SiteRow]) -> None:
        """Makes or changes sites. Raises Refused, BadInput."""
        for row in rows:
            known = SiteId(row.id) in self._sites.all
            about = row.id if known or row.parent is None else row.parent
            self._demand(subject, Action.MANAGE, Thing("site", SiteId(about)))
            if row.parent is not None:
                self._demand(subject, Action.MANAGE, Thing("site", SiteId(row.parent)))
        await self._sites.put(rows)

    async def put_cameras(
        self,
        subject: Subject,
        rows: Sequence[CameraRow],
        secrets: Mapping[str, CameraSecret] | None = None,
    ) -> int:
        """Makes or changes cameras, with addresses by camera where they change too; how many."""
        known = await self._store.reader.read(
            lambda c: {row.id: queries.get(c, CAMERA, row.id) for row in rows}
        )
        for row in rows:
            before = known[row.id]
            sites = {row.site, *(() if before is None else (before.d["site"],))}
            for site in sites:
                self._sites.get(SiteId(site))
                self._demand(subject, Action.MANAGE, Thing(CAMERA, SiteId(site)))
        given = secrets or {}
        made = [
            _Row(CAMERA, row.id, row.model_dump(mode="json", exclude=_NOT_GIVEN), given.get(row.id))
            for row in rows
        ]
        return await self._keep(made, subject)

    async def check_numbers(self, rows: Sequence[CameraRow]) -> None:
        """Raises BadInput where an operator would call another camera by one of the numbers."""
        numbers = await self._store.reader.read(_numbers)
        by_number = {number: id_ for id_, number in numbers.items()}
        for row in rows:
            if by_number.get(row.number, row.id) != row.id:
                raise BadInput(
                    Text(
                        f"번호 {row.number}은(는) 다른 카메라의 번호입니다",
                        f"the number {row.number} belongs to another camera",
                    )
                )

    async def put_points(self, subject: Subject, rows: Sequence[PointRow]) -> int:
        for row in rows:
            self._sites.get(SiteId(row.site))
            self._demand(subject, Action.MANAGE, Thing(POINT, SiteId(row.site)))
        return await self._keep([_Row(POINT, row.id, row.model_dump(mode="json")) for row in rows])

    async def remove(self, subject: Subject, kind: str, id_: str) -> None:
        """Takes a camera or point away, a camera's secret with it."""
        row = await self._store.reader.read(partial(queries.get, kind=kind, id_=id_))
        thing = None if row is None else thing_of_row(kind, id_, row.d)
        if thing is None or kind not in {CAMERA, POINT}:
            raise Refused(_NO_CAMERA)
        self._demand(subject, Action.MANAGE, thing)

        def work(tx: Transaction) -> None:
            if kind == CAMERA:
                self.gone(tx, id_)
            tx.delete(kind, id_)
            if kind == CAMERA:
                tx.delete("camera_status", id_)
                vault.forget(tx, SECRET, id_)

        await self._store.writer.do(work)
        self._changed(id_)

    async def _foreign(self, subject: Subject, rows: Sequence[_Row]) -> set[str]:
        """Those that belong to a site out of the subject's reach: numbers of lists may collide."""

        def read(connection: Connection) -> set[str]:
            known = (queries.get(connection, row.kind, row.id) for row in rows)
            return {one.id for one in known if one and one.d["site"] not in subject.within}

        return await self._store.reader.read(read)

    async def _places(self, bodies: set[tuple[str, str]], top: SiteId) -> dict[str, SiteId]:
        """The site of each body by its name; made where the tree below `top` has none."""
        below = self._sites.within(top)
        by_name = {self._sites.all[s].name: s for s in sorted(below) if s in self._sites.all}
        by_code = {self._sites.all[s].code: s for s in below if self._sites.all[s].code}
        found: dict[str, SiteId] = {}
        new: list[SiteRow] = []
        for name, code in sorted(bodies):
            if name in found:
                continue
            known = by_name.get(name) or by_code.get(code)
            if known is None and name:
                id_ = "body-" + blake2s(f"{top}\n{name}".encode(), digest_size=8).hexdigest()
                kind = SiteKind.POLICE if name.endswith("경찰서") else SiteKind.CENTRE
                new.append(SiteRow(id=id_, name=name, kind=kind, parent=top, code=code))
                known = SiteId(id_)
            found[name] = known or top
        if new:
            await self._sites.put(new)
        return found

    async def _camera_rows(self, found: CameraImport, places: Mapping[str, SiteId]) -> list[_Row]:
        numbers = await self._store.reader.read(_numbers)
        taken = set(numbers.values())
        free = _free(taken)
        rows = []
        for entry in found.entries:
            id_ = registry_rows.short_id(entry.camera.id)
            number = numbers.get(id_)
            if number is None:
                wanted = entry.camera.number
                number = wanted if wanted not in taken else next(free)
                taken.add(number)
            row = registry_rows.camera_row(entry, places[entry.camera.site], number)
            d = row.model_dump(mode="json", exclude={"masks", *_NOT_GIVEN})
            rows.append(_Row(CAMERA, id_, d, registry_rows.secret_of(entry)))
        return rows

    async def _keep(self, rows: Sequence[_Row], who: Subject | None = None) -> int:
        count = 0
        for start in range(0, len(rows), _TOGETHER):
            part = rows[start : start + _TOGETHER]
            count += await self._store.writer.do(partial(self._put, rows=part, who=who))
        for row in rows:
            if row.kind == CAMERA:
                self._changed(row.id)
        return count

    def _put(self, tx: Transaction, rows: Sequence[_Row], who: Subject | None) -> int:
        count = 0
        for row in rows:
            if row.secret is not None:
                urls, user = dict(row.secret.urls), row.secret.user
                secret = {"urls": urls, "user": user, "password": row.secret.password}
                self._keyring.keep(tx, SECRET, row.id, json.dumps(secret).encode())
            known = tx.get(row.kind, row.id)
            d = row.d if known is None else _still(row.d, known.d)
            if known is None or known.d != d:
                tx.put(row.kind, row.id, d)
                count += 1
            masks = list(known.d.get("masks") or ()) if known is not None else []
            if who is not None and masks and masks != list(d.get("masks") or ()):
                self.remasked(tx, who, row.id, len(masks), len(d.get("masks") or ()))
        return count

    def _demand(self, subject: Subject, action: Action, thing: Thing) -> None:
        demand(subject, action, thing, moment(self._clock()))


def _still(d: Mapping[str, Any], known: Mapping[str, Any]) -> Mapping[str, Any]:
    """A list says nothing of masks, restrictions and shares: those there are go on."""
    kept = {name: known[name] for name in ("masks", *_NOT_GIVEN) if name in known}
    d = {**kept, **d}
    return with_shared({**d, "shared": None}, shared_of(known)) if "shared" in known else d


def _without(report: ImportReport, foreign: int) -> ImportReport:
    if not foreign:
        return report
    finding = Finding(Effect.SKIPPED, _FOREIGN, foreign, ())
    return replace(
        report,
        taken=report.taken - foreign,
        skipped=report.skipped + foreign,
        findings=(finding, *report.findings),
    )


def _point(entry: PointEntry, site: SiteId) -> _Row:
    row = registry_rows.point_row(entry, site)
    return _Row(POINT, row.id, row.model_dump(mode="json"))


def _numbers(connection: Connection) -> dict[str, int]:
    """What operators call the cameras by, of all cameras: it must stay one number a camera."""
    return {row.id: row.d["number"] for row in queries.of_kind(connection, CAMERA)}


def _free(taken: set[int]) -> Iterator[int]:
    number = 1
    while True:
        if number not in taken:
            yield number
        number += 1


def _access(camera: str, media: str, kept: Mapping[str, Any]) -> CameraAccess:
    return CameraAccess(
        id=camera,
        media=media,
        profiles=tuple(ProfileAccess(name=n, url=SecretStr(u)) for n, u in kept["urls"].items()),
        username=SecretStr(kept["user"]) if kept.get("user") else None,
        password=SecretStr(kept["password"]) if kept.get("password") else None,
    )
