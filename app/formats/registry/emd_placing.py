"""Addresses to the emd they lie in (읍면동, the smallest unit with a boundary everybody has).

A place that is known by its address only is put at the middle of its emd and marked approximate:
on the map, in the right neighbourhood, and nobody takes it for more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# What provinces are called for short and were called before (강원 2023, 전북 2024).
_SHORT = ("서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원", "제주",
          "충북", "충남", "전북", "전남", "경북", "경남")  # fmt: skip
_LONG = {"충청북": "충북", "충청남": "충남", "전라북": "전북", "전라남": "전남", "경상북": "경북",
         "경상남": "경남"}  # fmt: skip
_PROVINCES = {name: name for name in _SHORT} | _LONG
_PROVINCE = re.compile(r"(\S+?)(?:특별자치시|특별자치도|특별시|광역시|도|시)?")
_DISTRICT = re.compile(r"\S+[시군구]")
# Lot numbers follow without a blank as well: 오정동428-2.
_EMD = re.compile(r"([가-힣\d·.]*[가-힣](?:\d[\d·.]*)?[읍면동가])(?:산?\d[\d-]*)?")
# 야탑3동 of an address is 야탑동 in the law; so are 신당제5동 and 두류1·2동.
_ORDINAL = re.compile(r"제?\d[\d·.]*(?=동$)")
# Written 두류1,2동 as well.
_COMMA = re.compile(r"(?<=\d)[,.](?=\d+동)")
_WORD = re.compile(r"[^\s(),\[\]]+")
# A district that the tables split and addresses do not always name: 수원시 of 수원시 영통구.
_MOST_DISTRICTS = 2


@dataclass(frozen=True, slots=True)
class Emd:
    """`code`: 10-digit 법정동코드; `full_name` from the province on; a point in the middle."""

    code: str
    name: str
    full_name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an address lies. `exact` is False where only its district is known (`code` is "")."""

    code: str
    name: str
    latitude: float
    longitude: float
    exact: bool = True


class EmdTable:
    """Finds the emd of an address; made once from the whole table, then asked often."""

    def __init__(self, emds: Iterable[Emd]) -> None:
        self._by_name: dict[tuple[str, str, str], list[Emd]] = defaultdict(list)
        self._by_district: dict[tuple[str, str], list[Emd]] = defaultdict(list)
        for emd in emds:
            province, districts, _ = _split(emd.full_name)
            own = _COMMA.sub("·", emd.name)
            names = {own, _plain(own)}
            for key in ((p, d) for p in (province, "") for d in _names(districts)):
                for name in names:
                    self._by_name[*key, name].append(emd)
                self._by_district[key].append(emd)

    def find(self, address: str) -> Placed | None:
        """The place of a road or lot address; None where not even its district is known.

        Looks at every word of the address, the one in brackets too: a road address names its emd
        there. Several emds of one name (행정동 with numbers) are placed between them.
        """
        province, districts, rest = _split(_COMMA.sub("·", address))
        district = districts[-1] if districts else ""
        if not (province or district):
            return None
        for name in _candidates(rest):
            for form in (name, _plain(name)):
                if found := _of_one_province(self._by_name.get((province, district, form))):
                    return _middle(found, exact=True)
        if found := _of_one_province(self._by_district.get((province, district))):
            return _middle(found, exact=False)
        return None


def _of_one_province(emds: list[Emd] | None) -> list[Emd]:
    """Nothing where an address without its province could lie in several: there are six 중구."""
    provinces = {_split(emd.full_name)[0] for emd in emds or ()}
    return (emds or []) if len(provinces) == 1 else []


def _names(districts: list[str]) -> list[str]:
    """The names under which a district's emds are found: 영통구, 수원시; "" for 세종."""
    return districts or [""]


def _split(address: str) -> tuple[str, list[str], str]:
    """Province in its short form, districts, and the rest."""
    words = address.split()
    province = ""
    if words:
        match = _PROVINCE.fullmatch(words[0])
        province = _PROVINCES.get(match[1] if match else "", "")
    at = 1 if province else 0
    districts: list[str] = []
    while at < len(words) and len(districts) < _MOST_DISTRICTS and _DISTRICT.fullmatch(words[at]):
        districts.append(words[at])
        at += 1
    return province, districts, " ".join(words[at:])


def _candidates(rest: str) -> list[str]:
    """Words that may be the name of an emd, in the order in which they stand.

    101동 is a house; 을지로4가 is none, 을지로 without 가 a road.
    """
    matches = (_EMD.fullmatch(word) for word in _WORD.findall(rest))
    return list(dict.fromkeys(match[1] for match in matches if match))


def _plain(name: str) -> str:
    return _ORDINAL.sub("", name)


def _middle(emds: list[Emd], *, exact: bool) -> Placed:
    count = len(emds)
    return Placed(
        emds[0].code if exact else "",
        emds[0].name if exact else "",
        sum(emd.latitude for emd in emds) / count,
        sum(emd.longitude for emd in emds) / count,
        exact,
    )
