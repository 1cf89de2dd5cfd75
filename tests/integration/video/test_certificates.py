"""rtsps and https: a camera that cannot prove who it is gets no password and shows no picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.stream import Fault
from app.domain.tile import TileState
from tests.fakes.encoded_video import encoded
from tests.fakes.rtsp_script import Mount, RtspScript, jpegs
from tests.integration.video.scene import QUICK, scene

pytest.importorskip("cryptography", reason="makes the certificates")
LOGIN = ("operator", "Sesame")


def mounts() -> dict[str, Mount]:
    return {
        "/rtsps": Mount(login=LOGIN),
        "/https": Mount(encoded("mjpeg"), script=jpegs, login=LOGIN, scheme="Basic"),
    }


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    from tests.fakes.certificates import server_tls

    tls, _ = server_tls(tmp_path)
    with RtspScript(tls) as server:
        server.mounts = mounts()
        async with scene() as wall:
            for scheme in ("rtsps", "https"):
                wall.add(scheme, server.url(f"/{scheme}", *LOGIN, scheme))
            wall.show(*wall.cameras)
            await wall.until(lambda: all(wall.status(n).attempt for n in wall.cameras))
            for name in wall.cameras:
                assert wall.status(name).fault is Fault.BAD_CERTIFICATE
                assert wall.state(name) is TileState.UNREACHABLE
                assert "self" in wall.status(name).detail
        assert server.requests == [], "nothing was said to a stranger"


@pytest.mark.parametrize(("days", "good"), [(1, True), (-1, False)])
async def test_own_root_certificates_are_believed_while_they_are_valid(
    days: int, good: bool, tmp_path: Path
) -> None:
    from tests.fakes.certificates import server_tls

    tls, root = server_tls(tmp_path, days=days)
    with RtspScript(tls) as server:
        server.mounts = mounts()
        async with scene(options=replace(QUICK, ca_file=str(root))) as wall:
            for scheme in ("rtsps", "https"):
                wall.add(scheme, server.url(f"/{scheme}", *LOGIN, scheme))
            wall.show(*wall.cameras)
            if good:
                await wall.until(wall.live)
            else:
                await wall.until(lambda: all(wall.status(n).attempt for n in wall.cameras))
                faults = {wall.status(name).fault for name in wall.cameras}
                assert faults == {Fault.BAD_CERTIFICATE}
