from __future__ import annotations

import ctypes
import os
import sys
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.adapters.windows_folders import is_foreign, program_data

ADMINISTRATORS = "S-1-5-32-544"
SYSTEM = "S-1-5-18"
SOMEBODY = "S-1-5-21-1-2-3-1001"


class Windows:
    """Of its libraries what is asked: a folder, an owner; it counts what it gave and got back."""

    def __init__(self, said: str, status: int = 0) -> None:
        self._words, self._status = ctypes.create_unicode_buffer(said), status
        self.given = self.freed = 0

    def load(self, _name: str) -> Any:
        def folder(wanted: bytes, flags: int, token: None, found: Any) -> int:
            assert (uuid.UUID(bytes_le=wanted).hex[:8], token) == ("62ab5d82", None)
            return self._put(found)

        def owner(name: str, kind: int, what: int, sid: Any, *rest: Any) -> int:
            assert (kind, what, rest[:3]) == (1, 1, (None, None, None))
            rest[3]._obj.value = 1
            self.given += 1
            return self._status

        def words(sid: Any, found: Any) -> int:
            self._put(found)
            return 1

        def free(memory: ctypes.c_void_p) -> None:
            self.freed += memory.value is not None

        return SimpleNamespace(
            SHGetKnownFolderPath=folder, CoTaskMemFree=free, LocalFree=free,
            GetNamedSecurityInfoW=owner, ConvertSidToStringSidW=words,
        )  # fmt: skip

    def _put(self, found: Any) -> int:
        if not self._status:
            found._obj.value = ctypes.addressof(self._words)
            self.given += 1
        return self._status


def test_the_folder_of_the_machine() -> None:
    windows = Windows("D:/ProgramData")
    assert program_data(windows.load) == Path("D:/ProgramData")
    refused = Windows("", status=-1)
    with pytest.raises(OSError, match="SHGetKnownFolderPath"):
        program_data(refused.load)
    assert windows.given == windows.freed == 1


@pytest.mark.parametrize(
    ("owner", "status", "foreign"),
    [
        (ADMINISTRATORS, 0, False),
        (SYSTEM, 0, False),
        (SOMEBODY, 0, True),
        (ADMINISTRATORS, 5, True),
    ],
)
def test_who_owns_a_file(owner: str, status: int, *, foreign: bool) -> None:
    windows = Windows(owner, status)
    assert is_foreign(Path("gwanje.toml"), "win32", windows.load) is foreign
    assert windows.given == windows.freed
    assert not is_foreign(Path("gwanje.toml"), "linux", windows.load)


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows itself")
def test_windows_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = program_data()
    monkeypatch.setenv("ProgramData", str(tmp_path))
    monkeypatch.setenv("WIN_PD_OVERRIDE_COMMON_APPDATA", str(tmp_path))
    assert program_data() == folder
    assert not is_foreign(Path(os.environ["SYSTEMROOT"]) / "System32" / "kernel32.dll")
    assert is_foreign(tmp_path / "gone")
