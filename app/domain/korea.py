"""Where and when the product is used."""

from __future__ import annotations

from datetime import timedelta, timezone

# Nine hours ahead without summer time since 1988; Windows has no zone database of its own.
KST = timezone(timedelta(hours=9), "KST")
