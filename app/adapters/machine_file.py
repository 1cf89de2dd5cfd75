"""The machine's own file of settings: gwanje in %PROGRAMDATA%, elsewhere in /etc."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.adapters.windows_folders import is_foreign, program_data
from app.domain.errors import Unavailable
from app.domain.text import Text
from app.formats import settings_toml
from app.services.layers import Found
from app.services.whole_file import write_whole

FILE_NAME: Final = "gwanje.toml"
# Where Windows does not say.
_USUAL: Final = Path(r"C:\ProgramData")


def folder(platform: str = sys.platform) -> Path:
    """Of what holds for everybody at this computer. Not by a variable that a person can set."""
    if platform != "win32":
        return Path("/etc/gwanje")
    try:
        return program_data() / "gwanje"
    except OSError:
        return _USUAL / "gwanje"


def read(file: Path, foreign: Callable[[Path], bool] = is_foreign) -> Found:
    """What can be used of it. No file: nothing, and no problem.

    `foreign`: whether somebody owns it who may not decide for everybody. Under Windows everybody
    may make files in %PROGRAMDATA%.
    """
    try:
        data = _bytes(file)
    except FileNotFoundError:
        return Found()
    except OSError as error:
        return Found({}, (_unreadable(file, error),))
    if foreign(file):
        return Found({}, (_in(file, _FOREIGN),))
    read = settings_toml.read(data)
    problems = tuple(_in(file, problem) for problem in read.problems)
    return Found(read.values, problems, read.rejected)


def put(file: Path, text: str) -> bool:
    """Writes it whole and keeps the one before as .bak; False if it is the same already.

    Raises Unavailable.
    """
    data = text.encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        before = _bytes(file) if file.exists() else None
        if before == data:
            return False
        if before is not None:
            write_whole(file.with_name(f"{file.name}.bak"), before)
        write_whole(file, data)
        # Whoever signs in reads it, whatever the administrator's own umask is.
        file.chmod(0o644)
    except (Unavailable, OSError) as error:
        raise Unavailable(_refused(file, error)) from error
    return True


def _bytes(file: Path) -> bytes:
    """At most what can be a file of settings, and one byte more."""
    with file.open("rb") as opened:
        return opened.read(settings_toml.MOST_BYTES + 1)


def _in(file: Path, problem: Text) -> Text:
    return Text(f"{file}: {problem.ko}", f"{file}: {problem.en}")


def _unreadable(file: Path, error: OSError) -> Text:
    return Text(
        f"{file}을(를) 읽을 수 없습니다({error.strerror}).",
        f"{file} cannot be read ({error.strerror}).",
    )


_FOREIGN = Text(
    "관리자의 파일이 아니라서 쓰지 않습니다. 소유자를 Administrators로 바꾸거나, 지우고 관리자 "
    "권한으로 --provision을 실행하세요.",
    "Not used, because it does not belong to an administrator. Make Administrators its owner, or "
    "delete it and run --provision as an administrator.",
)


def _refused(file: Path, error: Exception) -> Text:
    reason = error.__cause__ if isinstance(error, Unavailable) else error
    said = reason.strerror if isinstance(reason, OSError) else None
    return Text(
        f"{file}에 쓸 수 없습니다({said}). 관리자 권한으로 실행하세요.",
        f"{file} cannot be written ({said}). Run it as an administrator.",
    )
