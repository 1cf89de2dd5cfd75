"""A private CA and the hub's certificate, for centres that bring none of their own.

The CA is what consoles trust; the server's certificate may be renewed as often as needed.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.domain.errors import Unavailable
from app.domain.text import Text

CA_LIFE: Final = timedelta(days=3_650)
# Some systems refuse server certificates that live longer than 825 days.
LIFE: Final = timedelta(days=397)
# A clock that is a day behind must not see a certificate of the future.
_EARLY = timedelta(days=1)
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Material:
    """Paths of PEM files. `ca` None where the centre brought its own certificate."""

    certificate: Path
    key: Path
    ca: Path | None = None


def names_of(host: str, more: Sequence[str] = ()) -> tuple[str, ...]:
    """What consoles may call this hub by."""
    found = (*more, host, socket.gethostname(), *_LOCAL)
    return tuple(dict.fromkeys(name for name in found if name not in {"", "0.0.0.0", "::"}))  # noqa: S104 - not bound here


def prepare(folder: Path, names: Sequence[str], now: datetime) -> Material:
    """The material in `folder`, made where it is missing or no longer good. Blocks."""
    material = Material(folder / "hub.pem", folder / "hub.key", folder / "ca.pem")
    try:
        if not _holds(material, now):
            renew(folder, names, now)
    except OSError as error:
        raise _not_written(folder, error) from error
    return material


def renew(folder: Path, names: Sequence[str], now: datetime) -> Material:
    """A new server certificate, of the same CA: consoles notice nothing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ca, ca_key = _authority(folder, now)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(_named(names[0]), key, now, LIFE)
        .issuer_name(ca.subject)
        .add_extension(
            x509.SubjectAlternativeName([_general(name) for name in names]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_authority_key(ca), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    write_private(folder / "hub.key", _pem_key(key))
    write_private(folder / "hub.pem", _pem(certificate) + _pem(ca))
    return Material(folder / "hub.pem", folder / "hub.key", folder / "ca.pem")


def write_private(path: Path, data: bytes) -> None:
    """A whole file that is its owner's alone, from the first byte on."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _holds(material: Material, now: datetime) -> bool:
    paths = (material.certificate, material.key, material.ca)
    if not all(path is not None and path.is_file() for path in paths):
        return False
    try:
        certificate = x509.load_pem_x509_certificate(material.certificate.read_bytes())
    except ValueError:
        return False
    return certificate.not_valid_after_utc > now


def _authority(folder: Path, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    path, key_path = folder / "ca.pem", folder / "ca.key"
    if path.is_file() and key_path.is_file():
        key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return x509.load_pem_x509_certificate(path.read_bytes()), key
    made = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"Gwanje hub CA {now:%Y-%m-%d}")
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=True,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        _builder(name, made, now, CA_LIFE)
        .issuer_name(name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(made, hashes.SHA256())
    )
    write_private(key_path, _pem_key(made))
    write_private(path, _pem(certificate))
    return certificate, made


def _builder(
    name: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLY)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _authority_key(ca: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _named(text: str) -> x509.Name:
    # 64 is the longest common name (RFC 5280).
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _pem_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _not_written(folder: Path, error: OSError) -> Unavailable:
    return Unavailable(
        Text(
            f"인증서를 만들 수 없습니다: {folder} ({error.strerror})",
            f"The certificate cannot be made: {folder} ({error.strerror})",
        )
    )
