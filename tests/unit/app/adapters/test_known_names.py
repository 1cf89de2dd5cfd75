from __future__ import annotations

from pathlib import Path

import sqlite_utils

from app.adapters.known_names import known_names


def test_whoever_worked_here_is_known(tmp_path: Path) -> None:
    own = sqlite_utils.Database(tmp_path / "console.db")
    own.table("act").insert_all(
        [{"operator": "Gildong Hong"}, {"operator": ""}, {"operator": "anna"}]
    )
    own.table("preference").insert({"key": "operator", "value": '"Kim"'})
    own.table("preference").insert({"key": "theme", "value": '"dark"'})
    hub = sqlite_utils.Database(tmp_path / "hub.db")
    hub.table("line").insert({"username": "park"})
    for store in (own, hub):
        store.close()
    assert known_names(tmp_path) == ["Gildong Hong", "Kim", "anna", "park"]
    assert {path.name for path in tmp_path.iterdir()} == {"console.db", "hub.db"}


def test_a_store_that_is_missing_or_damaged_tells_none(tmp_path: Path) -> None:
    (tmp_path / "hub.db").write_bytes(b"not a store" * 100)
    assert known_names(tmp_path) == []
    assert known_names(tmp_path / "none") == []
