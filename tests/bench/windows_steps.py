"""Steps of the proof that are about updates and the hub's service (`show_windows.Proof`)."""

from __future__ import annotations

import http.client
import ssl
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from tests.bench.windows_builds import BROKEN, LATER, Built
from tests.bench.wine import Prefix, windows

_UPDATE_S, SERVICE_S = 400.0, 60.0
_LOOK_S: Final = 0.5
_PORT: Final = 8443
_REFUSED: Final = 1
# Exit codes of packaging/windows/installer.nsi.
_FAILED, _NEWER = 2, 5
# Outside Program Files, where the installer sets the rights.
_MOVED: Final = "C:\\Gwanje moved"
SERVICE: Final = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\GwanjeHub"
_NOT_FOUND: Final = 404


class Proof(Protocol):
    """What a step needs of `show_windows.Proof`; `folder` is where the program is, to Windows."""

    prefix: Prefix
    out: Path
    folder: str

    @property
    def home(self) -> Path: ...

    def hold(self, name: str, *, held: bool, why: str = "") -> None: ...


def updated(proof: Proof, built: Built) -> None:
    """A signed bundle from a share: altered and broken ones change nothing, the right one runs."""
    _refused(proof, built)
    before = _current(proof)
    status, said = _update(proof, windows(built.later))
    proof.hold(
        "updated", held=status == 0 and _current(proof) == LATER, why=f"{status} {said[-300:]}"
    )
    # It starts, by the same launcher.
    status, said = proof.prefix.run([proof.home / "gwanje-console.exe", "--version"], SERVICE_S)
    proof.hold("update_starts", held=status == 0, why=said[-300:])
    # The installer's registry knows nothing of it; the folder does.
    status = silently(proof, [built.installer, "/S"])
    proof.hold(
        "no_downgrade_after_update",
        held=status == _NEWER and _current(proof) == LATER,
        why=f"{status} {_current(proof)}",
    )
    status, said = _update(proof, "--back")
    proof.hold(
        "went_back", held=status == 0 and _current(proof) == before, why=f"{status} {said[-300:]}"
    )


def _refused(proof: Proof, built: Built) -> None:
    before = _current(proof)
    # Of the first one: believing a later one's signatures would make it a roll-back.
    altered = _altered(built.broken, proof.out / f"altered{built.broken.suffix}")
    status, said = _update(proof, windows(altered))
    altered.unlink()
    proof.hold(
        "altered_update_refused",
        held=status == _REFUSED and "signature" in said and _current(proof) == before,
        why=f"{status} {said[-200:]}",
    )
    status, said = _update(proof, windows(built.broken))
    left = (proof.home / "versions" / BROKEN).exists()
    # Without its codecs it comes no further than their import, and says so.
    caught = status == _REFUSED and "ImportError" in said
    proof.hold(
        "broken_update_refused",
        held=caught and _current(proof) == before and not left,
        why=f"{status} {left} {said[-300:]}",
    )  # fmt: skip


def _altered(bundle: Path, to: Path) -> Path:
    """One byte of the version is another, and the zip's own sum is right again."""
    with zipfile.ZipFile(bundle) as source, zipfile.ZipFile(to, "w") as target:
        for member in source.infolist():
            data = bytearray(source.read(member))
            if member.filename.startswith("targets/"):
                data[len(data) // 2] ^= 0xFF
            target.writestr(member.filename, bytes(data))
    return to


def falls_back(proof: Proof) -> None:
    """The version that `current` names is not there: the launcher takes the one before."""
    pointer, previous = proof.home / "current", proof.home / "previous"
    there = pointer.read_text(encoding="ascii")
    previous.write_text(there, encoding="ascii")
    pointer.write_text("7.7.7\n", encoding="ascii")
    status, said = proof.prefix.run([proof.home / "gwanje-console.exe", "--version"], SERVICE_S)
    pointer.write_text(there, encoding="ascii")
    previous.unlink()
    proof.hold("launcher_falls_back", held=status == 0 and said.strip() != "", why=said[-200:])
    # The power went while the installer was replacing that version by itself.
    version = proof.home / "versions" / there.strip()
    version.rename(version.with_name(f".{version.name}.old"))
    status, said = proof.prefix.run([proof.home / "gwanje-console.exe", "--version"], SERVICE_S)
    version.with_name(f".{version.name}.old").rename(version)
    proof.hold("half_replaced_starts", held=status == 0 and said.strip() != "", why=said[-200:])


def served(proof: Proof, installer: Path) -> None:
    """The hub as a service: set up, answers, stopped politely for an upgrade, and back again."""
    status = silently(proof, [installer, "/S", "/HUB=1"])
    up = _wait(_answers)
    proof.hold("hub_service", held=status == 0 and up, why=f"{status}")
    log = _log(proof)
    status = silently(proof, [installer, "/S"])
    again = _wait(_answers)
    ended = "Shutting down" in log.read_text(encoding="utf-8") if log.is_file() else False
    proof.hold(
        "hub_service_upgraded", held=status == 0 and again and ended, why=f"{status} {ended}"
    )

    # A launcher that cannot be written: given up, and the hub goes on.
    obstacle = proof.home / "gwanje.exe.new"
    obstacle.mkdir()
    status = silently(proof, [installer, "/S"])
    again = _wait(_answers)
    obstacle.rmdir()
    proof.hold("hub_goes_on_after_failure", held=status == _FAILED and again, why=f"{status}")


def moved(proof: Proof, installer: Path) -> str:
    """To another folder, which it returns: nothing stays in the old one, the service follows."""
    before = proof.home
    seen = _names(before / "trust")
    status = silently(proof, [installer, "/S", *f"/D={_MOVED}".split(" ")])
    runs = _wait(_answers)
    path = proof.prefix.registry(SERVICE, "ImagePath")
    follows = runs and path.startswith(f'"{_MOVED}\\')
    # Which updates it has seen goes along: an older one is a roll-back also from there.
    known = bool(seen) and _names(proof.prefix.path(_MOVED) / "trust") == seen
    proof.hold(
        "moved",
        held=status == 0 and not before.exists() and follows and known,
        why=f"{status} {before.exists()} {runs} {path} {known}",
    )
    return _MOVED


def unserved(proof: Proof) -> None:
    """After the removal: no service, no hub, and its ledger is kept."""
    status, _ = proof.prefix.run(["sc", "query", "GwanjeHub"], SERVICE_S)
    kept = _log(proof).with_name("hub.db").is_file()
    proof.hold(
        "hub_service_removed",
        held=status != 0 and not _answers() and kept,
        why=f"{status} {kept}",
    )


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def _log(proof: Proof) -> Path:
    return proof.prefix.path("C:\\ProgramData\\gwanje\\hub") / "hub.log"


def silently(proof: Proof, command: list[str | Path], seconds: float = _UPDATE_S) -> int:
    """A service that it starts would hold the pipe of whoever waits for its words."""
    return proof.prefix.start(command).wait(seconds)


def _update(proof: Proof, where: str) -> tuple[int, str]:
    return proof.prefix.run([proof.home / "gwanje-update.exe", where], _UPDATE_S)


def _current(proof: Proof) -> str:
    return (proof.home / "current").read_text(encoding="ascii").strip()


def _answers() -> bool:
    """A hub on this machine that says that there is no such address."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    asked = http.client.HTTPSConnection("127.0.0.1", _PORT, timeout=5, context=context)
    try:
        asked.request("GET", "/v1/")
        return asked.getresponse().status == _NOT_FOUND
    except OSError:
        return False
    finally:
        asked.close()


def _wait(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SERVICE_S
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(_LOOK_S)
    return False
