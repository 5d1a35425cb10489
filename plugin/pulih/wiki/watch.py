"""Looking again and again whether there is something new, beside `mkdocs serve`."""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from pulih.errors import PulihError

log = logging.getLogger("mkdocs.plugins.pulih")

_EVERY = 5  # seconds


class Watch:
    """Rings a bell, a file that MkDocs watches, when there is something new."""

    def __init__(self, changed: Callable[[], bool], every: float = _EVERY) -> None:
        """Begin to look."""
        self._folder = tempfile.TemporaryDirectory(prefix="pulih-")
        self.bell = Path(self._folder.name) / "baru"
        self.bell.write_text("0", encoding="ascii")
        self._changed, self._every = changed, every
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, name="pulih-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._end.set()
        self._thread.join()
        self._folder.cleanup()

    def _look(self) -> None:
        rung = 0
        while not self._end.wait(self._every):
            try:
                if self._changed():
                    rung += 1
                    self.bell.write_text(str(rung), encoding="ascii")
            except (
                PulihError,
                OSError,
            ) as error:  # files are being written; the next look finds them
                log.warning("pulih: %s", error)
