"""Opening a camera: in bounded time, with a reason, and without its sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.stream import Fault
from app.video.address import source
from app.video.faults import StreamFault
from app.video.messages import DecoderOptions
from app.video.opening import open_container
from tests.fakes.clip import make_clip
from tests.fakes.encoded_video import encoded
from tests.fakes.rtp_packets import sdp
from tests.fakes.rtsp_script import Mount, RtspScript

SHORT = DecoderOptions("test", open_timeout=0.5, read_timeout=0.5)


@pytest.fixture
def server() -> Iterator[RtspScript]:
    with RtspScript() as running:
        yield running


def refused(url: str, options: DecoderOptions = SHORT) -> StreamFault:
    with pytest.raises(StreamFault) as raised:
        open_container(source(url), options)
    return raised.value


def test_a_picture_stream_is_opened_and_sound_is_not_asked_for(server: RtspScript) -> None:
    server.mounts = {"/both": Mount(sdp=sdp(encoded(), audio=True))}
    options = replace(SHORT, open_timeout=10.0)
    with open_container(source(server.url("/both")), options) as container:
        assert [stream.type for stream in container.streams] == ["video"]
    assert server.asked("SETUP", "/both/picture") == 1
    assert server.asked("SETUP", "/both/sound") == 0


@pytest.mark.parametrize("method", ["OPTIONS", "DESCRIBE", "SETUP", "PLAY"])
def test_an_answer_that_never_comes_is_a_time_out(method: str, server: RtspScript) -> None:
    server.mounts = {"/mute": Mount(answers={method: 0})}
    assert refused(server.url("/mute")).fault is Fault.TIMED_OUT


def test_http_that_never_answers_is_a_time_out(server: RtspScript) -> None:
    async def nothing(_: object) -> None: ...

    server.mounts = {"/mute": Mount(script=nothing)}
    assert refused(server.url("/mute", scheme="http")).fault is Fault.TIMED_OUT


def test_a_name_that_nobody_knows_is_told_from_a_network_that_fails() -> None:
    assert refused("rtsp://camera.invalid/live").fault is Fault.NO_SUCH_HOST


def test_a_server_without_tls_is_no_bad_certificate(server: RtspScript) -> None:
    server.mounts = {"/plain": Mount()}
    fault = refused(server.url("/plain", scheme="rtsps")).fault
    assert fault not in {Fault.BAD_CERTIFICATE, Fault.NO_SUCH_HOST}


def test_a_missing_file_and_a_file_without_pictures(tmp_path: Path) -> None:
    words = tmp_path / "words.mp4"
    words.write_text("no picture at all")
    assert refused(f"file:{tmp_path / 'gone.mp4'}").fault is Fault.NOT_FOUND
    assert refused(f"file:{words}").fault is Fault.GARBAGE


def test_a_file_is_opened_by_its_uri(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "달서 1.mp4", seconds=0.2)
    with open_container(source(clip.as_uri()), SHORT) as container:
        assert len(container.streams.video) == 1
