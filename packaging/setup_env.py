"""Sets up all that `make demo` and `make test` need; does nothing when all is there.

Standard library only, and no syntax newer than Python 3.8, so that an old Python gets a sentence
instead of a stack trace. Exit status: 0 ready, 1 a step failed, 2 a person has to do something.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
TABLE = HERE / "system_packages.txt"
TRANSLATIONS = ROOT / "resources" / "translations"

OLDEST, NEWEST = (3, 11), (3, 13)  # qasync 0.28 hangs at shutdown on 3.14; see pyproject.toml
# The environment with the tools takes 0.9 GB, and pip unpacks beside it before it moves.
FREE_BYTES = 2 * 1024**3

# Minimal Debian images leave /usr/share/doc out, where the demo's footage lives.
FOOTAGE = Path("/usr/share/doc/opencv-doc/examples/data/vtest.avi")
KEEP_FOOTAGE = "Dpkg::Options::=--path-include=/usr/share/doc/opencv-doc/examples/data/vtest.avi"


class Stop(Exception):  # noqa: N818 - not an error of this program
    """Something a person has to do; the words are in both languages."""


class StepFailed(Exception):  # noqa: N818
    """A command of ours failed and has said why itself."""


class Package(NamedTuple):
    names: tuple[str, ...]
    why_ko: str
    why_en: str


class Kind(NamedTuple):
    """One environment: which packages of the system, which lock, which folder."""

    groups: tuple[str, ...]
    lock: str
    folder: str


KINDS: dict[str, Kind] = {
    "run": Kind(("run",), "requirements.lock", ".venv"),
    "dev": Kind(("run", "dev"), "requirements-dev.lock", ".venv"),
    "linux": Kind(("run", "dev", "linux"), "requirements-dev.lock", ".venv"),
    "windows": Kind(("run", "dev", "windows"), "requirements-dev.lock", ".venv"),
    "bench": Kind(("run", "dev", "bench"), "requirements-bench.lock", ".venv-bench"),
}


def say(ko: str, en: str) -> None:
    print(f"[gwanje] {ko} / {en}", flush=True)


def run(command: Sequence[str]) -> None:
    """Keeps what the command says for the case that it fails."""
    done = subprocess.run(
        list(command), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise StepFailed(" ".join(command))


# --------------------------------------------------------------------------- packages of the system


def packages(table: str, groups: Sequence[str]) -> Iterator[Package]:
    for line in table.splitlines():
        if line.strip() and not line.startswith("#"):
            group, names, why_ko, why_en = (part.strip() for part in line.split("|"))
            if group in groups:
                yield Package(tuple(names.split("/")), why_ko, why_en)


def installed() -> dict[str, bool]:
    listed = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    ).stdout
    return {name: state == "installed" for name, state in map(str.split, listed.splitlines())}


def missing_of(wanted: Iterator[Package], have: dict[str, bool]) -> list[Package]:
    return [
        package
        for package in wanted
        if not any(have.get(name) for name in package.names)
        or ("opencv-doc" in package.names and not FOOTAGE.exists())
    ]


def as_root() -> list[str] | None:
    """What to put before a command to run it as root without a question; None if impossible."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and not subprocess.run(
            ["sudo", "-n", "true"], stderr=subprocess.DEVNULL, check=False
        ).returncode
    ):
        return ["sudo", "-n"]
    return None


def known_name(package: Package) -> str:
    for name in package.names:
        found = subprocess.run(
            ["apt-cache", "show", "--no-all-versions", name],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        if found.returncode == 0:
            return name
    return package.names[0]


def ensure_system(groups: Sequence[str]) -> None:
    wanted = packages(TABLE.read_text(encoding="utf-8"), groups)
    if not shutil.which("dpkg-query"):
        say("데비안이 아닙니다. 시스템 라이브러리는 packaging/system_packages.txt를 보세요",
            "not Debian: see packaging/system_packages.txt for the system libraries")  # fmt: skip
        return
    missing = missing_of(wanted, installed())
    if not missing:
        return
    root = None if os.environ.get("GWANJE_NO_APT") else as_root()
    if root is None:
        raise Stop(words_for(missing))
    say(
        f"시스템 꾸러미 {len(missing)}개를 설치합니다", f"installing {len(missing)} system packages"
    )
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    apt += ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    run([*apt, "update"])
    names = [known_name(package) for package in missing]
    again = ["--reinstall"] if "opencv-doc" in names and installed().get("opencv-doc") else []
    run([*apt, "-o", KEEP_FOOTAGE, "install", "-y", "--no-install-recommends", *again, *names])


def words_for(missing: Sequence[Package]) -> str:
    width = max(len(package.names[0]) for package in missing)
    lines = [
        f"  {package.names[0]:<{width}}  {package.why_ko} / {package.why_en}" for package in missing
    ]
    names = " ".join(package.names[0] for package in missing)
    return "\n".join(
        [
            "다음 꾸러미가 없습니다. 관리자 권한으로 설치한 뒤 다시 실행하세요.",
            "These packages are missing. Install them as root, then run this again:",
            *lines,
            f"  apt-get update && apt-get install --no-install-recommends {names}",
        ]
    )


# ------------------------------------------------------------------------- Python and its packages


def version_of(python: str) -> tuple[int, int] | None:
    """The version that `python` really runs: a shim may be there and run nothing."""
    try:
        answer = subprocess.run(
            [python, "-c", "import sys; print(sys.version_info[0], sys.version_info[1])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=30,
            check=False,
        )
        major, minor = answer.stdout.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def fits(version: tuple[int, int] | None) -> bool:
    return version is not None and OLDEST <= version <= NEWEST


def find_python() -> str:
    asked = os.environ.get("GWANJE_PYTHON")
    names = ["python3", "python3.13", "python3.12", "python3.11"]
    candidates = [asked] if asked else [sys.executable, *names, "/usr/bin/python3"]
    seen = {candidate: version_of(candidate) for candidate in candidates}
    for candidate, version in seen.items():
        if fits(version):
            return candidate
    found = ", ".join(f"{name} {v[0]}.{v[1]}" for name, v in seen.items() if v) or "-"
    raise Stop(
        f"Python 3.11–3.13이 필요합니다 (찾은 것: {found}). GWANJE_PYTHON으로 지정할 수 있습니다.\n"
        f"Python 3.11 to 3.13 is needed (found: {found}). GWANJE_PYTHON may name one."
    )


def ensure_environment(kind: Kind) -> None:
    folder = ROOT / kind.folder
    free = shutil.disk_usage(str(ROOT)).free
    if free < FREE_BYTES:
        raise Stop(
            f"디스크 공간이 부족합니다: {free / 1e9:.1f} GB 남음, {FREE_BYTES / 1e9:.1f} GB 필요.\n"
            f"Not enough disk space: {free / 1e9:.1f} GB left, {FREE_BYTES / 1e9:.1f} GB needed."
        )
    python = folder / "bin" / "python"
    if not fits(version_of(str(python))):
        source = find_python()
        say(f"{kind.folder} 환경을 만듭니다 ({source})", f"making {kind.folder} ({source})")
        run([source, "-m", "venv", "--clear", str(folder)])
    say(f"{kind.lock}의 꾸러미를 설치합니다", f"installing what {kind.lock} names")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        [
            *pip,
            "--no-deps",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "-r",
            str(HERE / kind.lock),
        ]
    )


# ------------------------------------------------------------------------------------ translations


def compile_translations(folder: Path = TRANSLATIONS) -> None:
    lrelease = ROOT / ".venv" / "bin" / "pyside6-lrelease"
    for source in sorted(folder.glob("*.ts")):
        target = source.with_suffix(".qm")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            # To a name of its own first: a console that starts now must not read half a file.
            fresh = target.with_suffix(f".{os.getpid()}.tmp")
            try:
                run([str(lrelease), "-silent", str(source), "-qm", str(fresh)])
                fresh.replace(target)
            finally:
                fresh.unlink(missing_ok=True)


# --------------------------------------------------------------------------------------- the whole


def key_of(kind: Kind) -> str:
    """Changes whenever the set-up has something to do again."""
    digest = hashlib.sha256(str(ROOT).encode())  # a moved environment does not work any more
    for file in (HERE / kind.lock, TABLE, Path(__file__).resolve()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_ready(name: str) -> bool:
    """What dev needs is more than what run needs: its stamp is good for both."""
    names = ("run", "dev") if name == "run" else (name,)
    return any(
        stamp.exists() and stamp.read_text() == key_of(KINDS[each])
        for each in names
        for stamp in [stamp_of(each)]
    )


def stamp_of(name: str) -> Path:
    return ROOT / KINDS[name].folder / f"ready-{name}"


def set_up(name: str) -> None:
    kind = KINDS[name]
    if not is_ready(name):
        cache = ROOT / ".cache"
        cache.mkdir(exist_ok=True)
        with (cache / "set-up.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # a second run waits here, then finds all ready
            if not is_ready(name):
                ensure_system(kind.groups)
                ensure_environment(kind)
                stamp_of(name).write_text(key_of(kind))
                say("준비되었습니다", "ready")
    if kind.folder == ".venv":
        compile_translations()


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without 한글
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", nargs="?", choices=sorted(KINDS), default="run")
    try:
        set_up(parser.parse_args().kind)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    except StepFailed as step:
        say(f"준비하지 못했습니다: {step}", f"set-up failed at: {step}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
