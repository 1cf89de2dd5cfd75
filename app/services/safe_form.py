"""The safe form: the walls stay as they were kept, with empty ones over them."""

from __future__ import annotations

from app.domain.layout import layout_named
from app.domain.text import Text
from app.domain.wall import WallId, empty_wall
from app.services.preferences import Preferences
from app.services.walls import Walls

_ID = WallId("safe")

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
    layout = layout_named(preferences.values.default_layout)
    for window in walls.windows():
        walls.cover(window, empty_wall(_ID, layout))
    preferences.put_aside("auto_dragnet")


def leave(walls: Walls, preferences: Preferences) -> None:
    """Where the operator has put up something of his own, that stays."""
    for window in walls.windows():
        if walls.wall(window).id == _ID and walls.covered(window):
            walls.cover(window, None)
    preferences.restore("auto_dragnet")
