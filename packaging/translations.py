"""Reads the screens' words into the Korean translation and compiles it (make translations).

Words that are no longer on any screen are dropped: version control remembers them. Places in the
source are left out, so that a moved line does not change the file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KOREAN = ROOT / "resources" / "translations" / "gwanje_ko.ts"
TOOLS = Path(sys.executable).parent
# What lupdate would not know by itself.
ALIASES = ("-tr-function-alias", "QT_TRANSLATE_NOOP+=_N")


def update(target: Path = KOREAN, sources: Path = ROOT / "ui") -> None:
    """Adds new words to `target` as unfinished; what was translated stays."""
    files = sorted(str(file) for file in sources.rglob("*.py"))
    languages = ["-source-language", "en_US", "-target-language", "ko_KR"]
    tidy = ["-silent", "-no-obsolete", "-locations", "none", *ALIASES]
    _run([str(TOOLS / "pyside6-lupdate"), *tidy, *languages, *files, "-ts", str(target)])


def compile_to(target: Path, source: Path = KOREAN) -> None:
    _run([str(TOOLS / "pyside6-lrelease"), "-silent", str(source), "-qm", str(target)])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    KOREAN.parent.mkdir(parents=True, exist_ok=True)
    update()
    compile_to(KOREAN.with_suffix(".qm"))
