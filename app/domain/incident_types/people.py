"""Persons and vehicles that are looked for or protected."""

from __future__ import annotations

from app.domain.incident_type import (
    DragnetDefault,
    GoldenStep,
    GoldenTime,
    Grade,
    IncidentType,
    Reason,
    Step,
    TypeKey,
)
from app.domain.incident_types.common import (
    ACKNOWLEDGE,
    CONSENT,
    DRAGNET,
    EXECUTION,
    FALSE_ALARM,
    FOLLOW,
    INVESTIGATION,
    LIFE,
    NOTE,
    OFFICER,
    OURS,
    RELEASE,
    SHARE,
    URGENT_TIMES,
    law,
)
from app.domain.site import SiteKind
from app.domain.text import Text

# Metres a second: someone who walks briskly; a car at the limit of city streets (50 km/h).
WALKING = 1.4
DRIVING = 13.9

# The only violations for which video may be shared (법무부, 207 centres since April 2019).
ANKLET_REASONS = (
    Reason("damage", Text("전자장치 훼손", "the device was damaged")),
    Reason("curfew", Text("야간 외출제한 위반", "breach of the night curfew")),
    Reason("zone", Text("출입금지구역 진입", "entry into a forbidden zone")),
    Reason("approach", Text("특정인 접근", "approach to a protected person")),
)

PEOPLE = (
    IncidentType(
        key=TypeKey.VULNERABLE_PERSON,
        name=Text("사회적 약자 지원", "vulnerable person"),
        short=Text("사회적 약자", "person at risk"),
        codes=("WPSSF110",),
        grade=Grade.URGENT,
        golden=URGENT_TIMES,
        sop=(
            ACKNOWLEDGE,
            Step(
                "person",
                Text(
                    "사진과 인적사항을 확인한다",
                    "look at the photo and what is known of the person",
                ),
            ),
            DRAGNET,
            Step("guardian", Text("보호자와 통화한다", "call the guardian")),
            FOLLOW,
            SHARE,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(speed_mps=WALKING),
        receivers=(SiteKind.POLICE, SiteKind.FIRE),
        legal=law(LIFE),
        ours=OURS | {"grade", "dragnet"},
    ),
    IncidentType(
        key=TypeKey.WANTED_VEHICLE,
        name=Text("수배차량 검색", "wanted vehicle"),
        short=Text("수배차량", "wanted car"),
        codes=("LPRUM120", "LPRUM104", "FMSFT110"),
        grade=Grade.VEHICLE,
        golden=(
            GoldenTime(GoldenStep.ACKNOWLEDGE, 20),
            GoldenTime(GoldenStep.VIDEO, 30),
            GoldenTime(GoldenStep.NOTICE, 60),
        ),
        sop=(
            ACKNOWLEDGE,
            Step(
                "plate",
                Text(
                    "정지영상에서 차량번호를 눈으로 확인한다",
                    "read the plate in the still with your own eyes",
                ),
            ),
            FOLLOW,
            SHARE,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(speed_mps=DRIVING),
        receivers=(SiteKind.POLICE,),
        legal=law(INVESTIGATION),
        # After half an hour at city speed the vehicle may be 25 km away; the next hit opens anew.
        time_out_s=1800.0,
        ours=OURS | {"dragnet", "time_out_s"},
    ),
    IncidentType(
        key=TypeKey.ANKLET,
        name=Text("전자발찌 위반자 검거 지원", "electronic anklet violation"),
        short=Text("전자발찌", "anklet"),
        codes=("GWEAN110",),
        grade=Grade.URGENT,
        golden=URGENT_TIMES,
        sop=(
            ACKNOWLEDGE,
            Step(
                "reason",
                Text(
                    "네 가지 위반 사유 가운데 무엇인지 확인한다",
                    "see which of the four violations it is",
                ),
            ),
            DRAGNET,
            Step(
                "share",
                Text(
                    "위치추적센터·보호관찰소에 영상을 제공한다",
                    "share the video with the tracking centre and the probation office",
                ),
            ),
            FOLLOW,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(speed_mps=WALKING),
        receivers=(SiteKind.PROBATION,),
        legal=law(EXECUTION),
        reasons=ANKLET_REASONS,
        ours=OURS | {"codes", "grade", "dragnet"},
    ),
    IncidentType(
        key=TypeKey.CITIZEN_APP,
        name=Text("안심이", "citizen's app call"),
        short=Text("안심이", "app call"),
        # Safe way home, and the safe taxi that came out of the same service.
        codes=("POCCP103", "STLSF110"),
        grade=Grade.URGENT,
        golden=URGENT_TIMES,
        sop=(
            ACKNOWLEDGE,
            Step(
                "phone",
                Text(
                    "휴대전화 영상을 보며 신고자와 상담한다",
                    "look at the phone's video and talk to the caller",
                ),
            ),
            DRAGNET,
            OFFICER,
            Step("guardian", Text("보호자에게 문자를 보낸다", "text the guardian"), required=False),
            SHARE,
            FALSE_ALARM,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(speed_mps=WALKING),
        receivers=(SiteKind.POLICE,),
        legal=law(CONSENT, LIFE),
        ours=OURS | {"grade", "dragnet"},
    ),
)
