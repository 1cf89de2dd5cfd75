"""The settings in words: a title, and what an administrator wants to know of each."""

from __future__ import annotations

from app.domain.text import Text

WORDS: dict[str, tuple[Text, Text]] = {
    "hub": (
        Text("허브 주소", "Address of the hub"),
        Text(
            "콘솔이 로그인하는 허브. 다른 컴퓨터에는 https로만 연결합니다.",
            "The hub that the console signs in to. Only https leads to another computer.",
        ),
    ),
    "hub_ca": (
        Text("허브의 인증기관", "The hub's authority"),
        Text(
            "허브 인증서를 발급한 기관의 인증서(PEM) 또는 그 파일. 비우면 운영체제가 믿는 기관.",
            "Certificate (PEM) of the authority behind the hub's certificate, or its file. "
            "Empty: those that the operating system trusts.",
        ),
    ),
    "site": (
        Text("기관 이름", "Name of the site"),
        Text("주 창의 제목에 보입니다.", "Shown in the title of the main window."),
    ),
    "cameras": (
        Text("카메라 목록 파일", "File with the list of cameras"),
        Text(
            "허브 없이 쓰는 목록(CSV 또는 JSON). 허브가 있으면 쓰지 않습니다.",
            "A list (CSV or JSON) for work without a hub. Not used where there is a hub.",
        ),
    ),
    "layout": (
        Text("시작할 때의 화면분할", "Layout at every start"),
        Text(
            "시작할 때마다 주 창을 이 화면분할로 엽니다.",
            "The main window opens in this layout at every start.",
        ),
    ),
    "monitors": (
        Text("영상벽 창의 모니터", "Monitors of the wall windows"),
        Text(
            "창마다 모니터 번호(1은 주 모니터)나 이름. 처음 시작할 때 창을 열고, "
            "없는 모니터의 창은 주 모니터에 엽니다.",
            "The number (1 is the main one) or the name of a monitor for each window. The windows "
            "are opened at the first start; where a monitor is missing, on the main one.",
        ),
    ),
    "profile_dir": (
        Text("프로파일 폴더", "Folder of the profile"),
        Text(
            "이 사람의 설정과 영상벽. %USERNAME% 같은 변수를 쓸 수 있습니다.",
            "The person's settings and walls. Variables such as %USERNAME% can be used.",
        ),
    ),
    "update_folder": (
        Text("업데이트 폴더", "Folder of updates"),
        Text(
            "서명된 업데이트 묶음을 찾는 폴더(공유 폴더 가능).",
            "Where signed bundles of updates are looked for (a share as well).",
        ),
    ),
    "updates": (
        Text("업데이트", "Updates"),
        Text("꺼져 있으면 업데이트를 찾지 않습니다.", "Off: no updates are looked for."),
    ),
    "language": (
        Text("언어", "Language"),
        Text("화면의 언어.", "The language of the screens."),
    ),
    "theme": (
        Text("색상", "Colours"),
        Text("어두운 화면 또는 밝은 화면.", "Dark or light screens."),
    ),
    "replay_seconds": (
        Text("바로 다시보기 길이 (초)", "Seconds of instant replay"),
        Text("메모리에만 둡니다. 0이면 쓰지 않습니다.", "Kept in memory only. 0 turns it off."),
    ),
    "dwell_seconds": (
        Text("한 순서에 머무는 시간 (초)", "Seconds at a new stop"),
        Text("순환에 새로 넣은 지점에 머무는 시간.", "How long a new stop of a tour stays."),
    ),
    "tour_resume_seconds": (
        Text("멈춘 순환을 다시 시작하는 시간 (초)", "A touched tour goes on after (seconds)"),
        Text("0이면 스페이스를 누를 때까지 기다립니다.", "0: it waits until Space is pressed."),
    ),
    "stills_folder": (
        Text("정지영상 폴더", "Folder for snapshots"),
        Text("비우면 시스템의 사진 폴더.", "Empty: the system's folder for pictures."),
    ),
    "clips_folder": (
        Text("저장 영상 폴더", "Folder for clips"),
        Text("비우면 시스템의 동영상 폴더.", "Empty: the system's folder for films."),
    ),
    "operator": (
        Text("이름", "Name"),
        Text(
            "정지영상과 행위 기록에 적히는 이름. 허브가 있으면 로그인한 사람.",
            "Written into snapshots and the log of acts; with a hub, who is signed in.",
        ),
    ),
    "large_text": (
        Text("큰 글자", "Large text"),
        Text("모든 화면의 글자를 크게 합니다.", "Larger letters on all screens."),
    ),
    "kiosk": (
        Text("키오스크로 시작", "Start as a kiosk"),
        Text(
            "전체 화면으로 시작하고 실수로 나갈 수 없습니다. Ctrl+Alt+Shift+Q로 나갑니다.",
            "Full screen from the start, without a way out by accident; Ctrl+Alt+Shift+Q leaves.",
        ),
    ),
    "keep_awake": (
        Text("영상벽 표시 중 화면 보호기 끄기", "No screen saver while a wall is shown"),
        Text("컴퓨터가 잠들지 않게 합니다.", "The computer does not fall asleep."),
    ),
    "side_panel_width": (
        Text("옆 패널의 너비 (픽셀)", "Width of the side panel (pixels)"),
        Text("끌어서 바꾼 너비.", "As it was dragged."),
    ),
    "default_layout": (
        Text("빈 영상벽의 화면분할", "Layout of an empty wall"),
        Text("처음 시작할 때의 화면분할.", "The layout of the first start."),
    ),
    "cpu_budget": (
        Text("영상에 쓸 CPU (%)", "Processor time for pictures (%)"),
        Text(
            "넘으면 덜 중요한 타일의 영상을 줄입니다.",
            "Above it the least important tiles show fewer pictures.",
        ),
    ),
    "lock_minutes": (
        Text("자동 잠금 (조작이 없는 분)", "Lock after minutes without a touch"),
        Text(
            "허브가 있을 때만. 0이면 잠그지 않습니다. 법(안전성 확보조치 기준 제6조)이 요구합니다.",
            "With a hub only. 0: never. The law (security standard, Art. 6) asks for a limit.",
        ),
    ),
    "sign_off_minutes": (
        Text("자동 로그아웃 (조작이 없는 분)", "Sign off after minutes without a touch"),
        Text("허브가 있을 때만. 0이면 하지 않습니다.", "With a hub only. 0: never."),
    ),
    "base_map": (
        Text("배경지도", "Base map"),
        Text(
            "MBTiles 파일이나 타일 폴더. 비우면 경계만 그립니다.",
            "An MBTiles file or a folder of tiles. Empty: the boundaries alone.",
        ),
    ),
    "sounds": (
        Text("긴급이 아닌 사건도 소리로 알림", "A sound for incidents that are not urgent"),
        Text("긴급 사건은 늘 소리로 알립니다.", "Urgent ones are always heard."),
    ),
    "sound_volume": (
        Text("경보음 크기 (%)", "Volume of the alarms (%)"),
        Text("긴급 사건은 50 % 아래로 내려가지 않습니다.", "Urgent ones are never below 50 %."),
    ),
    "auto_dragnet": (
        Text("투망감시가 저절로 열리는 유형", "Types whose dragnet opens by itself"),
        Text(
            "사건 유형의 코드를 쉼표로. 열려 있는 투망감시는 덮지 않습니다.",
            "Keys of types of incidents, with commas. Never over a dragnet that is open.",
        ),
    ),
}
