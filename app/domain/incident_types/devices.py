"""What bells, detectors, alarms and machines tell by themselves."""

from __future__ import annotations

from app.domain.incident_type import (
    DragnetDefault,
    GoldenStep,
    GoldenTime,
    Grade,
    IncidentType,
    Step,
    TypeKey,
)
from app.domain.incident_types.common import (
    ACKNOWLEDGE,
    CAMERAS,
    DRAGNET,
    FALSE_ALARM,
    FIRE_ARRIVAL,
    LIFE,
    NORMAL_TIMES,
    NOTE,
    OFFICER,
    OURS,
    RELEASE,
    SAFETY,
    SHARE,
    URGENT_TIMES,
    law,
)
from app.domain.site import SiteKind
from app.domain.text import Text

_HOUR = 3600

DEVICES = (
    IncidentType(
        key=TypeKey.MARKET_FIRE,
        name=Text("전통시장 화재", "traditional market fire"),
        short=Text("시장 화재", "market fire"),
        codes=("GWMKF110",),
        grade=Grade.URGENT,
        golden=(*URGENT_TIMES, FIRE_ARRIVAL),
        sop=(
            ACKNOWLEDGE,
            Step(
                "stall",
                Text(
                    "시장 배치도에서 점포를 찾고 연결된 카메라로 불꽃·연기를 확인한다",
                    "find the stall on the market's plan and look for flame and smoke",
                ),
            ),
            Step(
                "report_119",
                Text("119 자동신고 여부를 확인한다", "make sure that 119 has the report"),
            ),
            SHARE,
            Step(
                "merchants",
                Text("상인에게 문자·전화로 알린다", "warn the merchants by text or call"),
            ),
            FALSE_ALARM,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(radius_m=200.0),
        receivers=(SiteKind.FIRE, SiteKind.DISASTER),
        legal=law(LIFE, SAFETY, CAMERAS),
        ours=OURS | {"codes", "grade", "dragnet"},
    ),
    IncidentType(
        key=TypeKey.EMERGENCY_BELL,
        name=Text("비상벨", "emergency bell"),
        short=Text("비상벨", "bell"),
        codes=("EBSCP110", "SEBSF110"),
        grade=Grade.URGENT,
        golden=(
            GoldenTime(GoldenStep.ACKNOWLEDGE, 15),
            GoldenTime(GoldenStep.VIDEO, 20),
            GoldenTime(GoldenStep.NOTICE, 90),
        ),
        sop=(
            ACKNOWLEDGE,
            Step("talk", Text("벨 통화로 상황을 묻는다", "ask by the bell's call what happened")),
            DRAGNET,
            OFFICER,
            Step(
                "warning",
                Text("경광등·안내방송을 켠다", "switch on warning light and announcement"),
                required=False,
            ),
            FALSE_ALARM,
            NOTE,
            RELEASE,
        ),
        # The bell's own pole and those in sight of it.
        dragnet=DragnetDefault(radius_m=200.0),
        receivers=(SiteKind.POLICE,),
        legal=law(LIFE),
        ours=OURS | {"grade", "dragnet"},
    ),
    IncidentType(
        key=TypeKey.PRIVATE_SECURITY,
        name=Text("민간보안 연계", "private security"),
        short=Text("민간보안", "security"),
        codes=("GWSEC110",),
        grade=Grade.NORMAL,
        golden=NORMAL_TIMES,
        sop=(ACKNOWLEDGE, DRAGNET, OFFICER, FALSE_ALARM, NOTE, RELEASE),
        dragnet=DragnetDefault(),
        # What may go back to the firm no public source says: nothing does.
        receivers=(SiteKind.POLICE,),
        legal=law(LIFE),
        ours=OURS | {"codes", "grade", "receivers"},
    ),
    IncidentType(
        key=TypeKey.TRAFFIC,
        name=Text("교통돌발", "traffic incident"),
        short=Text("교통돌발", "traffic"),
        codes=("TUATR100",),
        grade=Grade.NORMAL,
        golden=NORMAL_TIMES,
        sop=(
            ACKNOWLEDGE,
            DRAGNET,
            Step(
                "injured",
                Text("인명 피해가 있으면 119에 알린다", "tell 119 where people are hurt"),
            ),
            SHARE,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(radius_m=1000.0),
        receivers=(SiteKind.POLICE, SiteKind.FIRE),
        legal=law(CAMERAS, LIFE),
        # The sender tells of changes while it lasts; six hours of silence is an end it never sent.
        time_out_s=6.0 * _HOUR,
        ours=OURS | {"grade", "dragnet", "receivers", "time_out_s"},
    ),
    IncidentType(
        key=TypeKey.FACILITY_FAULT,
        name=Text("시설장애", "facility fault"),
        short=Text("시설장애", "fault"),
        codes=("FCLFT101",),
        grade=Grade.NORMAL,
        golden=(
            GoldenTime(GoldenStep.ACKNOWLEDGE, _HOUR),
            GoldenTime(GoldenStep.NOTICE, 4 * _HOUR),
        ),
        sop=(
            ACKNOWLEDGE,
            Step(
                "cover",
                Text("주변 카메라로 사각지대를 메운다", "cover the blind spot with cameras nearby"),
                required=False,
            ),
            Step(
                "maintenance",
                Text("유지보수 업체에 점검을 요청한다", "ask the maintenance firm to look at it"),
            ),
            NOTE,
            RELEASE,
        ),
        # The cameras around it stand in for it; there is nothing to share.
        dragnet=DragnetDefault(radius_m=200.0),
        receivers=(),
        legal=law(CAMERAS),
        ours=OURS | {"grade", "dragnet", "receivers"},
    ),
)
