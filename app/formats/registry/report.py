"""What an import did with a file: how many rows, how many taken, what was wrong, by reason."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.text import Language, Text
from app.formats.camera_rows import RowProblem

# Enough to look at; the count says how many there are.
MAX_LINES = 20


class Effect(StrEnum):
    """What a finding did to its rows."""

    SKIPPED = "skipped"
    CORRECTED = "corrected"
    NOTED = "noted"

    @property
    def words(self) -> Text:
        return _EFFECTS[self]


_EFFECTS = {
    Effect.SKIPPED: Text("제외", "skipped"),
    Effect.CORRECTED: Text("보정", "corrected"),
    Effect.NOTED: Text("확인", "to check"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason; `lines` are the first ones of `count`, from 1; 0 is the whole file."""

    effect: Effect
    reason: Text
    count: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What was taken of one body's publication. `placed`: with a position of its own."""

    body: str
    as_of: str
    rows: int
    placed: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`rows` of the file; `taken` + `skipped` = `rows`; `corrected` of those taken.

    `placed`: taken with a position of their own; `approximate`: placed at their emd.
    """

    rows: int
    taken: int
    skipped: int
    corrected: int
    placed: int
    approximate: int
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> int:
        """How many remarks in all."""
        return sum(finding.count for finding in self.findings)

    @property
    def summary(self) -> Text:
        return Text(
            f"{self.rows:,}행 가운데 {self.taken:,}행을 가져오고 {self.skipped:,}행을 "
            f"제외했습니다. 보정 {self.corrected:,}행, 위치 있음 {self.placed:,}행, "
            f"읍면동 위치 {self.approximate:,}행",
            f"{self.taken:,} of {self.rows:,} rows taken, {self.skipped:,} skipped; "
            f"{self.corrected:,} corrected, {self.placed:,} with a position, "
            f"{self.approximate:,} placed at their emd",
        )

    def table(self, language: Language) -> str:
        """The whole report as lines of plain text, columns in step."""
        heads = (
            (Text("기관", "body"), Text("기준일", "as of"), Text("행", "rows"),
             Text("위치", "placed")),
            (Text("처리", "effect"), Text("건수", "count"), Text("내용", "reason"),
             Text("행 번호", "lines")),
        )  # fmt: skip
        parts = [(p.body, p.as_of, f"{p.rows:,}", f"{p.placed:,}") for p in self.parts]
        found = [
            (f.effect.words.in_(language), f"{f.count:,}", f.reason.in_(language), _lines(f))
            for f in self.findings
        ]
        blocks = [self.summary.in_(language)]
        for head, rows in zip(heads, (parts, found), strict=True):
            if rows:
                blocks.append(_table([tuple(h.in_(language) for h in head), *rows]))
        return "\n\n".join(blocks) + "\n"


@dataclass(slots=True)
class Findings:
    """Collects what was found, in the order in which reasons first came up."""

    _lines: dict[tuple[Effect, Text], list[int]] = field(default_factory=lambda: defaultdict(list))

    def skip(self, line: int, reason: Text) -> None:
        self._lines[Effect.SKIPPED, reason].append(line)

    def correct(self, line: int, reason: Text) -> None:
        self._lines[Effect.CORRECTED, reason].append(line)

    def note(self, line: int, reason: Text) -> None:
        self._lines[Effect.NOTED, reason].append(line)

    def add(self, problems: Iterable[RowProblem]) -> None:
        """What the reading of rows told.

        Of a column: a value was put right or left blank. Of a whole row: for a person to look at.
        """
        for problem in problems:
            about = f"{problem.column}: " if problem.column else ""
            reason = Text(about + problem.reason.ko, about + problem.reason.en)
            if problem.skipped:
                self.skip(problem.line, reason)
            elif problem.column:
                self.correct(problem.line, reason)
            else:
                self.note(problem.line, reason)

    def report(self, rows: int, parts: Sequence[Part], approximate: int = 0) -> ImportReport:
        """`rows`: of the file, the skipped ones included."""
        skipped = self._rows(Effect.SKIPPED)
        order = list(Effect)
        found = sorted(self._lines.items(), key=lambda one: (order.index(one[0][0]), -len(one[1])))
        return ImportReport(
            rows=rows,
            taken=rows - len(skipped),
            skipped=len(skipped),
            corrected=len(self._rows(Effect.CORRECTED) - skipped - {0}),
            placed=sum(part.placed for part in parts),
            approximate=approximate,
            parts=tuple(parts),
            findings=tuple(
                Finding(effect, reason, len(lines), tuple(sorted(lines)[:MAX_LINES]))
                for (effect, reason), lines in found
            ),
        )

    def _rows(self, effect: Effect) -> set[int]:
        return {line for (one, _), lines in self._lines.items() if one is effect for line in lines}


def parts_of(taken: Iterable[tuple[str, str, bool]]) -> list[Part]:
    """By body and date, from (body, date, whether it has a position) of every row taken."""
    counts: dict[tuple[str, str], list[int]] = {}
    for body, as_of, placed in taken:
        count = counts.setdefault((body, as_of), [0, 0])
        count[0] += 1
        count[1] += placed
    return [Part(*key, *count) for key, count in sorted(counts.items())]


def as_facts(values: Mapping[str, str]) -> dict[str, str]:
    """Without the blanks."""
    return {name: text for name, text in values.items() if text}


def _lines(finding: Finding) -> str:
    shown = ", ".join(str(line) for line in finding.lines if line)
    return f"{shown} …" if finding.count > len(finding.lines) else shown


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * min(sum(widths) + 2 * len(widths) - 2, 100), *lines[1:]])


def _width(text: str) -> int:
    """Columns of a terminal: a Korean syllable takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
