from __future__ import annotations

import unicodedata

from app.domain.text import Language, Text
from app.formats.camera_rows import RowProblem
from app.formats.registry.report import Effect, Finding, Findings, Part, as_facts, parts_of

OLD = Text("예전 것", "old")
ODD = Text("이상함", "odd")


def test_rows_are_counted_once_whatever_was_found_in_them() -> None:
    findings = Findings()
    findings.skip(2, OLD)
    findings.skip(2, ODD)
    findings.correct(3, ODD)
    findings.correct(3, OLD)
    findings.correct(2, ODD)
    findings.note(4, ODD)
    report = findings.report(5, [Part("b", "d", 4, 3)], approximate=1)
    assert (report.rows, report.taken, report.skipped, report.corrected) == (5, 4, 1, 1)
    assert (report.placed, report.approximate, report.problems) == (3, 1, 6)


def test_lines_are_capped_and_counted() -> None:
    findings = Findings()
    for line in range(100, 0, -1):
        findings.note(line, OLD)
    (finding,) = findings.report(100, []).findings
    assert finding == Finding(Effect.NOTED, OLD, 100, tuple(range(1, 21)))


def test_problems_of_rows() -> None:
    findings = Findings()
    findings.add(
        [
            RowProblem(2, "위도", ODD, skipped=False),
            RowProblem(3, "", ODD, skipped=False),
            RowProblem(4, "", ODD, skipped=True),
        ]
    )
    assert [(f.effect, f.reason.en) for f in findings.report(9, []).findings] == [
        (Effect.SKIPPED, "odd"),
        (Effect.CORRECTED, "위도: odd"),
        (Effect.NOTED, "odd"),
    ]


def test_the_table_is_in_step_in_both_languages() -> None:
    findings = Findings()
    for line in range(30):
        findings.skip(line + 2, OLD)
    findings.correct(2, Text("긴 까닭을 적은 말", "a reason of some length"))
    report = findings.report(1234, [Part("대전광역시 동구청", "2026-05-20", 1204, 1000)])
    for language in Language:
        text = report.table(language)
        assert "1,234" in text
        assert " …" in text
        for block in text.rstrip("\n").split("\n\n")[1:]:
            head, rule, *rows = block.splitlines()
            assert set(rule) == {"-"}
            starts = [_columns(line) for line in (head, *rows)]
            assert len({start[1] for start in starts}) == 1
    assert "기관" in report.table(Language.KO)
    assert "body" in report.table(Language.EN)


def _columns(line: str) -> list[int]:
    """Where on a terminal each cell begins."""
    starts, at, gap = [0], 0, 0
    for letter in line:
        if letter != " " and gap > 1:
            starts.append(at)
        gap = gap + 1 if letter == " " else 0
        at += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
    return starts


def test_a_report_of_nothing() -> None:
    report = Findings().report(0, [])
    assert report.table(Language.EN).count("\n") == 1
    assert report.summary.ko.startswith("0행")


def test_parts_and_facts() -> None:
    parts = parts_of([("b", "2", True), ("a", "1", False), ("b", "2", False)])
    assert parts == [Part("a", "1", 1, 0), Part("b", "2", 2, 1)]
    assert as_facts({"a": "", "b": "1"}) == {"b": "1"}
