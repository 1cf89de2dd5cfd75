"""`wall.*`: walls that lie at the hub, and walls that are shown on another console."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.account import AccountId
from app.domain.errors import BadInput, Refused
from app.domain.permit import Thing
from app.domain.rights import Action
from app.domain.site import SiteId
from app.domain.text import Text
from app.hub.services.acting import Acting, Conflict, Handler
from app.hub.services.ids import Ids
from app.hub.services.incident_json import stamp
from app.hub.store.columns import text_of
from app.hub.store.rows import Entity, Entry
from app.wire.acts import Nothing, SaveWall, SendWall, TakeBack

KIND = "wall"
_CHANGED = Text(
    "그사이 다른 사람이 이 공용 배치를 바꿨습니다",
    "somebody else changed this shared wall meanwhile",
)
_NOT_THERE = Text("그런 배치가 없습니다", "there is no such wall")
_NO_WALL = Text("저장할 수 없는 배치입니다", "a wall that cannot be kept")
_LONGEST = 256 * 1024
_NO_CONSOLE = Text("그 관제석은 지금 접속해 있지 않습니다", "that console is not signed in now")


class WallActs:
    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def handlers(self) -> dict[str, Handler]:
        return {
            f"{KIND}.save": self.save,
            f"{KIND}.delete": self.delete,
            f"{KIND}.send": self.send,
            f"{KIND}.take_back": self.take_back,
        }

    def save(self, acting: Acting) -> Entry:
        """Shared: only over the version that was seen. One's own: the last one wins.

        What an own wall loses that way (two consoles of one person) is kept as a named copy.
        """
        args = acting.args(SaveWall)
        _check(args.wall)
        known = acting.tx.get(KIND, acting.command.target)
        owner = None if args.shared else acting.subject.account
        site = SiteId(args.site or acting.subject.site)
        if known is not None:
            acting.demand(Action.SAVE_WALL, _thing(known.d))
        acting.demand(Action.SAVE_WALL, Thing(KIND, site, owner))
        seen, now = acting.command.base_ver, 0 if known is None else known.ver
        shared = owner is None or (known is not None and known.d["owner"] is None)
        if shared and seen != now:
            raise Conflict(_CHANGED, KIND, acting.command.target)
        if known is not None and seen != now and known.d["wall"] != args.wall:
            self._keep_copy(acting, known)
        row = {
            "id": acting.command.target,
            "name": args.name,
            "site": site,
            "owner": owner,
            "wall": args.wall,
        }
        return acting.tx.put(KIND, acting.command.target, row)

    def delete(self, acting: Acting) -> Entry | None:
        acting.args(Nothing)
        known = acting.tx.get(KIND, acting.command.target)
        if known is None:
            return None
        acting.demand(Action.DELETE_WALL, _thing(known.d))
        if known.d["owner"] is None and acting.command.base_ver != known.ver:
            raise Conflict(_CHANGED, KIND, acting.command.target)
        return acting.tx.delete(KIND, acting.command.target)

    def send(self, acting: Acting) -> Entry:
        args = acting.args(SendWall)
        _check(args.wall)
        return _to_console(
            acting, "wall", sent=acting.command.cmd_id, name=args.name, wall=args.wall
        )

    def take_back(self, acting: Acting) -> Entry:
        return _to_console(acting, "take_back", sent=acting.args(TakeBack).sent)

    def _keep_copy(self, acting: Acting, known: Entity) -> None:
        id_ = self._ids.new()
        name = f"{known.d['name']} ({acting.at:%m-%d %H:%M:%S} UTC)"
        acting.tx.put(KIND, id_, {**known.d, "id": id_, "name": name})


def _check(wall: Mapping[str, Any]) -> None:
    try:
        length = len(text_of(wall))
    except ValueError:
        # NaN: Python's JSON reads it, nobody else's does.
        raise BadInput(_NO_WALL) from None
    if length > _LONGEST:
        raise BadInput(_NO_WALL)


def _to_console(acting: Acting, event: str, **d: Any) -> Entry:
    console = acting.tx.get("console", acting.command.target)
    if console is None:
        raise Refused(_NO_CONSOLE)
    site = console.d["site"]
    acting.demand(Action.SEND_WALL, Thing("console", SiteId(site)))
    author = acting.author
    told = {
        "event": event, "site": site, "at": stamp(acting.at), "by": author.name,
        "account": author.account, **d,
    }  # fmt: skip
    # Somebody waits in front of that screen: ahead of the bulk.
    return acting.tx.event("console", acting.command.target, told, pri=1)


def _thing(d: Mapping[str, Any]) -> Thing:
    owner = d["owner"]
    return Thing(KIND, SiteId(d["site"]), None if owner is None else AccountId(owner))
