"""Writes in a loop and says each job that was acknowledged; killed by the test.

Reads a line of JSON for each round: {"address", "round"}. Imports once and forks for each round.
Says "pid N", then "ID SEQ" for each acknowledged job, and "end" when the process is gone.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys

from app.hub.store.store import Store
from app.hub.store.transaction import Transaction

TOGETHER = 24


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


async def main(address: str, round_: int) -> None:
    store = await Store.open(address)

    async def one_after_another(place: int) -> None:
        number = place
        while True:
            id_ = f"{round_}-{number}"

            def work(tx: Transaction, id_: str = id_) -> int:
                entry = tx.put("incident", id_, {"state": 10, "words": "가" * 50})
                tx.event("incident", id_, {"of": entry.seq})
                return entry.seq

            say(f"{id_} {await store.writer.do(work)}")
            number += TOGETHER

    await asyncio.gather(*(one_after_another(place) for place in range(TOGETHER)))


if __name__ == "__main__":
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            asyncio.run(main(told["address"], told["round"]))
        os.waitpid(child, 0)
        say("end")
