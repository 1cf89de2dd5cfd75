from __future__ import annotations

import ssl

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.hub_answers import (
    StreamReader,
    failure_in,
    failure_of,
    is_of,
    page,
    retry_after,
)
from app.services.hub_port import HubFailure, Trouble
from tests.fakes.hub_model import HubModel


def tls_error() -> httpx2.ConnectError:
    error = httpx2.ConnectError("https://user:hunter2@hub")
    error.__cause__ = ssl.SSLCertVerificationError()
    return error


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (httpx2.ConnectError("x"), Trouble.UNREACHABLE),
        (httpx2.ConnectTimeout("x"), Trouble.UNREACHABLE),
        (httpx2.ReadTimeout("x"), Trouble.TIMED_OUT),
        (httpx2.PoolTimeout("x"), Trouble.TIMED_OUT),
        (httpx2.RemoteProtocolError("x"), Trouble.CLOSED),
        (httpx2.ReadError("x"), Trouble.CLOSED),
        (httpx2.DecodingError("x"), Trouble.MALFORMED),
        (OSError(9, "x"), Trouble.CLOSED),
        (tls_error(), Trouble.TLS),
    ],
)
def test_the_librarys_errors_have_our_names_and_none_of_its_words(
    error: Exception, trouble: Trouble
) -> None:
    failure = failure_of(error)
    assert failure.trouble is trouble
    assert "hunter2" not in f"{failure!r} {failure.text}"


def test_only_some_trouble_passes_by_itself() -> None:
    assert {kind for kind in Trouble if not kind.passing} == {
        Trouble.SIGNED_OUT, Trouble.FORBIDDEN, Trouble.UNREADABLE, Trouble.REFUSED,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "12"}, 12.0),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "Mon, 02 Mar 2026 09:00:05 GMT"}, None),
        (
            {
                "Retry-After": "Mon, 02 Mar 2026 09:00:05 GMT",
                "Date": "Mon, 02 Mar 2026 09:00:09 GMT",
            },
            0.0,
        ),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(httpx2.Headers(headers)) == seconds


def test_kinds_of_answers() -> None:
    response = httpx2.Response(200, headers={"Content-Type": "Text/Event-Stream; charset=utf-8"})
    assert is_of(response, "text/event-stream")
    assert not is_of(httpx2.Response(200), "application/json")


@given(status=st.integers(300, 599), body=st.binary(max_size=50))
def test_every_status_is_some_trouble(status: int, body: bytes) -> None:
    failure = failure_in(httpx2.Response(status), body)
    assert failure.text.ko
    assert failure.text.en


@given(st.binary(max_size=200))
def test_rubbish_is_no_page(body: bytes) -> None:
    with pytest.raises(HubFailure) as caught:
        page(body)
    assert caught.value.trouble is Trouble.MALFORMED


def test_the_newest_heartbeat_counts() -> None:
    model = HubModel()
    beats = [model.heartbeat(sent).model_dump_json() for sent in (1, 2)]
    chunk = "".join(f"event: hb\ndata: {beat}\n\n" for beat in beats).encode()
    heard, problem = StreamReader("epoch-1").read(chunk)
    assert problem is None
    assert heard.heartbeat is not None
    assert heard.heartbeat.prev == 2
