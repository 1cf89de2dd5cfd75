from __future__ import annotations

import pytest

from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.redact import redact, redact_url


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("rtsp://admin:1234@10.0.0.1:554/live", "rtsp://***@10.0.0.1:554/live"),
        ("RTSPS://admin@cam.kr/1", "RTSPS://***@cam.kr/1"),
        ("http://u:p%40%2Fw@host/hls.m3u8", "http://***@host/hls.m3u8"),
        ("file://u:p@nas/clip.mp4", "file://***@nas/clip.mp4"),
        ("gopher://u:p@host", "gopher://***@host"),
        ("rtsp://u:p@[fe80::1]:554/x", "rtsp://***@[fe80::1]:554/x"),
        # not encoded, as people write them
        ("rtsp://admin:p@ss@host/x", "rtsp://***@host/x"),
        ("rtsp://admin:p/w@host/x", "rtsp://***@host/x"),
        ("rtsp://admin:p:w@host/x", "rtsp://***@host/x"),
        ("rtsp://admin:p?w#x@host/x", "rtsp://***@host/x"),
        # no user: nothing to blank
        ("rtsp://10.0.0.1:554/live@2", "rtsp://10.0.0.1:554/live@2"),
        ("rtsp://[::1]:554/live@2", "rtsp://[::1]:554/live@2"),
        ("http://cam.daegu.kr/a@b", "http://cam.daegu.kr/a@b"),
        ("file:///srv/clips/a@b.mp4", "file:///srv/clips/a@b.mp4"),
        # in two readings the one with a password wins
        ("rtsp://cam:554/live@2", "rtsp://***@2"),
        # without a scheme
        ("user:pass@10.0.0.1", "***@10.0.0.1"),
    ],
)
def test_user_and_password_of_an_address(text: str, blanked: str) -> None:
    assert redact(text) == blanked
    assert redact(f"before {text} after") == f"before {blanked} after"


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("http://h/x?token=abc&y=2", "http://h/x?token=***&y=2"),
        ("http://h/x?y=2&Password=a@b", "http://h/x?y=2&Password=***"),
        ("http://h/x?auth=abc", "http://h/x?auth=***"),
        ("http://h/x?serviceKey=a%2Fb%3D", "http://h/x?serviceKey=***"),
        ("rtsp://10.1.1.1/user=admin_password=x_channel=1", "rtsp://10.1.1.1/user=admin_password=***"),
        ("password: hunter2 said", "password: *** said"),
        ("pwd = 'it is' x", "pwd = '***' x"),
        ('{"password":"a b","n":1}', '{"password":"***","n":1}'),
        (r"{\"password\": \"a\", \"n\": 1}", r"{\"password\": \"***\", \"n\": 1}"),
        ("비밀번호: 1234!", "비밀번호: ***"),
        ("(token=abc)", "(token=***)"),
        ("password=)", "password=***"),
        ("?password='a'b", "?password=***"),
    ],
)  # fmt: skip
def test_values_with_a_telling_name(text: str, blanked: str) -> None:
    assert redact(text) == blanked


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("Authorization: Basic YWRtaW46MTIzNA==", "Authorization: ***"),
        ("{'Authorization': 'Basic YTpi', 'X': 1}", "{'Authorization': '***', 'X': 1}"),
        ('Authorization: Digest username="u"\nCSeq: 2', 'Authorization: ***\nCSeq: 2'),
        ("sent Bearer abc123def", "sent Bearer ***"),
        ("sent Basic dXNlcjpwYXNz", "sent Basic ***"),
        ('Digest username="kim", response="0af"', 'Digest username="***", response="***"'),
        ("Cookie: session=1; b=2", "Cookie: ***"),
    ],
)  # fmt: skip
def test_headers(text: str, blanked: str) -> None:
    assert redact(text) == blanked


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJrIn0.c2ln back", "got *** back"),
        ("main.py --password hunter2 --hub x", "main.py --password *** --hub x"),
        ("open rtsp://admin:my pass@10.0.0.1/live", "open rtsp://***@10.0.0.1/live"),
        ("http://hub:8443 said: ask kim@city", "http://hub:8443 said: ask kim@city"),
    ],
)
def test_what_says_itself_that_it_is_one(text: str, blanked: str) -> None:
    assert redact(text) == blanked


def test_an_address_inside_another_one() -> None:
    assert (
        redact("http://p/?u=rtsp%3A%2F%2Fa%3Ab%40h%2Fx") == "http://p/?u=rtsp%3A%2F%2F***%40h%2Fx"
    )
    assert redact("http://p/?u=rtsp://a:b@h/x") == "http://p/?u=rtsp://***@h/x"
    assert redact("http://10.0.0.2/p/rtsp://a:b@h/x") == "http://10.0.0.2/p/rtsp://***@h/x"
    assert redact("['rtsp://a:b@h','rtsp://c:d@i']") == "['rtsp://***@h','rtsp://***@i']"


@pytest.mark.parametrize(
    "text",
    [
        "[rtsp @ 0x55d] method DESCRIBE failed: 401 Unauthorized",
        "StreamStatus(keyframe_interval=2.0, tier=Tier(profile='sub'))",
        "focus key: F5, session: closed, Basic authentication failed",
        "2026-11-22 14:07:32 카메라 1021 연결 끊김",
        "",
    ],
)
def test_harmless_text_stays(text: str) -> None:
    assert redact(text) == text


def test_lines_of_ffmpeg() -> None:
    line = "[rtsp @ 0x7f] Could not open rtsp://kim:pw!@10.1.2.3/h264: Server returned 401"
    assert (
        redact(line) == "[rtsp @ 0x7f] Could not open rtsp://***@10.1.2.3/h264: Server returned 401"
    )


def test_a_whole_address_may_hold_white_space() -> None:
    assert redact_url("rtsp://admin:my pass@10.0.0.1/live") == "rtsp://***@10.0.0.1/live"
    assert redact_url("rtsp://10.0.0.1/live") == "rtsp://10.0.0.1/live"
    assert redact_url("") == ""


def test_no_repr_of_a_camera_shows_its_address() -> None:
    profile = Profile(ProfileName.MAIN, "rtsp://kim:geheim@10.0.0.1/x")
    camera = Camera(CameraId("1"), 1, "n", "s", "p", (profile,))
    assert "geheim" not in repr(camera)
    assert "kim" not in repr(camera)


def test_long_garbage_is_read_once() -> None:
    """No quadratic search: this would take minutes."""
    for piece in ("://", ":@", "password=", "key='", "%3A%2F%2F", "Authorization: ", "pass-", "a"):
        redact(piece * 30_000)
