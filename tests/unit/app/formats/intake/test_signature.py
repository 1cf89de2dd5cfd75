from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import BadInput, Refused
from app.formats.intake import signature

# The vector of the specification's reference libraries.
SECRET = signature.secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'
GOOD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
HEADERS = {
    "Webhook-Id": ID,
    "Webhook-Timestamp": "1614265330",
    "Webhook-Signature": GOOD,
}


def refusal(headers: dict[str, str], body: bytes = BODY, now: datetime = AT) -> str:
    with pytest.raises(Refused) as caught:
        signature.check(headers, body, [SECRET], now)
    return caught.value.text.en


def test_the_published_vector() -> None:
    assert signature.check(HEADERS, BODY, [SECRET], AT) == signature.Signed(ID, AT)
    assert signature.sign(ID, AT, BODY, SECRET) == {
        name.lower(): value for name, value in HEADERS.items()
    }


def test_several_signatures_and_several_secrets() -> None:
    other = signature.secret("whsec_" + base64.b64encode(b"x" * 24).decode())
    headers = {**HEADERS, "Webhook-Signature": f"v1a,xx v1,AAAA {GOOD}"}
    assert signature.check(headers, BODY, [other, SECRET], AT).id == ID
    assert "wrong" in refusal({**HEADERS, "Webhook-Signature": "v1a,xx v1,AAAA"})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Webhook-Id": "msg_other"}, "wrong"),
        ({"Webhook-Timestamp": "1614265331"}, "wrong"),
        ({"Webhook-Signature": GOOD.replace("g0hM", "g0hN")}, "wrong"),
        ({"Webhook-Signature": GOOD[3:]}, "wrong"),
        ({"Webhook-Signature": "서명"}, "wrong"),
        ({"Webhook-Signature": " ".join(["v1,AAAA"] * 8 + [GOOD])}, "wrong"),
        ({"Webhook-Id": ""}, "missing"),
        ({"Webhook-Id": "x" * 257}, "missing"),
        ({"Webhook-Signature": ""}, "missing"),
        ({"Webhook-Timestamp": "2021-02-25"}, "malformed"),
        ({"Webhook-Timestamp": "-1"}, "malformed"),
        ({"Webhook-Timestamp": "999999999999"}, "wrong"),
    ],
)
def test_what_is_refused(change: dict[str, str], reason: str) -> None:
    assert reason in refusal({**HEADERS, **change})


def test_another_body_is_refused() -> None:
    assert "wrong" in refusal(HEADERS, BODY + b" ")


def test_no_headers_at_all() -> None:
    assert "missing" in refusal({})


def test_the_window_is_five_minutes_on_both_sides() -> None:
    near, far = timedelta(minutes=5), timedelta(minutes=5, seconds=1)
    assert signature.check(HEADERS, BODY, [SECRET], AT + near).id == ID
    assert signature.check(HEADERS, BODY, [SECRET], AT - near).id == ID
    assert "ago" in refusal(HEADERS, now=AT + far)
    assert "ahead" in refusal(HEADERS, now=AT - far)


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_AAAA", "whsec_!!!!", "whsec_" + "A" * 400])
def test_a_secret_that_is_none(text: str) -> None:
    with pytest.raises(BadInput, match="whsec_") as caught:
        signature.secret(text)
    assert text[6:] == "" or text[6:] not in str(caught.value)


def test_a_secret_is_not_shown() -> None:
    assert repr(SECRET) == "Secret()"
