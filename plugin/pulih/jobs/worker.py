"""The threads that work a queue off."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from huey import Huey
from huey.consumer import Consumer

# How long an idle thread naps: a person who asked for a diagnostic run waits for it.
_POLLING = {"initial_delay": 0.05, "backoff": 1.2, "max_delay": 0.5}
_CHECK_UP = 10


class _Consumer(Consumer):
    def _set_signal_handlers(self) -> None:
        """Leave signals to whoever owns the process: only the main thread may touch them."""


class Worker:
    """Threads of this process, working from now on until `stop`."""

    def __init__(self, queue: Huey, threads: int) -> None:
        self._consumer = _Consumer(queue, workers=threads, **_POLLING)
        self._consumer.start()
        self._nurse = threading.Thread(target=self._replace_the_dead, name="jobs", daemon=True)
        self._nurse.start()

    def stop(self, patience: float) -> None:
        """Take no new job and wait for those under way, but not longer than `patience` seconds."""
        self._consumer.shutdown_timeout = patience
        self._consumer.stop(graceful=True)
        self._nurse.join()

    def _replace_the_dead(self) -> None:
        while not self._consumer.stop_flag.wait(_CHECK_UP):
            self._consumer.check_worker_health()


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """Give an event that SIGTERM or SIGINT sets; a second signal then does what it usually does.

    Raises:
        ValueError: This is not the main thread.
    """
    told = threading.Event()
    before: dict[signal.Signals, Any] = {}

    def put_back() -> None:
        while before:
            signal.signal(*before.popitem())

    def tell(_number: int, _frame: FrameType | None) -> None:
        put_back()
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        before[number] = signal.signal(number, tell)
    try:
        yield told
    finally:
        put_back()
