from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.bad_ends import BadEnd
from app.domain.errors import Unavailable
from app.domain.text import Text
from app.services import care as module
from app.services.care import Care, CareParts
from app.services.care_port import Piece
from app.services.event_port import EventKind
from tests.fakes.care import FakeEvidence, FakeRuns, HeardEvents
from tests.fakes.waiting import until

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
END = BadEnd(NOW, NOW, "0.1.0", 77)
FULL = Unavailable(Text("가득 찼습니다.", "It is full."))
LIVE = Piece("figures.json", "{}", "figures")


class Site:
    def __init__(self, *ends: BadEnd, safe: bool = False) -> None:
        self.evidence, self.runs, self.events = FakeEvidence(), FakeRuns(*ends), HeardEvents()
        parts = CareParts(self.evidence, self.runs, self.events, lambda: (LIVE,))
        self.care = Care(parts, safe=safe)
        self.noticed: list[str] = []
        self.care.notices.connect(lambda text: self.noticed.append(text.en))


@pytest.fixture
async def sites() -> AsyncIterator[list[Site]]:
    made: list[Site] = []
    yield made
    for site in made:
        await site.care.stop()


@pytest.mark.parametrize("safe", [False, True])
async def test_a_bad_end_gets_a_report_one_notice_and_an_event(
    sites: list[Site], *, safe: bool
) -> None:
    sites.append(site := Site(END, safe=safe))
    site.care.start()
    await until(lambda: bool(site.noticed))
    (bundle,) = site.evidence.written.values()
    assert [piece.name for piece in bundle.pieces] == [
        "logs/gwanje.log", "figures.json", "runs.json",
    ]  # fmt: skip
    assert bundle.pieces[0].text == "most 200000"
    assert '"pid": 77' in bundle.pieces[2].text
    assert "crash-1.zip" in site.noticed[0]
    # Not the truth in the safe form.
    assert ("The wall is back" in site.noticed[0]) is not safe
    assert site.events.kinds() == [EventKind.CRASHED]
    assert [end.reported for end in site.runs.ends()] == [True]


async def test_what_was_reported_is_not_told_again(sites: list[Site]) -> None:
    sites.append(site := Site(END))
    site.runs.reported()
    await site.care._report()
    assert (site.noticed, site.evidence.written, site.events.heard) == ([], {}, [])


async def test_where_there_is_no_room_for_a_report_that_is_said(sites: list[Site]) -> None:
    sites.append(site := Site(END))
    site.evidence.refuses = FULL
    await site.care._report()
    assert "It is full." in site.noticed[0]
    assert [end.reported for end in site.runs.ends()] == [False]


@pytest.mark.allow_logs("app.services.care")
async def test_a_report_that_cannot_be_marked_is_made_again(sites: list[Site]) -> None:
    sites.append(site := Site(END))
    site.runs.fails = OSError(28, "No space left on device")
    await site.care._report()
    assert site.evidence.written
    assert site.noticed == []


async def test_diagnostics_hold_what_everybody_knows(sites: list[Site], tmp_path: Path) -> None:
    sites.append(site := Site(END))
    told: list[float] = []
    screens = Piece("screens.json", "[]", "monitors")
    await site.care.collect(tmp_path / "x.zip", told.append, (screens,))
    names = [piece.name for piece in site.evidence.written[tmp_path / "x.zip"].pieces]
    assert names == ["logs/gwanje.log", "figures.json", "screens.json", "runs.json"]
    await until(lambda: told == [0.5, 1.0])


async def test_a_refusal_reaches_who_asked(sites: list[Site], tmp_path: Path) -> None:
    sites.append(site := Site())
    site.evidence.refuses = FULL
    with pytest.raises(Unavailable):
        await site.care.collect(tmp_path / "x.zip", lambda _: None)


@pytest.mark.allow_logs("app.services.care")
@pytest.mark.parametrize("fails", [None, OSError(30, "Read-only file system")])
async def test_the_way_out_of_the_safe_form(sites: list[Site], fails: OSError | None) -> None:
    sites.append(site := Site(END, safe=True))
    site.runs.fails = fails
    ended: list[bool] = []
    site.care.ended.connect(lambda _: ended.append(site.care.safe))
    await site.care.bring_back()
    assert ended == [False]
    assert len(site.runs.ends()) == (0 if fails is None else 1)


async def test_little_room_is_told_once_until_there_was_enough(
    sites: list[Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.0)
    sites.append(site := Site())
    site.evidence.free = 199
    site.care.start()
    await until(lambda: len(site.noticed) == 1)
    assert "199 MB" in site.noticed[0]
    site.evidence.free = 300
    await until(lambda: site.care._little)
    site.evidence.free = None
    site.evidence.free = 500
    await until(lambda: not site.care._little)
    site.evidence.free = 10
    await until(lambda: len(site.noticed) == 2)
    assert site.events.kinds() == [EventKind.DISK_FULL] * 2
