"""What makes the installer for Windows: packaging/windows."""

from __future__ import annotations

import hashlib
import importlib
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from app.hub.config import Config
from tests.architecture.sources import ROOT
from tests.architecture.test_locks import HASH, PIN, pins

FOLDER = ROOT / "packaging" / "windows"
NAMES = (
    "inputs", "policy", "stage", "launchers", "signing", "terms", "installer", "msi", "build",
)  # fmt: skip


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    """Its modules: scripts beside each other, found by their folder."""
    monkeypatch.syspath_prepend(str(FOLDER))
    yield {name: importlib.import_module(name) for name in NAMES}
    for name in NAMES:
        sys.modules.pop(name, None)


def test_its_lock_has_the_versions_of_the_product() -> None:
    lines = (FOLDER / "requirements.lock").read_text().splitlines()
    assert [line for line in lines if not (PIN.match(line) or HASH.match(line))] == []
    product = pins((ROOT / "packaging" / "requirements.lock").read_text())
    own = pins("\n".join(lines))
    assert {name: product[name] for name in own if name in product} == {
        name: number for name, number in own.items() if name in product
    }
    assert {"av", "pyside6-essentials", "keyring", "numpy"} <= set(own)


def test_an_input_that_is_another_file_is_refused(
    made: dict[str, ModuleType], tmp_path: Path
) -> None:
    inputs = made["inputs"]
    file = tmp_path / "python.zip"
    one = inputs.Input("python.zip", 4, hashlib.sha256(b"good").hexdigest(), "", "python.org")
    with pytest.raises(inputs.WrongInput, match=r"not there.*python\.org"):
        inputs.check(one, file)
    for content in (b"evil", b"longer"):
        file.write_bytes(content)
        with pytest.raises(inputs.WrongInput, match="not the file"):
            inputs.check(one, file)
    file.write_bytes(b"good")
    inputs.check(one, file)


def test_the_cache_may_be_filled_by_hand(
    made: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = made["inputs"]
    monkeypatch.setenv("GWANJE_INPUTS", str(tmp_path / "cache"))
    one = inputs.Input("a.zip", 1, hashlib.sha256(b"a").hexdigest(), "", "")
    (inputs.cache() / "a.zip").write_bytes(b"a")
    assert inputs.need(one) == tmp_path / "cache" / "a.zip"
    assert [known.size > 0 for known in inputs.inputs()] == [True]


def test_what_is_removed_is_what_was_brought(made: dict[str, ModuleType], tmp_path: Path) -> None:
    for name in ("a.txt", "lib/b.py", "lib/deep/c$.py"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert made["installer"]._remove(tmp_path).splitlines() == [
        'Delete "$INSTDIR\\lib\\deep\\c$$.py"',
        'Delete "$INSTDIR\\lib\\b.py"',
        'Delete "$INSTDIR\\a.txt"',
        'RMDir "$INSTDIR\\lib\\deep"',
        'RMDir "$INSTDIR\\lib"',
    ]


def test_every_file_has_its_sum_and_one_time(
    made: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = made["stage"]
    monkeypatch.setattr(stage.inputs, "wheels", list)
    folder = stage.home(tmp_path)
    (folder / "lib").mkdir(parents=True)
    (folder / "lib" / "한글.py").write_text("x")
    stage.finish(tmp_path)
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    sums = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    assert sums.keys() == {"lib/한글.py", "sbom.json"}
    assert sums["lib/한글.py"] == hashlib.sha256(b"x").hexdigest()
    assert {path.stat().st_mtime for path in tmp_path.rglob("*")} == {stage.EPOCH}


def test_the_version_is_the_projects(made: dict[str, ModuleType]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", made["stage"].product.version())
    assert made["build"].OUT == ROOT / "out" / "windows"


def test_the_icon_has_every_size(made: dict[str, ModuleType]) -> None:
    data = made["launchers"].ico()
    kind, count = struct.unpack_from("<HH", data, 2)
    assert (kind, count) == (1, 6)
    for number, size in enumerate((16, 24, 32, 48, 64, 256)):
        edge, *_, length, at = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        assert (edge or 256) == size
        assert data[at : at + 8] == b"\x89PNG\r\n\x1a\n"
        assert at + length <= len(data)


def test_a_machine_without_its_tools_is_told_which(
    made: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    wrong = made["inputs"].WrongInput
    with pytest.raises(wrong, match="makensis is missing"):
        made["installer"].make(tmp_path, tmp_path / "out.exe")
    signer = made["signing"].Signer(tmp_path / "c.pem", tmp_path / "k.pem")
    with pytest.raises(wrong, match="osslsigncode is missing"):
        signer.sign(tmp_path / "a.exe")
    assert str(tmp_path / "k.pem") in signer.command()
    with pytest.raises(wrong, match="mingw"):
        made["launchers"].make(tmp_path)
    with pytest.raises(wrong, match=r"Python 3\.13 is missing"):
        made["stage"]._python_of_that_version()


def script(*names: str) -> str:
    return "".join((FOLDER / name).read_text(encoding="utf-8") for name in names)


def test_exit_codes_are_those_of_the_manual() -> None:
    used = set(re.findall(r"\{Refuse\} (\d)", script("installer.nsi", "steps.nsh")))
    manual = (ROOT / "docs" / "windows.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| (\d) \|", manual, re.MULTILINE))
    assert used == told - {"0", "1"}  # NSIS' own


def test_the_installer_calls_windows_programs_by_their_whole_path() -> None:
    """One beside the installer, in a folder of downloads, is not Windows' own."""
    text = script("installer.nsi", "steps.nsh")
    paths = dict(re.findall(r"""^!define (\w+) '?"?(\$\w+\\[^"\n]+)""", text, re.MULTILINE))
    called = re.findall(r"(?:nsExec::Exec(?:ToStack)?|ExecWait) +(.+)", text)
    assert len(called) > 15
    for written in called:
        command = re.sub(r"\$\{(\w+)\}", lambda name: paths.get(name[1], name[0]), written)
        programs = command.strip("'`").split(" | ")
        assert all(
            re.match(r'"?\$(SYSDIR|INSTDIR|BeforeAt)\\[\w-]+\.exe', one) for one in programs
        ), command
        assert not re.search(r"/c (?!\$SYSDIR\\)", command), command


def test_the_folders_are_administrators_before_the_first_file() -> None:
    """Program, data and the hub's; none of them through a link."""
    main, steps = script("installer.nsi"), script("steps.nsh")
    section = main[main.index('Section "$(CONSOLE)"') :]
    guard, data = section.index('${Guard} "$INSTDIR"'), section.index("Call GuardData")
    assert guard < data < section.index("FileOpen") < section.index("PutVersion")
    assert re.findall(r'\{Guard\} "(\S+)"', main + steps) == [
        "$INSTDIR", "$0\\gwanje\\hub", "$0\\gwanje", "$0\\gwanje\\hub",
    ]  # fmt: skip
    macro = steps[steps.index("!macro Guard") : steps.index('!define Guard "')]
    parts = re.findall(r"NoLink|CreateDirectory|/setowner \S+1-5-32-544|SetNamedSecurity", macro)
    assert parts == [
        "NoLink", "CreateDirectory", "/setowner *S-1-5-32-544", "SetNamedSecurity", "NoLink",
    ]  # fmt: skip
    # Of the rights that are given, only these are others' than administrators' and the system's.
    assert re.findall(r"\(A;[^)]*;;;(?!BA|SY)([\w-]+)\)", steps) == ["S-1-5-32-545", "LS"]
    assert "D:PAI(" in steps, "nothing is taken over from above"


def test_a_cut_leaves_a_version_that_starts() -> None:
    """It gets its name when it is whole, and `current` names it when all is on the disk."""
    main, steps = script("installer.nsi"), script("steps.nsh")
    section = main[main.index('Section "$(CONSOLE)"') : main.index('WriteRegStr HKLM "${KEY}"')]
    parts = re.findall(r"PutVersion|launchers\.nsh|Flush|\w+\.part\" \"current|Remove\w+", section)
    assert parts == [
        "PutVersion", "launchers.nsh", "Flush", 'current.part" "current', "RemoveVersions",
    ]  # fmt: skip
    put = steps[steps.index("!macro PutVersion") :]
    assert put.index("File /r") < put.index("Flush") < put.index("Rename")
    assert not re.search(r"^ *File /r (?!\"\$\{TREE\}\\versions)", main + steps, re.MULTILINE)


def test_every_word_of_the_installer_has_both_languages() -> None:
    text = script("words.nsh")
    words = re.findall(r'^LangString (\w+) \$\{LANG_(\w+)\} ".+"$', text, re.MULTILINE)
    names = [name for name, _ in words]
    assert [language for _, language in words] == ["KOREAN", "ENGLISH"] * (len(words) // 2)
    assert names[::2] == names[1::2]
    assert len(set(names)) == len(names) / 2
    used = set(re.findall(r"\$\((\w+)\)", script("installer.nsi", "steps.nsh")))
    assert used == set(names)


def test_the_firewalls_port_is_the_hubs() -> None:
    assert f"!define PORT {Config(Path()).port}\n" in script("installer.nsi")
    assert "program=" not in script("steps.nsh"), "the hub's has another path in every version"


def test_whoever_stops_the_hub_waits_longer_than_it_takes() -> None:
    """The installer, and Windows at its shutdown, which tells it before all other programs."""
    service, steps = script("launcher/service.c"), script("steps.nsh")
    takes = int(re.findall(r"STOP_MS = (\d+)", service)[0])
    ((times, each),) = re.findall(r"\{For\} \$R1 1 (\d+).*?Sleep (\d+)", steps, re.DOTALL)
    assert int(times) * int(each) > takes
    (shutdown,) = re.findall(r"ChangeServiceConfig2W\(p R1, i 7, \*i (\d+)\)", steps)
    assert int(shutdown) > takes
    assert "SERVICE_ACCEPT_PRESHUTDOWN" in service


def test_an_old_nsis_is_said_where_a_release_is_made(
    made: dict[str, ModuleType],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    nsis = tmp_path / "makensis"
    monkeypatch.setenv("PATH", str(tmp_path))
    for said, old in (("v3.08-3", True), ("v3.11", False), ("v4.0", False), ("?", True)):
        nsis.write_text(f"#!/bin/sh\necho '{said}'\n", encoding="ascii")
        nsis.chmod(0o755)
        made["installer"]._warn_of_an_old_nsis()
        assert ("CVE-2025-43715" in capfd.readouterr().err) is old


def test_every_launcher_is_replaced_in_one_step(
    made: dict[str, ModuleType], tmp_path: Path
) -> None:
    for name in ("gwanje.exe", "gwanje-hub.exe", "current", "versions/1.0.0/python/python.exe"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert made["installer"]._launchers(tmp_path).splitlines() == [
        '!insertmacro Launcher "gwanje-hub.exe"',
        '!insertmacro Launcher "gwanje.exe"',
    ]


def test_the_msi_names_every_file_by_where_it_lies(
    made: dict[str, ModuleType], tmp_path: Path
) -> None:
    for name in ("gwanje.exe", "lib/a.py", "lib/깊은 곳/b.py"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    first, again = (made["msi"].source(tmp_path) for _ in range(2))
    assert first == again, "a component keeps its name, or an upgrade would lose it"
    sources = re.findall(r'Source="([^"]+)"', first)
    assert sorted(sources) == ["gwanje.exe", "lib/a.py", "lib/깊은 곳/b.py"]
    guids = re.findall(r' Guid="([^"]+)"', first)
    assert len(guids) == len(set(guids)) == len(re.findall("<ComponentRef ", first)) == 5
    assert made["msi"].UPGRADE_CODE in first


def test_the_msi_refuses_what_the_installer_installed(
    made: dict[str, ModuleType], tmp_path: Path
) -> None:
    """By the key that only the installer writes, in the registry of 64 bit."""
    (tmp_path / "gwanje.exe").touch()
    source = made["msi"].source(tmp_path)
    (key,) = re.findall(r'<RegistrySearch [^>]*Key="([^"]+)"[^>]* Win64="yes"', source)
    assert f'!define UNINSTALL "{key}"' in script("installer.nsi")
    assert 'WriteRegStr HKLM "${UNINSTALL}" "UninstallString"' in script("installer.nsi")
    assert ">Installed OR NOT SETUP</Condition>" in source


@pytest.mark.skipif(
    not all(map(shutil.which, ("wixl", "msibuild", "msiinfo"))), reason="no wixl or msitools"
)
def test_the_korean_words_of_the_msi_are_in_it(made: dict[str, ModuleType], tmp_path: Path) -> None:
    """wixl by itself leaves out every sentence that has a Korean letter."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "gwanje.exe").write_bytes(b"MZ")
    file = made["msi"].make(tree, tmp_path / "out.msi")
    said = subprocess.run(
        ["msiinfo", "export", str(file), "LaunchCondition"], capture_output=True, check=True
    ).stdout.decode()
    lines = dict(line.split("\t") for line in said.splitlines())
    assert "더 새로운 버전" in lines["NOT WIX_DOWNGRADE_DETECTED"]
    refused = lines["Installed OR NOT SETUP"]
    assert "제거한 뒤에" in refused
    assert "remove Gwanje" in refused
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.msi", "tree"]


def test_the_page_of_licences_is_plain_text(made: dict[str, ModuleType]) -> None:
    """Of the project's own files: no marks, paragraphs in one line, both languages first."""
    said = made["terms"].terms(ROOT)
    assert said.startswith("관제는 Apache License 2.0")
    assert "under the GPL, version 3" in said
    assert "\nPython packages that the product uses\n" in said
    assert re.search(r"^av · [\d.]+ · BSD-3-Clause · ", said, re.MULTILINE)
    assert "TERMS AND CONDITIONS FOR USE" in said
    assert not re.search(r"\*\*|`|\]\(|^#|^\|", said, re.MULTILINE)
    assert made["terms"].plain("# A\n\nb\nc [d](e)\n- f\n  g\n") == "A\n\nb c d\n- f g\n"


def test_the_installers_korean_leaves_no_particle_open() -> None:
    """관제(을)를: NSIS' own files do not know what a name ends in."""
    text = script("installer.nsi")
    assert '!insertmacro MUI_LANGUAGEEX "${LISTS}" "Korean"' in text
    assert text.count('!insertmacro Particles "Korean.') == 2


def test_a_build_believes_whom_it_was_told_to(made: dict[str, ModuleType], tmp_path: Path) -> None:
    stage, root = made["stage"], tmp_path / "1.root.json"
    with pytest.raises(made["inputs"].WrongInput, match=r"keys\.py"):
        stage.Trust(root).put(tmp_path / "updates")
    root.write_bytes(b"{}")
    stage.Trust(root, "trial").put(tmp_path / "updates")
    names = {file.name: file.read_bytes() for file in (tmp_path / "updates").iterdir()}
    assert names == {"root.json": b"{}", "channel": b"trial\n"}


def test_what_is_said_before_anything_is_written(
    made: dict[str, ModuleType], tmp_path: Path
) -> None:
    """How much room it needs, and how long a folder's name may be (NSIS ends at MAX_PATH)."""
    file = tmp_path / "versions" / "1.0.0" / "lib" / "deep.py"
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(3_000_000))
    assert made["installer"]._megabytes(tmp_path) == 3
    assert made["installer"]._longest(tmp_path) == len("versions\\1.0.0\\lib\\deep.py")
    # While it is unpacked: C:\\…\\versions\\.1.0.0.part\\lib\\deep.py and the end.
    assert made["installer"]._MOST_LETTERS + len("\\") + len("..part") + 1 == 260


def test_the_msi_says_that_it_looks_after_its_versions(
    made: dict[str, ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    (tmp_path / "gwanje.exe").touch()
    msi = made["msi"]
    monkeypatch.setattr(
        msi, "_run", lambda _, tree: seen.append((tree / "managed").read_text() == "msi\n")
    )
    monkeypatch.setattr(msi, "_put_words", lambda _: None)
    monkeypatch.setattr(msi.shutil, "which", lambda name: name)
    msi.make(tmp_path, tmp_path / "out.msi")
    assert seen == [True]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gwanje.exe"]
