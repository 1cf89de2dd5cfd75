"""The versioned messages that console and hub exchange: protocol v1.

Times are UTC in RFC 3339, ids UUIDv7 made by whoever creates the thing. A reader ignores members
that it does not know, so that an older console works with a newer hub.
"""

from __future__ import annotations

VERSION = 1
