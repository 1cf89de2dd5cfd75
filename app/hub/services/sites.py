"""The tree of sites, in memory: asked for with every sign-in and every import."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from app.domain.errors import BadInput, Refused
from app.domain.site import Site, SiteId, SiteKind, within
from app.domain.text import Text
from app.hub.services.ids import Ids
from app.hub.store import queries
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from app.wire.entities import SiteRow

KIND = "site"
_NO_SITE = Text("그런 기관이 없습니다", "there is no such site")
_NO_KIND = Text("알 수 없는 기관 종류입니다", "there is no such kind of site")
_NO_PARENT = Text("상위 기관이 없습니다", "there is no such parent site")


class Sites:
    """`all` is replaced as a whole, so any thread may read it."""

    def __init__(self, store: Store, ids: Ids) -> None:
        self.all: Mapping[SiteId, Site] = {}
        self._store = store
        self._ids = ids

    async def load(self, first_name: str = "관제센터") -> None:
        """Reads the tree; a new store gets one site of this name."""
        await self._read()
        if not self.all:
            first = SiteRow(id=self._ids.new(), name=first_name, kind=SiteKind.CENTRE)
            await self.put([first])

    @property
    def top(self) -> SiteId:
        """The oldest site without one above it: where things belong that name no site."""
        return min(site.id for site in self.all.values() if site.parent is None)

    def get(self, id_: SiteId) -> Site:
        """Raises Refused."""
        site = self.all.get(id_)
        if site is None:
            raise Refused(_NO_SITE)
        return site

    def all_by_id(self, id_: SiteId) -> Site | None:
        return self.all.get(id_)

    def every(self) -> Collection[Site]:
        return self.all.values()

    def within(self, top: SiteId) -> frozenset[SiteId]:
        return within(self.all, top)

    async def put(self, rows: Sequence[SiteRow]) -> None:
        """Makes or changes sites; what is the same stays untouched.

        Raises BadInput for an unknown kind or parent, or a circle. The caller asks for the right.
        """
        sites = [_site_of(row.model_dump()) for row in rows]
        tree = {**self.all, **{site.id: site for site in sites}}
        for site in sites:
            if site.parent is not None and site.parent not in tree:
                raise BadInput(_NO_PARENT)
            within(tree, site.id)
        # What stands in a circle lies below nobody who has no parent.
        if not any(site.parent is None for site in tree.values()):
            raise BadInput(_NO_PARENT)
        await self._store.writer.do(partial(_keep, sites=sites))
        await self._read()

    async def _read(self) -> None:
        rows = await self._store.reader.read(partial(queries.of_kind, kind=KIND))
        self.all = {site.id: site for site in (_site_of(row.d) for row in rows)}


def _keep(tx: Transaction, sites: Sequence[Site]) -> None:
    for site in sites:
        d = _json_of(site)
        known = tx.get(KIND, site.id)
        if known is None or known.d != d:
            tx.put(KIND, site.id, d)


def _json_of(site: Site) -> dict[str, Any]:
    return {
        "id": site.id,
        "name": site.name,
        "kind": site.kind.value,
        "parent": site.parent,
        "code": site.code,
        "jurisdiction": sorted(site.jurisdiction),
    }


def _site_of(d: Mapping[str, Any]) -> Site:
    parent = d.get("parent")
    try:
        kind = SiteKind(d["kind"])
    except ValueError:
        raise BadInput(_NO_KIND) from None
    return Site(
        SiteId(d["id"]),
        d["name"],
        kind,
        None if parent is None else SiteId(parent),
        d.get("code", ""),
        frozenset(d.get("jurisdiction", ())),
    )
