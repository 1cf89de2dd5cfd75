"""Signed notes (C2SP) with a real Ed25519 key."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.errors import BadInput
from app.domain.ledger.checkpoint import Checkpoint, VerifierKey, opened, signed
from app.hub.services.ledger import verifies

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = VerifierKey("gwanje/달서구", PRIVATE.public_key().public_bytes_raw())
POINT = Checkpoint("gwanje/달서구", 42, bytes(32))

NOBODY = base64.b64encode(KEY.id + bytes(64)).decode()


def check(signature: bytes, message: bytes) -> bool:
    return verifies(KEY, signature, message)


def test_what_was_signed_is_opened_again() -> None:
    note = signed(POINT, KEY, PRIVATE.sign)
    assert note.startswith("gwanje/달서구\n42\n" + "A" * 43 + "=\n\n— gwanje/달서구 ")
    assert opened(note, KEY, check) == POINT


def test_a_key_in_its_text_form() -> None:
    assert VerifierKey.of(KEY.text) == KEY
    # The example of the C2SP specification (signed-note, verifier keys).
    example = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert VerifierKey.of(example).text == example
    for text in ("", "a", "a+b+c", KEY.text[:-4], KEY.text.replace("+", "+0", 1)):
        with pytest.raises(BadInput):
            VerifierKey.of(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n42\n", "\n43\n"),
        lambda note: note.replace("달서구\n42", "수성구\n42"),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.replace("42", "many"),
        lambda note: note.replace("A" * 43, "A" * 42),
        lambda note: note.replace("A" * 43, "A" * 20),
        lambda note: note.partition("—")[0],
        lambda note: note[:-8] + "AAAA\n",
        lambda note: note.replace("— gwanje", "— other"),
        lambda note: note.partition("— ")[0] + "— gwanje/달서구 !!!!\n",
        lambda note: note.partition("— ")[0] + f"— gwanje/달서구 {NOBODY}\n",
        lambda _: "",
    ],
)
def test_what_was_changed_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(BadInput):
        opened(change(signed(POINT, KEY, PRIVATE.sign)), KEY, check)


def test_a_second_signature_does_no_harm() -> None:
    note = signed(POINT, KEY, PRIVATE.sign)
    assert opened(note + f"— witness {NOBODY}\n", KEY, check) == POINT
