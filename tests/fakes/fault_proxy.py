"""A TCP proxy that does to a connection what networks do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class FaultProxy:
    """What comes down (server → client) passes `piece` bytes at a time.

    `cut_after`: each connection ends after so many bytes down; None lets it live. `reset`: it ends
    with RST instead of FIN. `swallow`: connections are open, but nothing comes down. `refuse`:
    every new connection ends at once.
    """

    def __init__(self, port: int) -> None:
        self.target = port
        self.port = 0
        self.piece = 65_536
        self.cut_after: int | None = None
        self.reset = False
        self.swallow = False
        self.refuse = False
        self.connections = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def cut(self) -> None:
        """Everything that is open ends now."""
        for writer in tuple(self._open):
            writer.transport.abort()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open.add(writer)
        try:
            if not self.refuse:
                await self._pass(reader, writer)
        except ConnectionError:
            pass
        finally:
            self._close(writer)
            self._tasks.discard(task)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self._open.add(far_writer)
        up = asyncio.create_task(self._copy(reader, far_writer))
        try:
            await self._down(far_reader, writer)
        finally:
            up.cancel()
            await asyncio.gather(up, return_exceptions=True)
            self._close(far_writer)

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (data := await reader.read(65_536)) and not writer.is_closing():
            writer.write(data)
            await writer.drain()

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        left = self.cut_after
        while data := await reader.read(65_536 if left is None else max(left, 1)):
            if left is not None:
                data = data[:left]
                left -= len(data)
            if not self.swallow:
                for at in range(0, len(data), self.piece):
                    if writer.is_closing():
                        return
                    writer.write(data[at : at + self.piece])
                    await writer.drain()
                    if self.piece < 100:
                        await asyncio.sleep(0)
            if left == 0:
                return

    def _close(self, writer: asyncio.StreamWriter) -> None:
        self._open.discard(writer)
        if self.reset:
            writer.transport.abort()
        else:
            writer.close()

    async def wait_ended(self) -> None:
        self.cut()
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def fault_proxy(port: int) -> AsyncIterator[FaultProxy]:
    made = FaultProxy(port)
    server = await asyncio.start_server(made.accept, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await made.wait_ended()
        await server.wait_closed()
