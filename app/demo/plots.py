"""How incidents of each type begin and go on in the demo, and in whose words. All invented."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.incident_type import TypeKey
from app.domain.intake import Kind


class Door(StrEnum):
    """By which way in the sender comes; as the hub calls them."""

    PLATFORM = "platform"
    CAP = "cap"
    WEBHOOK = "webhook"
    ITS = "its"
    DISASTER = "disaster"
    # A second operator, on the telephone: what no system of others tells of.
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Plot:
    """`course`: after how many messages what follows. `second_hit`: the same plate, elsewhere."""

    type: TypeKey
    door: Door
    feed: str
    prefix: str
    choices: tuple[Mapping[str, str], ...]
    course: tuple[tuple[int, Kind], ...] = ()
    second_hit: int = 0


_CHANGED, _RELEASED, _ENDED, _POSITION = Kind.CHANGED, Kind.RELEASED, Kind.ENDED, Kind.POSITION
_PERSON = {
    "name": "김영시",
    "phone": "010-0000-1021",
    "guardian": "박보기",
    "guardian_phone": "010-0000-2042",
    "user": "사회복지과",
}

PLOTS = (
    Plot(
        TypeKey.EMERGENCY_VIDEO, Door.PLATFORM, "112", "112-",
        (
            {"class": "강도", "grade": "10", "user": "대구경찰청"},
            {"class": "폭력", "grade": "20", "user": "대구경찰청"},
            {"class": "실종", "grade": "10", "user": "대구경찰청"},
        ),
        ((4, _CHANGED), (16, _RELEASED), (20, _ENDED)),
    ),
    Plot(
        TypeKey.FIRE_DISPATCH, Door.PLATFORM, "119", "119-",
        (
            {"class": "화재", "detail": "주택화재", "user": "대구소방본부"},
            {"class": "구급", "detail": "심정지", "user": "대구소방본부"},
            {"class": "구조", "detail": "승강기 갇힘", "user": "대구소방본부"},
        ),
        ((5, _CHANGED), (18, _RELEASED)),
    ),
    Plot(
        TypeKey.VULNERABLE_PERSON, Door.PLATFORM, "WP1", "WP1-",
        ({"service": "치매노인", **_PERSON}, {"service": "아동안전", **_PERSON}),
        ((6, _CHANGED), (22, _ENDED)),
    ),
    Plot(
        TypeKey.DISASTER, Door.CAP, "disaster-room", "CAP-",
        (
            {"event": "호우", "headline": "달서구 호우 경보", "instruction": "하천변 출입 금지"},
            {"event": "침수", "headline": "지하차도 침수 경보", "instruction": "우회하십시오"},
        ),
        ((7, _CHANGED), (24, _ENDED)),
    ),
    Plot(
        TypeKey.DISASTER, Door.DISASTER, "disaster-messages", "9",
        (
            {
                "DST_SE_NM": "호우", "EMRG_STEP_NM": "안전안내",
                "MSG_CN": "호우주의보 발효 중. 지하차도와 하천변 통행을 삼가십시오. [달서구]",
            },
            {
                "DST_SE_NM": "산불", "EMRG_STEP_NM": "긴급재난",
                "MSG_CN": "와룡산 자락 산불 발생. 인근 주민은 대피하시기 바랍니다. [달서구]",
            },
        ),
    ),
    Plot(
        TypeKey.TRAFFIC, Door.ITS, "its", "152",
        (
            {"eventType": "교통사고", "eventDetailType": "추돌사고", "message": "1차로 차단"},
            {"eventType": "공사", "eventDetailType": "도로포장", "message": "2차로 부분 통제"},
        ),
        ((14, _ENDED),),
    ),
    Plot(
        TypeKey.EMERGENCY_BELL, Door.WEBHOOK, "bells", "EB-",
        ({"title": "비상벨 눌림"}, {"title": "비상벨 눌림 (음성 통화)"}),
        ((10, _ENDED),),
    ),
    Plot(
        TypeKey.MARKET_FIRE, Door.WEBHOOK, "market-fire", "MF-",
        (
            {"market": "월배시장", "stall": "나동 14호", "signature": "불꽃", "severity": "10"},
            {"market": "성당시장", "stall": "가동 3호", "signature": "연기", "severity": "10"},
        ),
        ((3, _CHANGED), (15, _ENDED)),
    ),
    Plot(
        TypeKey.WANTED_VEHICLE, Door.WEBHOOK, "plates", "LPR-",
        ({"reason": "도난"}, {"reason": "수배"}, {"reason": "대포차"}),
        ((19, _RELEASED),),
        second_hit=8,
    ),
    Plot(
        TypeKey.ANKLET, Door.WEBHOOK, "probation", "EM-",
        (
            {"reason": "zone", "centre": "대구위치추적센터", "name": "이가상"},
            {"reason": "damage", "centre": "대구위치추적센터", "name": "최보기"},
        ),
        ((2, _POSITION), (4, _POSITION), (6, _POSITION), (17, _RELEASED)),
    ),
    Plot(
        TypeKey.CITIZEN_APP, Door.WEBHOOK, "citizen-app", "APP-",
        (
            {"service": "안심귀가", "trigger": "흔들기", "name": "정나리"},
            {"service": "안심귀가", "trigger": "버튼", "name": "한가람"},
        ),
        ((3, _POSITION), (5, _POSITION), (13, _ENDED)),
    ),
    Plot(
        TypeKey.PRIVATE_SECURITY, Door.WEBHOOK, "security", "SEC-",
        ({"firm": "든든보안", "alarm": "침입 감지"}, {"firm": "든든보안", "alarm": "금고 진동"}),
        ((12, _ENDED),),
    ),
    Plot(
        TypeKey.POLICE_DISPATCH, Door.HAND, "telephone", "",
        ({"title": "긴급출동: 주취자 난동"}, {"title": "긴급출동: 자살 의심 신고"}),
    ),
    Plot(
        TypeKey.FACILITY_FAULT, Door.HAND, "telephone", "",
        ({"title": "시설장애: 함체 문 열림"}, {"title": "시설장애: 렌즈 오염"}),
    ),
    *(
        Plot(type_, Door.WEBHOOK, "analytics", "VA-", ({"confidence": "0.91", "rule": rule},),
             ((9, _ENDED),))
        for type_, rule in (
            (TypeKey.INTRUSION, "출입 통제선"),
            (TypeKey.LOITERING, "3분 이상 배회"),
            (TypeKey.FALL, "쓰러짐"),
            (TypeKey.FIRE, "불꽃·연기"),
            (TypeKey.CROWD, "제곱미터당 4명"),
        )
    ),
)  # fmt: skip

FEEDS: Mapping[str, Door] = {plot.feed: plot.door for plot in PLOTS if plot.door is not Door.HAND}

_MORE = {
    TypeKey.EMERGENCY_VIDEO: {"class": "강도 (도주 중, 흰색 승용차)"},
    TypeKey.FIRE_DISPATCH: {"detail": "대응 1단계"},
    TypeKey.VULNERABLE_PERSON: {"remarks": "회색 점퍼, 모자"},
    TypeKey.MARKET_FIRE: {"repeats": "3"},
    TypeKey.DISASTER: {"description": "피해 신고가 늘고 있습니다"},
}
_SYLLABLES = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주"


def values_of(plot: Plot, chance: random.Random) -> dict[str, str]:
    """What the sender says of a new incident."""
    values = dict(chance.choice(plot.choices))
    if plot.type is TypeKey.WANTED_VEHICLE:
        letter = chance.choice(_SYLLABLES)
        values["plate"] = f"{chance.randint(10, 999)}{letter}{chance.randint(1000, 9999)}"
    if plot.type is TypeKey.EMERGENCY_BELL:
        values["bell"] = f"달서-비상벨-{chance.randint(1, 9999):04d}"
    if plot.feed == "analytics":
        values["device"] = f"VA-{chance.randint(1, 9999):04d}"
    return values


def words(plot: Plot, kind: Kind, values: Mapping[str, str]) -> Mapping[str, str]:
    """The same, with what has become known since."""
    return {**values, **_MORE.get(plot.type, {})} if kind is Kind.CHANGED else values
