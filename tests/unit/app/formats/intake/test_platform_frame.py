from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.domain.intake import Rejected
from app.formats.intake import platform_frame
from app.formats.intake.platform_frame import LIMIT, Framer, Header

HEAD = b"101020261125130405112UCP202611251304050000000003"


def test_frames_end_at_a_semicolon() -> None:
    framer = Framer()
    assert framer.feed(b"ab") == []
    assert framer.unfinished == b"ab"
    assert framer.feed(b"c;d;;\r\n ;e") == [b"abc", b"d"]
    assert framer.unfinished == b"e"
    assert framer.feed(b";") == [b"e"]
    assert framer.unfinished == b""


def test_a_frame_that_never_ends_is_told_once_and_the_next_is_read() -> None:
    framer = Framer()
    found = [one for _ in range(3 * LIMIT // 1000) for one in framer.feed(b"x" * 1000)]
    assert found == [Rejected(platform_frame.TOO_LONG, LIMIT)]
    assert framer.unfinished == b""
    assert framer.feed(b"rest;good;") == [b"good"]


def test_the_longest_frame_is_still_read() -> None:
    assert Framer().feed(b"x" * LIMIT + b";") == [b"x" * LIMIT]
    assert isinstance(Framer().feed(b"x" * (LIMIT + 1) + b";")[0], Rejected)


def test_a_header_within_a_frame_begins_another() -> None:
    assert Framer().feed(HEAD + b"a|b" + HEAD + b"c;") == [HEAD + b"a|b", HEAD + b"c"]
    assert Framer().feed(b"noise\n" + HEAD + b"c;") == [b"noise", HEAD + b"c"]


def test_a_header() -> None:
    at = datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)
    header = Header("10", "10", at, "112", "UCP", at, 3)
    assert platform_frame.read_header(HEAD.decode()) == header
    assert platform_frame.write(header, ("a", "b")) == HEAD + b"a|b;"


@pytest.mark.parametrize("blank", ["          ", "1234 67890"])
def test_a_header_without_a_length(blank: str) -> None:
    header = platform_frame.read_header(HEAD.decode()[:38] + blank)
    assert isinstance(header, Header)
    assert header.length is None


def test_digits_of_other_scripts_are_none() -> None:
    assert isinstance(platform_frame.read_header("１０" + HEAD.decode()[2:]), Rejected)
