"""What a proxy or a supervisor asks: does this process live, and can it serve."""

from __future__ import annotations

import logging
import threading

from flask import Flask
from flask.typing import ResponseReturnValue

from pulih.errors import PulihError
from pulih.ports import Store
from pulih.web.context import office

PATIENCE = 3.0  # seconds: less than what asks will usually wait
_TEXT = {"Content-Type": "text/plain; charset=utf-8"}
log = logging.getLogger(__name__)


class Watch:
    """Looks into the store, in a thread of its own: a database that has gone without a word keeps a reader waiting.

    Whoever asks while somebody looks waits for the same look, so that asking never holds more than one connection.
    """

    def __init__(self, store: Store) -> None:
        """Look into `store`, once somebody asks."""
        self._store = store
        self._guard = threading.Lock()
        self._look: _Look | None = None
        self._away = False

    def reads(self) -> bool:
        """Tell whether the records can be read within `PATIENCE`; the log has a line where that changes."""
        with self._guard:
            if self._look is None or self._look.ended.is_set():
                self._look = _Look(self._store)
                self._look.start()
            look = self._look
        why = look.wrong if look.ended.wait(PATIENCE) else "no answer in time"
        reads = not why
        with self._guard:
            changed, self._away = self._away is reads, not reads
        if changed:
            log.warning("the records are read again" if reads else f"not ready: {why}")
        return reads


class _Look(threading.Thread):
    """One look. `wrong` is why it failed, once it has `ended`; empty when it did not."""

    def __init__(self, store: Store) -> None:
        super().__init__(name="pulih-ready", daemon=True)
        self.ended = threading.Event()
        self.wrong = "broken"  # unless something else is said
        self._store = store

    def run(self) -> None:
        try:
            with self._store.reading() as records:
                records.drafts.get("siap")  # whether there is one or not
            self.wrong = ""
        except PulihError as error:
            self.wrong = str(error)
        finally:
            self.ended.set()


def init_app(app: Flask) -> None:
    """Register both answers."""
    with app.app_context():
        watch = Watch(office().tools.store)

    def health() -> ResponseReturnValue:
        return "ok", 200, _TEXT

    def ready() -> ResponseReturnValue:
        if watch.reads():
            return "ok", 200, _TEXT
        return "catatan tidak dapat dibaca", 503, _TEXT

    app.add_url_rule("/sehat", view_func=health)
    app.add_url_rule("/siap", view_func=ready)
