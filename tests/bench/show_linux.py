"""`make show-linux`: the packages for Debian, built here and proved in a fresh Debian 12.

In a room of its own (debootstrap, systemd-nspawn): installed by apt with nothing but what they ask
for, every part of the console tried as an ordinary user; then booted with systemd: the hub under
its unit, killed, wrongly set, with its relay, backed up, upgraded from an older version while it
runs, not downgraded, restored, removed, purged. The last line is one JSON object; the exit status
says whether what must hold held. Needs root; nothing is installed on this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.architecture.sources import ROOT
from tests.bench import debian_room, machine
from tests.bench.debian_room import Room
from tests.bench.machine import out_folder
from tests.bench.screen import screen

_OLD: Final = "0.0.9"
_NAMES: Final = ("gwanje-hub", "gwanje")
_DEBS: Final = "/debs"
_HUB, _BACKUP = "gwanje-hub.service", "gwanje-hub-backup.service"
_SECONDS: Final = 60.0
_LOOK_SECONDS: Final = 0.2
# Where apt does not bring recommended packages, printing to a printer is what is missing.
_ONLY_RECOMMENDED: Final = {"libcups.so.2"}
_ASK: Final = """
import ssl, urllib.request
trust = ssl.create_default_context(cafile="/var/lib/gwanje-hub/tls/ca.pem")
with urllib.request.urlopen("https://127.0.0.1:8443/healthz", context=trust) as answer:
    print(answer.read().decode())
"""
_ASK_RELAY: Final = """
import socket, ssl
trust = ssl.create_default_context(cafile="/var/lib/gwanje-hub/tls/ca.pem")
with socket.create_connection(("127.0.0.1", 8554)) as plain:
    with trust.wrap_socket(plain, server_hostname="localhost") as relay:
        relay.send(b"OPTIONS rtsps://localhost:8554/ RTSP/1.0\\r\\nCSeq: 1\\r\\n\\r\\n")
        print(relay.recv(300).decode().splitlines()[0])
"""


@dataclass
class Proof:
    """Step after step in one room; `told` is what the last line says."""

    room: Room
    packages: dict[str, Path]
    out: Path
    told: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def hold(self, name: str, *, held: bool, why: str = "") -> None:
        self.told[name] = held
        say(f"{name}: {'yes' if held else 'NO ' + why}")
        if not held:
            self.faults.append(f"{name} {why}".strip())

    def script(self, text: str) -> tuple[int, str]:
        return self.room.run(["python3", "-c", text])

    def systemctl(self, *words: str) -> str:
        return self.room.run(["systemctl", *words])[1].strip()

    def shows(self, what: str, unit: str = _HUB) -> str:
        return self.systemctl("show", "--property", what, "--value", unit)

    def serves(self) -> bool:
        return self.waited(lambda: '"ok":true' in self.script(_ASK)[1])

    def waited(self, condition: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + _SECONDS
        while not (held := condition()) and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS)
        return held

    def version(self, name: str) -> str:
        return self.room.run(["dpkg-query", "-W", "-f", "${Version}\\n", name])[1].strip()

    # --------------------------------------------------------------------- before it is booted

    def installed(self) -> None:
        """The older ones, with nothing that they do not ask for."""
        debs = self.room.root / _DEBS.lstrip("/")
        debs.mkdir()
        files = [f"{_DEBS}/{older(path, debs).name}" for path in self.packages.values()]
        begun = time.monotonic()
        status, said = self.room.run(
            ["apt-get", "install", "-qy", "--no-install-recommends", *files]
        )
        self.told["install_s"] = round(time.monotonic() - begun, 1)
        versions = {self.version(name) for name in _NAMES}
        self.hold("installed", held=status == 0 and versions == {_OLD}, why=said[-800:])

    def depends_complete(self) -> None:
        """Every shared library finds what it is linked to."""
        look = "find /usr/lib/gwanje* -name '*.so*' -type f -exec ldd {} + 2>/dev/null"
        _, said = self.room.run(["sh", "-c", look])
        lost = {line.split()[0] for line in said.splitlines() if "not found" in line}
        linked = said.count("=>")
        self.hold(
            "depends_complete", held=lost <= _ONLY_RECOMMENDED and linked > 1000,
            why=f"{sorted(lost)} {linked}",
        )  # fmt: skip

    def self_test(self) -> None:
        """By an ordinary user, in a window of the screen's."""
        self.room.run(["useradd", "--create-home", "watcher"])
        file = "/home/watcher/self-test.json"
        as_watcher = ["runuser", "-u", "watcher", "--"]
        with screen() as seen:
            display = seen.environment["DISPLAY"]
            status, said = self.room.run(
                [*as_watcher, "gwanje", "--self-test", file], DISPLAY=display, HOME="/home/watcher"
            )
        _, text = self.room.run(["cat", file])
        told: dict[str, Any] = json.loads(text) if text.startswith("{") else {}
        self.told["selftest"] = told.get("parts", {})
        fine = status == 0 and told.get("ok") and told.get("qt_platform") == "xcb"
        self.hold("selftest_ok", held=bool(fine), why=said[-400:])
        status, said = self.room.run([*as_watcher, "gwanje", "--layout", "37"])
        self.hold("wrong_option_told", held=status == 2 and "화면분할" in said, why=said)

    def recommended(self) -> None:
        """What the relay needs; while the room still sees a network."""
        fields = subprocess.run(
            ["dpkg-deb", "--field", str(self.packages["gwanje-hub"]), "Recommends"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        names = [part.split("|")[0].strip() for part in fields.split(",")]
        status, said = self.room.run(
            ["apt-get", "install", "-qy", "--no-install-recommends", *names]
        )
        self.hold("recommends_there", held=status == 0, why=said[-400:])

    def lintian(self) -> None:
        """Errors only; what a bundle of wheels cannot help is in its overrides, with reasons."""
        self.room.sources()
        self.room.run(["apt-get", "-q", "update"])
        self.room.run(["apt-get", "install", "-qy", "--no-install-recommends", "lintian"])
        for path in self.packages.values():
            shutil.copy(path, self.room.root / _DEBS.lstrip("/"))
        files = [f"{_DEBS}/{path.name}" for path in self.packages.values()]
        status, said = self.room.run(
            ["lintian", "--allow-root", "--fail-on", "error", "--tag-display-limit", "0", *files],
            1800.0,
        )
        errors = [line for line in said.splitlines() if line.startswith("E:")]
        (self.out / "lintian.txt").write_text(said, encoding="utf-8")
        self.hold("lintian_no_errors", held=status == 0, why=f"{status} {errors[:5]} {said[-200:]}")

    # ---------------------------------------------------------------------- booted, with systemd

    def units_sound(self) -> None:
        units = [_HUB, _BACKUP, "gwanje-hub-backup.timer"]
        status, said = self.room.run(["systemd-analyze", "verify", *units])
        self.hold("units_verified", held=status == 0 and not said.strip(), why=said)
        timer = self.systemctl("is-active", "gwanje-hub-backup.timer")
        self.hold("enabled", held=timer == "active" and self.shows("UnitFileState") == "enabled")

    def hub_serves(self) -> None:
        self.systemctl("start", _HUB)
        pid = self.shows("MainPID")
        _, user = self.room.run(["stat", "-c", "%U", f"/proc/{pid}"])
        first = "/var/lib/gwanje-hub/first-password.txt"
        up = self.serves()
        _, mode = self.room.run(["stat", "-c", "%U %a", first])
        self.hold(
            "hub_serves",
            held=up and (user.strip(), mode.strip()) == ("gwanje-hub", "gwanje-hub 600"),
            why=f"{up} {user} {mode}",
        )  # fmt: skip

    def killed(self) -> None:
        before = self.shows("MainPID")
        self.systemctl("kill", "--signal", "KILL", _HUB)
        again = self.waited(lambda: self.shows("MainPID") not in {"0", before}) and self.serves()
        self.hold("back_after_kill_9", held=again and self.shows("NRestarts") == "1")

    def wrong_setting(self) -> None:
        """It says what is wrong, in both languages, and is not started again and again."""
        self.settings("bogus = 1\n")
        self.systemctl("restart", _HUB)
        down = self.waited(lambda: self.shows("ActiveState") == "failed")
        _, said = self.room.run(["journalctl", "-u", _HUB, "--no-pager"])
        told = "‘bogus’: 없는 설정" in said and '"bogus": no such key' in said
        held = (
            down and told and self.shows("ExecMainStatus") == "2" and self.shows("NRestarts") == "0"
        )
        self.hold("wrong_setting_told_once", held=held, why=said[-300:])

    def relay(self) -> None:
        self.settings('host = "0.0.0.0"\nrelay = "gst"\nrelay_host = "0.0.0.0"\n')
        self.systemctl("start", _HUB)
        answered = self.serves() and self.waited(lambda: "200 OK" in self.script(_ASK_RELAY)[1])
        self.hold("relay_serves_rtsps", held=answered, why=self.script(_ASK_RELAY)[1])

    def settings(self, lines: str) -> None:
        """In place of what an earlier step has set."""
        file = self.room.root / "etc/gwanje/hub.toml"
        text = file.read_text(encoding="utf-8").partition("# of the proof\n")[0]
        file.write_text(f"{text}# of the proof\n{lines}", encoding="utf-8")

    def backed_up(self) -> None:
        self.systemctl("start", _BACKUP)
        made = sorted((self.room.root / "var/backups/gwanje-hub").glob("hub-*.db"))
        key = self.room.root / "var/backups/gwanje-hub/keys/hub.key"
        fine = bool(made) and key.is_file() and self.shows("Result", _BACKUP) == "success"
        self.hold("backup", held=fine, why=str(made))

    def upgraded(self) -> None:
        """By apt from a folder, as from a stick, while the hub runs."""
        debs = self.room.root / _DEBS.lstrip("/")
        for path in (
            *self.packages.values(),
            next(iter(self.packages.values())).parent / "Packages",
        ):
            shutil.copy(path, debs)
        self.room.sources(f"deb [trusted=yes] file:{_DEBS} ./\n")
        self.room.run(["apt-get", "-q", "update"])
        before = self.shows("MainPID")
        status, said = self.room.run(["apt-get", "install", "-qy", "--only-upgrade", *_NAMES])
        versions = {self.version(name) for name in _NAMES}
        fresh = self.serves() and self.shows("MainPID") != before
        kept = "of the proof" in (self.room.root / "etc/gwanje/hub.toml").read_text("utf-8")
        copies = list((self.room.root / "var/backups/gwanje-hub").glob("hub-*.db"))
        self.hold(
            "upgraded_while_running",
            held=status == 0 and _OLD not in versions and fresh and kept and len(copies) > 1,
            why=f"{status} {versions} {fresh} {kept} {len(copies)} {said[-600:]}",
        )

    def downgrade_refused(self) -> None:
        before = self.version("gwanje-hub")
        status, said = self.room.run(["dpkg", "-i", f"{_DEBS}/gwanje-hub_{_OLD}_amd64.deb"])
        same = self.version("gwanje-hub") == before and self.serves()
        self.hold(
            "downgrade_refused", held=status != 0 and "no way back" in said and same, why=said
        )

    def restored(self) -> None:
        newest = max((self.room.root / "var/backups/gwanje-hub").glob("hub-*.db")).name
        self.systemctl("stop", _HUB)
        status, said = self.room.run(["gwanje-hub", "restore", newest, "--replace"])
        self.systemctl("start", _HUB)
        sound, words = self.room.run(["gwanje-hub", "check"])
        self.hold("restored", held=status == sound == 0 and self.serves(), why=said + words)

    def nothing_written(self) -> None:
        """After all of this: under /usr there is what dpkg brought, as it brought it."""
        _, changed = self.room.run(["dpkg", "--verify", *_NAMES])
        odd = [line for line in changed.splitlines() if "/etc/gwanje/hub.toml" not in line]
        _, listed = self.room.run(["dpkg", "-L", *_NAMES])
        _, there = self.room.run(["sh", "-c", "find /usr/lib/gwanje /usr/lib/gwanje-hub"])
        more = set(there.splitlines()) - set(listed.splitlines())
        self.hold("nothing_written_under_usr", held=not odd and not more, why=f"{odd} {more}")

    def removed(self) -> None:
        status, said = self.room.run(["apt-get", "remove", "-qy", *_NAMES])
        self.hold(
            "removed_but_data", held=status == 0 and not self.left() and self.data(),
            why=f"{self.left()} {said[-300:]}",
        )  # fmt: skip

    def purged(self) -> None:
        """Keeps the ledger; with the marker in its folder it goes as well."""
        self.room.run(["apt-get", "purge", "-qy", *_NAMES])
        settings = (self.room.root / "etc/gwanje").exists()
        self.hold("purged_but_ledger", held=not settings and not self.left() and self.data())
        self.room.run(["apt-get", "install", "-qy", "--no-install-recommends", "gwanje-hub"])
        (self.room.root / "var/lib/gwanje-hub/DELETE-ON-PURGE").touch()
        self.room.run(["apt-get", "purge", "-qy", "gwanje-hub"])
        user, _ = self.room.run(["getent", "passwd", "gwanje-hub"])
        gone = not self.data() and not self.left() and user != 0
        self.hold("purged_with_marker", held=gone, why=f"{self.left()} {user}")

    def left(self) -> list[str]:
        """Whatever is called so, but data and settings (which units are enabled is one)."""
        _, said = self.room.run(["find", "/usr", "/etc", "/lib/systemd", "-name", "gwanje*"])
        lines = said.splitlines()
        return [one for one in lines if one != "/etc/gwanje" and ".wants/" not in one]

    def data(self) -> bool:
        folders = (self.room.root / "var/lib/gwanje-hub", self.room.root / "var/backups/gwanje-hub")
        return all(folder.is_dir() and any(folder.iterdir()) for folder in folders)


def older(package: Path, into: Path) -> Path:
    """The same program under an older number."""
    name = package.name.split("_")[0]
    with tempfile.TemporaryDirectory(prefix="gwanje-older-", dir=into) as folder:
        subprocess.run(["dpkg-deb", "-R", str(package), folder], check=True)
        for file in (Path(folder) / "DEBIAN").glob("*"):
            if file.name in {"control", "preinst"}:
                text = file.read_text(encoding="utf-8")
                file.write_text(text.replace(package.name.split("_")[1], _OLD), encoding="utf-8")
        made = into / f"{name}_{_OLD}_amd64.deb"
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", folder, str(made)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return made


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def built(given: argparse.Namespace, out: Path) -> dict[str, Any]:
    if given.reuse:
        found = {name: next(out.glob(f"{name}_[0-9]*.deb")) for name in _NAMES}
        return {name: {"file": str(file)} for name, file in found.items()}
    command = [sys.executable, "-m", "linux.build", "--out", str(out)]
    if not given.once:
        command.append("--twice")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "packaging")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def prove(proof: Proof, *, lintian: bool) -> None:
    proof.installed()
    proof.depends_complete()
    proof.self_test()
    proof.recommended()
    with proof.room.booted():
        for step in (
            proof.units_sound, proof.hub_serves, proof.killed, proof.wrong_setting, proof.relay,
            proof.backed_up, proof.upgraded, proof.downgrade_refused, proof.restored,
            proof.nothing_written, proof.removed, proof.purged,
        ):  # fmt: skip
            step()
    if lintian:
        proof.lintian()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", action="store_true", help="do not build a second time to compare")
    parser.add_argument("--reuse", action="store_true", help="prove what was built before")
    parser.add_argument("--lintian", action="store_true", help="Debian's own checker as well")
    given = parser.parse_args()
    say(machine.one_line())
    if lacking := debian_room.missing():
        say(f"missing: {', '.join(lacking)}")
        return 2
    out = out_folder() / "linux"
    told = built(given, out)
    packages = {name: Path(told[name]["file"]) for name in _NAMES}
    with tempfile.TemporaryDirectory(prefix="gwanje-room-") as folder:
        room = Room(Path(folder) / "root")
        room.make()
        proof = Proof(room, packages, out)
        prove(proof, lintian=given.lintian)
    for fault in proof.faults:
        say(f"FAULT: {fault}")
    print(json.dumps({**told, **proof.told}, ensure_ascii=False), flush=True)
    return 1 if proof.faults or not told.get("built_twice_identical", True) else 0


if __name__ == "__main__":
    sys.exit(main())
