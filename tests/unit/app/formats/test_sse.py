from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.formats import sse
from app.formats.sse import SseEvent, SseParser

STREAM = (
    "\ufeff: 주석\r\n"
    'event: frame\rid: e:1\rdata: {"제목":\rdata: 1}\r\r'
    "retry: 5\n\n"
    "data\n\n"
    "event: hb\r\ndata:x\r\nid\r\n\r\n"
    "id: no\0\ndata:  two\n\n"
    "data: cut off"
).encode()
EVENTS = [
    SseEvent("frame", '{"제목":\n1}', "e:1"),
    SseEvent("message", "", "e:1"),
    SseEvent("hb", "x", ""),
    SseEvent("message", " two", ""),
]


def read(*chunks: bytes) -> list[SseEvent]:
    parser = SseParser()
    return [event for chunk in chunks for event in parser.feed(chunk)]


def test_a_stream_is_read_as_the_standard_says() -> None:
    assert read(STREAM) == EVENTS


def test_cut_at_every_byte_it_is_the_same() -> None:
    assert read(*(STREAM[n : n + 1] for n in range(len(STREAM)))) == EVENTS
    for at in range(len(STREAM)):
        assert read(STREAM[:at], STREAM[at:]) == EVENTS


@given(st.binary(max_size=300), st.integers(0, 300))
def test_rubbish_is_refused_or_read_the_same_however_it_is_cut(data: bytes, at: int) -> None:
    def outcome(*chunks: bytes) -> list[SseEvent] | str:
        try:
            return read(*chunks)
        except BadInput:
            return "refused"

    assert outcome(data) == outcome(data[:at], data[at:])


def test_what_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "LONGEST_EVENT", 100)
    assert read(*[b"data: 12345\n\n"] * 50)
    for endless in (b"data: 12345", b"data: 1\n"):
        with pytest.raises(BadInput, match="too long"):
            read(*[endless] * 50)
