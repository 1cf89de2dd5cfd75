"""A Windows of one's own: a fresh Wine prefix with what Wine 8 lacks for Qt 6, numpy and Rust.

Wine has no icuuc.dll and mscms.dll of Windows (Qt needs them to be there), no bcryptprimitives.dll
(Rust's random numbers), and its ucrtbase.dll stops at C99 complex functions, which numpy calls.
Each gets a small double here, made with mingw; none of it is shipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

PROGRAMS: Final = (
    "wine64", "makensis", "x86_64-w64-mingw32-gcc", "wixl", "msibuild", "osslsigncode",
    "openssl",
)  # fmt: skip
_WINE_BIN: Final = "/usr/lib/wine"
_BUILTIN: Final = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll")
_OVERRIDES: Final = (
    "mscoree=;mshtml=;winemenubuilder.exe=d;winedbg.exe=d;mscms=n;wbemprox=d;ucrtbase=n,b"
)
_PASSED: Final = ("DISPLAY", "XAUTHORITY", "HOME")
_GCC, _OBJDUMP = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objdump"
_MSCMS: Final = (
    "GetColorProfileFromHandle", "OpenColorProfileW", "CloseColorProfile",
    "GetStandardColorSpaceProfileW", "GetColorDirectoryW",
)  # fmt: skip
_PRNG: Final = """#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{ return SystemFunction036(data, (ULONG)size); }
"""
_VLC: Final = """#include <windows.h>
static int made;
__declspec(dllexport) void *libvlc_new(int count, const char *const *arguments)
{ (void)count, (void)arguments; return &made; }
__declspec(dllexport) void libvlc_release(void *instance) { (void)instance; }
__declspec(dllexport) const char *libvlc_get_version(void) { return "3.0.0 double"; }
"""
_TO_REAL: Final = frozenset({"cabs", "carg", "cimag", "creal"})
_COMPLEX: Final = (
    "cabs", "cacosh", "cacos", "carg", "casinh", "casin", "catanh", "catan", "ccosh", "ccos",
    "cexp", "cimag", "clog", "conj", "cpow", "cproj", "creal", "csinh", "csin", "csqrt", "ctanh",
    "ctan",
)  # fmt: skip
_NAME: Final = re.compile(rf"({'|'.join(_COMPLEX)})(f|l)?")


def missing() -> list[str]:
    """Programs that are not there; empty: it can run here."""
    path = f"{os.environ.get('PATH', '')}:{_WINE_BIN}"
    return [name for name in PROGRAMS if shutil.which(name, path=path) is None]


class Prefix:
    """`make` once, then `run`. `folder` is the prefix; it goes with its folder."""

    def __init__(self, folder: Path, display: Mapping[str, str]) -> None:
        self.folder = folder
        self.drive = folder / "drive_c"
        # A server that is killed leaves a folder of its own there: it goes with the prefix.
        temporary = folder / "temporary"
        temporary.mkdir(parents=True, exist_ok=True)
        self.environment = {
            # Nothing else of this machine: a test's own keyring is none of Windows.
            **{name: display[name] for name in _PASSED if name in display},
            "PATH": f"{os.environ['PATH']}:{_WINE_BIN}",
            "TMPDIR": str(temporary), "WINEPREFIX": str(folder), "WINEARCH": "win64",
            "WINEDEBUG": "-all", "WINEDLLOVERRIDES": _OVERRIDES, "LC_ALL": "C.UTF-8",
        }  # fmt: skip

    def make(self, qt_core: Path) -> None:
        """From nothing. `qt_core`: the Qt6Core.dll that is to run."""
        plain = {"WINEDLLOVERRIDES": _OVERRIDES.replace(";ucrtbase=n,b", "")}
        self.run(["wineboot", "-i"], 120, plain)
        self.run(["winecfg", "-v", "win10"], 60, plain)
        self._wait(plain)
        system = self.drive / "windows" / "system32"
        _double(system / "icuuc.dll", _imports(qt_core, "icuuc.dll"))
        _double(system / "mscms.dll", _MSCMS)
        _library(system / "bcryptprimitives.dll", _PRNG, "-ladvapi32")
        _complex_numbers(system)

    def run(
        self, command: Sequence[str | Path], seconds: float, more: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Exit status and what it said. Standard streams are pipes: Wine wants that."""
        try:
            done = subprocess.run(
                ["wine64", *command], env={**self.environment, **(more or {})},
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                timeout=seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as late:
            said = late.stdout or b""
            return -1, said.decode(errors="replace")
        return done.returncode, done.stdout.decode(errors="replace")

    def start(
        self, command: Sequence[str | Path], more: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["wine64", *command], env={**self.environment, **(more or {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def path(self, windows: str) -> Path:
        """Of `C:\\…` on this machine."""
        return self.drive.joinpath(*windows.removeprefix("C:\\").split("\\"))

    def registry(self, key: str, value: str) -> str:
        """ "" where it is not there."""
        _, said = self.run(["reg", "query", key, "/v", value, "/reg:64"], 30)
        found = re.search(rf"{re.escape(value)}\s+REG_\w+\s+(.*)", said)
        return found.group(1).strip() if found else ""

    def close(self) -> None:
        """Every program in it ends."""
        subprocess.run(
            ["wineserver", "-k"], env=self.environment, check=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
        )  # fmt: skip
        self._wait({})

    def _wait(self, more: Mapping[str, str]) -> None:
        subprocess.run(
            ["wineserver", "-w"], env={**self.environment, **more}, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=60,
        )  # fmt: skip


def vlc_double(folder: Path) -> None:
    """What python-vlc needs to begin: no picture comes of it."""
    (folder / "plugins").mkdir(parents=True)
    _library(folder / "libvlc.dll", _VLC)
    _double(folder / "libvlccore.dll", ())


def windows(path: Path) -> str:
    """A path of this machine, as a program in the prefix sees it."""
    return "Z:" + str(path).replace("/", "\\")


def _imports(library: Path, of: str) -> list[str]:
    said = _said([_OBJDUMP, "-p", str(library)])
    found = re.search(
        rf"DLL Name: {re.escape(of)}\n.*?\n(.*?)\n\n", said, re.DOTALL | re.IGNORECASE
    )
    return [line.split()[-1] for line in found.group(1).splitlines()] if found else []


def _double(file: Path, functions: Sequence[str]) -> None:
    """Every function is there and answers nothing."""
    lines = [f"__declspec(dllexport) void *{name}(void) {{ return 0; }}" for name in functions]
    _library(file, "\n".join(["#include <windows.h>", *lines, ""]))


def _complex_numbers(system: Path) -> None:
    """Wine's own ucrtbase under another name, and one in its place that adds what it lacks."""
    own = bytearray(_BUILTIN.read_bytes())
    mark = own.find(b"Wine builtin DLL")
    own[mark : mark + 16] = bytes(16)
    (system / "wineucrt.dll").write_bytes(own)
    table = _said([_OBJDUMP, "-p", str(_BUILTIN)]).split("[Ordinal/Name Pointer] Table", 1)[1]
    names = [line.split()[-1] for line in table.splitlines() if re.match(r"\s+\[", line)]
    source, exports = ["#include <complex.h>"], ["EXPORTS"]
    for name in names:
        found = _NAME.fullmatch(name)
        if found is None:
            exports.append(f'"{name}" = "wineucrt.{name}"')
        else:
            source.append(_wrapped(name, *found.groups(default="")))
            exports.append(f'"{name}" = my_{name}')
    definitions = system / "ucrtbase.def"
    definitions.write_text("\n".join(['LIBRARY "ucrtbase.dll"', *exports, ""]), encoding="utf-8")
    _library(system / "ucrtbase.dll", "\n".join([*source, ""]), str(definitions))
    definitions.unlink()


def _wrapped(name: str, base: str, ending: str) -> str:
    kind, call = ("float", f"{base}f") if ending == "f" else ("double", base)
    answer = kind if base in _TO_REAL else f"{kind} _Complex"
    if base == "cpow":
        return (
            f"{answer} my_{name}({kind} _Complex a, {kind} _Complex b) {{ return {call}(a, b); }}"
        )
    return f"{answer} my_{name}({kind} _Complex a) {{ return {call}(a); }}"


def program(file: Path, source: str) -> None:
    """A program of Windows in place of Wine's own: its main function is `wmain`."""
    _library(file, source, "-municode", kind=())


def _library(file: Path, source: str, *more: str, kind: Sequence[str] = ("-shared",)) -> None:
    text = file.with_suffix(".c")
    text.write_text(source, encoding="utf-8")
    file.unlink(missing_ok=True)
    _said([_GCC, *kind, "-static", "-O1", "-s", "-o", str(file), str(text), *more])
    text.unlink()


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout
