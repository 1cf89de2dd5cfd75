"""The console's client against a server that speaks protocol v1 by hand."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.adapters.hub_client import HttpHub
from app.domain.errors import BadInput
from app.services.hub_port import Heard, HubFailure, Place, Trouble
from app.wire.access import AccessAsk
from app.wire.commands import Batch, Command
from app.wire.entities import CameraStatusRow
from app.wire.session import SignIn
from app.wire.status import StatusReport
from tests.fakes.certificates import server_tls
from tests.fakes.hub import PASSWORD
from tests.fakes.hub_model import NOW, HubModel
from tests.fakes.hub_server import TOKEN, HubServer, answer, event, hub_server, problem

PLACE = Place("epoch-1", 0)
ASKED = SignIn(username="anna", password=SecretStr(PASSWORD), client="c")


@pytest.fixture
def model() -> HubModel:
    made = HubModel()
    for number in range(10):
        made.put("note", f"n{number}", text="메모")
    return made


@pytest.fixture
async def server(model: HubModel) -> AsyncIterator[HubServer]:
    async with hub_server(model) as made:
        yield made


@pytest.fixture
async def hub(server: HubServer) -> AsyncIterator[HttpHub]:
    made = HttpHub(f"http://127.0.0.1:{server.port}")
    await made.sign_in(ASKED)
    yield made
    await made.close()


async def failing(hub: HttpHub) -> HubFailure:
    with pytest.raises(HubFailure) as caught:
        await hub.session()
    return caught.value


async def heard(hub: HttpHub, since: Place = PLACE) -> tuple[list[Heard], HubFailure]:
    """All that a stream says until it breaks."""
    found: list[Heard] = []
    async with aclosing(hub.stream(since)) as stream:
        while True:
            try:
                found.append(await anext(stream))
            except HubFailure as failure:
                return found, failure


async def test_sign_in_session_and_sign_out(hub: HttpHub, server: HubServer) -> None:
    session = await hub.session()
    assert (session.epoch, session.head, session.token) == ("epoch-1", 10, None)
    await hub.sign_out()
    assert not hub.signed_in
    await hub.sign_out()
    assert server.paths().count("/v1/session") == 3
    assert (await failing(hub)).trouble is Trouble.SIGNED_OUT


async def test_signing_out_of_a_dead_hub_forgets_all_the_same(
    hub: HttpHub, server: HubServer
) -> None:
    server.raw["/v1/session"] = deque([None])
    await hub.sign_out()
    assert not hub.signed_in


async def test_the_hubs_own_words_are_passed_on(server: HubServer) -> None:
    hub = HttpHub(f"http://127.0.0.1:{server.port}")
    with pytest.raises(HubFailure, match="password is wrong") as caught:
        await hub.sign_in(ASKED.model_copy(update={"password": SecretStr("guess")}))
    assert caught.value.code == "wrong"
    assert not hub.signed_in
    await hub.close()


async def test_a_snapshot_comes_in_pages(hub: HttpHub) -> None:
    pages = [await hub.snapshot(None)]
    while (after := pages[-1].after) is not None:
        pages.append(await hub.snapshot(after))
    assert [len(page.rows) for page in pages] == [4, 4, 2]
    assert pages[0].head.snap_seq == 10
    assert pages[0].rows[0].d == {"text": "메모"}


async def test_changes_and_commands(hub: HttpHub, model: HubModel) -> None:
    answered = await hub.changes(Place("epoch-1", 8), 0)
    assert [frame.seq for frame in answered.frames] == [9, 10]
    for number in range(300):
        model.put("note", f"m{number}", text="x" * 50)
    assert len((await hub.changes(Place("epoch-1", 8), 0)).frames) == 302
    command = Command(cmd_id="1", client="c", n=1, type="incident.note", target="i", at=NOW)
    outcomes = await hub.commands(Batch(commands=(command,)))
    assert outcomes.next_n == 2
    assert await hub.commands(Batch(commands=(command,))) == outcomes


async def test_what_the_console_sees_of_its_cameras(hub: HttpHub, server: HubServer) -> None:
    row = CameraStatusRow(id="c/1", state="live", since=NOW)
    await hub.report_statuses(StatusReport(rows=(row,)))
    asked = server.asked[-1]
    assert (asked.method, asked.path) == ("POST", "/v1/camera-status")
    assert StatusReport.model_validate_json(asked.body).rows == (row,)


async def test_a_password_is_changed(hub: HttpHub, server: HubServer) -> None:
    await hub.change_password(SecretStr("old"), SecretStr("new"))
    assert server.asked[-1].body == b'{"old": "old", "new": "new"}'


async def test_access_to_a_camera(hub: HttpHub) -> None:
    access = await hub.camera_access("c/1", AccessAsk(incident="i"))
    assert access.profiles[0].url.get_secret_value() == "rtsp://10.1.1.1/1"
    assert access.password == SecretStr(PASSWORD)
    assert PASSWORD not in repr(access)


@pytest.mark.parametrize(
    ("raw", "trouble", "retry_after"),
    [
        (problem(401), Trouble.SIGNED_OUT, None),
        (problem(403), Trouble.FORBIDDEN, None),
        (problem(410), Trouble.RESYNC, None),
        (problem(429, retry_after="3"), Trouble.BUSY, 3.0),
        (problem(503, retry_after="Mon, 02 Mar 2026 09:00:05 GMT",
                 date="Mon, 02 Mar 2026 09:00:00 GMT"), Trouble.BUSY, 5.0),
        (problem(503, retry_after="soon"), Trouble.BUSY, None),
        (answer(500, "<html>", "text/html"), Trouble.SERVER, None),
        (answer(502), Trouble.SERVER, None),
        (problem(400), Trouble.UNREADABLE, None),
        (problem(413), Trouble.UNREADABLE, None),
        (problem(409), Trouble.REFUSED, None),
        (answer(302, location="https://portal/login"), Trouble.MALFORMED, None),
        (answer(200, "<html>Sign in to the network</html>", "text/html"), Trouble.MALFORMED, None),
        (answer(200, '{"epoch": "e"'), Trouble.MALFORMED, None),
        (answer(200, "[]"), Trouble.MALFORMED, None),
        (answer(200, b"\xff\xfe"), Trouble.MALFORMED, None),
        (answer(200, b"no gzip", Content_Encoding="gzip"), Trouble.MALFORMED, None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", Trouble.MALFORMED, None),
        (b"what is this\r\n\r\n", Trouble.CLOSED, None),
        (None, Trouble.CLOSED, None),
    ],
)  # fmt: skip
async def test_every_way_to_fail_has_its_name(
    hub: HttpHub,
    server: HubServer,
    raw: bytes | None,
    trouble: Trouble,
    retry_after: float | None,
) -> None:
    server.raw["/v1/session"] = deque([raw])
    failure = await failing(hub)
    assert (failure.trouble, failure.retry_after) == (trouble, retry_after)


@pytest.mark.parametrize("cut", ["head", "row", "tail", "line end", "count", "empty"])
async def test_a_page_that_is_not_whole_is_none(hub: HttpHub, server: HubServer, cut: str) -> None:
    page = server.snapshot(None).partition(b"\r\n\r\n")[2]
    lines = page.splitlines(keepends=True)
    body = {
        "head": b"".join(lines[1:]),
        "row": page[: len(lines[0]) + 20],
        "tail": b"".join(lines[:-1]),
        "line end": page[:-1],
        "count": b"".join([lines[0], *lines[2:]]),
        "empty": b"",
    }[cut]
    server.raw["/v1/snapshot"] = deque([answer(200, body, "application/x-ndjson")])
    with pytest.raises(HubFailure) as caught:
        await hub.snapshot(None)
    assert caught.value.trouble is Trouble.MALFORMED


async def test_a_stream_says_what_happens(hub: HttpHub, server: HubServer, model: HubModel) -> None:
    async with aclosing(hub.stream(Place("epoch-1", 8))) as stream:
        seqs: list[int] = []
        async for piece in stream:
            seqs += [frame.seq for frame in piece.frames]
            if piece.heartbeat and piece.heartbeat.prev == 10:
                model.put("note", "n0", text="x" * 100_000)
            if 11 in seqs:
                break
    assert seqs == [9, 10, 11]
    assert server.asked[-1].headers["accept-encoding"] == "identity"


async def test_a_stream_that_ends_is_a_failure(
    hub: HttpHub, server: HubServer, model: HubModel
) -> None:
    server.stream_raw.append(event("resync", "{}"))
    assert (await heard(hub))[1].trouble is Trouble.RESYNC
    server.raw["/v1/stream"] = deque([answer(200, b": hello\n\n", "text/event-stream")])
    assert (await heard(hub))[1].trouble is Trouble.CLOSED
    server.raw["/v1/stream"] = deque([answer(200, b"", "text/html")])
    assert (await heard(hub))[1].trouble is Trouble.MALFORMED
    assert (await heard(hub, Place("another", 0)))[1].trouble is Trouble.RESYNC


@pytest.mark.parametrize(
    ("bad", "trouble"),
    [
        (event("frame", "{"), Trouble.MALFORMED),
        (event("frame", '{"seq": -1}'), Trouble.MALFORMED),
        (event("hb", "[]"), Trouble.MALFORMED),
        (b"data: \xff\n\n", Trouble.MALFORMED),
        (event("frame", HubModel().put("note", "n").model_dump_json(), "epoch-1:7"),
         Trouble.MALFORMED),
        (event("frame", HubModel().put("note", "n").model_dump_json(), "epoch-2:1"),
         Trouble.RESYNC),
    ],
)  # fmt: skip
async def test_what_stands_before_a_bad_frame_still_counts(
    hub: HttpHub, server: HubServer, model: HubModel, bad: bytes, trouble: Trouble
) -> None:
    good = event("frame", model.frames(0)[0].model_dump_json(), "epoch-1:1")
    server.stream_raw.append(good + event("of a later version", "?") + bad)
    pieces, failure = await heard(hub)
    assert [frame.seq for piece in pieces for frame in piece.frames] == [1]
    assert failure.trouble is trouble


async def test_nobody_there() -> None:
    hub = HttpHub("http://127.0.0.1:9")
    failure = await failing(hub)
    assert failure.trouble is Trouble.UNREACHABLE
    await hub.close()


async def test_no_secret_and_no_address_in_any_word(
    hub: HttpHub, server: HubServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.raw["/v1/session"] = deque([None, answer(500), answer(200, TOKEN), problem(401)])
    texts = [str(hub), repr(hub)]
    failures = [await failing(hub) for _ in range(4)]
    texts += [f"{failure!r} {failure.text}" for failure in failures]
    with pytest.raises(HubFailure) as caught:
        await hub.sign_in(ASKED.model_copy(update={"password": SecretStr("guess-1")}))
    texts += [repr(caught.value), caplog.text]
    for secret in (TOKEN, PASSWORD, "guess-1", str(server.port), "127.0.0.1"):
        assert not any(secret in text for text in texts), secret
    assert all(failure.__cause__ is None for failure in failures)


async def test_tls_with_the_centres_own_authority(tmp_path: Path, model: HubModel) -> None:
    context, authority = server_tls(tmp_path)
    async with hub_server(model, context) as server:
        address = f"https://127.0.0.1:{server.port}"
        hub, stranger = HttpHub(address, authority), HttpHub(address)
        assert (await hub.sign_in(ASKED)).epoch == "epoch-1"
        with pytest.raises(HubFailure) as caught:
            await stranger.sign_in(ASKED)
        assert caught.value.trouble is Trouble.TLS
        await hub.close()
        await stranger.close()


async def test_an_authority_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="authority"):
        HttpHub("https://hub.example", tmp_path / "missing.pem")
