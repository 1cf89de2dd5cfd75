"""A double of MediaMTX after its published description: settings, control API v3, asking us.

`python mediamtx.py CONFIG`, as the binary is started. POST /double/read {user, password, path, ip,
query} plays a reader; POST /double/end ends the program.
"""

from __future__ import annotations

import base64
import json
import sys
import urllib.error
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from typing_extensions import override

CONFIG: dict[str, Any] = {}
PATHS: dict[str, dict[str, Any]] = {}
SESSIONS: dict[str, dict[str, Any]] = {}


def asked(**what: str) -> bool:
    """The HTTP authentication of its description: 20x allows."""
    fields = ("user", "password", "token", "ip", "action", "path", "protocol", "id", "query")
    body = {name: what.get(name, "") for name in fields} | {"userAgent": "double"}
    request = urllib.request.Request(  # noqa: S310 - of the hub under test
        CONFIG["authHTTPAddress"], json.dumps(body).encode(),
        {"Content-Type": "application/json"}, method="POST",
    )  # fmt: skip
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return bool(200 <= answer.status < 300)
    except urllib.error.HTTPError:
        return False


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/v3/rtspsessions/list"):
            self._api({"pageCount": 1, "itemCount": len(SESSIONS), "items": [*SESSIONS.values()]})
        elif self.path == "/double/paths":
            self._tell(200, PATHS)
        else:
            self._tell(404, {"error": "not found"})

    def do_POST(self) -> None:
        body = self._body()
        name = self.path.rpartition("/")[2]
        if self.path.startswith("/v3/config/paths/add/"):
            self._api(None, lambda: PATHS.__setitem__(name, body))
        elif self.path.startswith("/v3/rtspsessions/kick/"):
            self._api(None, lambda: SESSIONS.pop(name, None))
        elif self.path == "/double/read":
            self._read(body)
        elif self.path == "/double/end":
            self._tell(200, {})
            self.server.shutdown()
        else:
            self._tell(404, {"error": "not found"})

    def do_PATCH(self) -> None:
        body = self._body()
        self._api(None, lambda: PATHS[self.path.rpartition("/")[2]].update(body))

    def do_DELETE(self) -> None:
        self._api(None, lambda: PATHS.pop(self.path.rpartition("/")[2], None))

    def _read(self, body: dict[str, str]) -> None:
        name = body["path"]
        id_ = str(uuid.uuid4())
        if name not in PATHS:
            self._tell(404, {"error": "no path"})
        elif asked(**body, action="read", protocol="rtsp", id=id_):
            SESSIONS[id_] = {
                "id": id_, "created": "2026-01-01T00:00:00Z", "remoteAddr": f"{body['ip']}:4711",
                "state": "read", "path": name, "query": body.get("query", ""),
            }  # fmt: skip
            self._tell(200, {"id": id_})
        else:
            self._tell(401, {"error": "authentication error"})

    def _api(self, value: Any, work: Any = None) -> None:
        """The control API asks the same address, with action `api`."""
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        user, _, password = base64.b64decode(given or "Og==").decode().partition(":")
        if kind != "Basic" or not asked(user=user, password=password, action="api"):
            self._tell(401, {"error": "authentication error"})
            return
        if work is not None:
            work()
        self._tell(200, value)

    def _body(self) -> dict[str, Any]:
        length = int(self.headers.get("Content-Length") or 0)
        return dict(json.loads(self.rfile.read(length) or b"{}"))

    def _tell(self, status: int, value: Any) -> None:
        body = b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, *_: object) -> None:
        """Quiet."""


def main() -> None:
    CONFIG.update(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    host, _, port = CONFIG["apiAddress"].rpartition(":")
    with ThreadingHTTPServer((host, int(port)), Handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
