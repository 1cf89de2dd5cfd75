"""The loop of the console: asyncio on Qt's own loop."""

from __future__ import annotations

import sys

from qasync import QEventLoop
from typing_extensions import override


class ConsoleLoop(QEventLoop):  # type: ignore[misc]  # qasync has no types
    """Ends asynchronous generators that somebody left half read, as asyncio's own loops do.

    qasync 0.28 sets no hooks for them, and a broken stream leaves one behind in every layer of the
    HTTP library: collected without a loop, its clean-up fails.
    """

    @override
    def run_forever(self) -> int:
        before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(
            firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook
        )
        try:
            return int(super().run_forever() or 0)
        finally:
            sys.set_asyncgen_hooks(*before)
