"""How values lie in the database: the same in SQLite and PostgreSQL."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Microseconds since 1970, exactly; `moment` has a time zone."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(micros_: int) -> datetime:
    """The same moment, in UTC."""
    return _EPOCH + micros_ * _MICROSECOND


def now_us() -> int:
    """The system's clock, in microseconds since 1970."""
    return time.time_ns() // 1000


class Encoded(str):
    """JSON that is text already."""

    __slots__ = ()


def text_of(value: object) -> Encoded:
    """JSON without white space; raises ValueError for what JSON cannot say (NaN)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half a surrogate pair: JSON can say it, UTF-8 cannot.
        text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    return Encoded(text)


class Json(TypeDecorator[Any]):
    """JSON as text. PostgreSQL's JSONB would refuse U+0000 and forget the order of members."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return value if value is None or isinstance(value, Encoded) else text_of(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
