from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.sealing import Sealer, UnsealableError, derived, new_key


@given(plain=st.binary(max_size=200), bound=st.text(max_size=20))
def test_what_is_sealed_comes_back(plain: bytes, bound: str) -> None:
    sealer = Sealer(bytes(32))
    sealed = sealer.seal(plain, bound)
    assert sealer.open(sealed, bound) == plain
    assert len(plain) < 8 or plain not in sealed


def test_it_cannot_be_moved_changed_cut_or_opened_with_another_key() -> None:
    key = new_key()
    sealer = Sealer(key)
    sealed = sealer.seal(b"secret", "row 1")
    wrong = [
        (sealer, sealed, "row 2"),
        (sealer, sealed[:-1] + bytes([sealed[-1] ^ 1]), "row 1"),
        (sealer, b"\x02" + sealed[1:], "row 1"),
        (Sealer(derived(key, "other")), sealed, "row 1"),
        *((sealer, sealed[:length], "row 1") for length in range(len(sealed))),
    ]
    for opener, text, bound in wrong:
        with pytest.raises(UnsealableError):
            opener.open(text, bound)


def test_each_purpose_has_its_own_key_and_it_stays() -> None:
    key = bytes(32)
    assert derived(key, "a") == derived(key, "a") != derived(key, "b")
    assert len(derived(key, "a")) == 32
