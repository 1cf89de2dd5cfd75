"""The demo's hub: a real one, set up by its own interface as an administrator would do it."""

from __future__ import annotations

import asyncio
import logging
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from app.demo.hub_process import HubProcess, Running
from app.demo.plots import FEEDS, Door
from app.domain.errors import Unavailable
from app.domain.site import SiteKind
from app.domain.text import Text
from app.tasks import cancel, spawn

_log = logging.getLogger(__name__)

# The body that the demo's list of cameras names: they become its own, not those of a site below.
CENTRE = "대구광역시 달서구청"
OPERATOR, SECOND = "demo", "telephone"
# Where patrol cars say where they are.
PATROL_FEED = "patrol"
ADMINISTRATOR = "admin"
# Long enough to be seen: the console says that the hub is away and works on.
AWAY_SECONDS = 6.0
_SECONDS = 60.0
# A hundred thousand rows take two minutes.
_IMPORT_SECONDS = 600.0
_OTHERS = (
    ("dalseo-police", "달서경찰서", SiteKind.POLICE),
    ("daegu-112", "대구 112상황실", SiteKind.POLICE_ROOM),
    ("dalseo-car", "순12호", SiteKind.PATROL),
    ("dalseo-fire", "달서소방서", SiteKind.FIRE),
    ("dalseo-disaster", "달서구 재난안전상황실", SiteKind.DISASTER),
    ("daegu-disaster", "대구시 재난안전상황실", SiteKind.PROVINCE),
    ("daegu-tracking", "위치추적대전관제센터", SiteKind.PROBATION),
    ("guard", "튼튼경비", SiteKind.SECURITY),
)
# Username, name, role, and the site where it is not the centre's.
STATION = "police"
SUPERVISOR = "lead"
_PERSONS = (
    (OPERATOR, "김관제", "operator", ""),
    (SECOND, "박수화", "operator", ""),
    (SUPERVISOR, "이팀장", "supervisor", ""),
    (STATION, "박경위", "receiver", "dalseo-police"),
    ("room", "최경사", "receiver", "daegu-112"),
    ("car", "정순경", "receiver", "dalseo-car"),
    ("fire", "한소방", "receiver", "dalseo-fire"),
    ("disaster", "윤재난", "receiver", "dalseo-disaster"),
    ("province", "오주무", "receiver", "daegu-disaster"),
    ("audit", "서감사", "auditor", ""),
)


@dataclass(frozen=True, slots=True)
class Keys:
    """Who may do what at this hub. `feeds`: signing secrets by name of the feed."""

    site: str
    feeds: Mapping[str, str] = field(repr=False)
    administrator: str = field(repr=False)
    operator: str = field(repr=False)


class DemoHub:
    """`start`, then perhaps `bring_in` cameras; in the end `stop`.

    `password`: what the operator signs in with. `folder` None: one that goes with it. One that dies
    is started again after `away` seconds.
    """

    def __init__(
        self,
        password: str = "",
        port: int = 0,
        folder: Path | None = None,
        away: float = AWAY_SECONDS,
    ) -> None:
        self._own = Path(tempfile.mkdtemp(prefix="gwanje-demo-hub-")) if folder is None else None
        self.password = password or secrets.token_urlsafe(18)
        self._away = away
        self._restarting: asyncio.Task[None] | None = None
        settings = {
            "centre": CENTRE, "session_hours": "240", "relay": "gst", "relay_port": "0",
        }  # fmt: skip
        self.process = HubProcess(folder or self._own or Path(), port, settings)
        self.process.ended.connect(lambda _: self._died())
        self.keys: Keys | None = None

    @property
    def address(self) -> str:
        return self.process.address

    async def start(self) -> Keys:
        """The process, and at its first run who may do what. Raises Unavailable."""
        running = await self.process.start()
        _log.info("demo hub at %s, process %d: killed, it comes again", self.address, running.pid)
        if running.first_password is not None:
            self.keys = await self._set_up(running)
        if self.keys is None:
            raise Unavailable(_SET_UP)
        return self.keys

    async def bring_in(self, name: str, data: bytes) -> dict[str, Any]:
        """A list of cameras through the import; the report. Raises Unavailable."""
        keys = self.keys
        if keys is None:
            raise Unavailable(_SET_UP)
        async with self._client() as http:
            await sign_in(http, ADMINISTRATOR, keys.administrator)
            where = {"site": keys.site, "name": name}
            answer = await ask(
                http, "POST", "/v1/import", content=data, params=where, timeout=_IMPORT_SECONDS
            )
            await ask(http, "DELETE", "/v1/session")
        return dict(answer.json())

    async def stop(self) -> None:
        """Removes its data where they were its own. Harmless twice."""
        await cancel(self._restarting)
        await self.process.close()
        if self._own is not None:
            shutil.rmtree(self._own, ignore_errors=True)

    def _died(self) -> None:
        self._restarting = spawn(self._again(), "demo hub again")

    async def _again(self) -> None:
        """Until it is there."""
        await self.process.stop()
        while True:
            await asyncio.sleep(self._away)
            try:
                running = await self.process.start()
            except Unavailable as failure:
                _log.warning("%s", failure)
            else:
                _log.info("demo hub again, process %d", running.pid)
                return

    def _client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.address, trust_env=False, timeout=_SECONDS)

    async def _set_up(self, running: Running) -> Keys:
        if running.first_password is None:
            raise Unavailable(_SET_UP)
        name, first = running.first_password.read_text(encoding="utf-8").split()
        chosen = secrets.token_urlsafe(18)
        async with self._client() as http:
            account = await sign_in(http, name, first)
            await ask(http, "POST", "/v1/password", json={"old": first, "new": chosen})
            site = str(account["site"])
            await _put_others(http, site)
            for username, shown, role, place in _PERSONS:
                given = {
                    "username": username, "name": shown, "role": role, "site": place or site,
                    "password": self.password, "must_change": False,
                }  # fmt: skip
                await ask(http, "POST", "/v1/accounts", json=given)
            doors = {**FEEDS, PATROL_FEED: Door.WEBHOOK}
            feeds = {name: await _feed(http, name, door, site) for name, door in doors.items()}
            await ask(http, "DELETE", "/v1/session")
        return Keys(site, feeds, chosen, self.password)


async def _put_others(http: httpx2.AsyncClient, site: str) -> None:
    rows = [
        {"id": id_, "name": name, "kind": kind.value, "parent": site} for id_, name, kind in _OTHERS
    ]
    await ask(http, "PUT", "/v1/sites", json={"rows": rows})


async def _feed(http: httpx2.AsyncClient, name: str, door: Door, site: str) -> str:
    given = {"kind": door.value, "site": site}
    answer = await ask(http, "PUT", f"/v1/feeds/{name}", json=given)
    return str(answer.json()["secret"])


async def sign_in(http: httpx2.AsyncClient, username: str, password: str) -> Mapping[str, Any]:
    """Who that is; what `http` asks from now on, it asks as them. Raises Unavailable."""
    asked = {"username": username, "password": password, "client": f"demo {username}"}
    told = (await ask(http, "POST", "/v1/session", json=asked)).json()
    http.headers["Authorization"] = f"Bearer {told['token']}"
    account: Mapping[str, Any] = told["account"]
    return account


async def ask(http: httpx2.AsyncClient, method: str, path: str, **given: Any) -> httpx2.Response:
    """The answer. Raises Unavailable unless it is a yes."""
    try:
        answer = await http.request(method, path, **given)
    except httpx2.HTTPError as error:
        raise Unavailable(_refused(path, type(error).__name__)) from None
    if not answer.is_success:
        raise Unavailable(_refused(path, f"{answer.status_code} {answer.text[:300]}"))
    return answer


def _refused(path: str, why: str) -> Text:
    return Text(
        f"데모 허브를 준비할 수 없습니다: {path} {why}",
        f"The demo's hub cannot be set up: {path} {why}",
    )


_SET_UP = Text(
    "데모 허브가 처음 상태가 아닙니다.", "The demo's hub has data of which nobody knows the keys."
)
