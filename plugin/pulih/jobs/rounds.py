"""What each process does for its own machine again and again, whoever else works."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from pulih.errors import Unavailable

log = logging.getLogger(__name__)

EVERY = 30


class Rounds:
    """Does a deed at once and every so many seconds, in a thread of its own, until it is stopped."""

    def __init__(
        self, deed: Callable[[], object], waits: Sequence[float], every: float = EVERY
    ) -> None:
        """Begin.

        Args:
            waits: Seconds before the deed is tried again after each failure in a row, where longer than `every`.
        """
        self._deed, self._waits, self._every = deed, waits, every
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._go, name="rounds", daemon=True)
        self._thread.start()

    def stop(self, patience: float) -> None:
        """Begin no other round and wait for the one under way, but not longer than `patience` seconds."""
        self._end.set()
        self._thread.join(patience)

    def _go(self) -> None:
        failures = 0
        while True:
            wait = self._every
            try:
                self._deed()
                failures = 0
            except (Exception, SystemExit) as error:
                wait = max(wait, self._waits[min(failures, len(self._waits) - 1)])
                failures += 1
                why = f"{error} {error.__cause__ or ''}".strip()
                unforeseen = not isinstance(error, Unavailable)
                log.warning(
                    "not up to date here, next try in %s s: %s", wait, why, exc_info=unforeseen
                )
            if self._end.wait(wait):
                return
