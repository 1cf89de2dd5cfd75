"""The platform socket over real TCP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from app.domain.intake import Kind
from app.formats.intake import platform_socket
from app.hub.web import platform_door
from app.hub.web.platform_door import PlatformDoor
from tests.fakes.web_hub import START, HubSite

VALUES = {"external": "112-0001", "place": "중앙로 1", "longitude": "127.0", "latitude": "37.5"}


class Sender:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self) -> tuple[bool, str]:
        async with asyncio.timeout(5):
            frame = await self.reader.readuntil(b";")
        told = platform_socket.read_answer(frame)
        assert isinstance(told, tuple), told
        return told

    async def login(self, user: str = "link") -> tuple[bool, str]:
        await self.say(platform_socket.write_login("112", user, START))
        return await self.answer()

    async def closed(self) -> bool:
        async with asyncio.timeout(5):
            return await self.reader.read() == b""


@asynccontextmanager
async def door(hub: HubSite, half_frame: float = 10.0) -> AsyncIterator[Sender]:
    await hub.feed("link", "platform")
    opened = PlatformDoor(hub.hub.intake, hub.services.feeds, hub.services.now, half_frame)
    await opened.start("127.0.0.1", 0)
    reader, writer = await asyncio.open_connection("127.0.0.1", opened.port)
    try:
        yield Sender(reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()
        await opened.stop()


def event(number: str = "112-0001") -> bytes:
    return platform_socket.write_event("112", Kind.OCCURRED, START, VALUES | {"external": number})


async def test_an_event_is_kept_before_it_is_answered(hub: HubSite) -> None:
    async with door(hub) as sender:
        assert (await sender.login())[0]
        frame = event()
        for part in (frame[:10], frame[10:60], frame[60:]):
            await sender.say(part)
        good, _ = await sender.answer()
        assert good
        waiting = await hub.waiting()
        assert [(raw.door, raw.source, raw.body) for raw in waiting] == [
            ("platform", "link", frame)
        ]


async def test_many_at_once_are_answered_in_order(hub: HubSite) -> None:
    async with door(hub) as sender:
        await sender.login()
        await sender.say(b"".join(event(f"n{n}") for n in range(50)))
        assert [(await sender.answer())[0] for _ in range(50)] == [True] * 50
        assert len(await hub.waiting()) == 50


async def test_nobody_delivers_without_an_introduction(hub: HubSite) -> None:
    async with door(hub) as sender:
        await sender.say(event())
        good, words = await sender.answer()
        assert not good
        assert "로그인" in words
        assert await hub.waiting() == []


@pytest.mark.parametrize("name", ["nobody", "bells"])
async def test_a_stranger_is_cut_off(hub: HubSite, name: str) -> None:
    await hub.feed("bells", "webhook")
    async with door(hub) as sender:
        assert not (await sender.login(name))[0]
        assert await sender.closed()


async def test_half_a_frame_and_silence_is_kept_and_told(hub: HubSite) -> None:
    async with door(hub, half_frame=0.05) as sender:
        await sender.login()
        await sender.say(event()[:79])
        assert not (await sender.answer())[0]
        assert await sender.closed()
        assert [raw.body for raw in await hub.waiting()] == [event()[:79]]


async def test_what_cannot_be_read_is_kept_and_refused(hub: HubSite) -> None:
    async with door(hub) as sender:
        await sender.login()
        await sender.say(b"nonsense;")
        assert not (await sender.answer())[0]
        await sender.say(event())
        assert (await sender.answer())[0]
        assert [raw.body for raw in await hub.waiting()] == [b"nonsense;", event()]


async def test_a_sender_of_nothing_but_nonsense_is_cut_off(hub: HubSite) -> None:
    async with door(hub) as sender:
        await sender.login()
        await sender.say(b"x;" * 100)
        assert await sender.reader.read() != b""
        assert await sender.closed()
        assert len(await hub.waiting()) == 20


@pytest.mark.allow_logs("app.hub.web.platform_door")
async def test_too_many_connections_are_turned_away(
    hub: HubSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform_door, "MOST_CONNECTIONS", 1)
    async with door(hub) as sender:
        await sender.login()
        port = sender.writer.get_extra_info("peername")[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
        assert len(await hub.waiting()) == 0
