"""What the hub fetches by itself: disaster messages, incidents on the roads.

Those who publish them do not call anybody. An answer goes through the same door as what comes by
itself: kept raw, then understood; what comes again changes nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import httpx2

from app.domain.errors import Failure, Unavailable
from app.domain.intake import Rejected
from app.domain.korea import KST
from app.domain.text import Text
from app.formats.intake import public_answer, reading
from app.hub.services import doors
from app.hub.services.intake import Intake
from app.hub.store.columns import moment
from app.hub.store.transaction import Clock
from app.hub.tasks import cancel, spawn

_log = logging.getLogger(__name__)

# What these services answer with at most.
ROWS: Final = 100
# A hundred messages a page: ten pages are more than any day had.
_MOST_PAGES: Final = 10
_SECONDS: Final = 20.0
_LONGEST_PAUSE: Final = 600.0
_JITTER: Final = 0.1

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PollSource:
    """Where a list is fetched. `queries`: what to ask for now, each of them page by page.

    `url` without a key; the queries hold it, so they are shown nowhere.
    """

    door: str
    url: str
    queries: Callable[[datetime], Sequence[Query]] = field(repr=False)
    every_seconds: float = 60.0


@dataclass(slots=True)
class PollState:
    """`heard`: when the last good answer came. `failures`: since then, in a row."""

    heard: datetime | None = None
    failures: int = 0
    trouble: Text | None = None
    # Of each query's last answer: the same again is not kept again.
    same: dict[int, str] = field(default_factory=dict)


def disaster_messages(url: str, key: str, regions: Sequence[str], every: float) -> PollSource:
    """긴급재난문자 (safetydata.go.kr DSSP-IF-00247), of some regions or of all.

    Yesterday is asked for as well: a message of midnight would fall between two days.
    """

    def queries(now: datetime) -> list[Query]:
        today = now.astimezone(KST).date()
        days = [f"{today - timedelta(days=1):%Y%m%d}", f"{today:%Y%m%d}"]
        base = {"serviceKey": key, "numOfRows": str(ROWS), "returnType": "json"}
        return [
            base | {"crtDt": day} | ({"rgnNm": region} if region else {})
            for day in days
            for region in (regions or ("",))
        ]

    return PollSource(doors.DISASTER, url, queries, every)


def road_incidents(
    url: str, key: str, area: tuple[float, float, float, float], every: float
) -> PollSource:
    """돌발상황정보 (openapi.its.go.kr); `area`: west, south, east, north in degrees."""
    west, south, east, north = (f"{value:.4f}" for value in area)
    asked = {
        "apiKey": key, "type": "all", "eventType": "all", "getType": "json",
        "minX": west, "maxX": east, "minY": south, "maxY": north,
    }  # fmt: skip
    return PollSource(doors.ITS, url, lambda _now: [asked], every)


class Polling:
    """`go` fetches one source once; a task a source does so again and again."""

    def __init__(
        self,
        intake: Intake,
        client: httpx2.AsyncClient,
        sources: Sequence[PollSource],
        clock: Clock,
    ) -> None:
        self.sources = tuple(sources)
        self.states = {source.door: PollState() for source in self.sources}
        self._intake = intake
        self._client = client
        self._clock = clock
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        self._tasks = [spawn(self._run(each), f"polling {each.door}") for each in self.sources]

    async def stop(self) -> None:
        tasks, self._tasks = self._tasks, []
        await cancel(*tasks)

    @property
    def alive(self) -> bool:
        return not any(task.done() for task in self._tasks)

    async def _run(self, source: PollSource) -> None:
        while True:
            await self.go(source)
            failures, jitter = self.states[source.door].failures, random.random()  # noqa: S311 - not a secret
            await asyncio.sleep(pause(source, failures, jitter))

    async def go(self, source: PollSource) -> None:
        """Whatever goes wrong is told in the state and in the log, without address or key."""
        state = self.states[source.door]
        try:
            for place, query in enumerate(source.queries(moment(self._clock()))):
                await self._fetch(source, state, place, query)
        except Failure as failure:
            state.failures += 1
            state.trouble = failure.text
            _log.warning("polling %s: %s", source.door, failure.text.en)
        except Exception as error:  # noqa: BLE001 - the next round may do; httpx2's words hold the key
            state.failures += 1
            state.trouble = _OURS
            _log.error("polling %s: %s", source.door, type(error).__name__)
        else:
            state.heard, state.failures, state.trouble = moment(self._clock()), 0, None

    async def _fetch(self, source: PollSource, state: PollState, place: int, query: Query) -> None:
        for page in range(1, _MOST_PAGES + 1):
            asked = dict(query) | ({"pageNo": str(page)} if "numOfRows" in query else {})
            body = await self._answer(source, asked)
            rows = _rows(body)
            digest = hashlib.sha256(body).hexdigest()
            about = place * _MOST_PAGES + page
            if rows and state.same.get(about) != digest:
                await self._intake.accept(source.door, source.door, _HEADERS, body)
                state.same[about] = digest
            if rows < ROWS or "numOfRows" not in query:
                return

    async def _answer(self, source: PollSource, query: Query) -> bytes:
        try:
            async with asyncio.timeout(_SECONDS):
                async with self._client.stream("GET", source.url, params=query) as answer:
                    if not answer.is_success:
                        raise Unavailable(_status(answer.status_code))
                    return b"".join([part async for part in _bounded(answer)])
        except TimeoutError:
            raise Unavailable(_SLOW) from None
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise Unavailable(_unreachable(type(error).__name__)) from None


def pause(source: PollSource, failures: int, jitter: float) -> float:
    """Seconds until the next time; `jitter` 0 … 1, so that centres do not all ask at once."""
    seconds = min(_LONGEST_PAUSE, source.every_seconds * 2.0 ** min(failures, 10))
    return max(seconds, source.every_seconds) * (1.0 + _JITTER * jitter)


async def _bounded(answer: httpx2.Response) -> AsyncIterator[bytes]:
    size = 0
    async for part in answer.aiter_bytes():
        size += len(part)
        if size > reading.MAX_BODY:
            raise Unavailable(_TOO_LONG)
        yield part


def _rows(body: bytes) -> int:
    """How many there are. Raises `Unavailable` for an answer that is an error or none."""
    answer = public_answer.body_of(body)
    if isinstance(answer, Rejected):
        raise Unavailable(answer.reason)
    found = answer.get("body", answer.get("data"))
    if reading.is_object(found) and "items" in found:
        found = found["items"]
    if reading.is_object(found) and "item" in found:
        found = found["item"]
    return len(reading.items_of(found))


_HEADERS: Final = {"content-type": "application/json"}
_SLOW = Text("답이 너무 오래 걸립니다", "the answer takes too long")
_TOO_LONG = Text("답이 너무 깁니다", "the answer is too long")
_OURS = Text("허브의 오류입니다. 기록을 확인하세요", "an error of the hub; see its log")


def _status(code: int) -> Text:
    return Text(f"HTTP {code} 응답입니다", f"the answer is HTTP {code}")


def _unreachable(kind: str) -> Text:
    return Text(f"연결할 수 없습니다 ({kind})", f"cannot be reached ({kind})")
