"""Codes of the second factor, names, and verifiers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from app.domain.errors import BadInput
from app.hub.services import feeds, totp
from app.hub.services.hashing import Hashing
from app.hub.services.sign_in import username_of
from tests.fakes.web_hub import CHEAP

NOW = datetime(2026, 11, 25, 4, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(("seconds", "good"), [(-61, False), (-30, True), (0, True), (30, True)])
def test_a_code_serves_one_step_around_now(seconds: int, good: bool) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=seconds))
    assert (totp.step_of(SECRET, code, NOW) is not None) == good


def test_a_code_serves_once() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    step = totp.step_of(SECRET, code, NOW)
    assert step is not None
    assert totp.step_of(SECRET, code, NOW, after=step) is None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_what_is_no_code_is_none(code: str) -> None:
    assert totp.step_of(SECRET, code, NOW) is None


def test_an_address_names_the_account_and_the_product() -> None:
    assert totp.address(totp.new_secret(), "kim").startswith("otpauth://totp/Gwanje:kim?")


def test_a_name_is_one_however_it_is_typed() -> None:
    assert username_of("  ＫＩＭ ") == username_of("kim")


async def test_a_verifier_fits_its_password_only() -> None:
    hashing = Hashing(CHEAP)
    verifier = await hashing.verifier("비밀")
    assert await hashing.fits(verifier, "비밀")
    assert not await hashing.fits(verifier, "비밀 ")
    assert not await hashing.fits(None, "비밀")
    assert not await hashing.fits("!", "비밀")
    assert not await hashing.fits(verifier, "x" * 1_000)
    assert not hashing.weak(verifier)
    await hashing.close()


def test_a_feed_comes_by_a_door_that_there_is() -> None:
    assert feeds.checked("a", "cap", "gu").kind == "cap"
    with pytest.raises(BadInput):
        feeds.checked("a", "window", "gu")
