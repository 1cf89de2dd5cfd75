from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from app.adapters.hub_address import believed, checked
from app.domain.errors import BadInput
from tests.fakes.certificates import server_tls


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://hub.example.kr", "https://hub.example.kr"),
        (" https://hub:8443/ ", "https://hub:8443"),
        ("https://[fd00::1]:8443", "https://[fd00::1]:8443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_addresses_that_serve(given: str, address: str) -> None:
    assert checked(given) == address


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ("", "https://server"),
        ("hub.example.kr", "https://server"),
        ("rtsp://hub", "https://server"),
        ("https://", "https://server"),
        ("https://anna:hunter2@hub", "leave user and password"),
        ("https://hub/path", "after the server's name"),
        ("https://hub?x=1", "after the server's name"),
        ("http://hub.example.kr", "only https"),
        ("http://10.0.0.5", "only https"),
        ("http://127.0.0.1.evil.example", "only https"),
        ("https://hub:port", "no address"),
        ("https://hub:99999", "no address"),
    ],
)
def test_addresses_that_do_not(given: str, word: str) -> None:
    with pytest.raises(BadInput, match=word) as caught:
        checked(given)
    assert "hunter2" not in str(caught.value.text)


def test_whom_to_believe(tmp_path: Path) -> None:
    _, authority = server_tls(tmp_path)
    for context in (believed(authority), believed(None)):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
        assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    authority.write_text("no certificate")
    with pytest.raises(BadInput, match="cannot be read"):
        believed(authority)
