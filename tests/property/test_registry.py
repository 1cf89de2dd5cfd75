"""Any bytes as a list: entries and a report whose numbers agree, or words for a person."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.text import Language
from app.formats import columns
from app.formats.registry import bells_csv, its_cameras, national_cleaning, police_boxes
from app.formats.registry.dates import date_of, month_of
from app.formats.registry.emd_placing import Emd, EmdTable
from app.formats.registry.publications import Published, replaced
from app.formats.registry.report import ImportReport

EMDS = EmdTable([Emd("2729011200", "월성동", "대구광역시 달서구 월성동", 35.82, 128.52)])
BELLS = ",".join([*bells_csv._WORDS])
POLICE = "연번,시도청,경찰서,관서명,구분,주소"
CELLS = st.one_of(
    st.text(st.characters(blacklist_characters="\0"), max_size=9),
    st.sampled_from(
        ['"', "36.1234", "128.5123", "36.1", "127.1", "2026-05-20", "2018.4.1", "1905-07", "2",
         "대구광역시 달서구 월성동 1", "대구광역시 달서구청 공원녹지과", "생활방범", "3640000"]
    ),
)  # fmt: skip
LINES = st.lists(st.lists(CELLS, max_size=25).map(",".join), max_size=8)


def judge(report: ImportReport, entries: int) -> None:
    assert report.taken == entries
    assert report.taken + report.skipped == report.rows
    assert report.placed + report.approximate <= report.taken
    for language in Language:
        assert report.table(language).isprintable() is False
        assert f"{report.rows:,}" in report.table(language)


@given(LINES, st.sampled_from(["utf-8", "cp949"]))
@example(['"'], "utf-8")
def test_any_rows_below_a_header(lines: list[str], encoding: str) -> None:
    def data(header: str) -> bytes:
        return "\n".join((header, *lines)).encode(encoding, "replace")

    cameras = national_cleaning.clean(data(",".join(columns.NATIONAL)), EMDS)
    judge(cameras.report, len(cameras.entries))
    bells = bells_csv.clean(data(BELLS), EMDS)
    judge(bells.report, len(bells.entries))
    boxes = police_boxes.clean(data(POLICE), EMDS)
    judge(boxes.report, len(boxes.entries))
    for entry in (*bells.entries, *boxes.entries):
        assert entry.id
        assert entry.name
    for points in (bells.entries, boxes.entries):
        assert len({entry.id for entry in points}) == len(points)


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    for clean in (national_cleaning.clean, bells_csv.clean, police_boxes.clean, its_cameras.clean):
        refusal = None
        try:
            clean(data)
        except BadInput as error:
            refusal = error.text
        assert refusal is None or (refusal.ko and refusal.en)


ITEMS = st.dictionaries(
    st.sampled_from(["coordx", "coordy", "cctvname", "cctvurl", "cctvtype", "roadsectionid"]),
    st.none() | st.booleans() | st.floats() | st.text(max_size=9) | st.lists(st.none()),
)


@given(st.lists(ITEMS | st.integers(), max_size=5) | ITEMS)
def test_any_traffic_cameras(items: object) -> None:
    # NaN is no JSON.
    text = json.dumps({"response": {"data": items}}).replace("NaN", "1").replace("Infinity", "1")
    result = its_cameras.clean(text.encode())
    judge(result.report, len(result.entries))


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_text(date: str, address: str) -> None:
    found = date_of(date)
    assert found is None or found.year >= 1970
    month = month_of(date)
    assert month is None or int(month[:4]) >= 1970
    EMDS.find(address)
    EMDS.find(f"대구광역시 달서구 {address}")


@given(
    st.lists(
        st.builds(
            Published,
            st.sampled_from("xy"),
            st.sampled_from("abcd"),
            st.sampled_from(["", "1", "2"]),
        )
    )
)
def test_of_every_body_something_stays(rows: list[Published]) -> None:
    kept = [row for row, old in zip(rows, replaced(rows), strict=True) if not old]
    assert {row.body for row in kept} == {row.body for row in rows}
    dates: dict[tuple[str, str], set[str]] = {}
    for row in kept:
        dates.setdefault((row.body, row.purpose), set()).add(row.date)
    assert all(len(found) == 1 for found in dates.values())
