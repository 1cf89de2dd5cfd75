"""What a camera's address becomes before FFmpeg sees it."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.domain.stream import Fault
from app.video.address import source
from app.video.faults import StreamFault


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("rtsp://10.0.0.7/live", "rtsp://10.0.0.7:554/live"),
        ("RTSP://10.0.0.7:8554", "rtsp://10.0.0.7:8554"),
        (" rtsp://10.0.0.7/live\n", "rtsp://10.0.0.7:554/live"),
        ("rtsps://cam.example/live", "rtsps://cam.example:322/live"),
        ("https://cam.example/a.m3u8?x=1&y=a@b", "https://cam.example:443/a.m3u8?x=1&y=a@b"),
        ("rtsp://[fe80::1]:8554/live", "rtsp://[fe80::1]:8554/live"),
        # Spaces, Hangul and percent signs in the path.
        ("rtsp://h.example/live 1", "rtsp://h.example:554/live%201"),
        (
            "rtsp://h.example/달서/정문",
            "rtsp://h.example:554/%EB%8B%AC%EC%84%9C/%EC%A0%95%EB%AC%B8",
        ),
        ("rtsp://h.example/a%20b/100%", "rtsp://h.example:554/a%20b/100%25"),
        ("rtsp://카메라.example/x", "rtsp://xn--oi2by7cuz0a.example:554/x"),
        ("rtsp://h.example/live@2", "rtsp://h.example:554/live@2"),
        ("rtsp://h.example:554/live@2", "rtsp://h.example:554/live@2"),
        ("rtsp://admin:1234@10.0.0.7/live@2", "rtsp://admin:1234@10.0.0.7:554/live@2"),
        # Passwords as people write them.
        ("rtsp://admin:p@ss@10.0.0.7/x", "rtsp://admin:p%40ss@10.0.0.7:554/x"),
        ("rtsp://admin:p#s/s?@10.0.0.7/x", "rtsp://admin:p%23s%2Fs%3F@10.0.0.7:554/x"),
        ("rtsp://admin:12#4@10.0.0.7/x", "rtsp://admin:12%234@10.0.0.7:554/x"),
        ("rtsp://admin:p@ss#1@10.0.0.7/x", "rtsp://admin:p%40ss%231@10.0.0.7:554/x"),
        ("rtsp://admin:12/34@10.0.0.7/x", "rtsp://admin:12%2F34@10.0.0.7:554/x"),
        ("rtsp://admin:50%@10.0.0.7/x", "rtsp://admin:50%25@10.0.0.7:554/x"),
        ("rtsp://admin:p%40ss@10.0.0.7/x", "rtsp://admin:p%40ss@10.0.0.7:554/x"),
        ("rtsp://admin:비밀@10.0.0.7/x", "rtsp://admin:%EB%B9%84%EB%B0%80@10.0.0.7:554/x"),
    ],
)
def test_an_address_as_people_write_it_is_understood(written: str, opened: str) -> None:
    assert source(written).url == opened


@pytest.mark.parametrize(
    "address",
    [
        "",
        "10.0.0.7/live",
        "admin:hunter2",
        "gopher://admin:hunter2@10.0.0.7/x",
        "concat:/etc/passwd|/etc/shadow",
        "rtsp:10.0.0.7",
        "rtsp://",
        "rtsp:///live",
        "rtsp://10.0.0.7:99999/x",
        "rtsp://10.0.0.7:port/x",
        "rtsp://admin:hunter2@:554/x",
        "rtsp://[fe80::1/x",
        "rtsp://" + "a" * 300 + "/x",
    ],
)
def test_what_is_no_camera_is_not_opened_and_not_repeated(address: str) -> None:
    with pytest.raises(StreamFault) as refused:
        source(address)
    assert refused.value.fault is Fault.BAD_ADDRESS
    assert "hunter2" not in refused.value.detail


@given(st.text())
def test_any_text_is_an_address_or_a_bad_address(text: str) -> None:
    for written in (text, f"rtsp://{text}", f"rtsp://admin:{text}@10.0.0.7/x"):
        with contextlib.suppress(StreamFault):
            found = source(written)
            assert found.is_file or found.url.isascii()


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
@example("@0?")
@example("p@1/2")
@example("p@host#")
def test_a_password_never_moves_the_host(password: str) -> None:
    if "/" in password or "?" in password or "#" in password:
        password = "x" + password  # "admin:1/2" may be a host with a port
    # "x@cctv.example/" may be a login and a host with a path: nobody can tell.
    assume(re.search(r"@[^@]*[.\]][^@]*[/?#]", password) is None)
    opened = source(f"rtsp://admin:{password}@10.0.0.7/live")
    assert (opened.host, opened.port) == ("10.0.0.7", 554)
    assert opened.url.endswith("@10.0.0.7:554/live")


def test_a_file_is_found_by_path_and_by_uri(tmp_path: Path) -> None:
    clip = tmp_path / "정문 100%.mp4"
    clip.touch()
    for written in (f"file:{clip}", f"file://{clip}", clip.as_uri(), f"FILE:{clip}"):
        assert source(written).url == f"file:{clip}"
        assert source(written).is_file
    assert source("file:///C:/clips/a.mp4").url == "file:C:/clips/a.mp4"


def test_a_name_that_looks_encoded_is_taken_as_it_stands_where_it_exists(tmp_path: Path) -> None:
    clip = tmp_path / "a%20b.mp4"
    clip.touch()
    assert source(f"file:{clip}").url == f"file:{clip}"


def test_a_file_begins_where_its_fragment_says() -> None:
    opened = source("file:///clips/street.mp4#t=12.5")
    assert (opened.url, opened.start) == ("file:/clips/street.mp4", 12.5)
    assert source("file:///clips/street #1.mp4").url == "file:/clips/street #1.mp4"


def test_an_address_is_never_printed() -> None:
    assert "hunter2" not in repr(source("rtsp://admin:hunter2@10.0.0.7/x"))
