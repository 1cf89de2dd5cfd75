"""What whoever installs on Windows sees of it: packaging/windows."""

from __future__ import annotations

import re

from defusedxml.ElementTree import fromstring

from tests.architecture.sources import ROOT

FOLDER = ROOT / "packaging" / "windows"


def script(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def test_the_entry_in_the_start_menu_has_one_language() -> None:
    """An upgrade by somebody with another one takes the former's away before it makes its own."""
    main = script("installer.nsi")
    former = main.index('Delete "$0"', main.index('ReadRegStr $0 HKLM "${KEY}" "Shortcut"'))
    made = main.index("CreateShortcut")
    assert former < made < main.index('WriteRegStr HKLM "${KEY}" "Shortcut"')


def test_paths_of_files_do_not_stand_in_the_line_above_the_bar() -> None:
    """It cuts them; they are in the list of details."""
    told = "both"
    for line in script("installer.nsi").splitlines():
        if found := re.search(r"^ *SetDetailsPrint (\w+)", line):
            told = found[1]
        elif re.search(r"^ *(Call (un\.)?RemoveVersions|!include .*remove\.nsh)", line):
            assert told == "listonly", line
    assert told == "both", "the last word is that it is done"


def test_whoever_removes_it_is_told_that_data_stay() -> None:
    pages = script("installer.nsi")
    said = pages.index('!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(UNABOUT)"')
    assert said < pages.index("!insertmacro MUI_UNPAGE_CONFIRM")


def test_the_size_is_the_trees_and_is_not_counted_aloud() -> None:
    """NSIS' own GetSize writes what it counts, in English, above the bar of every language."""
    main = script("installer.nsi")
    assert "GetSize" not in main
    assert '"EstimatedSize" ${SIZE_KB}' in main
    assert '"SIZE_KB": str(_bytes(tree) // 1024)' in script("installer.py")


def test_the_program_asks_for_todays_dialogs_and_every_screens_own_scale() -> None:
    manifest = fromstring(script("launcher/gwanje.manifest"))
    found = {element.tag.split("}")[1]: element for element in manifest.iter()}
    assert found["dpiAwareness"].text == "PerMonitorV2"
    assert found["dpiAware"].text == "true/pm", "for a Windows 10 before 1703"
    assert found["longPathAware"].text == "true"
    assert found["requestedExecutionLevel"].attrib["level"] == "asInvoker"
    controls = found["dependentAssembly"][0].attrib
    assert (controls["name"], controls["version"]) == (
        "Microsoft.Windows.Common-Controls", "6.0.0.0",
    )  # fmt: skip
