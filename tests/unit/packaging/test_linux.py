"""What makes the packages for Debian: packaging/linux."""

from __future__ import annotations

import configparser
import hashlib
import importlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from app.hub.config import load
from tests.architecture.sources import ROOT

FOLDER = ROOT / "packaging" / "linux"
NAMES = ("inputs", "closure", "tree", "control", "deb", "build")
UNITS = ("gwanje-hub.service", "gwanje-hub-backup.service", "gwanje-hub-backup.timer")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    """Its modules, with packaging/ where Python looks."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    yield {name: importlib.import_module(f"linux.{name}") for name in NAMES}
    for name in [*(name for name in sys.modules if name.startswith("linux.")), "linux"]:
        sys.modules.pop(name, None)


def wheel(folder: Path, project: str, modules: list[str], *requires: str) -> Path:
    """As small as one can be."""
    path = folder / f"{project}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as packed:
        for module in modules:
            packed.writestr(module, "")
        lines = "".join(f"Requires-Dist: {one}\n" for one in requires)
        packed.writestr(f"{project}-1.0.dist-info/METADATA", f"Name: {project}\n{lines}\n")
    return path


def read_unit(name: str) -> configparser.ConfigParser:
    """One word may stand several times in a unit: the last is read here."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(FOLDER / "hub" / name, encoding="utf-8")
    return unit


# ------------------------------------------------------------------------------------- the closure


def test_what_is_imported_is_needed_and_what_that_asks_for(
    made: dict[str, ModuleType], tmp_path: Path
) -> None:
    wheels = [
        wheel(tmp_path, "web_side", ["web/__init__.py"], "Core.Part>=1", "other; extra == 'all'"),
        wheel(tmp_path, "core_part", ["corepart.py"], 'only-windows>2; sys_platform == "win32"'),
        wheel(tmp_path, "other", ["other.cpython-311-x86_64-linux-gnu.so"]),
    ]
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.py").write_text("import os, app.x\ndef late():\n    from web.parts import y\n")
    needed = made["closure"].needed([source], wheels)
    assert [made["closure"].project_of(one) for one in needed] == ["core-part", "web-side"]
    (source / "b.py").write_text("import gi\nimport nobody_has_it.part\n")
    with pytest.raises(made["build"].WrongInput, match="nobody_has_it"):
        made["closure"].needed([source], wheels)


def test_an_extra_is_followed_where_it_is_asked_for(
    made: dict[str, ModuleType], tmp_path: Path
) -> None:
    """The product asks for psycopg[binary], which brings the library of PostgreSQL."""
    wheels = [
        wheel(tmp_path, "psycopg", ["psycopg/__init__.py"], "psycopg-binary; extra == 'binary'",
              "psycopg-pool; extra == 'pool'"),
        wheel(tmp_path, "psycopg_binary", ["psycopg_binary/__init__.py"]),
        wheel(tmp_path, "psycopg_pool", ["psycopg_pool/__init__.py"]),
    ]  # fmt: skip
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.py").write_text("import psycopg\n")
    found = {made["closure"].project_of(one) for one in made["closure"].needed([source], wheels)}
    assert found == {"psycopg", "psycopg-binary"}


def test_the_hub_imports_neither_screen_nor_codecs(made: dict[str, ModuleType]) -> None:
    parts = [ROOT / part for part in made["tree"].HUB_PARTS if (ROOT / part).is_dir()]
    found = set(made["closure"].imported(parts))
    assert found >= {"fastapi", "sqlalchemy", "cryptography", "app"}
    assert not found & {"PySide6", "av", "vlc", "qasync", "ui", "keyring"}


def test_its_part_of_app_is_what_the_contract_lets_it_know(made: dict[str, ModuleType]) -> None:
    modules = {path.name for path in (ROOT / "app").iterdir() if path.name != "__pycache__"}
    shipped = {part.removeprefix("app/") for part in made["tree"].HUB_PARTS}
    assert shipped == {"__init__.py", "hub", "domain", "formats", "wire"}
    assert shipped < modules


# -------------------------------------------------------------------------------------- the inputs


@pytest.mark.parametrize(
    ("answer", "said"), [("echo 3 10", "3.10"), ("echo 3 14", "3.14"), ("exit 127", "찾은 것: -")]
)
def test_a_wrong_python_is_told(
    made: dict[str, ModuleType],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    said: str,
) -> None:
    python = tmp_path / "python3"
    python.write_text(f"#!/bin/sh\n{answer}\n")
    python.chmod(0o755)
    monkeypatch.setenv("GWANJE_PYTHON", str(python))
    with pytest.raises(made["build"].WrongInput) as wrong:
        made["inputs"].target()
    assert said in str(wrong.value)
    assert "필요합니다" in str(wrong.value)
    assert "is needed" in str(wrong.value)


def test_the_python_is_named_as_debian_names_it(
    made: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GWANJE_PYTHON", sys.executable)
    target = made["inputs"].target()
    name = f"python3.{sys.version_info[1]}"
    assert target.path == Path("/usr/bin") / name
    assert target.site_packages == Path("lib") / name / "site-packages"


def test_no_space_no_lock_no_tool_are_told_in_both_languages(
    made: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, wrong = made["inputs"], made["build"].WrongInput
    monkeypatch.setattr(inputs, "FREE_BYTES", 1 << 62)
    with pytest.raises(wrong, match=r"공간이 부족[\s\S]*not enough disk space"):
        inputs.check_space(tmp_path)
    monkeypatch.setattr(inputs, "LOCK", tmp_path / "requirements.lock")
    with pytest.raises(wrong, match=r"파일이 없습니다[\s\S]*no such file"):
        inputs.fetched(inputs.Target(Path("/usr/bin/python3.11"), (3, 11)))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(wrong, match=r"없습니다[\s\S]*dpkg-deb is missing"):
        inputs.check_tools()


def test_bad_input_ends_with_2_and_no_trace(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "linux.build", "--out", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "packaging"), "PATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "dpkg-deb is missing" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_oldest_glibc_that_will_do(made: dict[str, ModuleType]) -> None:
    names = [
        "a-1-py3-none-any.whl",
        "b-1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl",
        "c-1-cp311-abi3-manylinux_2_34_x86_64.whl",
    ]
    glibc = made["inputs"].glibc
    assert glibc([Path(name) for name in names]) == (2, 34)
    assert glibc([Path(names[1])]) == (2, 17)
    assert glibc([]) == (2, 17)


# ------------------------------------------------------------------------------------ the packages


@pytest.fixture
def small(made: dict[str, ModuleType], tmp_path: Path) -> Iterator[Path]:
    """A tree of the hub with two files of its own."""
    root = tmp_path / "tree"
    for name, text in (("usr/lib/gwanje-hub/backup", "#!/bin/sh\n"), ("etc/gwanje/hub.toml", "")):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(text)
    yield root
    shutil.rmtree(root, ignore_errors=True)


def fields_of(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if not line.startswith(" ")]
    return dict(line.split(": ", 1) for line in lines)


def test_the_fields_say_what_it_needs(made: dict[str, ModuleType], small: Path) -> None:
    tree, inputs = made["tree"], made["inputs"]
    target = inputs.Target(Path("/usr/bin/python3.11"), (3, 11))
    wheels = [Path("c-1-cp311-abi3-manylinux_2_34_x86_64.whl")]
    made["control"].write(tree.Tree(tree.HUB, small, wheels), target)
    fields = fields_of((small / "DEBIAN" / "control").read_text(encoding="utf-8"))
    assert fields["Package"] == "gwanje-hub"
    assert fields["Architecture"] == "amd64"
    depends = fields["Depends"].split(", ")
    assert {"python3 (>= 3.11)", "python3 (<< 3.12)", "libc6 (>= 2.34)", "adduser"} <= set(depends)
    assert "gir1.2-gst-rtsp-server-1.0" in fields["Recommends"].split(", ")
    assert "glib-networking" in fields["Recommends"].split(", ")
    assert not [name for name in depends if "xcb" in name or "gst" in name]
    sums = (small / "DEBIAN" / "md5sums").read_text().splitlines()
    assert [line.split("  ")[1] for line in sums] == [
        "etc/gwanje/hub.toml",
        "usr/lib/gwanje-hub/backup",
    ]
    assert (small / "DEBIAN" / "conffiles").read_text() == "/etc/gwanje/hub.toml\n"
    assert "@VERSION@" not in (small / "DEBIAN" / "preinst").read_text(encoding="utf-8")


def test_the_console_needs_the_screens_libraries(
    made: dict[str, ModuleType], tmp_path: Path
) -> None:
    tree = made["tree"]
    target = made["inputs"].Target(Path("/usr/bin/python3.13"), (3, 13))
    fields = made["control"].of(tree.Tree(tree.CONSOLE, tmp_path, []), target)
    assert {"libxcb-cursor0", "libegl1", "fonts-noto-cjk", "libglib2.0-0 | libglib2.0-0t64"} <= set(
        fields.depends
    )
    assert {"python3 (>= 3.13)", "python3 (<< 3.14)"} <= set(fields.depends)
    assert "libvlc5" in fields.recommends
    assert "xvfb" not in {*fields.depends, *fields.recommends}
    assert "gir1.2-gst-rtsp-server-1.0" in fields.suggests


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb: not a Debian")
def test_the_same_tree_gives_the_same_bytes_whatever_the_umask(
    made: dict[str, ModuleType], small: Path, tmp_path: Path
) -> None:
    tree, inputs = made["tree"], made["inputs"]
    target = inputs.Target(Path("/usr/bin/python3.11"), (3, 11))
    made["control"].write(tree.Tree(tree.HUB, small, []), target)
    first = made["deb"].make(small, tmp_path / "first.deb")
    for path in small.rglob("*"):
        path.chmod(0o700)
        os.utime(path)
    second = made["deb"].make(small, tmp_path / "second.deb")
    assert first.read_bytes() == second.read_bytes()
    packed = subprocess.run(
        ["dpkg-deb", "--fsys-tarfile", str(first)], capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        members = archive.getmembers()
    modes = {member.name: member.mode for member in members}
    assert modes["./usr/lib/gwanje-hub/backup"] == 0o755
    assert modes["./etc/gwanje/hub.toml"] == 0o644
    assert {(one.uid, one.gid, one.mtime) for one in members} == {(0, 0, 1_767_225_600)}
    assert [one.name for one in members] == sorted(one.name for one in members)


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no dpkg-deb: not a Debian")
def test_a_folder_is_a_source_for_apt(
    made: dict[str, ModuleType], small: Path, tmp_path: Path
) -> None:
    tree, inputs = made["tree"], made["inputs"]
    target = inputs.Target(Path("/usr/bin/python3.11"), (3, 11))
    made["control"].write(tree.Tree(tree.HUB, small, []), target)
    package = made["deb"].make(small, tmp_path / "gwanje-hub_0_amd64.deb")
    fields = fields_of(made["deb"].index(tmp_path).read_text(encoding="utf-8"))
    assert fields["Package"] == "gwanje-hub"
    assert fields["Filename"] == "./gwanje-hub_0_amd64.deb"
    assert fields["Size"] == str(package.stat().st_size)
    assert fields["SHA256"] == hashlib.sha256(package.read_bytes()).hexdigest()


# ------------------------------------------------------------------------------- what is installed


def test_the_settings_as_they_come_start_a_hub(tmp_path: Path) -> None:
    """All of them are comments, and each is one that the hub knows, with a value that it takes."""
    text = (FOLDER / "hub" / "hub.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    lines = [line[1:] for line in text.splitlines() if line[:1] == "#" and line[1:2].islower()]
    offered = tomllib.loads("\n".join(lines))
    assert {"host", "names", "relay", "centre", "database"} <= offered.keys()
    for name in ("tls_certificate", "tls_key", "mediamtx"):
        offered[name] = str(tmp_path / name)
        Path(offered[name]).touch()
    file = tmp_path / "hub.toml"
    keys = {"its_key": "x", "disaster_key": "x"}
    values = {key: json.dumps(value, ensure_ascii=False) for key, value in (offered | keys).items()}
    file.write_text("".join(f"{key} = {value}\n" for key, value in values.items()))
    assert load(file, {}, {}).relay == "gst"


@pytest.mark.parametrize("name", UNITS[:2])
def test_the_services_are_hardened(name: str) -> None:
    service = read_unit(name)["Service"]
    assert service["User"] == service["Group"] == service["StateDirectory"] == "gwanje-hub"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == service["ProtectHome"] == "true"
    assert service["CapabilityBoundingSet"] == ""
    assert "EnvironmentFile" not in service


def test_a_hub_that_fails_does_not_start_for_ever() -> None:
    unit = read_unit("gwanje-hub.service")
    assert unit["Service"]["Restart"] == "on-failure"
    assert unit["Service"]["RestartPreventExitStatus"] == "2"
    assert int(unit["Unit"]["StartLimitBurst"]) == 5
    assert int(unit["Service"]["TimeoutStopSec"]) >= 40
    assert "app.hub serve --data /var/lib/gwanje-hub" in unit["Service"]["ExecStart"]


def test_the_backup_is_daily_and_may_write_where_it_writes() -> None:
    service = read_unit("gwanje-hub-backup.service")["Service"]
    assert service["ReadWritePaths"] in service["Environment"]
    assert read_unit("gwanje-hub-backup.timer")["Timer"]["Persistent"] == "true"


@pytest.mark.parametrize(
    "script", sorted(path.name for path in (FOLDER / "hub").iterdir() if path.suffix == "")
)
def test_every_script_can_be_read_by_a_plain_shell(script: str) -> None:
    file = FOLDER / "hub" / script
    assert file.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", str(file)], check=False).returncode == 0


def test_the_desktop_entry_has_both_names() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(FOLDER / "console" / "gwanje.desktop", encoding="utf-8")
    words = entry["Desktop Entry"]
    assert (words["Name"], words["Name[ko]"]) == ("Gwanje", "관제")
    assert words["Exec"] == words["Icon"] == "gwanje"
    assert words["Categories"].endswith(";")
