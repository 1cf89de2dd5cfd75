"""The schema of the console's copy of the hub, step by step. A released step never changes.

`row`: the cached entities; `generation` lets a whole snapshot take the place of another at once.
`line`, `act`: what goes to the hub. `access`: addresses and passwords of cameras, sealed.
`deed`: entries of the ledger until the hub has proved that it has them. A step that is
no `…_only_adds` (docs/adr/0019) takes the way back from every console: acts that wait stay in it.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("gwanje.hub")


@migrations(name="0001_rows_lines_acts_access")
def _first(db: Database) -> None:
    db.execute("create table meta (key text primary key, value text not null) without rowid")
    db.execute(
        "create table row (generation integer not null, t text not null, id text not null, "
        "ver integer not null, d blob not null, primary key (generation, t, id)) without rowid"
    )
    db.execute(
        "create table line (client text primary key, username text not null unique, epoch text, "
        "next_n integer not null) without rowid"
    )
    db.execute(
        "create table act (number integer primary key autoincrement, cmd_id text not null unique, "
        "client text not null, n integer not null, state text not null, settled_at text, "
        "dismissed integer not null default 0, body blob not null, answer blob)"
    )
    db.execute("create index act_state on act (state, dismissed)")
    db.execute("create index act_settled on act (client, settled_at)")
    db.execute(
        "create trigger act_no_loss before delete on act "
        "when old.state = 'waiting' or (old.state != 'applied' and old.dismissed = 0) "
        "begin select raise(abort, 'an act that waits, or that nobody let go, is kept'); end"
    )
    db.execute("create table access (camera text primary key, d blob not null) without rowid")


@migrations(name="0002_ledger")
def _ledger(db: Database) -> None:
    db.execute(
        "create table deed (client text not null, n integer not null, sent integer not null "
        "default 0, body blob not null, primary key (client, n)) without rowid"
    )
    db.execute(
        "create table deed_line (client text primary key, next_n integer not null) without rowid"
    )
