"""What Windows reads of the files and of the entry under Installed apps."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.bench.windows_steps import Proof

_ENTRY: Final = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Gwanje"
_KEY: Final = "HKLM\\Software\\Gwanje"
_LAUNCHER: Final = (
    b'level="asInvoker"', b">PerMonitorV2</dpiAwareness>", b">true</longPathAware>",
    b"{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}",
)  # fmt: skip
# Its pages are plain dialogs, which Windows itself enlarges.
_SETUP: Final = (
    b'level="requireAdministrator"', b">true</dpiAware>",
    b"{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}",
)  # fmt: skip
_WORDS: Final = (
    "CompanyName", "FileDescription", "FileVersion", "LegalCopyright", "OriginalFilename",
    "ProductName", "ProductVersion",
)  # fmt: skip
_ICON: Final = b"\x89PNG\r\n\x1a\n"
_NEAR: Final = 0.1


def facts(proof: Proof, installer: Path) -> None:
    """Version, publisher, icon and manifest of every program; the entry, with its size."""
    programs = sorted(proof.home.glob("gwanje*.exe"))
    version = proof.prefix.registry(_ENTRY, "DisplayVersion")
    wrong = [fault for program in programs for fault in lacks(program, version)]
    for program in (installer, proof.home / "uninstall.exe"):
        wrong += lacks(program, version, setup=True)
    proof.hold("files_described", held=bool(programs) and not wrong, why=str(wrong))
    wrong = _entry(proof)
    proof.hold("entry_described", held=not wrong, why=str(wrong))


def lacks(program: Path, version: str, *, setup: bool = False) -> list[str]:
    """Names of what is not in the file: resources lie in it as they are."""
    data = program.read_bytes()
    found = [name for name in _WORDS if _utf16(name) not in data]
    found += [one.decode() for one in (_SETUP if setup else _LAUNCHER) if one not in data]
    if _ICON not in data:
        found.append("icon")
    if _utf16(version) not in data:
        found.append(f"version {version}")
    return [f"{program.name}: {name}" for name in found]


def _entry(proof: Proof) -> list[str]:
    names = (
        "DisplayName", "DisplayIcon", "DisplayVersion", "Publisher", "InstallLocation",
        "UninstallString", "QuietUninstallString", "EstimatedSize", "NoModify", "NoRepair",
    )  # fmt: skip
    told = {name: proof.prefix.registry(_ENTRY, name) for name in names}
    remover = f'"{proof.folder}\\uninstall.exe"'
    kilobytes = sum(path.stat().st_size for path in proof.home.rglob("*") if path.is_file()) / 1024
    fine = {
        # `reg` says letters that are not those of its code page as question marks.
        "DisplayName": told["DisplayName"].endswith("Gwanje"),
        "DisplayIcon": told["DisplayIcon"] == f"{proof.folder}\\gwanje.exe",
        "DisplayVersion": told["DisplayVersion"] == proof.prefix.registry(_KEY, "Version"),
        "Publisher": told["Publisher"] == "Gwanje",
        "InstallLocation": told["InstallLocation"] == proof.folder,
        "UninstallString": told["UninstallString"] == remover,
        "QuietUninstallString": told["QuietUninstallString"] == f"{remover} /S",
        "EstimatedSize": abs(int(told["EstimatedSize"] or "0", 16) - kilobytes) < kilobytes * _NEAR,
        "NoModify": told["NoModify"] == "0x1",
        "NoRepair": told["NoRepair"] == "0x1",
    }
    return [f"{name}: {told[name]}" for name, right in fine.items() if not right]


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
