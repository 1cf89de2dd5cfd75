"""The two ledgers of the law, made from entries: app.domain.ledger.books, .record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.ledger.books import BookName, Names, kinds_of, rows_of, shares_of
from app.domain.ledger.entry import Deed, Kind, written
from app.domain.ledger.record import Record, record_of

NOON = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)  # noon in Korea
SINCE, UNTIL = NOON - timedelta(days=3), NOON + timedelta(days=20)
NAMES = Names(
    {"station": "달서경찰서"}, {"C-1": "1021 월성네거리", "C-2": "1022 본동"}, {"i1": "7 비상벨"}
)


def record(kind: Kind, n: int = 1, **values: object) -> Record:
    made = Record(
        n, NOON, kind.value, "gu", "", "i1", "s1", "신고 대응",
        facts={"receiver": "station", "cameras": "C-1 C-2", "basis": "개인정보 보호법 제18조"},
        person={"account": "kim", "name": "김관제"},
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


def test_a_share_has_the_eight_fields() -> None:
    begun = record(Kind.SHARE_BEGUN, begun=NOON)
    ended = record(Kind.SHARE_ENDED, 2, ended=NOON + timedelta(minutes=42), facts={})
    (row,) = rows_of(BookName.PROVISION, [begun, ended], NAMES, SINCE, UNTIL)
    assert len(row) == len(BookName.PROVISION.columns) == 8
    assert row[1:6] == (
        "달서경찰서",
        "7 비상벨 · 신고 대응",
        "개인정보 보호법 제18조",
        "실시간 영상 2대: 1021 월성네거리, 1022 본동",
        "2026-11-03 12:00 ~ 2026-11-03 12:42",
    )


def test_one_that_runs_still_says_so_and_an_anklets_ground_is_there() -> None:
    facts = {"receiver": "x", "cameras": "C-9", "basis": "전자장치부착법", "ground": "추적"}
    (row,) = rows_of(
        BookName.PROVISION, [record(Kind.SHARE_BEGUN, facts=facts)], NAMES, SINCE, UNTIL
    )
    assert row[1] == "x"
    assert row[3] == "전자장치부착법 · 추적"
    assert row[4] == "실시간 영상 1대: C-9"
    assert row[5].endswith("(진행 중)")


def test_cameras_that_came_later_are_named_and_very_many_are_counted() -> None:
    begun = record(Kind.SHARE_BEGUN)
    many = " ".join(f"C-{n}" for n in range(1, 13))
    later = record(Kind.SHARE_CHANGED, 2, facts={"cameras": many})
    (row,) = rows_of(BookName.PROVISION, [begun, later], NAMES, SINCE, UNTIL)
    assert row[4].startswith("실시간 영상 12대: 1021 월성네거리, 1022 본동, C-3")
    assert row[4].endswith("C-8 외 4대")


def test_only_what_began_in_the_time_is_in_it() -> None:
    begun = record(Kind.SHARE_BEGUN)
    assert rows_of(BookName.PROVISION, [begun], NAMES, NOON, UNTIL)
    assert not rows_of(BookName.PROVISION, [begun], NAMES, NOON - timedelta(days=2), NOON)
    # An end without its beginning belongs to an earlier book.
    assert not shares_of([record(Kind.SHARE_ENDED)])


def test_the_video_ledger_has_files_and_shares_in_their_order() -> None:
    file = {"file": "1021_월성.png"}
    late = NOON + timedelta(hours=1)
    still = record(Kind.STILL, 3, at=late, camera="C-1", facts=file, share="")
    clip = record(Kind.CLIP, 4, at=late + timedelta(hours=1), camera="C-2", facts={}, share="")
    rows = rows_of(BookName.VIDEO, [record(Kind.SHARE_BEGUN), still, clip], NAMES, SINCE, UNTIL)
    assert [row[:2] for row in rows] == [("1", "제공"), ("2", "이용"), ("3", "반출")]
    assert rows[1][3:5] == ("1021_월성.png (사진)", "김관제")
    assert rows[2][8] == "1022 본동"
    assert {len(row) for row in rows} == {len(BookName.VIDEO.columns)}


def test_a_file_of_an_incident_that_is_opened_stands_in_the_video_ledger() -> None:
    opened = record(
        Kind.FILE, 3, at=NOON + timedelta(hours=1), camera="", facts={"file": "현장.png"}, share=""
    )
    (row,) = rows_of(BookName.VIDEO, [opened], NAMES, SINCE, UNTIL)
    assert (row[1], row[3], row[8]) == ("이용", "현장.png (사건 첨부)", "")


def test_each_book_says_what_it_is_made_of() -> None:
    assert Kind.STILL in kinds_of(BookName.VIDEO)
    assert Kind.STILL not in kinds_of(BookName.PROVISION)
    assert all(book.heading.ko.endswith("대장") for book in BookName)


@pytest.mark.parametrize("person", [{}, {"account": "kim", "name": "김관제"}])
def test_an_entry_is_read_as_it_was_written(person: Mapping[str, str]) -> None:
    deed = Deed(
        Kind.VIEW_END, NOON, "gu", "C-1", "i1", "s1", "순찰", NOON, NOON + timedelta(seconds=5),
        {"a": "b"}, person, "pc", 4,
    )  # fmt: skip
    salts = dict.fromkeys(person, "salt")
    found = record_of(written(deed, 9, "0" * 64, salts).decode(), person)
    assert (found.n, found.known, found.camera, found.share) == (9, Kind.VIEW_END, "C-1", "s1")
    assert (found.begun, found.ended, found.client) == (deed.begun, deed.ended, "pc")
    assert found.name == person.get("name", "")
    assert replace(found, kind="later").known is None


def test_a_camera_that_was_taken_back_was_given_all_the_same() -> None:
    begun = record(Kind.SHARE_BEGUN, facts={"receiver": "p", "cameras": "C-1 C-2"})
    later = record(Kind.SHARE_CHANGED, 2, at=NOON + timedelta(minutes=30), facts={"cameras": "C-2"})
    ended = record(Kind.SHARE_ENDED, 3, at=NOON + timedelta(minutes=40), facts={})
    (row,) = rows_of(BookName.PROVISION, [begun, later, ended], NAMES, SINCE, UNTIL)
    assert "2대" in row[4]
