"""The settings of a workstation as TOML: its machine file, a policy file, a provisioning file.

    format = 1
    hub = "https://hub.example.go.kr"
    kiosk = true

    [preferences]
    lock_minutes = 15

Any setting may stand at the top; the table `preferences` is for those that are a person's.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.domain.settings import BY_NAME, SETTINGS, Value, checked, is_preference, unknown
from app.domain.text import Text, said

FORMAT = 1
# All settings with a chain of certificates are 20 KB.
MOST_BYTES = 1_000_000
_FORMAT, _PREFERENCES = "format", "preferences"
_SECRET = re.compile(
    r"passw|passphrase|pwd|token|secret|credential|private|api_?key|암호|비밀번호|패스워드|인증키",
    re.IGNORECASE,
)
_PRIVATE_KEY = "PRIVATE KEY-----"
_SECTION = re.compile(r"\s*\[\s*[\"']?([^\]\"']+?)[\"']?\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*[\"']?([^\"'=\s#]+)[\"']?\s*=")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Read:
    """`problems`: what was not taken, where, and why. `remarks`: taken all the same.

    `rejected`: settings that stand in the file and were not taken.
    """

    values: Mapping[str, Value]
    problems: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()
    rejected: frozenset[str] = frozenset()


def read(data: bytes) -> Read:
    """Never fails: what cannot be read is a problem, and the rest counts."""
    remarks: list[Text] = []
    try:
        text = _decoded(data, remarks)
    except BadInput as failure:
        return Read({}, (failure.text,))
    values, problems = _values(text)
    return Read(values, tuple(problems), tuple(remarks), _named(text) - values.keys())


def _values(text: str) -> tuple[dict[str, Value], list[Text]]:
    values: dict[str, Value] = {}
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return values, [_malformed(str(error))]
    problems = [*_newer(document), *_secrets(document, text)]
    if problems:
        return values, problems
    for name, value, line in _entries(document, _lines(text)):
        try:
            if name in values:
                raise _twice(name)
            values[name] = _taken(name, value, line)
        except BadInput as failure:
            problems.append(at_line(line[0], failure.text))
    return values, problems


def written(values: Mapping[str, Value]) -> str:
    """What `read` reads; the workstation's own first, in the order of the table."""
    own = [s.name for s in SETTINGS if s.name in values and not s.personal]
    personal = [s.name for s in SETTINGS if s.name in values and s.personal]
    lines = [f"{_FORMAT} = {FORMAT}", *(f"{name} = {_literal(values[name])}" for name in own)]
    if personal:
        lines += ["", f"[{_PREFERENCES}]"]
        lines += [f"{name} = {_literal(values[name])}" for name in personal]
    return "\n".join([*lines, ""])


def lines(data: bytes) -> Mapping[tuple[str, str], int]:
    """In which line a key of a table stands first; nothing where it cannot be read."""
    try:
        return _lines(_decoded(data, []))
    except BadInput:
        return {}


def at_line(line: int, text: Text) -> Text:
    """`line` 0: of the whole file."""
    return Text(f"{line}번째 줄: {text.ko}", f"Line {line}: {text.en}") if line else text


def _literal(value: Value) -> str:
    """A string of JSON without control characters is one of TOML."""
    return json.dumps(value, ensure_ascii=False)


def _decoded(data: bytes, remarks: list[Text]) -> str:
    """Raises `BadInput`. A Notepad of older Windows saves Korean as CP949."""
    if len(data) > MOST_BYTES:
        raise BadInput(
            Text(
                f"설정 파일이 너무 큽니다({len(data) // 1000} KB). 다른 파일이 아닌지 보세요.",
                f"Too large for a file of settings ({len(data) // 1000} KB): is it another file?",
            )
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise BadInput(
            Text(
                "UTF-8로 저장한 글이 아닙니다. 메모장에서 ‘UTF-8’로 다시 저장하세요.",
                "Not text in UTF-8. Save it again as UTF-8.",
            )
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _as_cp949(data, error)
        remarks.append(
            Text(
                "CP949로 저장된 파일로 읽었습니다. 다음에는 UTF-8로 저장하세요.",
                "Read as CP949. Save it as UTF-8 the next time.",
            )
        )
    return text.replace("\r\n", "\n")


def _as_cp949(data: bytes, error: UnicodeDecodeError) -> str:
    try:
        return data.decode("cp949")
    except UnicodeDecodeError:
        line = data[: error.start].count(b"\n") + 1
        raise BadInput(
            Text(
                f"{line}번째 줄: UTF-8 글자가 아닙니다. 파일을 UTF-8로 다시 저장하세요.",
                f"Line {line}: not a character of UTF-8. Save the file again as UTF-8.",
            )
        ) from None


def _malformed(said: str) -> Text:
    """The parser's own words stay out: they may quote what is in the file."""
    found = _AT.search(said)
    if "overwrite" in said:
        twice = Text(
            "같은 이름이 두 번 있습니다. 하나를 지우세요.",
            "The same name is there twice. Take one out.",
        )
        return at_line(int(found[1]) if found else 0, twice)
    if found is None:
        return Text(
            "파일이 중간에서 끊겼습니다. 전체를 다시 복사하세요.",
            "The file is cut off at its end. Copy the whole of it again.",
        )
    line, column = found.groups()
    return Text(
        f"{line}번째 줄, {column}번째 글자: TOML 형식이 아닙니다. 따옴표와 등호를 확인하세요.",
        f"Line {line}, character {column}: not TOML. Look at quotation marks and equals signs.",
    )


def _newer(document: Mapping[str, object]) -> Iterator[Text]:
    found = document.get(_FORMAT, FORMAT)
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= FORMAT:
        number = said(found)
        yield Text(
            f"이 버전이 아는 형식은 {FORMAT}입니다: format = {number}. 프로그램을 업데이트하세요.",
            f"This version knows format {FORMAT}, not format = {number}. Update the program.",
        )


def _secrets(document: Mapping[str, object], text: str) -> Iterator[Text]:
    """A file that goes from hand to hand holds none; and its values are said nowhere."""
    lines = _lines(text)
    for section, name in _names(document):
        if name not in BY_NAME and _SECRET.search(name):
            line = lines.get((section, name), 0)
            yield at_line(line, _secret(name))
    if _PRIVATE_KEY in text:
        line = text[: text.index(_PRIVATE_KEY)].count("\n") + 1
        yield at_line(line, _KEY_INSIDE)


def _names(table: Mapping[str, object], section: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        yield section, name
        if isinstance(value, Mapping):
            yield from _names(value, name)


def _lines(text: str) -> dict[tuple[str, str], int]:
    """Where a key of a table stands first."""
    found: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if head := _SECTION.match(line):
            section = head[1]
            found.setdefault(("", section), number)
        elif key := _KEY.match(line):
            found.setdefault((section, key[1]), number)
    return found


def _named(text: str) -> frozenset[str]:
    """The settings that stand in it, in whatever table, also where it is no TOML."""
    names = (name.rpartition(".")[2] for _, name in _lines(text))
    return frozenset(name for name in names if name in BY_NAME)


_Line = tuple[int, str]


def _entries(
    document: Mapping[str, object], lines: Mapping[tuple[str, str], int]
) -> Iterator[tuple[str, object, _Line]]:
    """Name, value, and where it stands: line and table."""
    for name, value in document.items():
        if name == _PREFERENCES and isinstance(value, Mapping):
            for inner, one in value.items():
                yield inner, one, (lines.get((_PREFERENCES, inner), 0), _PREFERENCES)
        elif name != _FORMAT:
            yield name, value, (lines.get(("", name), 0), "")


def _taken(name: str, value: object, line: _Line) -> Value:
    if name not in BY_NAME:
        raise unknown(name)
    if line[1] == _PREFERENCES and not is_preference(name):
        raise BadInput(
            Text(
                f"‘{name}’은(는) 컴퓨터의 설정입니다. [preferences] 위에 적으세요.",
                f"“{name}” is a setting of the workstation: write it above [preferences].",
            )
        )
    return checked(name, value)


def _twice(name: str) -> BadInput:
    return BadInput(
        Text(f"‘{name}’ 설정이 두 번 있습니다.", f"The setting “{name}” is there twice.")
    )


def _secret(name: str) -> Text:
    return Text(
        f"‘{name}’: 이 파일에는 암호나 인증키를 넣지 않습니다. 지우고, 사람이 로그인하게 하세요.",
        f"“{name}”: no password or token belongs into this file. Take it out; a person signs in.",
    )


_KEY_INSIDE = Text(
    "개인키가 들어 있습니다. 지우고, 인증서(BEGIN CERTIFICATE)만 남기세요.",
    "There is a private key in it. Take it out and leave the certificate (BEGIN CERTIFICATE).",
)
