"""The ledger at the hub, on both engines: app.hub.services.ledger, app.hub.store.ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from app.domain.account import Role
from app.domain.errors import BadInput
from app.domain.ledger import merkle
from app.domain.ledger.checkpoint import Checkpoint, VerifierKey, opened
from app.domain.ledger.entry import Deed, Kind, hidden
from app.domain.text import Text
from app.hub import ledger_verifier
from app.hub.hub import Hub
from app.hub.services.ledger import CONSOLES, person_of, verifies
from app.hub.services.ledger_export import Export
from app.hub.store import ledger as rows
from app.hub.store.ledger import Tree
from app.hub.store.schema import ledger_node
from app.hub.store.transaction import Transaction
from app.hub.store.trimming import Keep, trim
from app.wire import ledger as wire
from tests.fakes.hub_site import Clock, Console, a_hub, administrator, camera
from tests.fakes.incidents import NOON, STATION, minutes, subject


def view(camera_: str = "C-1", **person: str) -> Deed:
    return Deed(Kind.VIEW, NOON, "dalseo", camera_, begun=NOON, person=person)


async def write(hub: Hub, *deeds: Deed) -> None:
    def work(tx: Transaction) -> None:
        for deed in deeds:
            hub.ledger.write(tx, deed)

    await hub.writer.do(work)


async def checkpoint(hub: Hub) -> Checkpoint:
    await hub.ledger.checkpoint()
    told = await hub.reader.read(partial(hub.ledger.newest, since=0))
    return opened(told.note, hub.ledger.key, partial(verifies, hub.ledger.key))


async def all_rows(hub: Hub) -> list[rows.Row]:
    return await hub.reader.read(lambda c: rows.find(c, [], limit=100_000, newest_first=False))


async def test_each_entry_names_the_one_before(any_hub: Hub) -> None:
    await write(any_hub, view("C-1"), view("C-2"))
    await write(any_hub, view("C-3"))
    found = await all_rows(any_hub)
    assert [row.n for row in found] == [1, 2, 3]
    entries = [json.loads(row.entry) for row in found]
    assert [one["camera"] for one in entries] == ["C-1", "C-2", "C-3"]
    assert entries[0]["prev"] == "0" * 64
    for before, after in zip(found, entries[1:], strict=False):
        assert after["prev"] == before.leaf.hex()
    assert all(row.leaf == merkle.leaf_hash(row.entry.encode()) for row in found)


async def test_an_act_that_is_undone_leaves_no_entry(any_hub: Hub) -> None:
    def work(tx: Transaction) -> None:
        any_hub.ledger.write(tx, view())
        raise BadInput(Text("시험", "test"))

    with pytest.raises(BadInput):
        await any_hub.writer.do(work)
    await write(any_hub, view("C-2"))
    (row,) = await all_rows(any_hub)
    assert (row.n, row.camera) == (1, "C-2")


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 600])
async def test_a_checkpoint_has_the_root_of_all_entries(hub: Hub, count: int) -> None:
    await write(hub, *(view(f"C-{n}") for n in range(count)))
    point = await checkpoint(hub)
    leaves = [row.leaf for row in await all_rows(hub)]
    assert point.size == count
    assert point.root == merkle.root(count, over(leaves))
    await write(hub, *(view(f"D-{n}") for n in range(3)))
    later = await checkpoint(hub)
    told = await hub.reader.read(partial(hub.ledger.newest, since=count))
    path = [bytes.fromhex(one) for one in told.path]
    assert merkle.consistent(count, point.root, later.size, later.root, path)
    assert await hub.ledger.checkpoint() == later.size
    with pytest.raises(BadInput):
        await hub.reader.read(partial(hub.ledger.newest, since=count + 4))


async def test_whole_subtrees_are_kept_and_say_the_same(hub: Hub) -> None:
    await write(hub, *(view(f"C-{n}") for n in range(700)))
    before = await hub.reader.read(lambda c: merkle.root(700, Tree(c)))
    await checkpoint(hub)

    def look(c: Connection) -> tuple[list[int], bytes]:
        kept = c.execute(select(ledger_node.c.place)).scalars()
        return sorted(kept), merkle.root(700, Tree(c))

    assert await hub.reader.read(look) == ([0, 1], before)


async def test_a_console_uploads_in_its_order_and_once(any_hub: Hub) -> None:
    def deed(n: int, **values: object) -> wire.Deed:
        given = {"n": n, "kind": "view", "at": NOON, "camera": f"C-{n}", **values}
        return wire.Deed.model_validate(given)

    async def up(*deeds: wire.Deed) -> int:
        given = wire.Deeds(client="pc-1", deeds=deeds)
        taken = await any_hub.writer.do(
            lambda tx: any_hub.ledger.take(tx, subject(), given, "10.0.0.7")
        )
        return taken.next_n

    assert await up(deed(1), deed(2)) == 3
    assert await up(deed(2), deed(3), deed(5)) == 4
    assert await up(deed(5)) == 4
    assert await up(deed(4, by="lee")) == 5
    found = await all_rows(any_hub)
    assert [row.camera for row in found] == ["C-1", "C-2", "C-3", "C-4"]
    assert found[0].person == {"account": "kim", "name": "김관제", "address": "10.0.0.7"}
    assert found[3].person == {"account": "lee", "uploaded_by": "kim"}
    for kind in ("sign_in", "share_begun", "picnic"):
        with pytest.raises(BadInput):
            await up(deed(5, kind=kind))
    ahead = deed(5, at=minutes(600))
    await up(ahead)
    last = json.loads((await all_rows(any_hub))[-1].entry)
    assert last["at"] < "2026-11-25T03:01"
    assert last["facts"]["console_at"] == "2026-11-25T13:00:00+00:00"
    assert Kind.SHARE_BEGUN not in CONSOLES


async def test_a_console_gets_the_proof_of_what_it_wrote(any_hub: Hub) -> None:
    assert (
        await any_hub.reader.read(partial(any_hub.ledger.proofs, client="pc-1", first=1, last=9))
        == wire.Proofs()
    )
    await write(any_hub, view("X"))
    deeds = tuple(wire.Deed(n=n, kind="view", at=NOON, camera=f"C-{n}") for n in range(1, 6))
    given = wire.Deeds(client="pc-1", deeds=deeds)
    await any_hub.writer.do(lambda tx: any_hub.ledger.take(tx, subject(), given, ""))
    point = await checkpoint(any_hub)
    proofs = await any_hub.reader.read(
        partial(any_hub.ledger.proofs, client="pc-1", first=2, last=9)
    )
    assert [one.n for one in proofs.proofs] == [2, 3, 4, 5]
    for one in proofs.proofs:
        leaf, path = bytes.fromhex(one.leaf), [bytes.fromhex(part) for part in one.path]
        assert merkle.leaf_hash(one.entry.encode()) == leaf
        assert merkle.included(leaf, one.index, point.size, path, point.root)
        assert json.loads(one.entry)["camera"] == f"C-{one.n}"


async def test_erasing_a_person_leaves_every_proof_whole(any_hub: Hub) -> None:
    mine = person_of(subject(), "10.0.0.7")
    await write(any_hub, view("C-1", **mine), view("C-2", account="lee", name="이팀장"))
    before = await checkpoint(any_hub)
    (row,) = await any_hub.reader.read(lambda c: rows.find(c, [], account="kim"))
    assert (row.camera, row.person["name"]) == ("C-1", "김관제")
    erased = await any_hub.writer.do(lambda tx: rows.forget_person(tx, "kim"))
    assert erased == 1
    assert await any_hub.reader.read(lambda c: rows.find(c, [], account="kim")) == []
    found = await all_rows(any_hub)
    assert found[0].person == {}
    assert found[1].person["name"] == "이팀장"
    assert [merkle.leaf_hash(one.entry.encode()) for one in found] == [one.leaf for one in found]
    assert await checkpoint(any_hub) == before
    # Nothing that is left tells who it was: a guess cannot be tried without the salt.
    told = json.loads(found[0].entry)["person"]["name"]
    assert told not in {hidden("", "김관제"), hidden("0" * 32, "김관제")}


async def test_the_key_lasts_and_lies_sealed(tmp_path: Path) -> None:
    keys = []
    for _ in range(2):
        async with a_hub(str(tmp_path / "hub.db"), tmp_path, Clock()) as hub:
            keys.append(hub.ledger.key)
            await write(hub, view())
    assert keys[0] == keys[1] == VerifierKey.of(keys[0].text)
    assert keys[0].name == "gwanje/관제센터"


async def test_shares_are_written_in_the_job_of_the_act(any_hub: Hub, clock: Clock) -> None:
    await any_hub.registry.put_cameras(administrator(any_hub), [camera("C-1", 1)])
    console = Console(any_hub, clock)
    await console.do("incident.create", "i1", type="emergency_bell")
    await console.do(
        "share.propose", "s1", receiver=STATION, incident="i1", cameras=["C-1"], purpose="추적"
    )
    await console.do("share.extend", "s1", minutes=10)
    await console.do("incident.release", "i1")
    found = await all_rows(any_hub)
    assert [row.kind for row in found] == ["share_begun", "share_changed", "share_ended"]
    entries = [json.loads(row.entry) for row in found]
    assert entries[0]["facts"]["receiver"] == STATION
    assert "제18조" in entries[0]["facts"]["basis"]
    assert entries[0]["purpose"] == "추적"
    assert entries[2]["facts"]["ending"] == "incident"
    assert found[0].person["account"] == "kim"
    assert subject(Role.OPERATOR).account == "kim"


def over(leaves: list[bytes]) -> merkle.Subtree:
    def subtree(level: int, place: int) -> bytes:
        if level == 0:
            return leaves[place]
        return merkle.node_hash(subtree(level - 1, 2 * place), subtree(level - 1, 2 * place + 1))

    return subtree


async def test_old_entries_lose_their_words_and_the_rest_is_still_proved(
    any_hub: Hub, clock: Clock, tmp_path: Path
) -> None:
    old = [replace(view(f"C-{n}", name="김"), at=NOON - timedelta(days=800)) for n in range(300)]
    await write(any_hub, *old, view("C-new", name="이"))
    before = await checkpoint(any_hub)
    keep = Keep(ledger=timedelta(days=730))
    done = await trim(any_hub.writer, keep, clock())
    assert done.others == 300
    found = await all_rows(any_hub)
    assert {row.entry for row in found[:300]} == {""}
    assert all(not row.person and not row.camera for row in found[:300])
    assert found[300].person == {"name": "이"}
    assert (await trim(any_hub.writer, keep, clock())).others == 0
    # What is left is exported, and hangs on what is gone.
    await write(any_hub, view("C-newer"))
    after = await checkpoint(any_hub)
    path = tmp_path / "ledger.jsonl"
    lines = await any_hub.reader.read(lambda c: list(Export(any_hub.ledger.key).lines(c)))
    path.write_text("".join(lines), encoding="utf-8")
    verdict = ledger_verifier.verify(path, any_hub.ledger.key.text)
    assert verdict.sound, verdict.problems
    assert (verdict.entries, verdict.size) == (2, 302)
    told = await any_hub.reader.read(partial(any_hub.ledger.newest, since=before.size))
    proof = [bytes.fromhex(one) for one in told.path]
    assert merkle.consistent(before.size, before.root, after.size, after.root, proof)


async def test_an_empty_ledger_has_nothing_to_forget(any_hub: Hub, clock: Clock) -> None:
    assert (await trim(any_hub.writer, Keep(ledger=timedelta(0)), clock())).others == 0
