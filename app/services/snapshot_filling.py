"""Takes a whole snapshot into the store, page by page, through cuts of the network."""

from __future__ import annotations

from app.domain.text import Text
from app.services.hub_link import HubLink
from app.services.hub_port import HubClient, HubFailure, Place, SnapshotPage, Trouble
from app.services.hub_store_port import HubCache
from app.services.sending import Pace
from app.wire.stream import SnapshotHead

# The same page is asked for again: 100 pages through a network that fails now and then would
# otherwise never come to an end. Beyond this the whole connection is begun anew.
_TRIES = 6


async def take_snapshot(hub: HubClient, cache: HubCache, link: HubLink, pace: Pace) -> Place:
    """Where the cache stands afterwards. Raises `Failure`; the cache is then as it was.

    A hub that reads each page on its own may take a later one at a later place of its log. Going
    on from the earliest is right in any case: rows carry versions, an older one never wins.
    """
    await cache.begin_fill()
    first: SnapshotHead | None = None
    after: str | None = None
    seq = done = 0
    while True:
        page = await _page(hub, pace, after)
        if first is None:
            first, seq = page.head, page.head.snap_seq
        elif (page.head.epoch, page.head.view) != (first.epoch, first.view):
            raise HubFailure(Trouble.RESYNC, _CHANGED)
        seq = min(seq, page.head.snap_seq)
        await cache.fill(page.rows)
        done += len(page.rows)
        link.filling(done, max(first.total, done))
        if page.after is None:
            break
        if page.after == after:
            raise HubFailure(Trouble.MALFORMED, _IN_CIRCLES)
        after = page.after
    place = Place(first.epoch, seq, first.view)
    await cache.swap(place)
    return place


async def _page(hub: HubClient, pace: Pace, after: str | None) -> SnapshotPage:
    tries = 0
    while True:
        try:
            return await hub.snapshot(after)
        except HubFailure as failure:
            tries += 1
            lasting = not failure.trouble.passing or failure.trouble is Trouble.RESYNC
            if lasting or tries >= _TRIES:
                raise
            await pace.pause(tries, failure.retry_after)


_CHANGED = Text(
    "자료를 받는 동안 허브가 복구되었거나 권한이 바뀌었습니다. 처음부터 다시 받습니다.",
    "The hub was restored or your rights changed meanwhile; everything is fetched anew.",
)
_IN_CIRCLES = Text(
    "허브가 같은 자료를 되풀이해 보냅니다.", "The hub sends the same page again and again."
)
