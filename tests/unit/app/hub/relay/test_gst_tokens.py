"""What the threads of the relay's clients ask; the rest is tested on the real thing."""

from __future__ import annotations

import base64
import hashlib

from app.hub.relay import gst_tokens

SECRET = "0123456789abcdef0123456789abcdef"
SHA = hashlib.sha256(SECRET.encode()).hexdigest()


def test_the_table_of_tokens() -> None:
    tokens = gst_tokens.Tokens()
    given = {
        "id": "t1", "sha256": SHA, "path": "/a", "seconds": 60, "first": 60, "address": None,
        "moving": False,
    }  # fmt: skip
    tokens.allow(given)
    basic = base64.b64encode(f"t1:{SECRET}".encode()).decode()
    for text in ("!!", "/w=="):
        assert tokens.check(text, "/a", "1.1.1.1") == (None, "unknown")
    token, why = tokens.check(basic, "/a", "1.1.1.1")
    assert token is not None
    assert why == ""
    assert tokens.check(basic, "/a", "2.2.2.2")[1] == "other address"
    clients = [object() for _ in range(3)]
    assert [tokens.open(token, one) for one in clients] == ["", "", "twice"]
    assert tokens.watching() == 2
    assert tokens.close(clients[0]) is token
    assert tokens.close(clients[2]) is None
    tokens.allow(given)
    assert tokens.open(token, clients[2]) == "over"
    assert tokens.over() == []
    assert tokens.take("t1") is not None
    assert tokens.take("t1") is None
