"""Authenticode signatures by osslsigncode: launchers, uninstaller, installer and MSI.

    python packaging/windows/signing.py CERTIFICATE KEY FILE

`GWANJE_SIGN_STAMP`: address of an RFC 3161 time stamp, which a release needs and a closed network
has not. The key's password is read from the file that `GWANJE_SIGN_PASSWORD_FILE` names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import inputs  # noqa: F401 - it finds what is shared
from shared.product import WrongInput

_TOOL = "osslsigncode"


@dataclass(frozen=True)
class Signer:
    """PEM files: the certificate with its chain, and the key."""

    certificate: Path
    key: Path

    def command(self) -> str:
        """For NSIS, which has the uninstaller signed while it packs it."""
        return f'"{sys.executable}" "{__file__}" "{self.certificate}" "{self.key}"'

    def sign(self, file: Path) -> None:
        """In its place. Raises WrongInput."""
        if shutil.which(_TOOL) is None:
            message = f"{_TOOL} is missing: install {_TOOL}"
            raise WrongInput(message)
        signed = file.with_name(f"{file.name}.signed")
        options = ["-certs", str(self.certificate), "-key", str(self.key), "-h", "sha256"]
        if password := os.environ.get("GWANJE_SIGN_PASSWORD_FILE"):
            options += ["-readpass", password]
        if stamp := os.environ.get("GWANJE_SIGN_STAMP"):
            options += ["-ts", stamp]
        done = subprocess.run(
            [_TOOL, "sign", *options, "-n", "Gwanje", "-in", str(file), "-out", str(signed)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            signed.unlink(missing_ok=True)
            message = f"{file.name} could not be signed:\n{done.stdout[-500:]}{done.stderr[-500:]}"
            raise WrongInput(message)
        signed.replace(file)


if __name__ == "__main__":
    Signer(Path(sys.argv[1]), Path(sys.argv[2])).sign(Path(sys.argv[3]))
