"""Answers of Korean public APIs: where the rows are, and how an error looks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.intake import Rejected
from app.domain.text import Text
from app.formats.intake import reading

# Seen as "00", "0", 0 and "0000".
_GOOD = frozenset({"", "0", "00", "000", "0000"})
# Errors of the gateway come as XML whatever was asked for.
_XML_CODE = re.compile(rb"<(?:returnReasonCode|resultCode)>\s*([\w-]{1,20})\s*<")

_NOT_AN_OBJECT = Text("응답의 형식이 다릅니다", "the answer has another form")


def body_of(data: bytes, limit: int = reading.MAX_BODY) -> Mapping[str, object] | Rejected:
    """The JSON object of an answer without an error code.

    Of an error only the code is told: some gateways repeat the key in their words.
    """
    if data.lstrip()[:1] == b"<":
        match = _XML_CODE.search(data[:4096])
        code = match[1].decode() if match else "XML"
        return Rejected(_error(code))
    value = reading.load_json(data, limit)
    if isinstance(value, Rejected):
        return value
    if reading.is_object(value) and reading.is_object(value.get("response")):
        value = value["response"]
    if not reading.is_object(value):
        return Rejected(_NOT_AN_OBJECT)
    header = value.get("header")
    code = _code(header if reading.is_object(header) else value)
    return value if code in _GOOD else Rejected(_error(code))


def _code(header: Mapping[str, object]) -> str:
    for name in ("resultCode", "returnReasonCode", "errorCode"):
        if code := reading.text_of(header.get(name), 20):
            return code if re.fullmatch(r"\w+", code, re.ASCII) else "?"
    return ""


def _error(code: str) -> Text:
    return Text(f"오류 응답입니다: {code}", f"the answer is an error: {code}")
