"""Waiting for a condition instead of for a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Lets the loop and other threads work until `condition` holds; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - other threads bring it about
            await asyncio.sleep(0.002)


async def until_it(condition: Callable[[], Awaitable[bool]], seconds: float = 20.0) -> None:
    """The same for what has to be asked for; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - other threads bring it about
            await asyncio.sleep(0.002)
