from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.adapters.hub_store import LocalHubStore
from app.domain.errors import Unavailable
from app.domain.hub_act import ActState, HubAct, Line
from app.domain.text import Text
from app.services.hub_port import Place
from app.services.hub_store_port import Scope
from app.wire.access import CameraAccess, ProfileAccess
from app.wire.stream import Frame, Op, Row
from tests.fakes.clock import HandClock
from tests.fakes.secrets import MemorySecrets

KEY = bytes(range(32))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANNA = Scope("a1", "operator", "s1")
BERT = Scope("b1", "operator", "s1")
FIRE = Scope("f1", "receiver", "s2")


def incident(number: int, ver: int = 1, **d: object) -> Row:
    return Row(t="incident", id=f"i{number:03d}", ver=ver, d={"title": f"도난 {number}", **d})


def frame(row: Row, seq: int, op: Op = Op.PUT) -> Frame:
    return Frame(seq=seq, prev=seq - 1, t=row.t, id=row.id, ver=row.ver, op=op, d=row.d)


def act(number: int, **changes: object) -> HubAct:
    made = HubAct(
        cmd_id=f"c{number}", client="console-1", n=number, username="anna",
        type="incident.note", target="i001", base_ver=1, at=NOW, args={"text": "비밀 메모"},
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[LocalHubStore]:
    made = await LocalHubStore.open(tmp_path / "hub.db", HandClock(), KEY)
    assert made.saving
    assert made.notices == ()
    yield made
    await made.close()


async def again(store: LocalHubStore, key: bytes = KEY) -> LocalHubStore:
    """What the next run of the console opens."""
    path = store._opened.path
    assert path is not None
    await store.close()
    return await LocalHubStore.open(path, HandClock(), key)


def stands_in(word: str, folder: Path) -> bool:
    return any(word.encode() in file.read_bytes() for file in folder.glob("hub.db*"))


async def ids(store: LocalHubStore, kind: str = "incident") -> list[str]:
    return [row.id for row in (await store.rows(kind)).value]


async def filled(store: LocalHubStore, *rows: Row, seq: int = 10) -> None:
    await store.begin_fill()
    await store.fill(rows)
    await store.swap(Place("e", seq))


class TestCache:
    async def test_a_snapshot_takes_the_place_of_all_rows_at_once(
        self, store: LocalHubStore
    ) -> None:
        assert await store.take_over(ANNA) is None
        await filled(store, incident(1), incident(2))
        await store.begin_fill()
        await store.fill([incident(3)])
        assert await ids(store) == ["i001", "i002"]
        await store.swap(Place("e", 20))
        assert await ids(store) == ["i003"]
        assert await store.take_over(ANNA) == Place("e", 20)
        count = "select count(*) from row"
        found = await store._queue.run(lambda: store._opened.db.execute(count).fetchone())
        assert found == (1,)

    async def test_half_a_snapshot_leaves_no_trace(self, store: LocalHubStore) -> None:
        await store.begin_fill()
        await store.fill([incident(7)])
        await filled(store, incident(1))
        assert await ids(store) == ["i001"]

    async def test_of_a_row_that_comes_twice_the_newer_wins(self, store: LocalHubStore) -> None:
        await filled(store, incident(1, 3, x="new"), incident(1, 2, x="old"))
        assert (await store.rows("incident")).value[0].ver == 3

    async def test_frames_and_place_go_together(self, store: LocalHubStore) -> None:
        await store.take_over(ANNA)
        await filled(store, incident(1, 1))
        frames = [frame(incident(1, 2), 11), frame(incident(2), 12), frame(incident(1, 3), 13)]
        assert await store.apply(frames, Place("e", 13)) == tuple(frames)
        assert await store.take_over(ANNA) == Place("e", 13)
        bad = frame(incident(3), 14)
        object.__setattr__(bad, "d", {"no": {"json"}})
        with pytest.raises(TypeError):
            await store.apply([frame(incident(9), 14), bad], Place("e", 15))
        assert await store.take_over(ANNA) == Place("e", 13)
        assert await ids(store) == ["i001", "i002"]

    @pytest.mark.parametrize(
        ("frame_", "effect"),
        [
            (frame(incident(1, 4, x=1), 11), False),
            (frame(incident(1, 5), 11), False),
            (frame(incident(1, 5, person="가려짐"), 11), True),
            (frame(incident(1, 6), 11), True),
            (frame(incident(1, 4), 11, Op.DEL), False),
            (frame(incident(1, 5), 11, Op.DEL), True),
            (frame(incident(2, 5), 11, Op.DEL), False),
            (frame(incident(1, 0), 11, Op.EVT), True),
        ],
    )
    async def test_an_older_version_never_wins(
        self, store: LocalHubStore, frame_: Frame, effect: bool
    ) -> None:
        await filled(store, incident(1, 5))
        assert await store.apply([frame_], Place("e", 11)) == ((frame_,) if effect else ())

    async def test_rows_come_by_id_and_in_pages(self, store: LocalHubStore) -> None:
        await filled(store, *(incident(n) for n in (3, 1, 2)))
        assert [row.id for row in (await store.rows("incident", "i001", 1)).value] == ["i002"]
        assert await store.kinds() == {"incident": 3}

    async def test_it_is_all_there_in_the_next_run(self, store: LocalHubStore) -> None:
        await store.take_over(ANNA)
        await filled(store, incident(1))
        next_run = await again(store)
        assert await next_run.take_over(ANNA) == Place("e", 10)
        assert (await next_run.rows("incident")).value == (incident(1),)
        store._queue, store._opened = next_run._queue, next_run._opened


class TestRights:
    async def test_a_colleague_keeps_what_all_may_see_and_asks_anew(
        self, store: LocalHubStore
    ) -> None:
        await store.take_over(ANNA)
        owners = {"shared": None, "own": "a1"}
        walls = [Row(t="wall", id=name, ver=1, d={"owner": o}) for name, o in owners.items()]
        await filled(store, incident(1), *walls, Row(t="console", id="c", ver=1, d={}))
        assert await store.take_over(BERT) is None
        assert await store.kinds() == {"incident": 1, "wall": 1}
        assert await ids(store, "wall") == ["shared"]

    async def test_other_rights_start_from_nothing(self, store: LocalHubStore) -> None:
        await store.take_over(ANNA)
        await filled(store, incident(1))
        await store.keep_act(act(1), Line("console-1", "anna"))
        assert await store.take_over(FIRE) is None
        assert await store.kinds() == {}
        assert len((await store.acts()).value) == 1

    async def test_a_purge_leaves_no_word_on_the_disk(
        self, store: LocalHubStore, tmp_path: Path
    ) -> None:
        await filled(store, Row(t="camera", id="cam", ver=1, d={"name": "FINDME"}))
        await store.keep_access(CameraAccess(id="cam"))
        assert stands_in("FINDME", tmp_path)
        await store.purge()
        assert not stands_in("FINDME", tmp_path)
        assert await store.access("cam") is None

    async def test_personal_words_are_never_in_the_file(
        self, store: LocalHubStore, tmp_path: Path
    ) -> None:
        await filled(
            store, incident(1, x="PERSON"), Row(t="note", id="n", ver=1, d={"text": "PERSON"})
        )
        settled = act(1, settled_at=NOW, state=ActState.CONFLICT, current={"title": "PERSON"})
        await store.keep_act(replace(settled, args={"text": "PERSON"}), Line("console-1", "anna"))
        await store.keep_access(CameraAccess(id="cam", password=SecretStr("PERSON")))
        assert not stands_in("PERSON", tmp_path)


async def test_access_to_a_camera_comes_back_with_its_secrets(store: LocalHubStore) -> None:
    access = CameraAccess(
        id="cam",
        profiles=(ProfileAccess(name="main", url=SecretStr("rtsp://10.0.0.1/1")),),
        username=SecretStr("viewer"),
        password=SecretStr("hunter2"),
    )
    await store.keep_access(access)
    assert await store.access("cam") == access
    await store.forget_access("cam")
    assert await store.access("cam") is None


class TestActs:
    async def test_a_line_is_begun_once(self, store: LocalHubStore) -> None:
        assert await store.line("anna", "c-1") == Line("c-1", "anna")
        assert await store.line("anna", "c-2") == Line("c-1", "anna")
        assert await store.line("bert", "c-2") == Line("c-2", "bert")

    async def test_what_was_kept_is_there_in_the_next_run(self, store: LocalHubStore) -> None:
        line = await store.line("anna", "console-1")
        await store.keep_act(act(1), replace(line, next_n=2))
        next_run = await again(store)
        assert (await next_run.acts()).value == (act(1),)
        assert await next_run.line("anna", "?") == replace(line, next_n=2)
        store._queue, store._opened = next_run._queue, next_run._opened

    async def test_an_act_is_kept_once(self, store: LocalHubStore) -> None:
        await store.keep_act(act(1), Line("console-1", "anna"))
        with pytest.raises(Unavailable):
            await store.keep_act(act(1), Line("console-1", "anna"))

    async def test_answers_come_back_whole(self, store: LocalHubStore) -> None:
        line = Line("console-1", "anna")
        reason = Text("이미 종결되었습니다.", "It is closed.")
        conflict = act(
            1, state=ActState.CONFLICT, settled_at=NOW, reason=reason, current={"state": 91}, ver=7
        )
        for number in (1, 2, 3):
            await store.keep_act(act(number), line)
        await store.update_acts([conflict, act(2, state=ActState.APPLIED, settled_at=NOW, seq=5)])
        await store.update_acts([act(3, state=ActState.SENT)], line)
        assert (await store.acts()).value == (conflict, act(3))
        since = NOW - timedelta(days=30)
        (applied,) = (await store.settled_since("console-1", since)).value
        assert (applied.n, applied.seq) == (2, 5)
        assert (await store.settled_since("console-1", NOW + timedelta(1))).value == ()

    async def test_only_what_is_over_is_forgotten(self, store: LocalHubStore) -> None:
        acts = [
            act(1),
            act(2, state=ActState.APPLIED, settled_at=NOW),
            act(3, state=ActState.REFUSED, settled_at=NOW),
            act(4, state=ActState.REFUSED, settled_at=NOW, dismissed=True),
        ]
        for one in acts:
            await store.keep_act(one, Line("console-1", "anna"))
        assert await store.forget_settled(NOW) == 0
        assert await store.forget_settled(NOW + timedelta(1)) == 2
        assert (await store.acts()).value == (acts[0], acts[2])

    async def test_the_file_itself_refuses_to_lose_an_act(self, store: LocalHubStore) -> None:
        await store.keep_act(act(1), Line("console-1", "anna"))
        with pytest.raises(sqlite3.IntegrityError, match="is kept"):
            await store._queue.run(store._opened.db.execute, "delete from act")

    async def test_with_another_key_acts_are_told_and_kept(self, store: LocalHubStore) -> None:
        await store.take_over(ANNA)
        await filled(store, incident(1))
        await store.keep_act(act(1), Line("console-1", "anna"))
        other = await again(store, bytes(32))
        assert "key has changed" in other.notices[0].en
        assert await other.take_over(ANNA) is None
        loaded = await other.acts()
        assert loaded.value == ()
        assert "1 acts" in loaded.problems[0].en
        back = await again(other)
        assert (await back.acts()).value == (act(1),)
        store._queue, store._opened = back._queue, back._opened

    async def test_an_unreadable_row_is_left_out_and_told(self, store: LocalHubStore) -> None:
        await filled(store, incident(1), Row(t="site", id="s", ver=1, d={}))
        update = "update row set d = ?"
        await store._queue.run(store._opened.db.execute, update, ["[]"])
        for kind in ("incident", "site"):
            loaded = await store.rows(kind)
            assert loaded.value == ()
            assert kind in loaded.problems[0].en
        changed = frame(incident(1), 11)
        assert await store.apply([changed], Place("e", 11)) == (changed,)


async def test_a_full_disk_loses_nothing_that_was_there(store: LocalHubStore) -> None:
    await store.keep_act(act(1), Line("console-1", "anna"))
    pages = await store._queue.run(
        lambda: store._opened.db.execute("pragma page_count").fetchone()[0]
    )
    await store._queue.run(store._opened.db.execute, f"pragma max_page_count = {pages}")
    with pytest.raises(Unavailable, match="disk is full"):
        await store.keep_act(act(2, args={"text": "x" * 100_000}), Line("console-1", "anna"))
    assert (await store.acts()).value == (act(1),)


async def test_a_damaged_file_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    path.write_bytes(b"no database" * 100)
    store = await LocalHubStore.open(path, HandClock(), KEY)
    assert "tell the administrator" in store.notices[0].en
    assert store.saving
    await store.close()


async def test_a_file_of_a_newer_version_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    store = await LocalHubStore.open(path, HandClock(), KEY)
    await store._queue.run(
        store._opened.db.execute,
        "insert into _sqlite_migrations (migration_set, name, applied_at) "
        "values ('gwanje.hub', '9999_future', '')",
    )
    await store._queue.run(store._opened.db.conn.commit)
    store = await again(store)
    assert "newer version" in store.notices[0].en
    assert not store.saving
    await store.close()


async def test_in_memory_it_says_that_it_does_not_save() -> None:
    store = await LocalHubStore.in_memory(KEY, Text("가", "a"))
    assert not store.saving
    assert store.notices == (Text("가", "a"),)
    await store.close()


async def test_a_key_that_does_not_last_touches_no_file(
    store: LocalHubStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = MemorySecrets()
    lasting = await LocalHubStore.beside(secrets, tmp_path / "lasting", HandClock())
    monkeypatch.setattr(MemorySecrets, "lasting", property(lambda _: False))
    passing = await LocalHubStore.beside(secrets, tmp_path / "passing", HandClock())
    assert (lasting.saving, passing.saving) == (True, False)
    await lasting.close()
    await passing.close()
    assert {path.name for path in (tmp_path / "lasting").iterdir()} == {"hub.db"}
    assert not (tmp_path / "passing").exists()
