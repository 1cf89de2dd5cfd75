"""`make show-windows`: the Windows installer, built here and proved under Wine.

From an empty prefix, into a folder with a space and Hangul; every part tested, a live wall of
real RTSP cameras, refused while it runs, upgraded with its data, updated by a signed bundle, not
downgraded, the hub as a service, removed to the last file; a damaged installer, an altered bundle
and a broken program are caught; what Windows is asked for is written down and judged. The last line
is one JSON object; the exit status says whether what must hold held, the sizes among it. What needs
a real Windows is not proved here.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app.demo.site import DemoSite, SiteOptions
from tests.bench import machine, windows_asked, windows_builds, windows_limits, windows_pages, wine
from tests.bench.machine import out_folder
from tests.bench.screen import screen
from tests.bench.windows_builds import BUILD, GONE, OLD, Built
from tests.bench.windows_facts import facts
from tests.bench.windows_steps import falls_back, moved, served, unserved, updated
from tests.bench.wine import Prefix, vlc_double, windows

FOLDER: Final = "C:\\Program Files\\관제 시험"
_KEY: Final = "HKLM\\Software\\Gwanje"
_CAMERAS, _SECONDS = 9, 15
_INSTALL_S, _RUN_S = 180.0, 120.0
# Exit codes of packaging/windows/installer.nsi.
_FAILED, _RUNS, _NEWER = 2, 4, 5
_MSI_FOLDER: Final = "C:\\Program Files\\Gwanje"
# ERROR_INSTALL_FAILURE (1603), of which Linux sees one byte.
_MSI_FAILED: Final = 1603 & 0xFF


@dataclass
class Proof:
    """Step after step in one prefix; `told` is what the last line says."""

    prefix: Prefix
    built: Built
    out: Path
    told: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    folder: str = FOLDER

    @property
    def home(self) -> Path:
        return self.prefix.path(self.folder)

    def hold(self, name: str, *, held: bool, why: str = "") -> None:
        self.told[name] = held
        say(f"{name}: {'yes' if held else 'NO ' + why}")
        if not held:
            self.faults.append(f"{name} {why}".strip())

    @property
    def version(self) -> Path:
        """The folder of the version that starts."""
        return self.home / "versions" / (self.home / "current").read_text("ascii").strip()

    # ------------------------------------------------------------------------------------ the steps

    def install(self, which: Path) -> int:
        log = self.out / "install.log"
        begun = time.monotonic()
        status, _ = self.prefix.run(
            [which, "/S", f"/LOG={windows(log)}", *_last(f"/D={FOLDER}")], _INSTALL_S
        )
        self.told["install_s"] = round(time.monotonic() - begun, 1)
        return status

    def installed(self) -> None:
        status = self.install(self.built.older)
        there = (self.home / "gwanje.exe").is_file() and (self.version / GONE).is_file()
        entry = self.prefix.registry(_KEY, "Version")
        self.hold("installed", held=status == 0 and there and entry == OLD, why=f"{status} {entry}")

    def upgraded(self) -> None:
        """Data stay, what is no longer shipped goes, an older one is refused afterwards."""
        data = next(self.prefix.drive.glob("users/*/AppData/Local")) / "gwanje"
        data.mkdir(parents=True, exist_ok=True)
        (data / "wall.txt").write_text("mine", encoding="utf-8")
        status = self.install(self.built.installer)
        versions = [path.name for path in (self.home / "versions").iterdir()]
        kept = (data / "wall.txt").is_file() and versions == [self.version.name] != [OLD]
        entry = self.prefix.registry(_KEY, "Version")
        back, _ = self.prefix.run([self.built.older, "/S"], _INSTALL_S)
        self.hold(
            "upgraded", held=status == 0 and kept and entry not in ("", OLD) and back == _NEWER,
            why=f"{status} {kept} {entry} {back}",
        )  # fmt: skip

    def half_an_upgrade(self) -> None:
        """The power went while files were being replaced: the same command makes it whole."""
        (self.home / "uninstall.exe").unlink()
        shutil.rmtree(self.version / "lib" / "av")
        for name in (".1.2.3.part", "1.2.3"):
            (self.home / "versions" / name / "lib").mkdir(parents=True)
        status = self.install(self.built.installer)
        whole = (self.home / "uninstall.exe").is_file() and (self.version / "lib" / "av").is_dir()
        versions = [path.name for path in (self.home / "versions").iterdir()]
        whole = whole and versions == [self.version.name]
        self.hold("half_upgrade_mended", held=status == 0 and whole, why=str(status))

    def self_test(self, name: str = "selftest_ok") -> dict[str, Any]:
        file = self.out / "self-test.json"
        file.unlink(missing_ok=True)
        status, said = self.prefix.run(
            [
                self.home / "gwanje-console.exe", "--self-test", windows(file),
                "--profile-dir", windows(self.out / "self-test"),
            ],
            _RUN_S,
        )  # fmt: skip
        told: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
        self.hold(name, held=status == 0 and bool(told.get("ok")), why=said[-300:])
        return told

    async def wall(self) -> None:
        """Real cameras beside it, real pictures in its window."""
        site = DemoSite(SiteOptions(count=_CAMERAS))
        opened = await site.start(lambda _: None)
        cameras, report = self.out / "cameras.csv", self.out / "report.json"
        cameras.write_bytes(opened.csv)
        try:
            await asyncio.to_thread(
                self.prefix.run,
                [
                    self.home / "gwanje-console.exe", "--cameras", windows(cameras),
                    "--layout", str(_CAMERAS), "--lang", "ko", "--run-for", str(_SECONDS),
                    "--report", windows(report), "--screenshot", windows(self.out / "wall.png"),
                    "--profile-dir", windows(self.out / "profile"),
                ],
                _RUN_S,
            )  # fmt: skip
        finally:
            await site.stop()
        told = json.loads(report.read_text("utf-8")) if report.exists() else {}
        self.told["live_tiles"] = told.get("tiles_live", 0)
        # One of the demo's cameras has no stream on purpose.
        self.hold("wall_live", held=told.get("tiles_live", 0) >= _CAMERAS - 1)

    async def refused_while_it_runs(self) -> None:
        running = self.prefix.start(
            [
                self.home / "gwanje.exe", "--run-for", "25", "--profile-dir",
                windows(self.out / "profile"),
            ]
        )  # fmt: skip
        try:
            await asyncio.sleep(6.0)
            status, _ = await asyncio.to_thread(
                self.prefix.run, [self.built.installer, "/S"], _INSTALL_S
            )
        finally:
            running.terminate()
            await asyncio.to_thread(running.wait)
        self.hold("refused_while_running", held=status == _RUNS, why=str(status))
        self.prefix.close()

    def damaged_refused(self) -> None:
        """One byte in the middle is another."""
        damaged = self.out / "damaged.exe"
        data = bytearray(self.built.installer.read_bytes())
        data[len(data) // 2] ^= 0xFF
        damaged.write_bytes(data)
        before = self.prefix.registry(_KEY, "Version")
        status, _ = self.prefix.run([damaged, "/S", "/D=C:\\damaged"], _INSTALL_S)
        nothing = not self.prefix.path("C:\\damaged").exists()
        same = self.prefix.registry(_KEY, "Version") == before
        damaged.unlink()
        self.hold("damaged_refused", held=status != 0 and nothing and same, why=str(status))

    def cannot_be_written(self) -> None:
        """A file where it should be, too long a name, other people's files: in words."""
        before = self.prefix.registry(_KEY, "InstallDir")
        (self.prefix.drive / "taken").write_text("a file", encoding="utf-8")
        said = []
        for folder in ("C:\\taken\\Gwanje", "C:\\" + "long" * 70, "C:\\users"):
            log = self.out / "refused.log"
            status, _ = self.prefix.run(
                [self.built.installer, "/S", f"/LOG={windows(log)}", f"/D={folder}"], _INSTALL_S
            )
            words = log.read_text("utf-16") if log.exists() else ""
            said.append(status == _FAILED and folder[:12] in words)
        same = self.prefix.registry(_KEY, "InstallDir") == before
        self.hold("bad_folders_refused", held=all(said) and same, why=f"{said} {same}")

    def broken_caught(self) -> None:
        """The negative control: a program without its codecs must fail the same test."""
        hidden = self.version / "lib" / "av.libs"
        away = hidden.rename(hidden.with_name("av.away"))
        caught = Proof(self.prefix, self.built, self.out)
        caught.self_test("a program without its codecs passes")
        away.rename(hidden)
        self.hold("broken_caught", held=bool(caught.faults))

    def removed(self) -> None:
        """All of it but the data; with /PURGE those, too."""
        data = next(self.prefix.drive.glob("users/*/AppData/Local")) / "gwanje"
        (self.home / "note.txt").write_text("somebody else's", encoding="utf-8")
        status, _ = self.prefix.run(
            [self.home / "uninstall.exe", "/S", *_last(f"_?={self.folder}")], _INSTALL_S
        )
        left = [path.name for path in self.home.rglob("*")] if self.home.exists() else []
        gone = self.prefix.registry(_KEY, "Version") == ""
        # Run in place it cannot take itself away: `_?=` is what makes it wait.
        clean = set(left) <= {"note.txt", "uninstall.exe"} and data.is_dir() and gone
        self.hold(
            "uninstalled_clean", held=status == 0 and clean, why=f"{status} {left[:5]} {gone}"
        )

    def signed(self) -> None:
        """By a certificate made here: what was signed verifies, what was altered does not."""
        certificate, key = self.out / "sign.pem", self.out / "sign.key"
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
                "/CN=Gwanje test", "-addext", "extendedKeyUsage=codeSigning", "-keyout", str(key),
                "-out", str(certificate),
            ],
            check=True, capture_output=True,
        )  # fmt: skip
        file = self.out / "signed.exe"
        shutil.copy(self.prefix.path(FOLDER) / "gwanje.exe", file)
        subprocess.run(
            [sys.executable, str(BUILD.with_name("signing.py")), certificate, key, file], check=True
        )
        fine = _verifies(file, certificate)
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 0xFF
        file.write_bytes(data)
        self.hold("signature_verified", held=fine)
        self.hold("altered_signature_refused", held=not _verifies(file, certificate))

    def msi_refused(self, file: Path) -> None:
        """Over the installer's it says what to do, in both languages, and changes nothing."""
        before = self.prefix.registry(_KEY, "InstallDir")
        status, _ = self.prefix.run(["msiexec", "/i", windows(file), "/qn"], _INSTALL_S)
        same = self.prefix.registry(_KEY, "InstallDir") == before != ""
        same = same and not self.prefix.path(_MSI_FOLDER).exists()
        said = subprocess.run(
            ["msiinfo", "export", str(file), "LaunchCondition"], capture_output=True, check=True
        ).stdout.decode()  # fmt: skip
        words = all(one in said for one in ("제거한 뒤에", "remove Gwanje", "더 새로운 버전"))
        self.hold(
            "msi_over_installer_refused", held=status == _MSI_FAILED and same and words,
            why=f"{status} {same} {words}",
        )  # fmt: skip

    def msi(self, file: Path) -> None:
        """The same by group policy's own way: installed, tested, removed."""
        status, _ = self.prefix.run(["msiexec", "/i", windows(file), "/qn"], _INSTALL_S)
        same = Proof(self.prefix, self.built, self.out, folder=_MSI_FOLDER)
        there = (same.home / "gwanje.exe").is_file()
        if there:
            same.self_test("msi_selftest_ok")
        mixed, _ = self.prefix.run([self.built.installer, "/S"], _INSTALL_S)
        gone, _ = self.prefix.run(["msiexec", "/x", windows(file), "/qn"], _INSTALL_S)
        left = [path.name for path in same.home.rglob("*")] if same.home.exists() else []
        self.hold(
            "msi", held=status == gone == 0 and there and not left and not same.faults,
            why=f"{status} {gone} {there} {left[:5]}",
        )  # fmt: skip
        self.hold("installer_over_msi_refused", held=mixed == _FAILED, why=str(mixed))


def _verifies(file: Path, authority: Path) -> bool:
    done = subprocess.run(
        ["osslsigncode", "verify", "-CAfile", str(authority), "-in", str(file)],
        capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode == 0


def _last(option: str) -> list[str]:
    """NSIS wants it without quotes; Wine puts them around every argument that has a space."""
    return option.split(" ")


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


async def prove(proof: Proof) -> None:
    proof.installed()
    windows_asked.nothing_unasked(proof)
    proof.upgraded()
    proof.half_an_upgrade()
    # As whoever installs VLC puts it there; with a double, for VideoLAN's own is not fetched.
    vlc_double(proof.home / "vlc")
    told = proof.self_test()
    shutil.rmtree(proof.home / "vlc")
    proof.told["selftest"] = told.get("parts", {})
    proof.hold("clip_player_begins", held=told.get("parts", {}).get("clip_player") == "ok")
    await proof.wall()
    await proof.refused_while_it_runs()
    proof.damaged_refused()
    proof.broken_caught()
    proof.signed()
    proof.cannot_be_written()
    updated(proof, proof.built)
    falls_back(proof)
    served(proof, proof.built.installer)
    windows_asked.asked(proof, proof.built.installer)
    proof.folder = moved(proof, proof.built.installer)
    windows_asked.asked_after_move(proof)
    # There, for `reg` says the Hangul of the other folder as question marks.
    facts(proof, proof.built.installer)
    msi = proof.built.installer.with_suffix(".msi")
    proof.msi_refused(msi)
    proof.removed()
    windows_asked.asked_at_removal(proof)
    unserved(proof)
    proof.msi(msi)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", action="store_true", help="do not build a second time to compare")
    parser.add_argument("--guide", action="store_true", help="renew its pages in docs/guide")
    parser.add_argument("--reuse", action="store_true", help="prove what was built before")
    given = parser.parse_args()
    say(machine.one_line())
    if lacking := wine.missing():
        say(f"missing: {', '.join(lacking)} (apt install wine64 nsis gcc-mingw-w64-x86-64)")
        return 2
    out = out_folder() / "windows"
    built = windows_builds.found(out) if given.reuse else None
    built = built or windows_builds.build(out, twice=not given.once)
    pictures = out / "proof"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="gwanje-wine-") as folder, screen() as seen:
        prefix = Prefix(Path(folder) / "prefix", seen.environment)
        try:
            prefix.make(next(built.tree.glob("versions/*/lib/PySide6/Qt6Core.dll")))
            windows_asked.record(prefix)
            if given.guide:
                windows_pages.renew(prefix, built.installer, seen)
            proof = Proof(prefix, built, pictures)
            asyncio.run(prove(proof))
        finally:
            prefix.close()
    return tell(proof)


def tell(proof: Proof) -> int:
    """The exit status: whether what must hold held."""
    built = proof.built
    figures = {**built.told, "installer": built.installer.name, **proof.told}
    if not built.told.get("built_twice_identical", True):
        proof.faults.append("built twice: other bytes")
    proof.faults += windows_limits.faults(figures)
    say(windows_limits.compared(figures))
    for fault in proof.faults:
        say(f"FAULT: {fault}")
    print(json.dumps(figures, ensure_ascii=False), flush=True)
    return 1 if proof.faults else 0


if __name__ == "__main__":
    sys.exit(main())
