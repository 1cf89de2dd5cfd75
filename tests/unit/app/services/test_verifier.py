from __future__ import annotations

import pytest

from app.services import verifier
from app.services.verifier import Scrypt, Verifier
from tests.fakes.hub_model import ANNA

QUICK = Scrypt(cost=2)


@pytest.fixture
def known() -> Verifier:
    return verifier.made(ANNA, "비밀 번호", 12.0, 1000.0, QUICK)


def test_it_knows_the_password_and_does_not_hold_it(known: Verifier) -> None:
    assert known.accepts("비밀 번호")
    assert not known.accepts("비밀번호")
    assert "비밀" not in known.model_dump_json()
    assert known.digest not in f"{known!r} {known}"
    assert verifier.made(ANNA, "비밀 번호", 12.0, 1000.0, QUICK).digest != known.digest


def test_it_comes_back_from_its_text(known: Verifier) -> None:
    assert verifier.read(known.model_dump_json()) == known
    for text in (None, "", "{}", "[1]", "not json"):
        assert verifier.read(text) is None


def test_failures_are_counted_until_one_succeeds(known: Verifier) -> None:
    failed = known.failed(5.0).failed(6.0)
    assert (failed.failures, failed.failed_at) == (2, 6.0)
    assert failed.succeeded() == known


def test_the_real_cost_is_what_it_says() -> None:
    assert Scrypt().cost == 2**15
