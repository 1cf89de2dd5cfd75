"""Shares in the store, and what follows from each: who may see the incident and the cameras.

A row of an incident or a camera names the sites that it is shared with now. So a share that begins
or ends changes those rows, and the stream sends a receiver the `put`s and `del`s that follow, with
no rule of its own. Everything takes the transaction or connection in which it happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.domain import share as acts
from app.domain.camera import CameraId
from app.domain.errors import Refused
from app.domain.incident import HUB, Author, Incident, Line
from app.domain.incident_acts import shares_go_over
from app.domain.incident_state import State
from app.domain.incident_steps import told
from app.domain.ledger.entry import Deed, Kind
from app.domain.share import Ending, Share, ShareState
from app.domain.site import Site, SiteId
from app.domain.text import Text
from app.hub.services.incident_json import shared_of, stamp
from app.hub.services.incidents import Incidents
from app.hub.services.share_json import json_of, share_of
from app.hub.store import queries
from app.hub.store import shares as index
from app.hub.store.columns import micros, moment
from app.hub.store.rows import Entry
from app.hub.store.shares import Shared
from app.hub.store.transaction import Transaction

KIND, CAMERA = "share", "camera"
_NOT_THERE = Text("그런 영상제공이 없습니다", "there is no such share")

# Writes into the ledger, in the same transaction.
Write = Callable[[Transaction, Deed], int]


class Shares:
    """`site_of` raises Refused for a site that the tree does not have."""

    def __init__(
        self,
        incidents: Incidents,
        site_of: Callable[[SiteId], Site],
        write: Write = lambda _tx, _deed: 0,
    ) -> None:
        self._incidents = incidents
        self._site_of = site_of
        self._write = write

    def get(self, connection: Connection, id_: str) -> Share | None:
        found = queries.get(connection, KIND, id_)
        return None if found is None else share_of(found.d)

    def need(self, connection: Connection, id_: str) -> Share:
        """Raises Refused where there is none."""
        found = self.get(connection, id_)
        if found is None:
            raise Refused(_NOT_THERE)
        return found

    def open_of(self, connection: Connection, incident: str) -> list[Share]:
        """Those of an incident that have not ended."""
        return self._all(connection, index.of_incident(connection, incident))

    def keep(
        self, tx: Transaction, before: Share | None, after: Share, line: Line | None = None
    ) -> Entry | None:
        """Keeps what it became, with all that follows; None where nothing changed.

        `line`: for the history of the incident.
        """
        if after == before:
            return None
        incident = self._incidents.need(tx.connection, after.incident)
        author = HUB if line is None else Author(line.by, line.account)
        entry = self._put(tx, before, after, incident, author)
        ends = _ends(index.of_incident(tx.connection, incident.id))
        now = replace(incident, shared=ends)
        self._incidents.change(tx, incident, now if line is None else told(now, line))
        return entry

    def follow(self, tx: Transaction, before: Incident | None, after: Incident) -> None:
        """What a change of an incident does to its shares: for `Incidents.told`.

        The row of the incident itself is settled: see `incident_acts`.
        """
        if before is None or before.state is after.state:
            return
        if after.state.ends_shares:
            for share in self.open_of(tx.connection, after.id):
                over = acts.ended(share, Ending.INCIDENT, whole_ms(tx))
                self._put(tx, share, over, after, HUB)
        elif after.state is State.MERGED and after.merged_into is not None:
            into = self._incidents.need(tx.connection, after.merged_into)
            for share in self.open_of(tx.connection, after.id):
                moved = replace(share, incident=into.id)
                if not shares_go_over(after, into):
                    moved = acts.ended(share, Ending.INCIDENT, whole_ms(tx))
                self._put(tx, share, moved, after if moved.incident == after.id else into, HUB)

    def end_due(self, tx: Transaction, ids: Iterable[str]) -> None:
        """Ends those of them whose time is over."""
        for id_ in ids:
            share = self.get(tx.connection, id_)
            if share is not None and share.state is ShareState.ACTIVE:
                at = moment(tx.at)
                if at >= share.ends_at:
                    self.end(tx, share, Ending.CLOCK)

    def end(
        self, tx: Transaction, share: Share, ending: Ending, author: Author = HUB
    ) -> Entry | None:
        """Raises Refused where it has ended."""
        at = whole_ms(tx)
        over = acts.ended(share, ending, at, "" if author is HUB else author.name)
        name, words = self._site_of(share.receiver).name, ending.words
        text = Text(f"{name} 영상제공 종료: {words.ko}", f"sharing with {name} ended: {words.en}")
        return self.keep(tx, share, over, Line(at, author.name, KIND, text, author.account))

    def camera_gone(self, tx: Transaction, camera: str) -> None:
        """It was deleted, or is withheld: no share has it any more."""
        for share in self._all(tx.connection, index.of_camera(tx.connection, camera)):
            left = acts.without_camera(share, CameraId(camera), whole_ms(tx))
            self.keep(tx, share, left)

    def _put(
        self,
        tx: Transaction,
        before: Share | None,
        after: Share,
        incident: Incident,
        author: Author,
    ) -> Entry:
        site, receiver = self._site_of(after.site), self._site_of(after.receiver)
        entry = tx.put(KIND, after.id, json_of(after, incident, site, receiver))
        index.replace_cameras(tx, after.id, _rows(after))
        touched = {*after.cameras, *(() if before is None else before.cameras)}
        for camera in sorted(touched):
            _settle_camera(tx, camera)
        self._write(tx, _deed(before, after, author, moment(tx.at)))
        return entry

    def _all(self, connection: Connection, rows: Iterable[Shared]) -> list[Share]:
        ids = dict.fromkeys(row.share for row in rows)
        return [share for id_ in ids if (share := self.get(connection, id_)) is not None]


def _deed(before: Share | None, after: Share, author: Author, at: datetime) -> Deed:
    kind = Kind.SHARE_CHANGED
    if after.state is ShareState.ENDED:
        kind = Kind.SHARE_ENDED
    elif before is None or before.state is not after.state:
        begun = after.state is ShareState.ACTIVE
        kind = Kind.SHARE_BEGUN if begun else Kind.SHARE_PROPOSED
    facts = {
        "receiver": str(after.receiver),
        "cameras": " ".join(after.cameras),
        "basis": after.basis.ko,
        "until": stamp(after.ends_at),
    }
    if after.ground:
        facts["ground"] = after.ground
    if after.ending is not None:
        facts["ending"] = after.ending.value
    person = {"name": author.name} | ({"account": author.account} if author.account else {})
    return Deed(
        kind, at, str(after.site), "", str(after.incident), str(after.id), after.purpose,
        after.starts_at, after.ended_at, facts, {k: str(v) for k, v in person.items()},
    )  # fmt: skip


def whole_ms(tx: Transaction) -> datetime:
    """The moment of the job as JSON can say it: what is read again must be what was kept."""
    return moment(tx.at // 1000 * 1000)


def _rows(share: Share) -> list[Shared]:
    if share.state is ShareState.ENDED:
        return []
    ends, active = micros(share.ends_at), share.state is ShareState.ACTIVE
    return [
        Shared(share.id, camera, share.incident, share.receiver, ends, active)
        for camera in share.cameras
    ]


def _ends(rows: Iterable[Shared]) -> dict[SiteId, datetime]:
    """The sites that it is shared with, each until its longest share ends."""
    ends: dict[SiteId, datetime] = {}
    for row in rows:
        if row.active:
            site, until = SiteId(row.receiver), moment(row.ends)
            ends[site] = max(until, ends.get(site, until))
    return ends


def _settle_camera(tx: Transaction, camera: str) -> None:
    found = tx.get(CAMERA, camera)
    if found is None:
        return
    ends = _ends(index.of_camera(tx.connection, camera))
    if ends != shared_of(found.d):
        tx.put(CAMERA, camera, with_shared(found.d, ends))


def with_shared(d: Mapping[str, Any], ends: Mapping[SiteId, datetime]) -> dict[str, Any]:
    """The row of a camera that is shared with these sites.

    A row that was shared once goes on saying so, with nobody in it.
    """
    row = {name: value for name, value in d.items() if name != "shared"}
    if ends or "shared" in d:
        row["shared"] = {site: stamp(until) for site, until in ends.items()}
    return row
