"""Places in Dalseo-gu (대구광역시 달서구) where such a site would have its poles.

Names of places, roads and dongs are real; which of them has a camera is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.camera import Purpose


@dataclass(frozen=True, slots=True)
class Place:
    """`road` with number is the address; WGS84 degrees, exact to about a street."""

    name: str
    dong: str
    road: str
    latitude: float
    longitude: float
    purpose: Purpose


_CRIME, _CHILDREN = Purpose.CRIME_PREVENTION, Purpose.CHILDREN
_TRAFFIC, _PARKING = Purpose.TRAFFIC, Purpose.PARKING
_DISASTER, _REFUSE, _VEHICLE = Purpose.DISASTER, Purpose.REFUSE, Purpose.VEHICLE
_FACILITY, _MULTI = Purpose.FIRE, Purpose.MULTI

PLACES = (
    Place("월성네거리", "월성동", "월배로 180", 35.8241, 128.5262, _TRAFFIC),
    Place("상인역 4번출구", "상인동", "월배로 223", 35.8189, 128.5376, _CRIME),
    Place("죽전네거리", "죽전동", "달구벌대로 1608", 35.8506, 128.5379, _TRAFFIC),
    Place("두류공원 정문", "두류동", "공원순환로 36", 35.8498, 128.5583, _CRIME),
    Place("진천초등학교 앞", "진천동", "진천로 38", 35.8120, 128.5228, _CHILDREN),
    Place("감삼역 2번출구", "감삼동", "달구벌대로 1709", 35.8531, 128.5472, _CRIME),
    Place("이곡장미공원", "이곡동", "이곡공원로 28", 35.8546, 128.5108, _CRIME),
    Place("본리네거리", "본리동", "구마로 148", 35.8392, 128.5391, _TRAFFIC),
    Place("송현시장 입구", "송현동", "송현로 92", 35.8297, 128.5517, _PARKING),
    Place("용산네거리", "용산동", "달구벌대로 1500", 35.8489, 128.5292, _TRAFFIC),
    Place("장기초등학교 앞", "장기동", "장기로 201", 35.8436, 128.5268, _CHILDREN),
    Place("성당네거리", "성당동", "성당로 187", 35.8424, 128.5563, _TRAFFIC),
    Place("계명대역 3번출구", "신당동", "달구벌대로 1095", 35.8517, 128.4911, _CRIME),
    Place("호산네거리", "호산동", "호산로 60", 35.8532, 128.4826, _TRAFFIC),
    Place("월암네거리", "월암동", "성서공단로 217", 35.8368, 128.5008, _VEHICLE),
    Place("대곡역 2번출구", "대곡동", "상화로 55", 35.8071, 128.5131, _CRIME),
    Place("도원지 수변공원", "도원동", "월곡로 5", 35.7952, 128.5478, _DISASTER),
    Place("강창교 동단", "파호동", "달구벌대로 891", 35.8517, 128.4772, _DISASTER),
    Place("갈산네거리", "갈산동", "성서로 275", 35.8459, 128.4998, _VEHICLE),
    Place("상인네거리", "상인동", "상화로 340", 35.8177, 128.5366, _TRAFFIC),
    Place("월배시장 북문", "진천동", "월배로 101", 35.8152, 128.5287, _PARKING),
    Place("두류역 9번출구", "두류동", "달구벌대로 1801", 35.8567, 128.5566, _CRIME),
    Place("조암로 학원가", "월성동", "조암로 76", 35.8262, 128.5168, _CHILDREN),
    Place("와룡시장 남문", "용산동", "와룡로 217", 35.8568, 128.5270, _REFUSE),
    Place("성서산업단지역", "이곡동", "달구벌대로 1251", 35.8514, 128.5068, _MULTI),
    Place("학산공원 입구", "월성동", "학산로 12", 35.8281, 128.5339, _CRIME),
    Place("대명천 유천교", "유천동", "유천로 12", 35.8166, 128.5121, _DISASTER),
    Place("한실초등학교 앞", "도원동", "한실로 60", 35.8031, 128.5418, _CHILDREN),
    Place("월촌역 네거리", "상인동", "월배로 317", 35.8229, 128.5446, _TRAFFIC),
    Place("본동 복지관 골목", "본동", "구마로26길 59", 35.8327, 128.5402, _REFUSE),
    Place("이월드 주차장", "두류동", "두류공원로 200", 35.8533, 128.5640, _PARKING),
    Place("장동초등학교 앞", "장기동", "장기로 66", 35.8419, 128.5171, _CHILDREN),
    Place("달서구청 앞", "월성동", "학산로 45", 35.8299, 128.5327, _MULTI),
    Place("선원공원 산책로", "이곡동", "선원로 80", 35.8589, 128.5142, _CRIME),
    Place("성서IC 진입로", "장동", "성서공단로 11", 35.8380, 128.5123, _VEHICLE),
    Place("신당중학교 앞", "신당동", "계대동문로 20", 35.8566, 128.4889, _CHILDREN),
    Place("남대구IC 진출로", "월암동", "성서공단남로 9", 35.8316, 128.5085, _VEHICLE),
    Place("죽전역 4번출구", "감삼동", "달구벌대로 1631", 35.8505, 128.5397, _CRIME),
    Place("송현역 2번출구", "송현동", "월배로 412", 35.8287, 128.5521, _CRIME),
    Place("파호동 고분군", "파호동", "달서대로 667", 35.8490, 128.4790, _FACILITY),
    Place("대곡지하차도", "대곡동", "상화로 12", 35.8068, 128.5155, _DISASTER),
    Place("성당시장 골목", "성당동", "당산로 57", 35.8433, 128.5556, _REFUSE),
    Place("월광수변공원", "도원동", "월곡로 7", 35.7975, 128.5500, _CRIME),
    Place("호산초등학교 앞", "호산동", "호산동로 98", 35.8557, 128.4801, _CHILDREN),
)
