"""What the 112, 119 and disaster rooms ask for: the first services of the platform (국토부)."""

from __future__ import annotations

from app.domain.incident_type import DragnetDefault, Grade, IncidentType, Step, TypeKey
from app.domain.incident_types.common import (
    ACKNOWLEDGE,
    DRAGNET,
    FIRE_ARRIVAL,
    INVESTIGATION,
    LIFE,
    NOTE,
    OFFICER,
    OURS,
    POLICE_ARRIVAL,
    RELEASE,
    SAFETY,
    SHARE,
    URGENT_TIMES,
    law,
)
from app.domain.site import SiteKind
from app.domain.text import Text

EMERGENCY = (
    IncidentType(
        key=TypeKey.EMERGENCY_VIDEO,
        name=Text("112 긴급영상", "112 emergency video"),
        short=Text("112 영상", "112 video"),
        codes=("112UC001",),
        grade=Grade.URGENT,
        golden=(*URGENT_TIMES, POLICE_ARRIVAL),
        sop=(
            ACKNOWLEDGE,
            DRAGNET,
            Step(
                "share",
                Text(
                    "112상황실·경찰서·순찰차에 영상을 제공한다",
                    "share the video with the 112 room, the station and the patrol car",
                ),
            ),
            Step(
                "describe",
                Text(
                    "인상착의·차량·도주 방향을 전달한다",
                    "pass on looks, vehicle and direction of flight",
                ),
                required=False,
            ),
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(),
        receivers=(SiteKind.POLICE,),
        legal=law(LIFE, INVESTIGATION),
        ours=OURS,
    ),
    IncidentType(
        key=TypeKey.POLICE_DISPATCH,
        name=Text("112 긴급출동", "112 emergency dispatch"),
        short=Text("112 출동", "112 dispatch"),
        codes=("112UC120",),
        grade=Grade.URGENT,
        golden=(*URGENT_TIMES, POLICE_ARRIVAL),
        sop=(
            ACKNOWLEDGE,
            DRAGNET,
            Step(
                "officer",
                Text(
                    "정지영상과 상황을 상주경찰관에게 전달하여 출동을 요청한다",
                    "give stills and situation to the officer on duty, who dispatches",
                ),
            ),
            SHARE,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(),
        receivers=(SiteKind.POLICE,),
        legal=law(LIFE, INVESTIGATION),
        ours=OURS,
    ),
    IncidentType(
        key=TypeKey.FIRE_DISPATCH,
        name=Text("119 긴급출동", "119 emergency dispatch"),
        short=Text("119 출동", "119 dispatch"),
        codes=("119UC001",),
        grade=Grade.URGENT,
        golden=(*URGENT_TIMES, FIRE_ARRIVAL),
        sop=(
            ACKNOWLEDGE,
            DRAGNET,
            Step(
                "share",
                Text(
                    "119상황실과 출동 차량에 현장 영상을 제공한다",
                    "share the video of the place with the 119 room and its vehicles",
                ),
            ),
            Step(
                "route",
                Text(
                    "출동 경로의 교통·주정차·이면도로 폭을 확인하여 알린다",
                    "look at traffic, parked cars and narrow roads on the way, and tell them",
                ),
            ),
            Step(
                "hazards",
                Text("주변 위험시설물을 알린다", "tell them of hazards nearby"),
                required=False,
            ),
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(),
        receivers=(SiteKind.FIRE,),
        legal=law(LIFE, SAFETY),
        ours=OURS,
    ),
    IncidentType(
        key=TypeKey.DISASTER,
        name=Text("재난상황 긴급지원", "disaster support"),
        short=Text("재난지원", "disaster"),
        # A weather warning (기상특보) is handled as a disaster; APLEN110 and WESEN110 mean that.
        codes=("DUCDP110", "APLEN110", "WESEN110"),
        grade=Grade.URGENT,
        golden=URGENT_TIMES,
        sop=(
            ACKNOWLEDGE,
            Step(
                "area",
                Text(
                    "하천·지하차도 등 재난 지역의 카메라를 확인한다",
                    "look at the cameras of the area: rivers, underpasses",
                ),
            ),
            Step(
                "share",
                Text(
                    "시군·시도 재난안전상황실에 영상을 제공한다",
                    "share the video with the disaster rooms of city and province",
                ),
            ),
            OFFICER,
            NOTE,
            RELEASE,
        ),
        dragnet=DragnetDefault(cameras=8, radius_m=1000.0),
        receivers=(SiteKind.DISASTER, SiteKind.PROVINCE, SiteKind.FIRE, SiteKind.POLICE),
        legal=law(SAFETY, LIFE),
        ours=OURS | {"dragnet"},
    ),
)
