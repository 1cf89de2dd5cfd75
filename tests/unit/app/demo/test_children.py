from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.demo.children import SYSTEM_PYTHON, Child, prepare_command, prepared, server_command
from app.domain.errors import Unavailable

ECHO = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"
DEAF = "import signal, time\nprint('{}', flush=True)\ntime.sleep(60)"


def python(program: str) -> Child:
    return Child([sys.executable, "-c", program])


def saying(*lines: str) -> Child:
    return python("".join(f"print({line!r}, flush=True)\n" for line in lines))


def test_what_is_told_is_heard() -> None:
    child = python(ECHO)
    child.tell({"number": 1021})
    child.tell({"name": "월성네거리 북"})
    assert [child.hear(), child.hear()] == [{"number": 1021}, {"name": "월성네거리 북"}]
    child.kill()
    child.end()


def test_nothing_more_is_heard_of_the_dead() -> None:
    child = python(ECHO)
    child.kill()
    assert child.hear() is None
    child.tell({"stop": True})
    child.end()


def test_one_that_does_not_listen_is_made_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.demo.children._STOP_SECONDS", 0.2)
    child = python(DEAF)
    assert child.hear() == {}
    child.end()


def test_a_log_takes_what_is_said_on_the_side(tmp_path: Path) -> None:
    child = Child([sys.executable, "-c", "import sys; sys.stderr.write('why')"], tmp_path / "log")
    child.end()
    assert (tmp_path / "log").read_text() == "why"


def test_progress_is_reported_until_the_folder_is_there() -> None:
    told: list[float] = []
    child = saying('{"fraction": 0.25}', '{"fraction": 1.0}', '{"folder": "/clips"}')
    assert prepared(child, told.append) == Path("/clips")
    assert told == [0.25, 1.0]
    child.end()


@pytest.mark.parametrize(
    ("lines", "reason"),
    [(['{"error": "No space left on device"}'], "No space left"), ([], "ended")],
)
def test_a_preparation_that_fails_says_why(lines: list[str], reason: str) -> None:
    child = saying(*lines)
    with pytest.raises(Unavailable) as caught:
        prepared(child, lambda _: None)
    child.end()
    assert reason in caught.value.text.ko
    assert reason in caught.value.text.en


def test_the_preparation_runs_our_python_and_the_server_the_systems(tmp_path: Path) -> None:
    assert prepare_command(tmp_path, 4.0) == [
        sys.executable, "-m", "app.demo.footage", str(tmp_path), "4.0",
    ]  # fmt: skip
    assert server_command() == [str(SYSTEM_PYTHON), "-m", "app.demo.rtsp_server"]
