"""The MSI for group policy, by wixl: the same tree, per machine, one upgrade code for ever."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
import xml.etree.ElementTree as ET
from pathlib import Path

import inputs  # noqa: F401 - it finds what is shared
from shared.icon import ico
from shared.product import EPOCH, WrongInput, version

# Windows knows later versions as upgrades of this one by it: never another.
UPGRADE_CODE = "7D0E7C58-9E0B-4F0D-9C0B-0A6F4E5C2B11"
_NAMES = uuid.UUID(UPGRADE_CODE)
_SPACE = "http://schemas.microsoft.com/wix/2006/wi"
# A major upgrade brings this condition along.
_NO_DOWNGRADE = "NOT WIX_DOWNGRADE_DETECTED"
_NEWER = "더 새로운 버전이 설치되어 있습니다. A newer version is installed."
# What only the installer writes (installer.nsi): each of two would take away the other's files.
_SETUP_KEY = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Gwanje"
_NO_SETUP = "Installed OR NOT SETUP"
_SETUP = (
    "관제 설치 파일(exe)로 설치되어 있습니다. 새 버전도 그 설치 파일로 설치하거나,"
    " 설치된 앱에서 관제를 제거한 뒤에 MSI를 설치하세요. 자료와 설정은 남습니다."
    " Its installer (exe) installed Gwanje on this computer. Install the new version by it,"
    " or remove Gwanje under Installed apps first; data and settings stay."
)
_ICON = "gwanje.ico"
# Windows' own for Korean: with another one it would show these words as question marks.
_CODE_PAGE = 949


def make(tree: Path, output: Path) -> Path:
    """`output` is the file. Raises WrongInput."""
    for tool, package in (("wixl", "wixl"), ("msibuild", "msitools")):
        if shutil.which(tool) is None:
            message = f"{tool} is missing: install {package}"
            raise WrongInput(message)
    script, icon = output.with_suffix(".wxs"), tree / _ICON
    # What it brings is looked after by group policy: the program's own updates are off.
    managed = tree / "managed"
    managed.write_text("msi\n", encoding="ascii")
    try:
        script.write_text(source(tree), encoding="utf-8")
        icon.write_bytes(ico())
        # Sources are relative: wixl would write whole paths of this machine into the file.
        _run(["wixl", "--arch", "x64", "--output", str(output), str(script)], tree)
        _put_words(output)
    finally:
        managed.unlink()
        icon.unlink(missing_ok=True)
        script.unlink(missing_ok=True)
    return output


def _put_words(output: Path) -> None:
    """With a code page, which wixl does not know: it leaves out sentences with Korean letters."""
    table = output.with_suffix(".idt")
    try:
        table.write_text(f"\n\n{_CODE_PAGE}\t_ForceCodepage\n", encoding="ascii", newline="\r\n")
        _run(["msibuild", str(output), "-i", str(table)], output.parent)
    finally:
        table.unlink(missing_ok=True)
    for condition, words in ((_NO_DOWNGRADE, _NEWER), (_NO_SETUP, _SETUP)):
        query = "UPDATE `LaunchCondition` SET `Description` = '{}' WHERE `Condition` = '{}'"
        _run(["msibuild", str(output), "-q", query.format(words, condition)], output.parent)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    if done.returncode:
        message = f"{command[0]} failed:\n{done.stderr[-2000:]}"
        raise WrongInput(message)


def source(tree: Path) -> str:
    """Its description: a component for each file, named by where it lies."""
    wix = ET.Element("Wix", xmlns=_SPACE)
    product = _in(
        wix, "Product", Id="*", Name="Gwanje", Language="1042", Codepage=str(_CODE_PAGE),
        Version=version(), Manufacturer="Gwanje", UpgradeCode=UPGRADE_CODE,
    )  # fmt: skip
    _in(product, "Package", InstallerVersion="500", Compressed="yes", InstallScope="perMachine")
    _in(product, "MajorUpgrade", DowngradeErrorMessage=_NEWER)
    _refuse_a_setup(product)
    # Of its entry under Installed apps, which knows no other way of changing it.
    _in(product, "Icon", Id=_ICON, SourceFile=_ICON)
    for name, value in (("ARPPRODUCTICON", _ICON), ("ARPNOMODIFY", "1"), ("ARPNOREPAIR", "1")):
        _in(product, "Property", Id=name, Value=value)
    _in(product, "Media", Id="1", Cabinet="gwanje.cab", EmbedCab="yes")
    root = _in(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = _in(root, "Directory", Id="ProgramFiles64Folder")
    home = _in(programs, "Directory", Id="INSTALLDIR", Name="Gwanje")
    components = _folder(home, tree, tree)
    components.append(_entry(home))
    _in(_in(root, "Directory", Id="ProgramMenuFolder"), "Directory", Id="MENU", Name="Gwanje")
    components.append(_shortcut(product))
    feature = _in(product, "Feature", Id="Gwanje", Level="1", Title="Gwanje")
    for name in components:
        _in(feature, "ComponentRef", Id=name)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(wix, encoding="unicode")


def _refuse_a_setup(product: ET.Element) -> None:
    """`SETUP` is there where the installer has installed it; a launch condition asks for it."""
    searched = _in(product, "Property", Id="SETUP")
    _in(
        searched, "RegistrySearch", Id="setup", Root="HKLM", Key=_SETUP_KEY, Type="raw",
        Name="UninstallString", Win64="yes",
    )  # fmt: skip
    _in(product, "Condition", Message=_SETUP).text = _NO_SETUP


def _folder(parent: ET.Element, folder: Path, tree: Path) -> list[str]:
    found: list[str] = []
    for path in sorted(folder.iterdir()):
        name = _id(path.relative_to(tree).as_posix())
        if path.is_dir():
            found += _folder(_in(parent, "Directory", Id=f"d{name}", Name=path.name), path, tree)
        else:
            guid = str(uuid.uuid5(_NAMES, path.relative_to(tree).as_posix())).upper()
            component = _in(parent, "Component", Id=f"c{name}", Guid=guid, Win64="yes")
            _in(
                component, "File", Id=f"f{name}", Name=path.name, KeyPath="yes",
                Source=path.relative_to(tree).as_posix(),
            )  # fmt: skip
            found.append(f"c{name}")
    return found


def _entry(home: ET.Element) -> str:
    """What the program reads to know that the MSI looks after its versions."""
    guid = str(uuid.uuid5(_NAMES, "entry")).upper()
    component = _in(home, "Component", Id="entry", Guid=guid, Win64="yes")
    values = {"Version": version(), "InstallDir": "[INSTALLDIR]", "Managed": "msi"}
    for number, (name, value) in enumerate(values.items()):
        _in(
            component, "RegistryValue", Root="HKLM", Key="Software\\Gwanje", Name=name,
            Value=value, Type="string", KeyPath="no" if number else "yes",
        )  # fmt: skip
    return "entry"


def _shortcut(product: ET.Element) -> str:
    place = _in(product, "DirectoryRef", Id="MENU")
    guid = str(uuid.uuid5(_NAMES, "shortcut")).upper()
    component = _in(place, "Component", Id="shortcut", Guid=guid, Win64="yes")
    _in(component, "Shortcut", Id="start", Name="Gwanje", Target="[INSTALLDIR]gwanje.exe")
    _in(component, "RemoveFolder", Id="MENU", On="uninstall")
    _in(
        component, "RegistryValue", Root="HKLM", Key="Software\\Gwanje", Name="Shortcut",
        Value="1", Type="string", KeyPath="yes",
    )  # fmt: skip
    return "shortcut"


def _id(name: str) -> str:
    """Windows takes 72 characters of few kinds."""
    return uuid.uuid5(_NAMES, name).hex


def _in(parent: ET.Element, tag: str, **values: str) -> ET.Element:
    return ET.SubElement(parent, tag, values)
