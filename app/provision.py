"""Sets up a new workstation from one file: checks all of it, then writes the machine's file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509

from app.adapters import machine_file
from app.adapters.hub_address import checked
from app.domain.errors import BadInput
from app.domain.redact import redact
from app.domain.settings import BY_NAME, Kind, Value, is_pem
from app.domain.text import Text
from app.formats import settings_toml

# A chain of authorities has three.
_MOST_BYTES = 65_536


def run(file: Path, *, only_check: bool, folder: Path | None = None) -> list[Text]:
    """What was set, line by line.

    Raises `BadInput` with everything that is wrong, before anything is written, and Unavailable
    where the machine's folder cannot be written.
    """
    target = (folder or machine_file.folder()) / machine_file.FILE_NAME
    values, remarks = _read(file)
    said = [_said(name, value) for name, value in values.items()]
    if only_check:
        return [*remarks, *said, Text("이상이 없습니다.", "Nothing is wrong.")]
    if not machine_file.put(target, settings_toml.written(values)):
        return [*remarks, Text(f"이미 그렇습니다: {target}", f"It is so already: {target}")]
    done = Text(
        f"설정했습니다: {target}. 다시 시작하면 적용됩니다.",
        f"Set up: {target}. It counts from the next start.",
    )
    return [*remarks, *said, done]


def _read(file: Path) -> tuple[dict[str, Value], list[Text]]:
    """With the hub's certificate inside. Raises `BadInput`."""
    try:
        with file.open("rb") as opened:
            data = opened.read(settings_toml.MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(
            Text(
                f"{file}을(를) 읽을 수 없습니다({error.strerror}).",
                f"{file} cannot be read ({error.strerror}).",
            )
        ) from error
    read = settings_toml.read(data)
    values, problems, remarks = dict(read.values), list(read.problems), list(read.remarks)
    lines = settings_toml.lines(data)
    for name, check in (("hub", _hub), ("hub_ca", _authority)):
        if name in values:
            try:
                values[name] = check(str(values[name]), file, remarks)
            except BadInput as failure:
                problems.append(settings_toml.at_line(lines.get(("", name), 0), failure.text))
    if not values and not problems:
        problems.append(Text("설정이 하나도 없습니다.", "There is no setting in it."))
    if problems:
        raise BadInput(_all(file, problems))
    return values, remarks


def _hub(address: str, _file: Path, _remarks: list[Text]) -> str:
    return checked(address)


def _authority(value: str, file: Path, remarks: list[Text]) -> str:
    """The certificate itself, so that one file holds everything. Raises `BadInput`."""
    try:
        pem = value if is_pem(value) else _text(file.parent / value)
        found = x509.load_pem_x509_certificates(pem.encode())
    except (OSError, ValueError) as error:
        raise BadInput(
            Text(
                "‘hub_ca’가 인증서가 아닙니다. 허브의 PEM 인증서를 넣거나 그 파일을 "
                "이 파일 옆에 두세요.",
                "“hub_ca” is no certificate: put the hub's certificate (PEM) in it, or its file "
                "beside this one.",
            )
        ) from error
    remarks.extend(_doubts(found))
    return pem


def _text(file: Path) -> str:
    """Raises OSError and ValueError."""
    with file.open("rb") as opened:
        data = opened.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES or b"PRIVATE KEY-----" in data:
        message = "no file of certificates"
        raise ValueError(message)
    return data.decode("ascii")


def _doubts(certificates: list[x509.Certificate]) -> Iterator[Text]:
    now = datetime.now(UTC)
    for one in certificates:
        if not one.not_valid_before_utc <= now <= one.not_valid_after_utc:
            end = one.not_valid_after_utc.date().isoformat()
            yield Text(
                f"주의: 허브의 인증서가 지금 유효하지 않습니다(만료일 {end}).",
                f"Mind: the hub's certificate is not valid now (it ends {end}).",
            )


def _said(name: str, value: Value) -> Text:
    setting = BY_NAME[name]
    # A page of base64 says nothing to whoever reads this.
    shown = "PEM" if setting.kind is Kind.AUTHORITY else redact(str(value))
    if isinstance(value, bool):
        shown = "true" if value else "false"
    return Text(f"{setting.title.ko} = {shown}", f"{setting.title.en} = {shown}")


def _all(file: Path, problems: list[Text]) -> Text:
    count = len(problems)
    return Text(
        "\n".join([f"{file}: {count}건이 잘못되어 아무것도 바꾸지 않았습니다.", *_ko(problems)]),
        "\n".join([f"{file}: {count} wrong, nothing was changed.", *_en(problems)]),
    )


def _ko(problems: list[Text]) -> Iterator[str]:
    return (f"  {problem.ko}" for problem in problems)


def _en(problems: list[Text]) -> Iterator[str]:
    return (f"  {problem.en}" for problem in problems)
