"""The hub's own certificate: made once, renewed when it must be, its key nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from app.domain.errors import Unavailable
from app.hub import tls

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_it_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "tls"
    made = tls.prepare(folder, tls.names_of("10.0.0.7", ["hub.example"]), NOW)
    before = made.certificate.read_bytes()
    assert tls.prepare(folder, ["other"], NOW + timedelta(days=1)) == made
    assert made.certificate.read_bytes() == before
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_it_holds_the_names_that_consoles_use(tmp_path: Path) -> None:
    made = tls.prepare(tmp_path, tls.names_of("10.0.0.7", ["hub.example"]), NOW)
    names = certificate(made.certificate).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    assert {"hub.example", "localhost"} <= set(names.value.get_values_for_type(x509.DNSName))
    addresses = map(str, names.value.get_values_for_type(x509.IPAddress))
    assert {"10.0.0.7", "127.0.0.1"} <= set(addresses)


def test_a_new_certificate_comes_from_the_same_authority(tmp_path: Path) -> None:
    first = tls.prepare(tmp_path, ["hub"], NOW)
    assert first.ca is not None
    authority, old = first.ca.read_bytes(), certificate(first.certificate)
    later = NOW + tls.LIFE + timedelta(days=1)
    renewed = certificate(tls.prepare(tmp_path, ["hub"], later).certificate)
    assert renewed.serial_number != old.serial_number
    assert renewed.not_valid_after_utc > later
    assert first.ca.read_bytes() == authority
    renewed.verify_directly_issued_by(certificate(first.ca))


def test_a_damaged_certificate_is_made_anew(tmp_path: Path) -> None:
    made = tls.prepare(tmp_path, ["hub"], NOW)
    made.certificate.write_text("x")
    tls.prepare(tmp_path, ["hub"], NOW)
    assert certificate(made.certificate).not_valid_after_utc > NOW


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="file"):
        tls.prepare(tmp_path / "file" / "tls", ["hub"], NOW)


def test_any_address_is_no_name() -> None:
    assert tls.names_of("0.0.0.0", ["a", "a"])[0] == "a"  # noqa: S104
    assert "0.0.0.0" not in tls.names_of("0.0.0.0")  # noqa: S104
