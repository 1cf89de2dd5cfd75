"""The bill of materials: CycloneDX 1.6."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from pathlib import Path

from shared.product import sha256, version


def bill(
    wheels: Iterable[Path], others: Iterable[tuple[str, str]] = (), name: str = "gwanje"
) -> str:
    """What is in it, with the hash of the file that it came in. `others`: names and SHA-256."""
    parts: list[dict[str, object]] = []
    for wheel in wheels:
        project, number, *_ = wheel.name.split("-")
        parts.append(_part(project.replace("_", "-").lower(), number, sha256(wheel), "pypi"))
    parts += [_part(other, "", digest, "generic") for other, digest in others]
    serial = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.UUID(serial[:32], version=4).urn,
        "version": 1,
        "metadata": {"component": {"type": "application", "name": name, "version": version()}},
        "components": parts,
    }
    return json.dumps(whole, indent=1) + "\n"


def _part(name: str, number: str, digest: str, kind: str) -> dict[str, object]:
    whole = f"pkg:{kind}/{name}@{number}" if number else f"pkg:{kind}/{name}"
    return {
        "type": "library", "name": name, "version": number, "purl": whole,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }  # fmt: skip
