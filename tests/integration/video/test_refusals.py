"""Cameras that never give a picture: each says why, none harms another, none tells a password."""

from __future__ import annotations

import contextlib
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.stream import Fault, Phase
from app.domain.tile import TileState
from tests.fakes.encoded_video import encoded
from tests.fakes.rtp_packets import AUDIO_ONLY, described, sdp, video
from tests.fakes.rtsp_script import Mount, Playing, RtspScript
from tests.integration.video.scene import scene

PASSWORD = "Sesame:50%/x#@ 암호"
LOGIN = ("operator", PASSWORD)

CONNECTING, UNREACHABLE = TileState.CONNECTING, TileState.UNREACHABLE
UNAUTHORISED, UNSUPPORTED = TileState.UNAUTHORISED, TileState.UNSUPPORTED
NOT_FOUND = TileState.NOT_FOUND


async def silence(play: Playing) -> None:
    """PLAY is answered, and that was it."""


async def garbage(play: Playing) -> None:
    dice = random.Random(1)
    for _ in range(40):
        await play.raw(dice.randbytes(500))


async def hang_up(play: Playing) -> None:
    play.hang_up()


# What a server may do, what the tile then says.
SERVERS: dict[str, tuple[Mount, Fault, TileState]] = {
    "/forbidden": (Mount(answers={"DESCRIBE": 403}), Fault.FORBIDDEN, UNAUTHORISED),
    "/missing": (Mount(answers={"DESCRIBE": 404}), Fault.NOT_FOUND, NOT_FOUND),
    "/no-session": (Mount(answers={"PLAY": 454}), Fault.SESSION_LOST, CONNECTING),
    "/broken": (Mount(answers={"DESCRIBE": 500}), Fault.BUSY, UNREACHABLE),
    "/busy": (Mount(answers={"SETUP": 503}), Fault.BUSY, UNREACHABLE),
    "/mute": (Mount(answers={"OPTIONS": 0}), Fault.TIMED_OUT, UNREACHABLE),
    "/mute-later": (Mount(answers={"DESCRIBE": 0}), Fault.TIMED_OUT, UNREACHABLE),
    "/no-packets": (Mount(script=silence), Fault.TIMED_OUT, UNREACHABLE),
    "/garbage": (Mount(script=garbage), Fault.TIMED_OUT, UNREACHABLE),
    "/hangs-up": (Mount(script=hang_up), Fault.ENDED, CONNECTING),
    "/sound": (Mount(sdp=AUDIO_ONLY), Fault.NO_VIDEO, UNSUPPORTED),
    "/no-sdp": (Mount(sdp="no description at all"), Fault.NO_VIDEO, UNSUPPORTED),
    "/smoke": (
        Mount(sdp=described(*video("SMOKE-SIGNAL"))),
        Fault.UNKNOWN_CODEC,
        UNSUPPORTED,
    ),
    "/8k": (
        Mount(encoded(size=(7680, 4320), frames=1, fps=1.0)),
        Fault.TOO_LARGE,
        UNSUPPORTED,
    ),
}
LOCKED: dict[str, tuple[Mount, str, Fault]] = {
    "/digest": (Mount(login=LOGIN), "rtsp", Fault.UNAUTHORISED),
    "/basic": (Mount(login=LOGIN, scheme="Basic"), "rtsp", Fault.UNAUTHORISED),
    "/http": (Mount(login=LOGIN, scheme="Basic"), "http", Fault.UNAUTHORISED),
    "/http-missing": (Mount(answers={"GET": 404}), "http", Fault.NOT_FOUND),
}


@contextlib.contextmanager
def closed_port() -> Iterator[int]:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        yield unheard.getsockname()[1]


@contextlib.contextmanager
def black_hole() -> Iterator[int]:
    """A port whose connections are never answered, like a host behind a dead switch."""
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        yield full.getsockname()[1]


def addresses(nowhere: Path, refused: int, hole: int) -> dict[str, tuple[str, Fault, TileState]]:
    login = f"operator:{PASSWORD}"
    return {
        "refused": (f"rtsp://{login}@127.0.0.1:{refused}/x", Fault.REFUSED, UNREACHABLE),
        "unheard": (f"rtsp://{login}@127.0.0.1:{hole}/x", Fault.TIMED_OUT, UNREACHABLE),
        "nameless": (f"rtsp://{login}@camera.invalid/x", Fault.NO_SUCH_HOST, UNREACHABLE),
        "scheme": (f"gopher://{login}@127.0.0.1/x", Fault.BAD_ADDRESS, UNSUPPORTED),
        "bare": (f"{login}@127.0.0.1", Fault.BAD_ADDRESS, UNSUPPORTED),
        "port": (f"rtsp://{login}@127.0.0.1:99999/x", Fault.BAD_ADDRESS, UNSUPPORTED),
        "no file": (f"file:{nowhere / 'gone.mp4'}", Fault.NOT_FOUND, NOT_FOUND),
        "folder": (f"file:{nowhere}", Fault.NOT_FOUND, NOT_FOUND),
        "no video": (f"file:{__file__}", Fault.GARBAGE, UNREACHABLE),
    }


def told(text: str) -> bool:
    """Whether a part of the password that no harmless text holds is in the text."""
    return any(part in text for part in ("Sesame", "암호", "50%", "%EC%95%94"))


async def test_every_refusal_has_its_reason_and_no_password(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, subtests: pytest.Subtests
) -> None:
    with RtspScript() as server, closed_port() as refused, black_hole() as hole:
        expected = {name: (fault, state) for name, (_, fault, state) in SERVERS.items()}
        server.mounts = {name: mount for name, (mount, *_) in SERVERS.items()}
        async with scene(2) as wall:
            for name in SERVERS:
                wall.add(name, server.url(name, *LOGIN))
            for name, (mount, scheme, fault) in LOCKED.items():
                server.mounts[name] = mount
                wall.add(name, server.url(name, "operator", "wrong Sesame", scheme))
                expected[name] = (fault, UNAUTHORISED if mount.login else NOT_FOUND)
            for name, (url, fault, state) in addresses(tmp_path, refused, hole).items():
                wall.add(name, url)
                expected[name] = (fault, state)
            server.mounts["/healthy"] = Mount(login=LOGIN)
            wall.add("healthy", server.url("/healthy", *LOGIN))
            wall.show(*wall.cameras)
            await wall.until(lambda: all(wall.status(n).attempt for n in expected))
            await wall.until(lambda: wall.live("healthy"))
            for name, reason in expected.items():
                with subtests.test(name):
                    status = wall.status(name)
                    assert (status.fault, wall.state(name)) == reason, status.detail
                    assert status.phase is Phase.WAITING
                    assert status.detail
        said = "\n".join([*map(repr, wall.heard), caplog.text])
        assert not told(said)


async def test_a_right_password_opens_whatever_it_holds() -> None:
    clip = encoded("mjpeg")
    with RtspScript() as server:
        server.mounts = {
            "/digest": Mount(login=LOGIN),
            "/basic": Mount(login=LOGIN, scheme="Basic"),
            "/both": Mount(sdp=sdp(encoded(), audio=True)),
            "/http": Mount(clip, login=LOGIN, scheme="Basic"),
            "/%EB%8B%AC%EC%84%9C/gate%201/100%25": Mount(),
        }
        async with scene() as wall:
            wall.add("digest", server.url("/digest", *LOGIN))
            wall.add("as typed", f"rtsp://operator:{PASSWORD}@127.0.0.1:{server.port}/digest")
            wall.add("basic", server.url("/basic", *LOGIN))
            wall.add("sound too", server.url("/both"))
            wall.add("path", server.url("/달서/gate 1/100%"))
            wall.show(*wall.cameras)
            await wall.until(wall.live)
        asked = [r.url for r in server.requests if r.method == "SETUP" and "/both" in r.url]
        assert asked == [server.url("/both/picture")], "no sound of a camera is ever asked for"
        assert not any(told(request.url) for request in server.requests)
