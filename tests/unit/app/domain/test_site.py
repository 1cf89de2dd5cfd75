from __future__ import annotations

import pytest

from app.domain.errors import BadInput
from app.domain.site import Site, SiteId, SiteKind, in_charge, within

NATION, DAEGU, DALSEO, SUSEONG, SEOUL = map(SiteId, ("nation", "daegu", "dalseo", "suseong", "se"))
TREE = {
    site.id: site
    for site in (
        Site(NATION, "국가", SiteKind.NATION),
        Site(DAEGU, "대구광역시", SiteKind.PROVINCE, NATION),
        Site(DALSEO, "달서구", SiteKind.CENTRE, DAEGU, "3470000"),
        Site(SUSEONG, "수성구", SiteKind.CENTRE, DAEGU),
        Site(SEOUL, "서울특별시", SiteKind.PROVINCE, NATION),
    )
}


def test_a_site_reaches_itself_and_all_below() -> None:
    assert within(TREE, NATION) == set(TREE)
    assert within(TREE, DAEGU) == {DAEGU, DALSEO, SUSEONG}
    assert within(TREE, DALSEO) == {DALSEO}


def test_an_unknown_site_reaches_itself_only() -> None:
    assert within(TREE, SiteId("?")) == {SiteId("?")}


@pytest.mark.parametrize("parent", [DALSEO, SUSEONG])
def test_a_site_below_itself_is_told_by_name(parent: SiteId) -> None:
    sites = {
        DALSEO: Site(DALSEO, "달서구", SiteKind.CENTRE, parent),
        SUSEONG: Site(SUSEONG, "수성구", SiteKind.CENTRE, DALSEO),
    }
    with pytest.raises(BadInput) as caught:
        within(sites, DALSEO)
    assert "달서구" in caught.value.text.ko
    assert "달서구" in caught.value.text.en


def test_the_police_in_charge_of_a_place() -> None:
    station = Site(
        SiteId("p1"), "성서경찰서", SiteKind.POLICE, DAEGU, jurisdiction=frozenset({"2729010100"})
    )
    other = Site(SiteId("p2"), "달서경찰서", SiteKind.POLICE, DAEGU)
    centre = Site(DALSEO, "달서구", SiteKind.CENTRE, jurisdiction=frozenset({"2729010100"}))
    assert in_charge([centre, other, station], "2729010100") == (station,)
    assert in_charge([centre, other, station], "1111010100") == ()


def test_every_kind_of_site_has_words() -> None:
    assert len({kind.words for kind in SiteKind}) == len(SiteKind)
