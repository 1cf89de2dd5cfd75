"""What the installer asks Windows for: recorders in place of netsh, schtasks and icacls.

Wine's own do nothing and say that all is well. These write down how they were called and know
whether what was asked for is there, so that an upgrade finds it again. What Windows makes of it
is not proved by them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.bench.windows_steps import SERVICE, Proof, silently
from tests.bench.wine import Prefix, program

_PROGRAMS: Final = ("netsh", "schtasks", "icacls")
_ASKED: Final = "C:\\asked"
# Its own name, how it was called; `there` answers whoever asks whether it is (0) or not (1).
_RECORDER: Final = r"""#include <windows.h>
#include <wchar.h>
int wmain(void)
{
    wchar_t path[MAX_PATH], file[MAX_PATH], there[MAX_PATH];
    char line[4096];
    DWORD written;
    const wchar_t *said = GetCommandLineW();
    GetModuleFileNameW(NULL, path, MAX_PATH);
    wchar_t *name = wcsrchr(path, L'\\') + 1;
    *wcsrchr(name, L'.') = 0;
    swprintf(file, MAX_PATH, L"C:\\asked\\%ls.txt", name);
    swprintf(there, MAX_PATH, L"C:\\asked\\%ls.there", name);
    int length = WideCharToMultiByte(CP_UTF8, 0, said, -1, line, sizeof line, NULL, NULL);
    line[length - 1] = '\n';
    HANDLE to = CreateFileW(file, FILE_APPEND_DATA, 7, NULL, OPEN_ALWAYS, 0, NULL);
    WriteFile(to, line, (DWORD)length, &written, NULL);
    CloseHandle(to);
    if (wcsstr(said, L" show rule ") || wcsstr(said, L" /Query "))
        return GetFileAttributesW(there) == INVALID_FILE_ATTRIBUTES;
    if (wcsstr(said, L" add rule ") || wcsstr(said, L" /Create "))
        CloseHandle(CreateFileW(there, GENERIC_WRITE, 7, NULL, OPEN_ALWAYS, 0, NULL));
    if (wcsstr(said, L" delete rule ") || wcsstr(said, L" /Delete "))
        DeleteFileW(there);
    return 0;
}
"""

_ON: Final = ("/FIREWALL=1", "/UPDATES=D:\\", "/AUTOSTART=1")
_OFF: Final = ("/FIREWALL=0", "/UPDATES=0", "/AUTOSTART=0")
_INSTALL_S: Final = 180.0
_SHOWN: Final = 'advfirewall firewall show rule name="Gwanje"'
_CLOSED: Final = 'advfirewall firewall delete rule name="Gwanje"'
_OPENED: Final = (
    'advfirewall firewall add rule name="Gwanje" dir=in action=allow protocol=TCP localport=8443'
    " profile=domain,private"
)
_LOOKED: Final = '/Query /TN "Gwanje Update nightly"'
_DROPPED: Final = [f'/Delete /F /TN "Gwanje Update {name}"' for name in ("at start", "nightly")]
# Administrators, whatever they are called in this Windows' language.
_OWNER: Final = "/setowner *S-1-5-32-544"
_HOW: Final = "/C /L /Q"
_EVENTS: Final = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Gwanje"
_TABLE: Final = "%SystemRoot%\\System32\\EventCreate.exe"
_RUN: Final = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"
_DATA: Final = "C:\\ProgramData\\gwanje"
_OTHERS_WRITE: Final = 0o002


def record(prefix: Prefix) -> None:
    """From here on; a made prefix."""
    prefix.path(_ASKED).mkdir()
    for name in _PROGRAMS:
        program(prefix.drive / "windows" / "system32" / f"{name}.exe", _RECORDER)
    own = ",".join(f"{name}.exe" for name in _PROGRAMS)
    prefix.environment["WINEDLLOVERRIDES"] += f";{own}=n"


def _asked(prefix: Prefix, name: str) -> list[str]:
    """How it was called since the last time that somebody looked."""
    file = prefix.path(_ASKED) / f"{name}.txt"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return [re.sub(r'^"[^"]+" ', "", line) for line in lines]


def nothing_unasked(proof: Proof) -> None:
    """An installation without options opens no port and makes no task."""
    netsh, schtasks = (_asked(proof.prefix, name) for name in ("netsh", "schtasks"))
    wrong = [*_other(netsh, [_SHOWN]), *_other(schtasks, [_LOOKED])]
    wrong += _owned(proof, [proof.folder, _DATA])
    proof.hold("asked_nothing_more", held=not wrong, why=str(wrong))


def asked(proof: Proof, installer: Path) -> None:
    """On, off and on again, over an installation whose folders anybody may write."""
    for folder in (proof.folder, _DATA, f"{_DATA}\\hub"):
        proof.prefix.path(folder).chmod(0o777)
    _install(proof, installer, _ON)
    wrong = _owned(proof, [proof.folder, _DATA, f"{_DATA}\\hub"], swept=proof.folder)
    wrong += _on(proof, [], [])
    proof.hold("asked_at_install", held=not wrong, why=str(wrong))
    _install(proof, installer, _OFF)
    netsh, schtasks = (_asked(proof.prefix, name) for name in ("netsh", "schtasks"))
    wrong = [*_other(netsh, [_CLOSED]), *_other(schtasks, _DROPPED), *_run(proof, "")]
    proof.hold("called_off", held=not wrong, why=str(wrong))
    _install(proof, installer, _ON)
    _forget(proof)


def asked_after_move(proof: Proof) -> None:
    """Nothing was said about them: port, tasks and the start at sign-in follow."""
    wrong = [*_owned(proof, [proof.folder, _DATA]), *_on(proof, [_SHOWN], [_LOOKED])]
    proof.hold("asked_after_move", held=not wrong, why=str(wrong))


def asked_at_removal(proof: Proof) -> None:
    netsh, schtasks = (_asked(proof.prefix, name) for name in ("netsh", "schtasks"))
    wrong = [*_other(netsh, [_CLOSED]), *_other(schtasks, _DROPPED), *_run(proof, "")]
    left = proof.prefix.registry(_EVENTS, "EventMessageFile")
    proof.hold("asked_at_removal", held=not wrong and left == "", why=f"{wrong} {left}")


def _install(proof: Proof, installer: Path, options: Sequence[str]) -> None:
    """Its status is judged by what it has done."""
    _forget(proof)
    silently(proof, [installer, "/S", *options], _INSTALL_S)


def _on(proof: Proof, netsh: Sequence[str], schtasks: Sequence[str]) -> list[str]:
    """What is wrong with the port, the tasks, the start at sign-in and the sources of Windows."""
    prefix, folder = proof.prefix, proof.folder
    what = f'/TR "\\"{folder}\\gwanje-update.exe\\" \\"D:\\.\\""'
    tasks = [
        f'/Create /F /TN "Gwanje Update at start" /SC ONSTART /RU SYSTEM {what}',
        f'/Create /F /TN "Gwanje Update nightly" /SC DAILY /ST 04:10 /RU SYSTEM {what}',
    ]
    found = {
        "events": prefix.registry(_EVENTS, "EventMessageFile") == _TABLE,
        "kinds of events": prefix.registry(_EVENTS, "TypesSupported") == "0x7",
        "account": prefix.registry(SERVICE, "ObjectName") == "NT AUTHORITY\\LocalService",
        "start of the service": prefix.registry(SERVICE, "Start") == "0x2",
        "time at a shutdown": prefix.registry(SERVICE, "PreshutdownTimeout") == hex(40000),
    }
    return [
        *_other(_asked(prefix, "netsh"), [*netsh, _CLOSED, _OPENED]),
        *_other(_asked(prefix, "schtasks"), [*schtasks, *tasks]),
        *_run(proof, f'"{folder}\\gwanje.exe" --kiosk --keep-alive'),
        *(name for name, held in found.items() if not held),
    ]


def _run(proof: Proof, wanted: str) -> list[str]:
    found = proof.prefix.registry(_RUN, "Gwanje")
    # `reg` says letters that are not those of its code page as question marks.
    said = wanted.encode("ascii", "replace").decode()
    return [] if found == said else [f"at sign-in: {found}"]


def _owned(proof: Proof, folders: Sequence[str], swept: str = "") -> list[str]:
    """What is not administrators'. Wine keeps of the rights only whether everybody may write."""
    said = _asked(proof.prefix, "icacls")
    wanted = [f'"{folder}" {_OWNER} {_HOW}' for folder in folders]
    if swept:
        wanted += [f'"{swept}\\*" {_OWNER} /T {_HOW}', f'"{swept}\\*" /reset /T {_HOW}']
    wrong = [f"not asked: {line}" for line in wanted if line not in said]
    modes = {folder: proof.prefix.path(folder).stat().st_mode for folder in folders}
    return wrong + [f"open: {folder}" for folder, mode in modes.items() if mode & _OTHERS_WRITE]


def _other(said: list[str], wanted: Sequence[str]) -> list[str]:
    return [] if said == list(wanted) else [f"asked {said}, not {list(wanted)}"]


def _forget(proof: Proof) -> None:
    for name in _PROGRAMS:
        _asked(proof.prefix, name)
