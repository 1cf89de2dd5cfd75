"""The relay's RTSP server: a program of its own for the system's Python.

Only that has gst-rtsp-server (through gi). Packets are passed on as they are, nothing is decoded:
one pull from a camera, however many watch it, and none when nobody does.

Protocol: JSON lines. First line in: {"host", "port", "certificate", "key", "most"}. Out:
{"ready": port}, {"taken": port} or {"missing": why}. Then in: {"source": {"path", "url", "user",
"password", "thin"}}, {"forget": path}, {"allow": {"id", "sha256", "path", "seconds", "first",
"address", "moving"}}, {"revoke": [id]}, {"stop": true}. Out: {"opened": {"id", "path",
"address"}}, {"closed": …}, {"refused": {"id", "path", "address", "why"}}, {"lost": path}.

Times are seconds from now on: the two programs need not agree on a clock. The end of the input,
which comes when the hub dies, however it dies, ends the program and with it every picture.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

from app.hub.relay.gst_pull import Gi, Pull
from app.hub.relay.gst_tokens import Token, Tokens

_LOOK_MS = 250
_CLIENT_THREADS = 64
_ROLE = "viewer"


def say(message: dict[str, object]) -> None:
    with _OUT:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


_OUT = threading.Lock()


def _factory_class(gi: Gi) -> Any:
    """A factory whose element is built here: only gi knows its base class."""

    class Factory(gi.server.RTSPMediaFactory):  # type: ignore[misc,name-defined]
        pull: Any = None
        make: Any = None

        def do_create_element(self, _url: Any) -> Any:
            self.pull = self.make()
            return self.pull.element()

    return Factory


class Relay:
    """The server with its cameras."""

    def __init__(self, gi: Gi, order: dict[str, Any]) -> None:
        self._gi = gi
        self._most = int(order["most"])
        self._tokens = Tokens()
        self._factory = _factory_class(gi)
        self._factories: dict[str, Any] = {}
        self._sources: dict[str, dict[str, Any]] = {}
        self._auth = gi.server.RTSPAuth()
        if order.get("certificate"):
            made = gi.gio.TlsCertificate.new_from_files(order["certificate"], order["key"])
            self._auth.set_tls_certificate(made)
        self._server = gi.server.RTSPServer()
        self._server.set_address(order["host"])
        self._server.set_service(str(order["port"]))
        self._server.set_backlog(256)
        # A description waits for the camera: one thread for all would let one slow camera hold
        # up everybody.
        self._server.get_thread_pool().set_max_threads(_CLIENT_THREADS)
        self._server.set_auth(self._auth)
        self._server.connect("client-connected", self._client_connected)

    def listen(self) -> int:
        """The port that is served; 0 if it is taken."""
        return int(self._server.get_bound_port()) if self._server.attach(None) else 0

    # ------------------------------------------------------------------------- what the hub says

    def obey(self, command: dict[str, Any]) -> None:
        if "source" in command:
            self._put(command["source"])
        elif "forget" in command:
            self._forget(command["forget"])
        elif "allow" in command:
            self._tokens.allow(command["allow"])
        elif "revoke" in command:
            for id_ in command["revoke"]:
                self._revoke(id_)

    def look(self) -> bool:
        """Ends what is over and what has stalled."""
        for id_ in self._tokens.over():
            self._revoke(id_)
        now = time.monotonic()
        for path, factory in list(self._factories.items()):
            if self._tokens.on(path) and factory.pull is not None and factory.pull.stalled(now):
                self._lost(path, factory)
        return True

    def _put(self, source: dict[str, Any]) -> None:
        path = source["path"]
        if self._sources.get(path) == source:
            return
        self._sources[path] = source
        self._mount(path)

    def _mount(self, path: str) -> None:
        """In the place of the one before, if there was one, whose viewers come again to this."""
        gi, source = self._gi, self._sources[path]
        factory = self._factory()
        factory.make = lambda: Pull(gi, source, lambda: self._lost(path, factory))
        factory.set_shared(True)
        factory.set_latency(0)
        factory.set_protocols(gi.rtsp.RTSPLowerTrans.TCP)
        factory.set_suspend_mode(gi.server.RTSPSuspendMode.NONE)
        permissions = gi.server.RTSPPermissions()
        for right in ("media.factory.access", "media.factory.construct"):
            permissions.add_permission_for_role(_ROLE, right, True)  # noqa: FBT003
        factory.set_permissions(permissions)
        self._factories[path] = factory
        self._server.get_mount_points().add_factory(path, factory)
        self._send_away(path)

    def _forget(self, path: str) -> None:
        if self._sources.pop(path, None) is None:
            return
        self._factories.pop(path, None)
        self._server.get_mount_points().remove_factory(path)
        self._send_away(path)

    def _send_away(self, path: str) -> None:
        for client in self._tokens.on(path):
            client.close()

    def _lost(self, path: str, factory: Any) -> bool:
        """The camera is gone: who watches it comes again, to a connection of its own."""
        if self._factories.get(path) is factory:
            say({"lost": path})
            self._mount(path)
        return False

    def _revoke(self, id_: str) -> None:
        token = self._tokens.take(id_)
        if token is None:
            return
        if token.basic is not None:
            self._auth.remove_basic(token.basic)
        for client in list(token.clients):
            client.close()
            say({"closed": {"id": id_, "path": token.path, "address": token.address}})

    # ----------------------------------------------------------------------- what receivers want

    def _client_connected(self, _server: Any, client: Any) -> None:
        client.connect("pre-describe-request", self._asked)
        client.connect("pre-setup-request", self._asked)
        client.connect("pre-play-request", self._asked)
        client.connect("closed", self._closed)

    def _asked(self, client: Any, context: Any) -> Any:
        """Without credentials the server itself asks for them: that answer has a challenge."""
        codes = self._gi.rtsp.RTSPStatusCode
        header = self._gi.rtsp.RTSPHeaderField.AUTHORIZATION
        _, given = context.request.get_header(header, 0)
        path = context.uri.abspath.partition("/stream=")[0].rstrip("/")
        if not given:
            return codes.OK
        address = client.get_connection().get_ip()
        token, why = self._tokens.check(given.removeprefix("Basic ").strip(), path, address)
        if token is not None:
            if client not in token.clients and self._tokens.watching() >= self._most:
                why = "full"
            else:
                why = why or self._begin(token, client, given)
        if not why:
            return codes.OK
        name = "" if token is None else token.id
        say({"refused": {"id": name, "path": path, "address": address, "why": why}})
        return codes.SERVICE_UNAVAILABLE if why == "full" else codes.FORBIDDEN

    def _begin(self, token: Token, client: Any, given: str) -> str:
        new = client not in token.clients
        why = self._tokens.open(token, client)
        if not why and new:
            role = self._gi.server.RTSPToken()
            role.set_string("media.factory.role", _ROLE)
            self._auth.add_basic(given.removeprefix("Basic ").strip(), role)
            address = client.get_connection().get_ip()
            say({"opened": {"id": token.id, "path": token.path, "address": address}})
        return why

    def _closed(self, client: Any) -> None:
        token = self._tokens.close(client)
        if token is not None:
            say({"closed": {"id": token.id, "path": token.path, "address": token.address}})


def _obey(relay: Relay, loop: Any, rest: list[bytes]) -> bool:
    # Past Python's buffer, which would hide a second line from the main loop.
    received = os.read(sys.stdin.fileno(), 1 << 16)
    rest[0] += received
    *lines, rest[0] = rest[0].split(b"\n")
    commands: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    for command in commands:
        relay.obey(command)
    if not received or any("stop" in command for command in commands):
        loop.quit()
        return False
    return True


def main() -> None:
    order = json.loads(_first_line())
    try:
        gi = Gi()
    except (ImportError, ValueError) as error:
        say({"missing": str(error)})
        return
    relay = Relay(gi, order)
    port = relay.listen()
    if not port:
        say({"taken": order["port"]})
        return
    say({"ready": port})
    loop = gi.glib.MainLoop()
    gi.glib.timeout_add(_LOOK_MS, relay.look)
    rest = [b""]
    readable = gi.glib.IOCondition.IN | gi.glib.IOCondition.HUP
    gi.glib.io_add_watch(
        sys.stdin.fileno(), gi.glib.PRIORITY_DEFAULT, readable, lambda *_: _obey(relay, loop, rest)
    )
    loop.run()
    # Sessions end with their connections; taking the pipelines down one by one takes seconds.
    os._exit(0)


def _first_line() -> bytes:
    """Byte by byte: what follows belongs to the main loop."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(sys.stdin.fileno(), 1)):
        line += byte
    return line


if __name__ == "__main__":
    main()
