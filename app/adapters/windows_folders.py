"""What Windows itself says of a folder and of a file's owner; no variable of a person moves it."""

from __future__ import annotations

import ctypes
import sys
import uuid
from collections.abc import Callable
from ctypes import wintypes
from pathlib import Path
from typing import Any, Final

# KnownFolders.h: FOLDERID_ProgramData, as the structure GUID lies in memory.
_PROGRAM_DATA: Final = uuid.UUID("62AB5D82-FDC1-4DC3-A9DD-070D1D495D97").bytes_le
# shlobj_core.h: KF_FLAG_DONT_VERIFY; accctrl.h and winnt.h: a file, its owner.
_DONT_VERIFY: Final = 0x00004000
_FILE: Final = 1
_OWNER: Final = 1
# Well-known SIDs: Administrators, which owns what an administrator makes, SYSTEM, TrustedInstaller.
_ADMINISTRATORS: Final = frozenset(
    {
        "S-1-5-32-544",
        "S-1-5-18",
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
    }
)

Load = Callable[[str], Any]


def _load(name: str) -> Any:
    return getattr(ctypes, "WinDLL")(name)  # noqa: B009 - exists on Windows only


def program_data(load: Load = _load) -> Path:
    r"""C:\ProgramData, or where the administrator has put it. Raises OSError."""
    shell, ole = load("shell32"), load("ole32")
    shell.SHGetKnownFolderPath.argtypes = (
        ctypes.c_char_p, wintypes.DWORD, wintypes.HANDLE, ctypes.c_void_p,
    )  # fmt: skip
    ole.CoTaskMemFree.argtypes = (ctypes.c_void_p,)
    found = ctypes.c_void_p()
    status = shell.SHGetKnownFolderPath(_PROGRAM_DATA, _DONT_VERIFY, None, ctypes.byref(found))
    try:
        if status or not found.value:
            raise OSError(status, "SHGetKnownFolderPath")
        return Path(ctypes.wstring_at(found.value))
    finally:
        ole.CoTaskMemFree(found)


def is_foreign(file: Path, platform: str = sys.platform, load: Load = _load) -> bool:
    """Whether somebody else than an administrator or the system owns it; also where none says."""
    if platform != "win32":
        return False
    try:
        return _owner(file, load) not in _ADMINISTRATORS
    except OSError:
        return True


def _owner(file: Path, load: Load) -> str:
    """The SID in words. Raises OSError."""
    security, kernel = load("advapi32"), load("kernel32")
    pointer = ctypes.c_void_p
    security.GetNamedSecurityInfoW.argtypes = (
        wintypes.LPCWSTR, ctypes.c_int, wintypes.DWORD, pointer, pointer, pointer, pointer, pointer,
    )  # fmt: skip
    security.ConvertSidToStringSidW.argtypes = (pointer, pointer)
    kernel.LocalFree.argtypes = (pointer,)
    sid, words, descriptor = pointer(), pointer(), pointer()
    status = security.GetNamedSecurityInfoW(
        str(file), _FILE, _OWNER, ctypes.byref(sid), None, None, None, ctypes.byref(descriptor)
    )
    try:
        if status or not security.ConvertSidToStringSidW(sid, ctypes.byref(words)):
            raise OSError(status, "GetNamedSecurityInfoW")
        return ctypes.wstring_at(words.value or 0)
    finally:
        for memory in (words, descriptor):
            kernel.LocalFree(memory)
