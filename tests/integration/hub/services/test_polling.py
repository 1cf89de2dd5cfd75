"""Lists that the hub fetches, from a real HTTP server on loopback that answers as recorded."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from app.hub.hub import Hub
from app.hub.services import doors, polling
from app.hub.services.polling import Polling, PollSource
from app.hub.store import intake
from tests.fakes.hub_site import Clock, incidents
from tests.fakes.waiting import until

KEY = "very-secret-key"
AREA = (128.45, 35.75, 128.60, 35.90)


@dataclass
class Publisher:
    """Answers each request with the next of `answers`, the last one again and again."""

    answers: list[tuple[int, bytes]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        query = parse_qs(urlsplit(head.split()[1]).query)
        self.asked.append({name: values[0] for name, values in query.items()})
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n".encode()
            + b"Connection: close\r\n\r\n"
            + body
        )
        with suppress(ConnectionError):  # whoever hears too much hangs up
            await writer.drain()
            writer.close()
            await writer.wait_closed()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/list"


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    made = Publisher()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    await server.wait_closed()


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient() as made:
        yield made


@dataclass
class Desk:
    hub: Hub
    publisher: Publisher
    client: httpx2.AsyncClient
    clock: Clock


@pytest.fixture
def polled_by(hub: Hub, publisher: Publisher, client: httpx2.AsyncClient, clock: Clock) -> Desk:
    return Desk(hub, publisher, client, clock)


def message(number: int, **values: str) -> dict[str, str]:
    return {
        "SN": str(number), "CRT_DT": "2026/03/02 08:50:00", "MSG_CN": f"폭우 {number}",
        "RCPTN_RGN_NM": "대구광역시 달서구 ", "EMRG_STEP_NM": "안전안내", "DST_SE_NM": "호우",
    } | values  # fmt: skip


def answer(*rows: Any, header: str = "00") -> tuple[int, bytes]:
    body: Any = list(rows) if len(rows) != 1 else rows[0]
    said = {"header": {"resultCode": header}, "numOfRows": 100, "body": body}
    return 200, json.dumps(said, ensure_ascii=False).encode()


def disaster(publisher: Publisher, *regions: str) -> PollSource:
    return polling.disaster_messages(publisher.url, KEY, regions, 60.0)


async def fetch(hub: Hub, client: httpx2.AsyncClient, source: PollSource, clock: Clock) -> Polling:
    made = Polling(hub.intake, client, [source], clock)
    await made.go(source)
    await hub.intake.work_off()
    return made


async def test_yesterday_and_today_are_asked_for_and_each_message_is_one_incident(
    hub: Hub, publisher: Publisher, client: httpx2.AsyncClient, clock: Clock
) -> None:
    publisher.answers = [answer(message(1), message(2)), answer(message(2), message(3))]
    polled = await fetch(hub, client, disaster(publisher, "대구광역시 달서구"), clock)
    day = clock.now + timedelta(hours=9)
    assert [asked["crtDt"] for asked in publisher.asked] == [
        f"{day - timedelta(days=1):%Y%m%d}", f"{day:%Y%m%d}",
    ]  # fmt: skip
    assert publisher.asked[0]["rgnNm"] == "대구광역시 달서구"
    assert [one.external for one in await incidents(hub)] == ["1", "2", "3"]
    state = polled.states[doors.DISASTER]
    assert (state.failures, state.trouble) == (0, None)
    assert state.heard is not None


async def test_one_message_comes_as_an_object_and_the_same_again_is_not_kept_again(
    hub: Hub, publisher: Publisher, client: httpx2.AsyncClient, clock: Clock
) -> None:
    publisher.answers = [answer(message(7))]
    source = disaster(publisher)
    polled = await fetch(hub, client, source, clock)
    raw = await hub.reader.read(lambda c: len(intake.waiting(c)))
    for _ in range(3):
        await polled.go(source)
    assert await hub.reader.read(lambda c: len(intake.waiting(c))) == raw
    await hub.intake.work_off()
    assert [one.external for one in await incidents(hub)] == ["7"]


async def test_a_long_day_comes_in_pages(
    hub: Hub, publisher: Publisher, client: httpx2.AsyncClient, clock: Clock
) -> None:
    full = answer(*(message(n) for n in range(polling.ROWS)))
    publisher.answers = [answer(), full, answer(message(polling.ROWS))]
    await fetch(hub, client, disaster(publisher), clock)
    assert [asked["pageNo"] for asked in publisher.asked] == ["1", "1", "2"]
    assert len(await incidents(hub)) == polling.ROWS + 1


@pytest.mark.allow_logs("app.hub.services.polling")
@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (500, b"oops", "HTTP 500"),
        (200, b"<html>login</html>", "error: XML"),
        (200, b"{", "JSON"),
        (200, answer(header="30")[1], "error: 30"),
        (200, b"x" * 11_000_000, "too long"),
    ],
)
async def test_what_is_no_list_is_told_and_kept_nowhere(
    polled_by: Desk, caplog: pytest.LogCaptureFixture, status: int, body: bytes, words: str
) -> None:
    hub, publisher = polled_by.hub, polled_by.publisher
    publisher.answers = [(status, body)]
    polled = await fetch(hub, polled_by.client, disaster(publisher), polled_by.clock)
    state = polled.states[doors.DISASTER]
    assert state.failures == 1
    assert state.trouble is not None
    assert words in state.trouble.en
    assert KEY not in caplog.text
    assert str(publisher.port) not in caplog.text
    assert await hub.reader.read(lambda c: len(intake.quarantined(c))) == 0


@pytest.mark.allow_logs("app.hub.services.polling")
async def test_nobody_there_and_back_again(
    hub: Hub, publisher: Publisher, client: httpx2.AsyncClient, clock: Clock
) -> None:
    away = polling.disaster_messages("http://127.0.0.1:1/list", KEY, (), 60.0)
    polled = await fetch(hub, client, away, clock)
    assert polled.states[doors.DISASTER].failures == 1
    publisher.answers = [answer(message(1))]
    await polled.go(disaster(publisher))
    assert polled.states[doors.DISASTER].failures == 0


async def test_incidents_on_the_roads_end_when_their_time_is_over(
    hub: Hub, publisher: Publisher, client: httpx2.AsyncClient, clock: Clock
) -> None:
    row = {
        "type": "국도", "eventType": "교통사고", "startDate": "20260302084500",
        "coordX": "128.53", "coordY": "35.82", "linkId": "1", "roadName": "달구벌대로",
    }  # fmt: skip
    source = polling.road_incidents(publisher.url, KEY, AREA, 60.0)
    said = {"header": {"resultCode": 0}, "body": {"items": {"item": row}}}
    publisher.answers = [(200, json.dumps(said).encode())]
    await fetch(hub, client, source, clock)
    assert publisher.asked[0]["minX"] == "128.4500"
    (one,) = await incidents(hub)
    assert one.state.open
    row["endDate"] = "20260302085500"
    publisher.answers = [(200, json.dumps(said).encode())]
    await fetch(hub, client, source, clock)
    (one,) = await incidents(hub)
    assert not one.state.open


def test_who_fails_waits_longer_and_longer_and_not_all_at_once() -> None:
    source = PollSource("its", "http://x", lambda _now: [], 60.0)
    assert polling.pause(source, 0, 0.0) == 60.0
    assert polling.pause(source, 0, 1.0) == pytest.approx(66.0)
    assert polling.pause(source, 2, 0.0) == 240.0
    assert polling.pause(source, 99, 0.0) == 600.0
    slow = PollSource("its", "http://x", lambda _now: [], 3600.0)
    assert polling.pause(slow, 5, 0.0) == 3600.0


def test_a_key_is_in_no_representation(publisher: Publisher) -> None:
    assert KEY not in repr(disaster(publisher))
    assert publisher.asked == []


async def test_it_goes_by_itself(
    hub: Hub, publisher: Publisher, client: httpx2.AsyncClient, clock: Clock
) -> None:
    publisher.answers = [answer(message(1))]
    source = polling.disaster_messages(publisher.url, KEY, (), 0.01)
    polled = Polling(hub.intake, client, [source], clock)
    await polled.start()
    assert polled.alive
    await until(lambda: len(publisher.asked) >= 6)
    await polled.stop()
    assert polled.states[doors.DISASTER].failures == 0
