"""The MSI for group policy, by wixl: the same tree, per machine, one upgrade code for ever."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
import xml.etree.ElementTree as ET
from pathlib import Path

import inputs  # noqa: F401 - it finds what is shared
from shared.product import EPOCH, WrongInput, version

# Windows knows later versions as upgrades of this one by it: never another.
UPGRADE_CODE = "7D0E7C58-9E0B-4F0D-9C0B-0A6F4E5C2B11"
_NAMES = uuid.UUID(UPGRADE_CODE)
_SPACE = "http://schemas.microsoft.com/wix/2006/wi"
_NEWER = "더 새로운 버전이 설치되어 있습니다. A newer version is installed."


def make(tree: Path, output: Path) -> Path:
    """`output` is the file. Raises WrongInput."""
    if shutil.which("wixl") is None:
        message = "wixl is missing: install wixl"
        raise WrongInput(message)
    script = output.with_suffix(".wxs")
    # What it brings is looked after by group policy: the program's own updates are off.
    managed = tree / "managed"
    managed.write_text("msi\n", encoding="ascii")
    try:
        script.write_text(source(tree), encoding="utf-8")
        _pack(tree, script, output)
    finally:
        managed.unlink()
        script.unlink(missing_ok=True)
    return output


def _pack(tree: Path, script: Path, output: Path) -> None:
    # Sources are relative: wixl would write whole paths of this machine into the file.
    done = subprocess.run(
        ["wixl", "--arch", "x64", "--output", str(output), str(script)],
        cwd=tree, capture_output=True, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    if done.returncode:
        message = f"wixl failed:\n{done.stderr[-2000:]}"
        raise WrongInput(message)


def source(tree: Path) -> str:
    """Its description: a component for each file, named by where it lies."""
    wix = ET.Element("Wix", xmlns=_SPACE)
    product = _in(
        wix, "Product", Id="*", Name="Gwanje", Language="1042", Codepage="65001",
        Version=version(), Manufacturer="Gwanje", UpgradeCode=UPGRADE_CODE,
    )  # fmt: skip
    _in(product, "Package", InstallerVersion="500", Compressed="yes", InstallScope="perMachine")
    _in(product, "MajorUpgrade", DowngradeErrorMessage=_NEWER)
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
