"""What the console says of its own version."""

from __future__ import annotations

from app.domain.text import Text
from app.domain.update import Keeper, Standing
from app.services.updates import Updates

OWN = Standing("1.0.0", Keeper.OWN, "1.0.0")
READY = Standing("1.0.0", Keeper.OWN, "1.1.0", Text("됨", "done"), "2026-11-27T04:10:00", True)


async def test_a_version_that_waits_is_told_once() -> None:
    answers = [OWN, OWN, READY, READY]
    updates, said, changed = Updates(lambda: answers.pop(0)), [], []
    updates.notices.connect(lambda text: said.append(text.en))
    updates.changed.connect(lambda _: changed.append(updates.standing))
    for _ in range(4):
        await updates.look()
    assert changed == [OWN, READY]
    assert said == ["Version 1.1.0 is ready. It runs when the program is started again."]
    await updates.stop()


async def test_what_was_brought_before_this_start_is_no_news() -> None:
    updates = Updates(lambda: Standing("1.1.0", Keeper.OWN, "1.1.0"))
    said: list[Text] = []
    updates.notices.connect(said.append)
    await updates.look()
    assert said == []
    await updates.stop()
