"""The bodies that keep cameras and bells: one name for each, however the rows write it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

from app.domain.text import Text
from app.formats.build import region
from app.formats.camera_rows import Row

ONE_NAME = Text(
    "관리기관명을 시도까지 붙여 하나로 맞췄습니다",
    "the body's name was made the same as in other rows, with its province",
)
_PROVINCE = re.compile(r"\S+(특별시|광역시|특별자치시|특별자치도|도)")
_OFFICE = re.compile(r"\S+[청시군구]")


@dataclass(frozen=True, slots=True)
class Body:
    """`name` with the province before it: 대전광역시 유성구청."""

    name: str
    department: str = ""

    @property
    def whole(self) -> str:
        return f"{self.name} {self.department}".strip()


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says of its body."""

    name: str
    code: str
    address: str


def said_of(row: Row) -> Said:
    """Of a row with the columns site, code and addresses."""
    return Said(row["site"], row["code"], region(row["lot_address"] or row["road_address"]))


def split(name: str) -> tuple[str, str, str]:
    """Province, office and department of 대전광역시 대덕구청 공원녹지과."""
    words = name.split()
    province = ""
    if len(words) > 1 and _PROVINCE.fullmatch(words[0]):
        province, words = words[0], words[1:]
    # 경기도 성남시 분당구청: an office may take several words, the last of which ends in 청.
    run = sum(1 for _ in takewhile(_OFFICE.fullmatch, words))
    end = next((n for n, word in enumerate(words[:run], 1) if word.endswith("청")), run)
    end = end or len(words)
    return province, " ".join(words[:end]), " ".join(words[end:])


def key(said: Said) -> str:
    """The same for every row of one body: its code, else its name with the province."""
    _, office, _ = split(said.name)
    return said.code or (f"{_province(said)} {office}" if office else region(said.address))


def _province(said: Said) -> str:
    """As the name says, else as the address does."""
    first = said.address.split(" ")[0]
    return split(said.name)[0] or (first if _PROVINCE.fullmatch(first) else "")


def named(rows: Iterable[Said]) -> Mapping[Said, Body]:
    """Every row's body under the fullest name that rows of the same code use.

    Where no row names the province, that of the addresses does: 유성구청 with addresses in
    대전광역시 유성구 is 대전광역시 유성구청.
    """
    rows = list(rows)
    provinces: dict[str, Counter[str]] = defaultdict(Counter)
    offices: dict[str, Counter[str]] = defaultdict(Counter)
    for said in rows:
        if province := _province(said):
            provinces[key(said)][province] += 1
        if office := split(said.name)[1]:
            offices[key(said)][office] += 1
    found: dict[Said, Body] = {}
    for said in rows:
        own = key(said)
        province = _most(provinces[own])
        office = _most(offices[own]) or region(said.address)
        whole = office if office.startswith(province) else f"{province} {office}"
        found[said] = Body(whole.strip(), split(said.name)[2])
    return found


def _most(counts: Counter[str]) -> str:
    return max(sorted(counts), key=lambda word: counts[word], default="")
