"""The tables behind the store, where the store's own tests do not look."""

from __future__ import annotations

from app.adapters.hub_act_table import ActTable
from app.adapters.hub_migrations import migrations
from app.adapters.hub_rows_table import CLEAR, RowTable, generation, meta, set_meta
from app.adapters.sealing import Sealer
from app.adapters.store_copies import ONLY_ADDS, names_of
from app.adapters.store_file import close_file, in_memory
from app.services.hub_port import Place
from app.wire.entities import KINDS


def test_no_kind_with_people_in_it_lies_in_clear() -> None:
    assert KINDS.keys() - CLEAR == {"incident", "note", "console", "share", "unit"}
    assert KINDS.keys() > CLEAR


def test_values_of_the_file_and_a_broken_place() -> None:
    opened = in_memory(steps=migrations)
    rows = RowTable(Sealer(bytes(32)))
    assert meta(opened.db, "place") is None
    assert generation(opened.db) == 1
    for text in ("", "nonsense", "e:x", ":5"):
        set_meta(opened.db, "place", text)
        assert rows.place(opened.db) is None
    rows.set_place(opened.db, Place("a-b", 7, "0f"))
    assert rows.place(opened.db) == Place("a-b", 7, "0f")
    close_file(opened)


def test_an_act_whose_words_make_no_sense_is_counted() -> None:
    opened = in_memory(steps=migrations)
    sealer = Sealer(bytes(32))
    insert = "insert into act (cmd_id, client, n, state, body) values (?, 'c', 1, 'waiting', ?)"
    for number, body in enumerate([b"[]", b"{}", b"{", b""]):
        sealed = sealer.seal(body, f"act|{number}")
        opened.db.execute(insert, [str(number), sealed])
    loaded = ActTable(sealer).open_ones(opened.db)
    assert loaded.value == ()
    assert "4 acts" in loaded.problems[0].en
    close_file(opened)


def test_the_first_step_is_known() -> None:
    first = {"0001_rows_lines_acts_access", "0002_ledger"}
    assert first <= names_of(migrations)
    # Another one would leave a console that goes back without its copy of the hub.
    assert all(name.endswith(ONLY_ADDS) for name in names_of(migrations) - first)
