"""What several types have in common: times, steps and words of the law.

Articles are those of the Personal Information Protection Act (개인정보 보호법). Which of them
carries which service is our reading; the centre has it reviewed.
"""

from __future__ import annotations

from app.domain.incident_type import GoldenStep, GoldenTime, Step
from app.domain.text import Text

# No public source gives the steps, nor which article stands behind which service.
OURS = frozenset({"sop", "legal"})

URGENT_TIMES = (
    GoldenTime(GoldenStep.ACKNOWLEDGE, 30),
    GoldenTime(GoldenStep.VIDEO, 45),
    GoldenTime(GoldenStep.NOTICE, 120),
)
NORMAL_TIMES = (
    GoldenTime(GoldenStep.ACKNOWLEDGE, 60),
    GoldenTime(GoldenStep.VIDEO, 90),
    GoldenTime(GoldenStep.NOTICE, 300),
)
# 112 codes 0 and 1: five minutes. Fire: seven minutes (KPIs of Daejeon's platform).
POLICE_ARRIVAL = GoldenTime(GoldenStep.ARRIVAL, 300, ours=False)
FIRE_ARRIVAL = GoldenTime(GoldenStep.ARRIVAL, 420, ours=False)

ACKNOWLEDGE = Step(
    "acknowledge", Text("접수하고 담당자를 정한다", "acknowledge it and say who works on it")
)
DRAGNET = Step(
    "dragnet", Text("투망감시를 열어 현장을 확인한다", "open the dragnet and look at the place")
)
FALSE_ALARM = Step(
    "false_alarm",
    Text("오경보이면 사유를 적고 취소한다", "cancel it with a reason if it is a false alarm"),
    required=False,
)
OFFICER = Step(
    "officer",
    Text("상주경찰관에게 상황을 알린다", "tell the police officer on duty what is going on"),
)
SHARE = Step(
    "share",
    Text("수신기관에 영상을 제공한다", "share the video with the receiver"),
)
FOLLOW = Step(
    "follow",
    Text(
        "이동 방향을 따라 카메라를 바꾸며 추적한다",
        "follow the way it takes from camera to camera",
    ),
)
NOTE = Step("note", Text("확인한 내용을 기록한다", "write down what was seen"))
RELEASE = Step(
    "release",
    Text(
        "상황이 끝나면 관제를 해제하고 종료한다. 영상제공도 함께 끝난다",
        "release and close it when it is over; the shares end with it",
    ),
)

LIFE = Text(
    "제18조제2항제3호(급박한 생명·신체·재산의 이익)",
    "Art. 18(2)3 (urgent interest of life, body or property)",
)
INVESTIGATION = Text(
    "제18조제2항제7호(범죄의 수사와 공소)", "Art. 18(2)7 (investigation and prosecution)"
)
EXECUTION = Text(
    "제18조제2항제9호(형 및 감호의 집행)", "Art. 18(2)9 (execution of sentence or custody)"
)
SAFETY = Text(
    "제18조제2항제10호(공공의 안전과 안녕을 위한 긴급한 필요)",
    "Art. 18(2)10 (urgent need of public safety)",
)
CONSENT = Text("제18조제2항제1호(정보주체의 동의)", "Art. 18(2)1 (consent)")
CAMERAS = Text(
    "제25조제1항(범죄예방·시설안전·교통 목적의 설치·운영)",
    "Art. 25(1) (cameras for crime prevention, safety of facilities, traffic)",
)


def law(*articles: Text) -> Text:
    """Several legal bases in the order of their weight here."""
    return Text(
        "개인정보 보호법 " + ", ".join(article.ko for article in articles),
        "PIPA " + ", ".join(article.en for article in articles),
    )
