"""What the installer's page of licences says, as plain text: it knows no Markdown."""

from __future__ import annotations

import re
from pathlib import Path

_WORDS = """\
관제는 Apache License 2.0을 따릅니다. 함께 설치되는 프로그램은 각자의 사용권을 따르고, \
FFmpeg의 x264와 x265가 들어 있으므로 이 설치 파일을 남에게 전달할 때는 GPL 3을 따릅니다.

Gwanje is under the Apache License 2.0. The programs that come with it have licences of their \
own; as x264 and x265 of FFmpeg are among them, whoever passes this installer on does so under \
the GPL, version 3.
"""
_RULE = f"\n{'─' * 40}\n\n"
_BREAK = re.compile(r"^(#|\||- |$)")


def terms(version_folder: Path) -> str:
    notices = (version_folder / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    licence = (version_folder / "LICENSE").read_text(encoding="utf-8")
    return _RULE.join((_WORDS, plain(notices), licence))


def plain(markdown: str) -> str:
    """Paragraphs in one line each, which the page wraps; tables as lines; no marks."""
    lines: list[str] = []
    for line in markdown.splitlines():
        if re.match(r"\|[-| ]+$", line):
            continue
        if lines and lines[-1] and not (_BREAK.match(line) or re.match(r"#|\|", lines[-1])):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(map(_unmarked, lines)) + "\n"


def _unmarked(line: str) -> str:
    if line.startswith("|"):
        line = " · ".join(cell.strip() for cell in line.strip("| ").split(" | "))
    line = re.sub(r"^#+ ", "", line)
    line = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", line)
    return line.replace("**", "").replace("`", "")
