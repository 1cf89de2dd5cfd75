from __future__ import annotations

import json
from typing import Any

import pytest

from app.domain.errors import BadInput
from app.domain.text import Language
from app.formats.registry import its_cameras
from app.formats.registry.entries import CameraImport

CAMERA = {
    "roadsectionid": "0010",
    "coordx": 127.4302,
    "coordy": 36.3314,
    "cctvresolution": "",
    "filecreatetime": "",
    "cctvtype": 1,
    "cctvformat": "HLS",
    "cctvname": "[경부선] 대전나들목",
    "cctvurl": "http://cctvsec.ktict.co.kr/71/geheim-key==",
}


def clean(data: object) -> CameraImport:
    answer = {"response": {"coordtype": 1, "datacount": 1, "data": data}}
    return its_cameras.clean(json.dumps(answer).encode())


def one(**change: Any) -> CameraImport:
    return clean([{**CAMERA, **change}])


@pytest.mark.parametrize("data", [[CAMERA], CAMERA])
def test_one_result_is_an_object_or_an_array(data: object) -> None:
    result = clean(data)
    (entry,) = result.entries
    camera = entry.camera
    assert (camera.name, camera.site) == ("[경부선] 대전나들목", "국가교통정보센터")
    assert (camera.latitude, camera.longitude) == (36.3314, 127.4302)
    assert camera.purpose == "교통정보수집"
    assert camera.profiles[0].url == CAMERA["cctvurl"]
    assert entry.facts == {"road_section": "0010"}
    assert result.report.findings == ()


def test_the_id_stays_when_the_address_runs_out() -> None:
    first = one().entries[0].camera
    later = one(cctvurl="http://cctvsec.ktict.co.kr/71/other==").entries[0].camera
    other = one(cctvname="[경부선] 신탄진").entries[0].camera
    assert first.id == later.id != other.id


@pytest.mark.parametrize("kind", ["2", 3, 5])
def test_a_film_or_a_still_is_no_live_picture(kind: object) -> None:
    result = one(cctvtype=kind)
    assert result.entries[0].camera.profiles == ()
    assert "not a live picture" in result.report.findings[0].reason.en


def test_no_key_is_ever_told() -> None:
    result = one(cctvurl="ftp://user:geheim@host/key")
    assert (result.report.rows, result.report.taken) == (1, 0)
    text = result.report.table(Language.KO) + repr(result.report) + repr(one())
    assert "geheim" not in text


def test_swapped_coordinates_and_a_size() -> None:
    result = one(coordx=36.3314, coordy=127.4302, cctvresolution="640x480")
    camera = result.entries[0].camera
    assert (camera.latitude, camera.longitude) == (36.3314, 127.4302)
    assert camera.profiles[0].width == 640
    assert "swapped" in result.report.findings[0].reason.en


def test_what_is_no_camera_does_not_hide_the_others() -> None:
    result = clean([7, CAMERA, {}])
    assert len(result.entries) == 1
    assert (result.report.rows, result.report.skipped) == (3, 2)


@pytest.mark.parametrize("empty", [[], None, "", {}])
def test_an_empty_answer(empty: object) -> None:
    assert clean(empty).entries == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"{", "JSON"),
        (b"[]", "another form"),
        (b"{}", "cctvInfo"),
        (b'{"resultCode": 2, "resultMsg": "geheim"}', "error: 2"),
        (b"<html>", "error: XML"),
    ],
)
def test_errors(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        its_cameras.clean(data)
