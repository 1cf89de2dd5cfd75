"""Any bytes, cut anywhere: never an error, the same frames, and what is written is read back."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.intake import IntakeEvent, Kind, Rejected
from app.formats.fields import clean
from app.formats.intake import platform_socket
from app.formats.intake.platform_frame import Framer, Header, write
from app.formats.intake.platform_layouts import LAYOUTS

NOW = datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)
HEAD = b"101020261125130405112UCP202611251304050000000003"
PIECES = st.sampled_from([b";", b";;", b"|", HEAD, HEAD[:30], b"9999", "납치".encode(), b"\xff"])
STREAM = st.lists(PIECES | st.binary(max_size=20), max_size=12).map(b"".join)
KINDS = st.sampled_from([kind for kind in Kind if kind.code is not None])
TIMES = st.integers(946_684_800, int(NOW.timestamp())).map(lambda s: datetime.fromtimestamp(s, UTC))


@given(STREAM)
@example(HEAD + b"|" * 8)
@example(HEAD + b"|" * 8 + b";")
@example(HEAD + b"1" + b"|" * 9 + b";")
def test_any_bytes(data: bytes) -> None:
    for found in platform_socket.events(data, NOW):
        if isinstance(found, Rejected):
            assert found.reason.ko
            assert found.reason.en
        else:
            assert found.external
        received = platform_socket.Received(None, found)
        assert platform_socket.answer(received, NOW).count(b";") == 1
    platform_socket.read_answer(data)


@given(STREAM, st.data())
def test_a_stream_cut_anywhere_gives_the_same_frames(data: bytes, draw: st.DataObject) -> None:
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(data)), max_size=6)))
    whole, pieces = Framer(), Framer()
    expected = whole.feed(data)
    edges = zip([0, *cuts], [*cuts, len(data)], strict=True)
    found = [frame for a, b in edges for frame in pieces.feed(data[a:b])]
    assert found == expected
    assert pieces.unfinished == whole.unfinished


@given(TIMES, KINDS, st.sampled_from(sorted(LAYOUTS)), st.data())
def test_a_written_event_is_read_back(
    at: datetime, kind: Kind, sender: str, draw: st.DataObject
) -> None:
    layout = LAYOUTS[sender]
    texts = st.text(max_size=12).map(clean)
    values = {field.name: draw.draw(texts) for field in layout.fields}
    values |= {"external": "A-1", "occurred_at": "", "latitude": "35.8", "longitude": "128.5"}
    (found,) = platform_socket.events(platform_socket.write_event(sender, kind, at, values), NOW)
    assert isinstance(found, IntakeEvent)
    assert (found.source, found.kind, found.external) == (sender, kind, "A-1")
    assert (found.latitude, found.longitude) == (35.8, 128.5)
    twins = str.maketrans({"|": "｜", ";": "；"})
    assert found.facts.get("user", "") == values["user"].translate(twins)


@given(TIMES, st.lists(st.text(max_size=9), min_size=1, max_size=9))
def test_a_written_frame_is_one_frame(at: datetime, fields: list[str]) -> None:
    frame = write(Header("10", "10", at, "112", "UCP", at, None), tuple(fields))
    (found,) = Framer().feed(frame)
    assert isinstance(found, bytes)
    assert found == frame[:-1]
    assert found.decode()[48:].count("|") == len(fields) - 1
