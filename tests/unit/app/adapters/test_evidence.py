from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from app.adapters.evidence import CRASH_FILE, KEPT_REPORTS, REPORTS, ProfileEvidence
from app.domain.errors import Unavailable
from app.services.care_port import Bundle, Piece
from tests.fakes.clock import HandClock

SECRETS = ("geheim", "10.9.8.7", "홍길동", "010-1234-5678", "T0ken.secret99", "HubPass!")
LINES = (
    "2026-03-02 09:00:05,123 INFO a: opening rtsp://kim:geheim@10.9.8.7/live\n"
    "2026-03-02 09:00:05,124 INFO a: notice: 홍길동 010-1234-5678\n"
    "2026-03-02 09:00:05,125 INFO a: Authorization: Bearer T0ken.secret99\n"
    "2026-03-02 09:00:05,126 INFO a: password=HubPass!\n"
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def evidence(tmp_path: Path, clock: HandClock) -> ProfileEvidence:
    return ProfileEvidence(tmp_path / "profile", clock)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    (tmp_path / "profile").mkdir()
    return tmp_path / "profile"


def nothing(_done: float) -> None:
    """Nobody looks."""


def texts(bundle: Bundle) -> dict[str, str]:
    return {piece.name: piece.text for piece in bundle.pieces}


def test_logs_are_blanked_and_progress_is_told(profile: Path, evidence: ProfileEvidence) -> None:
    (profile / "gwanje.log").write_text(LINES * 1000, encoding="utf-8")
    (profile / "gwanje.log.1").write_text(LINES, encoding="utf-8")
    (profile / CRASH_FILE).write_text('File "/home/x"\n', encoding="utf-8")
    told: list[float] = []
    found = texts(evidence.gather(told.append))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 10
    assert found["logs/gwanje.log"].count("\n") == 4000
    assert {"logs/gwanje.log.1", "logs/crash.log", "machine.json", "packages.json"} <= {*found}
    for secret in SECRETS:
        assert secret not in "".join(found.values())


def test_a_report_takes_the_newest_lines_only(profile: Path, evidence: ProfileEvidence) -> None:
    (profile / "gwanje.log").write_text("first\n" + "next\n" * 100 + "last\n", encoding="utf-8")
    log = texts(evidence.gather(nothing, most=23))["logs/gwanje.log"]
    assert log == "next\nnext\nnext\nlast\n"


def test_what_cannot_be_read_is_left_out_and_said(profile: Path, evidence: ProfileEvidence) -> None:
    (profile / "gwanje.log").mkdir()
    bundle = evidence.gather(nothing)
    assert "logs/gwanje.log" not in texts(bundle)
    assert "directory" in bundle.left_out["gwanje.log"]


def test_without_a_profile_there_are_still_facts(evidence: ProfileEvidence) -> None:
    assert "machine.json" in texts(evidence.gather(nothing))
    free = evidence.free_mb()
    assert free is not None
    assert free >= 0


def test_the_manifest_names_each_file_and_what_is_not_there(
    tmp_path: Path, evidence: ProfileEvidence
) -> None:
    target = tmp_path / "out.zip"
    evidence.write(target, Bundle((Piece("a.txt", "가", "a letter"),), {"b": "why"}))
    with zipfile.ZipFile(target) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.read("a.txt").decode() == "가"
    assert manifest["files"] == {"a.txt": "a letter"}
    assert manifest["left_out"] == {"b": "why"}
    assert [file.name for file in tmp_path.iterdir()] == ["out.zip"]


def test_what_is_no_text_is_written_all_the_same(tmp_path: Path, evidence: ProfileEvidence) -> None:
    target = tmp_path / "out.zip"
    evidence.write(target, Bundle((Piece("a.txt", "file \udcff.db", ""),)))
    with zipfile.ZipFile(target) as archive:
        assert archive.read("a.txt") == b"file \\udcff.db"


def test_a_place_that_takes_nothing_is_said_in_words(
    tmp_path: Path, evidence: ProfileEvidence
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="Choose another folder") as caught:
        evidence.write(tmp_path / "file" / "out.zip", Bundle())
    assert "다른 폴더를 고르세요" in caught.value.text.ko


def test_so_many_reports_are_kept_and_the_crash_log_begins_anew(
    profile: Path, evidence: ProfileEvidence, clock: HandClock
) -> None:
    made: list[Path] = []
    for _ in range(KEPT_REPORTS + 2):
        (profile / CRASH_FILE).write_text("Fatal", encoding="utf-8")
        clock.at += 1
        made.append(evidence.keep_report(Bundle()))
    kept = sorted((profile / REPORTS).iterdir())
    assert kept == made[-KEPT_REPORTS:]
    assert (profile / CRASH_FILE).read_bytes() == b""


def test_a_file_in_the_place_of_the_reports_is_said(
    profile: Path, evidence: ProfileEvidence
) -> None:
    (profile / REPORTS).touch()
    (profile / CRASH_FILE).write_text("Fatal", encoding="utf-8")
    with pytest.raises(Unavailable):
        evidence.keep_report(Bundle())
    assert (profile / CRASH_FILE).read_text(encoding="utf-8") == "Fatal"
