"""The acts for the hub in SQLite; the functions run inside the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.adapters.sealing import Sealer
from app.domain.hub_act import ActState, HubAct, Line
from app.domain.text import Text
from app.services.store_port import Loaded

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = "cmd_id, client, n, state, settled_at, dismissed, body, answer"


class ActTable:
    """What an act says of people is sealed and bound to its id; its state is not."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def line(self, db: Database, username: str, client: str) -> Line:
        db.execute(
            "insert into line (client, username, epoch, next_n) values (?, ?, null, 1) "
            "on conflict do nothing",
            [client, username],
        )
        found = db.execute(
            "select client, username, epoch, next_n from line where username = ?", [username]
        ).fetchone()
        return Line(*found)

    def set_line(self, db: Database, line: Line) -> None:
        db.execute(
            "update line set epoch = ?, next_n = ? where client = ?",
            [line.epoch, line.next_n, line.client],
        )

    def insert(self, db: Database, act: HubAct) -> None:
        db.execute(
            f"insert into act ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - ours
            [act.cmd_id, act.client, *_changing(act), self._body(act), self._answer(act)],
        )

    def update(self, db: Database, acts: Iterable[HubAct]) -> None:
        for act in acts:
            db.execute(
                "update act set n = ?, state = ?, settled_at = ?, dismissed = ?, answer = ? "
                "where cmd_id = ?",
                [*_changing(act), self._answer(act), act.cmd_id],
            )

    def open_ones(self, db: Database) -> Loaded[tuple[HubAct, ...]]:
        return self._read(
            db,
            "state in ('waiting', 'conflict', 'refused') and dismissed = 0",
            [],
        )

    def settled_since(
        self, db: Database, client: str, since: datetime
    ) -> Loaded[tuple[HubAct, ...]]:
        where = "client = ? and settled_at >= ? and state = 'applied'"
        return self._read(db, where, [client, _time_text(since)])

    def forget_settled(self, db: Database, before: datetime) -> int:
        found = db.execute(
            "delete from act where settled_at < ? and (state = 'applied' or "
            "(state != 'waiting' and dismissed = 1))",
            [_time_text(before)],
        )
        return found.rowcount

    # inside

    def _read(self, db: Database, where: str, values: Sequence[str]) -> Loaded[tuple[HubAct, ...]]:
        query = f"select {_COLUMNS} from act where {where} order by number"  # noqa: S608 - ours
        acts: list[HubAct] = []
        unreadable = 0
        for row in db.execute(query, values).fetchall():
            try:
                acts.append(self._act(row))
            except (ValueError, TypeError, KeyError):
                unreadable += 1
        return Loaded(tuple(acts), _unreadable(unreadable))

    def _act(self, row: Sequence[Any]) -> HubAct:
        cmd_id, client, n, state, settled_at, dismissed, body, answer = row
        said = self._opened(body, f"act|{cmd_id}")
        heard = self._opened(answer, f"answer|{cmd_id}") if answer is not None else {}
        reason = heard.get("reason")
        return HubAct(
            cmd_id=cmd_id,
            client=client,
            n=n,
            username=said["username"],
            type=said["type"],
            target=said["target"],
            base_ver=said["base_ver"],
            at=datetime.fromisoformat(said["at"]),
            args=said["args"],
            state=ActState(state),
            settled_at=None if settled_at is None else datetime.fromisoformat(settled_at),
            seq=heard.get("seq"),
            ver=heard.get("ver"),
            reason=Text(*reason) if reason else None,
            current=heard.get("current"),
            dismissed=bool(dismissed),
        )

    def _body(self, act: HubAct) -> bytes:
        value = {
            "username": act.username,
            "type": act.type,
            "target": act.target,
            "base_ver": act.base_ver,
            "at": _time_text(act.at),
            "args": dict(act.args),
        }
        return self._sealed(value, f"act|{act.cmd_id}")

    def _answer(self, act: HubAct) -> bytes | None:
        if act.settled_at is None:
            return None
        value = {
            "seq": act.seq,
            "ver": act.ver,
            "reason": [act.reason.ko, act.reason.en] if act.reason else None,
            "current": None if act.current is None else dict(act.current),
        }
        return self._sealed(value, f"answer|{act.cmd_id}")

    def _sealed(self, value: Mapping[str, object], bound: str) -> bytes:
        return self._sealer.seal(json.dumps(value, ensure_ascii=False).encode(), bound)

    def _opened(self, sealed: bytes, bound: str) -> dict[str, Any]:
        value = json.loads(self._sealer.open(sealed, bound))
        if not isinstance(value, dict):
            raise TypeError
        return value


def _changing(act: HubAct) -> tuple[int, str, str | None, bool]:
    state = ActState.WAITING if act.state.open else act.state
    settled = None if act.settled_at is None else _time_text(act.settled_at)
    return act.n, state.value, settled, act.dismissed


def _time_text(at: datetime) -> str:
    """Sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _unreadable(count: int) -> tuple[Text, ...]:
    if not count:
        return ()
    return (
        Text(
            f"허브로 보낼 행위 {count}건을 읽을 수 없습니다. 암호화 키가 바뀌었습니다. 지우지 않고 "
            "그대로 둡니다. 관리자에게 알리세요.",
            f"{count} acts for the hub cannot be read: their key is gone. They are kept as they "
            "are. Tell the administrator.",
        ),
    )
