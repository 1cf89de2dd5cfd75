"""What the hub keeps beside the log: outcomes, bodies, letters, accounts, secrets, settings."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

import pytest

from app.domain.text import Text
from app.hub.store import accounts, commands, intake, outbox, settings, vault
from app.hub.store.accounts import Account, AuthSession
from app.hub.store.commands import OutOfTurn
from app.hub.store.errors import AlreadyThere
from app.hub.store.intake import Arrival, Verdict
from app.hub.store.outbox import Letter
from app.hub.store.store import Store
from app.hub.store.vault import Sealed

BODY = b"\xff\x00"
REASON = Text("길이가 다릅니다", "Wrong length")


async def test_a_command_is_answered_again_and_not_done_again(store: Store) -> None:
    def carry_out(tx: Any, n: int) -> int:
        entry = tx.put("incident", f"i{n}", {"state": 10})
        commands.keep(tx, f"cmd{n}", "console", n, {"seq": entry.seq})
        return int(entry.seq)

    for n in (1, 2):
        assert await store.writer.do(partial(carry_out, n=n)) == n
    for n in (1, 2, 4, 0, -1):
        with pytest.raises(OutOfTurn):
            await store.writer.do(partial(carry_out, n=n))
    read = store.reader.read
    assert await read(lambda c: commands.outcome_of(c, "cmd2")) == {"seq": 2}
    assert await read(lambda c: commands.outcome_of(c, "cmd4")) is None
    assert await read(lambda c: commands.next_n(c, "console")) == 3
    assert await read(lambda c: commands.next_n(c, "another")) == 1
    assert (await store.reader.head()).seq == 2


async def test_a_client_that_the_hub_forgot_goes_on_where_it_is(store: Store) -> None:
    await store.writer.do(lambda tx: commands.advance(tx, "console", 500))
    await store.writer.do(lambda tx: commands.advance(tx, "console", 7))
    assert await store.reader.read(lambda c: commands.next_n(c, "console")) == 501


async def test_a_body_waits_until_it_is_understood_or_put_aside(store: Store) -> None:
    do, read = store.writer.do, store.reader.read
    for name in "abc":
        arrival = Arrival(name, "cap", "kma", {"content-type": "x"}, BODY)
        await do(partial(intake.receive, arrivals=[arrival]))
    await do(lambda tx: intake.settle(tx, [Verdict("a", seq=5), Verdict("b", REASON)]))
    assert [r.id for r in await read(intake.waiting)] == ["c"]
    (aside,) = await read(intake.quarantined)
    assert (aside.id, aside.body, aside.reason) == ("b", BODY, REASON)
    assert await do(lambda tx: intake.retry(tx, "b"))
    assert not await do(lambda tx: intake.retry(tx, "a"))
    assert [r.id for r in await read(intake.waiting)] == ["b", "c"]
    done = await read(lambda c: intake.get(c, "a"))
    assert done is not None
    assert (done.state, done.seq, done.headers) == ("normalised", 5, {"content-type": "x"})
    assert done.sha256 == hashlib.sha256(BODY).hexdigest()
    assert await read(lambda c: intake.get(c, "z")) is None
    assert "xff" not in repr(aside)


async def test_a_letter_is_tried_until_it_arrives_or_is_given_up(store: Store) -> None:
    do, read = store.writer.do, store.reader.read
    for name in "abc":
        letter = Letter(name, "webhook", "https://112", {"n": 1}, about="incident")
        await do(partial(outbox.send, letter=letter))
    now = 2**60
    assert [one.id for one in await read(lambda c: outbox.due(c, now))] == ["a", "b", "c"]
    assert await read(lambda c: outbox.due(c, 0)) == []
    await do(lambda tx: outbox.delivered(tx, "a", {"status": 200}))
    await do(lambda tx: outbox.failed(tx, "b", REASON, next_at=now + 1))
    await do(lambda tx: outbox.failed(tx, "c", REASON, next_at=None))
    await do(lambda tx: outbox.failed(tx, "a", REASON, next_at=None))
    assert await read(lambda c: outbox.due(c, now)) == []
    (late,) = await read(lambda c: outbox.due(c, now + 1))
    assert (late.id, late.attempts, late.last_error) == ("b", 1, REASON)
    found = await read(lambda c: outbox.about(c, "incident"))
    assert [(one.id, one.state.value) for one in found] == [
        ("a", "delivered"), ("b", "waiting"), ("c", "given_up"),
    ]  # fmt: skip
    assert found[0].receipt == {"status": 200}


async def test_a_session_ends_by_time_by_revoking_and_with_its_account(store: Store) -> None:
    do, read = store.writer.do, store.reader.read
    for name in "ab":
        new = Account(name, f"user-{name}", "verifier", d={"role": "operator"})
        await do(partial(accounts.add, new=new))
        for place in "12":
            session = AuthSession(f"token-{name}{place}", name, "console", expires=100)
            await do(partial(accounts.sign_in, session=session))

    async def signed_in(now: int = 50) -> list[str]:
        names = ("token-a1", "token-a2", "token-b1", "token-b2")
        found = [await read(partial(accounts.session, token_sha256=t, now=now)) for t in names]
        return [one.token_sha256[-2:] for one in found if one is not None]

    assert await signed_in() == ["a1", "a2", "b1", "b2"]
    assert await signed_in(now=100) == []
    await do(lambda tx: accounts.prolong(tx, "token-a1", 200))
    assert await signed_in(now=100) == ["a1"]
    await do(lambda tx: accounts.revoke(tx, "token-a1"))
    assert await signed_in() == ["a2", "b1", "b2"]
    assert await do(lambda tx: accounts.revoke_all(tx, "a")) == 1
    assert await do(lambda tx: accounts.change(tx, "b", disabled=True))
    assert await signed_in() == []
    assert await do(lambda tx: accounts.change(tx, "b", disabled=False, failures=3))
    assert await signed_in() == ["b1", "b2"]
    await do(lambda tx: accounts.remove(tx, "b"))
    assert await signed_in() == []
    assert not await do(lambda tx: accounts.change(tx, "b", disabled=True))


async def test_accounts_are_found_by_id_and_name(store: Store) -> None:
    do, read = store.writer.do, store.reader.read
    await do(
        lambda tx: accounts.add(tx, Account("1", "김관제", "secret-verifier", d={"site": "s"}))
    )
    with pytest.raises(AlreadyThere):
        await do(lambda tx: accounts.add(tx, Account("2", "김관제", "v")))
    found = await read(lambda c: accounts.by_username(c, "김관제"))
    assert found is not None
    assert found == await read(lambda c: accounts.get(c, "1"))
    assert (found.d, found.verifier) == ({"site": "s"}, "secret-verifier")
    assert "secret-verifier" not in repr(found)
    assert await read(accounts.all_of_them) == [found]
    assert await read(lambda c: accounts.get(c, "2")) is None


async def test_a_secret_lies_there_sealed(store: Store) -> None:
    do, read = store.writer.do, store.reader.read
    first = Sealed("camera", "c1", "key1", b"nonce", b"\x00cipher")
    await do(lambda tx: vault.keep(tx, first))
    second = Sealed("camera", "c1", "key2", b"other", b"text")
    assert await read(lambda c: vault.get(c, "camera", "c1")) == first
    assert await read(lambda c: vault.under_other_keys(c, "key2")) == [first]
    await do(lambda tx: vault.keep(tx, second))
    assert await read(lambda c: vault.get(c, "camera", "c1")) == second
    assert await read(lambda c: vault.under_other_keys(c, "key2")) == []
    await do(lambda tx: vault.forget(tx, "camera", "c1"))
    assert await read(lambda c: vault.get(c, "camera", "c1")) is None
    assert "cipher" not in repr(first)


async def test_settings_are_kept_by_name(store: Store) -> None:
    await store.writer.do(lambda tx: settings.save(tx, "golden", {"bell": 60}))
    await store.writer.do(lambda tx: settings.save(tx, "zone", "서울"))
    await store.writer.do(lambda tx: settings.save(tx, "golden", {"bell": 90}))
    found = await store.reader.read(settings.read_all)
    assert found == {"golden": {"bell": 90}, "zone": "서울"}
