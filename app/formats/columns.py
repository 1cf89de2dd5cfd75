"""The columns of a camera list and the words that lists use for them.

Sources: 전국CCTV표준데이터 (data.go.kr 15013094) in its older form with 13 and its current one with
18 columns, and municipal files in other orders and with fewer columns.
"""

from __future__ import annotations

import re

NATIONAL = (
    "개방자치단체코드",
    "관리번호",
    "관리기관명",
    "소재지도로명주소",
    "소재지지번주소",
    "설치목적구분",
    "카메라대수",
    "카메라화소수",
    "촬영방면정보",
    "보관일수",
    "설치연월",
    "관리기관전화번호",
    "WGS84위도",
    "WGS84경도",
    "데이터기준일자",
    "데이터갱신구분",
    "데이터갱신시점",
    "최종수정시점",
)
# What Gwanje adds to the national form.
EXTRA = ("number", "name", "main_url", "sub_url", "azimuth", "fov", "pole")
EXTRA_SIZES = ("main_size", "main_fps", "sub_size", "sub_fps")

_WORDS: dict[str, tuple[str, ...]] = {
    "id": ("관리번호", "camera_id", "mng_no"),
    "site": ("관리기관명", "관리기관", "기관명", "site", "mng_inst_nm"),
    "road_address": ("소재지도로명주소", "도로명주소", "주소", "address", "lctn_road_nm_addr"),
    "lot_address": ("소재지지번주소", "지번주소", "행정동", "lctn_lotno_addr"),
    "purpose": ("설치목적구분", "설치목적", "purpose", "cctv용도"),
    "count": ("카메라대수", "cctv수량"),
    "pixels": ("카메라화소수",),
    "direction": ("촬영방면정보",),
    "retention": ("보관일수",),
    "installed": ("설치연월", "설치년월"),
    "latitude": ("wgs84위도", "위도", "latitude", "lat", "wgs84_lat"),
    "longitude": ("wgs84경도", "경도", "longitude", "lon", "lng", "wgs84_lot"),
    "date": ("데이터기준일자",),
    "code": ("개방자치단체코드", "opn_atmy_grp_cd"),
    "phone": ("관리기관전화번호",),
    "number": ("number", "카메라번호"),
    "name": ("name", "카메라명", "cctv명", "cctvname"),
    "main_url": ("main_url", "url"),
    "sub_url": ("sub_url",),
    "azimuth": ("azimuth", "방위각"),
    "fov": ("fov", "화각"),
    "pole": ("pole",),
    "main_size": ("main_size",),
    "main_fps": ("main_fps",),
    "sub_size": ("sub_size",),
    "sub_fps": ("sub_fps",),
}
_CANONICAL = {word: column for column, words in _WORDS.items() for word in words}

# Columns of device addresses and log-ins, as found in lists that were never meant to travel
# (UTIC: CH, ID, CCTVIP, PASSWD). Their values are never read.
_DEVICE = re.compile(
    r"(cctv|camera|device|nvr|dvr)?ip(addr|address|주소)?|아이피(주소)?|mac(address)?|port|포트(번호)?"
    r"|(login|user|접속|로그인)?id|login|user(name)?|account|아이디|계정|사용자"
    r"|(login)?(pw|pwd|pass|passwd|password)|비밀번호|패스워드|비번|암호"
)
# Found only in the national list of emergency bells, which otherwise looks like cameras.
_BELL_WORDS = frozenset({"안전비상벨관리번호", "안전비상벨설치연도"})


def plain(word: str) -> str:
    """A header's word as it is compared: "WGS84 위도 " and "wgs84위도" are the same."""
    return re.sub(r"[\s\ufeff\"']+", "", word).casefold()


def canonical(word: str) -> str | None:
    """The name used in this package for a header's word, None for one that means nothing."""
    return None if is_device(word) else _CANONICAL.get(plain(word))


def is_device(word: str) -> bool:
    return _DEVICE.fullmatch(re.sub(r"[_\-.()]", "", plain(word))) is not None


def is_bell(word: str) -> bool:
    return plain(word) in _BELL_WORDS
