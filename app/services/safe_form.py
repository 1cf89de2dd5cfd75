"""The safe form: the walls stay as they were kept, with empty ones in their place."""

from __future__ import annotations

from app.domain.layout import layout_named
from app.domain.text import Text
from app.services.preferences import Preferences
from app.services.walls import Walls

TOLD = Text(
    "관제가 잇달아 비정상적으로 끝나 안전 모드로 시작했습니다. 영상벽의 카메라, 지도, 자동 투망을 "
    "열지 않았습니다. 설정이나 상태 화면의 ‘원래대로 되돌리기’를 누르거나(지도는 다음 시작부터) "
    "정상 종료하고 다시 시작하면 돌아옵니다.",
    "It ended badly several times in a row, so it started in the safe form: without the cameras of "
    "the wall, the map and automatic dragnets. “Bring everything back” in the settings or under "
    "Health, or an ordinary end and start, brings them back "
    "(the map with the next start).",
)


def enter(walls: Walls, preferences: Preferences) -> None:
    """Nothing is written for it: a second crash, or the way back, finds the walls as they were."""
    walls.put_aside(layout_named(preferences.values.default_layout))
    preferences.put_aside("auto_dragnet")


def leave(walls: Walls, preferences: Preferences) -> None:
    """Undo shows again what the operator has put up meanwhile."""
    walls.bring_back()
    preferences.restore("auto_dragnet")
