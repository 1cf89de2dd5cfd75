"""The two ledgers that the law asks for, made from the entries.

Provision: 개인정보의 목적 외 이용 및 제3자 제공 대장, eight fields (개인정보 보호법 시행령 제15조).
Video: 개인영상정보 관리대장 (표준 개인정보 보호지침, annexed form).
They are documents of Korean law: their cells are Korean in every language of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.ledger.entry import Kind
from app.domain.ledger.record import KOREA, Record
from app.domain.text import Text


class BookName(StrEnum):
    PROVISION = "provision"
    VIDEO = "video"

    @property
    def heading(self) -> Text:
        return _TITLES[self]

    @property
    def columns(self) -> tuple[Text, ...]:
        return _COLUMNS[self]


_TITLES: Final = {
    BookName.PROVISION: Text(
        "개인정보의 목적 외 이용 및 제3자 제공 대장", "Ledger of provision to third parties"
    ),
    BookName.VIDEO: Text("개인영상정보 관리대장", "Ledger of personal video"),
}
_COLUMNS: Final = {
    BookName.PROVISION: (
        Text("개인정보파일 명칭", "File of personal data"),
        Text("제공받는 기관", "Receiving body"),
        Text("목적", "Purpose"),
        Text("법적 근거", "Legal basis"),
        Text("항목", "Items"),
        Text("날짜·기간", "Date, period"),
        Text("형태", "Form"),
        Text("제한·조치 요청", "Limits requested (Art. 18(5))"),
    ),
    BookName.VIDEO: (
        Text("번호", "No."),
        Text("구분", "Kind"),
        Text("일시", "When"),
        Text("파일명·형태", "File, form"),
        Text("담당자", "Person in charge"),
        Text("목적·사유", "Purpose, reason"),
        Text("제공받는 제3자", "Third party"),
        Text("이용·제공 근거", "Basis"),
        Text("촬영 장소", "Place"),
        Text("기간", "Period"),
    ),
}
_FILE: Final = "고정형 영상정보처리기기 영상"
_FORM: Final = "실시간 영상 중계(저장·재생 불가)"
_LIMITS: Final = "목적 외 이용·저장·재제공 금지, 종료 시 즉시 차단"
_USED, _PROVIDED, _COPIED = "이용", "제공", "반출"
_SHARES: Final = frozenset({Kind.SHARE_BEGUN, Kind.SHARE_CHANGED, Kind.SHARE_ENDED})
# So many cameras are named in a cell; the rest is counted.
_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class Names:
    """What people call sites, cameras and incidents by their ids; unknown ids stay as they are."""

    sites: Mapping[str, str]
    cameras: Mapping[str, str]
    incidents: Mapping[str, str]

    def site(self, id_: str) -> str:
        return self.sites.get(id_, id_)

    def camera(self, id_: str) -> str:
        return self.cameras.get(id_, id_)

    def incident(self, id_: str) -> str:
        return self.incidents.get(id_, id_)


@dataclass(frozen=True, slots=True)
class Given:
    """One share over its life: `last` is the newest that was written of it.

    `cameras`: every one that was given at some time, also those that were taken back since.
    """

    first: Record
    last: Record
    cameras: tuple[str, ...] = ()

    @property
    def until(self) -> datetime | None:
        """None while it runs."""
        return self.last.ended


# Personal video in files: saved here, or opened among the files of an incident.
_FILES: Final = frozenset({Kind.STILL, Kind.CLIP, Kind.FILE})


def kinds_of(book: BookName) -> frozenset[Kind]:
    """The entries that it is made of."""
    return _SHARES if book is BookName.PROVISION else _SHARES | _FILES


def rows_of(
    book: BookName, records: Iterable[Record], names: Names, since: datetime, until: datetime
) -> list[tuple[str, ...]]:
    """What began within `since` … `until`, in its order.

    `records` in their order; those after `until` say how what had begun has ended.
    """
    found = list(records)
    shares = [one for one in shares_of(found) if since <= one.first.at < until]
    if book is BookName.PROVISION:
        return [_provided(one, names) for one in shares]
    lines = [(one.first.at, _video_share(one, names)) for one in shares]
    lines += [
        (one.at, _video_file(one, names))
        for one in found
        if one.known in _FILES and since <= one.at < until
    ]
    lines.sort(key=lambda line: line[0])
    return [(str(n), *cells) for n, (_, cells) in enumerate(lines, 1)]


def shares_of(records: Iterable[Record]) -> list[Given]:
    """Shares that began among these records."""
    found: dict[str, Given] = {}
    for one in records:
        kind = one.known
        if kind is Kind.SHARE_BEGUN:
            found[one.share] = Given(one, one, tuple(one.facts.get("cameras", "").split()))
        elif kind in _SHARES and one.share in found:
            known = found[one.share]
            cameras = (*known.cameras, *one.facts.get("cameras", "").split())
            found[one.share] = Given(known.first, one, tuple(dict.fromkeys(cameras)))
    return list(found.values())


def _provided(one: Given, names: Names) -> tuple[str, ...]:
    first = one.first
    return (
        _FILE,
        names.site(first.facts.get("receiver", "")),
        _purpose(first, names),
        _basis(first),
        _cameras(one.cameras, names.camera),
        _period(first.begun or first.at, one.until),
        _FORM,
        _LIMITS,
    )


def _video_share(one: Given, names: Names) -> tuple[str, ...]:
    first = one.first
    return (
        _PROVIDED,
        _time(first.at),
        _FORM,
        first.name,
        _purpose(first, names),
        names.site(first.facts.get("receiver", "")),
        _basis(first),
        _cameras(one.cameras, names.camera),
        _period(first.begun or first.at, one.until),
    )


def _video_file(one: Record, names: Names) -> tuple[str, ...]:
    clip = one.known is Kind.CLIP
    form = "동영상" if clip else "사건 첨부" if one.known is Kind.FILE else "사진"
    return (
        _COPIED if clip else _USED,
        _time(one.at),
        f"{one.facts.get('file', '')} ({form})".strip(),
        one.name,
        _purpose(one, names),
        "",
        "",
        names.camera(one.camera) if one.camera else "",
        _period(one.begun or one.at, one.ended or one.at),
    )


def _purpose(one: Record, names: Names) -> str:
    incident = names.incident(one.incident) if one.incident else ""
    return " · ".join(filter(None, (incident, one.purpose)))


def _basis(one: Record) -> str:
    return " · ".join(filter(None, (one.facts.get("basis", ""), one.facts.get("ground", ""))))


def _cameras(ids: Sequence[str], name: Callable[[str], str]) -> str:
    named = ", ".join(name(id_) for id_ in ids[:_NAMED])
    more = f" 외 {len(ids) - _NAMED}대" if len(ids) > _NAMED else ""
    return f"실시간 영상 {len(ids)}대: {named}{more}" if ids else "실시간 영상"


def _time(at: datetime) -> str:
    return f"{at.astimezone(KOREA):%Y-%m-%d %H:%M}"


def _period(begun: datetime, ended: datetime | None) -> str:
    if ended is None:
        return f"{_time(begun)} ~ (진행 중)"
    return f"{_time(begun)} ~ {_time(ended)}"
