"""선별관제: what video analytics picks out for a person to look at. All of it is ours."""

from __future__ import annotations

from app.domain.incident_type import DragnetDefault, Grade, IncidentType, Step, TypeKey
from app.domain.incident_types.common import (
    ACKNOWLEDGE,
    CAMERAS,
    DRAGNET,
    FALSE_ALARM,
    FIRE_ARRIVAL,
    INVESTIGATION,
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

_OURS = OURS | {"codes", "grade", "dragnet", "receivers"}
# Nearer than for a report by phone: the reporting camera has the place in its picture.
_NEAR = DragnetDefault(radius_m=300.0)

LOOK = Step(
    "look",
    Text(
        "감지한 카메라의 영상에서 상황을 눈으로 확인한다",
        "see with your own eyes, in the reporting camera's picture, what it is",
    ),
)

MONITORING = (
    IncidentType(
        key=TypeKey.INTRUSION,
        name=Text("선별관제: 침입", "analytics: intrusion"),
        short=Text("침입", "intrusion"),
        codes=("GWVAI110",),
        grade=Grade.NORMAL,
        golden=NORMAL_TIMES,
        sop=(LOOK, FALSE_ALARM, ACKNOWLEDGE, DRAGNET, OFFICER, NOTE, RELEASE),
        dragnet=_NEAR,
        receivers=(SiteKind.POLICE,),
        legal=law(CAMERAS, INVESTIGATION),
        ours=_OURS,
    ),
    IncidentType(
        key=TypeKey.LOITERING,
        name=Text("선별관제: 배회", "analytics: loitering"),
        short=Text("배회", "loitering"),
        codes=("GWVAI120",),
        grade=Grade.NORMAL,
        golden=NORMAL_TIMES,
        sop=(LOOK, FALSE_ALARM, ACKNOWLEDGE, NOTE, RELEASE),
        dragnet=_NEAR,
        receivers=(SiteKind.POLICE,),
        legal=law(CAMERAS, LIFE),
        # Whoever loitered has gone by then; who stays is reported again.
        time_out_s=1800.0,
        ours=_OURS | {"time_out_s"},
    ),
    IncidentType(
        key=TypeKey.FALL,
        name=Text("선별관제: 쓰러짐", "analytics: person down"),
        short=Text("쓰러짐", "person down"),
        codes=("GWVAI130",),
        grade=Grade.URGENT,
        golden=URGENT_TIMES,
        sop=(
            LOOK,
            FALSE_ALARM,
            ACKNOWLEDGE,
            Step("report_119", Text("119에 신고한다", "report it to 119")),
            SHARE,
            NOTE,
            RELEASE,
        ),
        dragnet=_NEAR,
        receivers=(SiteKind.FIRE, SiteKind.POLICE),
        legal=law(LIFE),
        ours=_OURS,
    ),
    IncidentType(
        key=TypeKey.FIRE,
        name=Text("선별관제: 화재", "analytics: fire"),
        short=Text("화재", "fire"),
        codes=("GWVAI140",),
        grade=Grade.URGENT,
        golden=(*URGENT_TIMES, FIRE_ARRIVAL),
        sop=(
            LOOK,
            FALSE_ALARM,
            ACKNOWLEDGE,
            DRAGNET,
            Step("report_119", Text("119에 신고한다", "report it to 119")),
            SHARE,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(),
        receivers=(SiteKind.FIRE, SiteKind.DISASTER),
        legal=law(LIFE, SAFETY),
        ours=OURS | {"codes", "grade", "receivers"},
    ),
    IncidentType(
        key=TypeKey.CROWD,
        name=Text("선별관제: 군집", "analytics: crowd"),
        short=Text("군집", "crowd"),
        codes=("GWVAI150",),
        grade=Grade.URGENT,
        golden=URGENT_TIMES,
        sop=(
            LOOK,
            FALSE_ALARM,
            ACKNOWLEDGE,
            DRAGNET,
            Step(
                "density",
                Text(
                    "밀집도와 빠져나갈 길을 주변 카메라로 확인한다",
                    "look at density and ways out with the cameras around",
                ),
            ),
            OFFICER,
            SHARE,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(cameras=8, radius_m=300.0),
        receivers=(SiteKind.POLICE, SiteKind.FIRE, SiteKind.DISASTER),
        legal=law(SAFETY, LIFE),
        ours=_OURS,
    ),
)
