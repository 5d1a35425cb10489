"""Waiting for one's turn to write, among the threads and processes that share a store.

SQLite lets one writer in at a time, but makes the others look again after ever longer naps, so that under load a few
wait for seconds. Here there is a door and a place in front of it: whoever stands there is the next one in, and whoever
has just come out cannot slip past.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
else:  # no such locks; SQLite's own waiting is then all there is
    LOCK_EX = LOCK_NB = LOCK_UN = 0

    def flock(_file: int, _how: int) -> None: ...


_NAP = 0.0002  # seconds; a lock that is waited for without naps could not be given up


class Turn:
    """One connection's place in the queue; every connection has its own."""

    def __init__(self, store: Path) -> None:
        self._paths = [store.with_name(store.name + suffix) for suffix in ("-turn", "-next")]
        self._files: list[int] = []

    @contextmanager
    def taken(self, patience: float) -> Iterator[None]:
        """Hold the turn while the block runs. Raises TimeoutError after `patience` seconds of waiting."""
        last = time.monotonic() + patience
        if not self._files:
            self._files = [os.open(path, os.O_RDWR | os.O_CREAT, 0o600) for path in self._paths]
        door, place = self._files
        _wait(place, last)
        try:
            _wait(door, last)
        finally:
            flock(place, LOCK_UN)
        try:
            yield
        finally:
            if self._files:  # not so in a child process, which cannot end its parent's turn
                flock(door, LOCK_UN)

    def close(self) -> None:
        """Let go of the files. A child closing its copies does not end its parent's turn."""
        files, self._files = self._files, []
        for file in files:
            os.close(file)


def _wait(file: int, last: float) -> None:
    while True:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > last:
                raise TimeoutError from None
            time.sleep(_NAP)
        else:
            return
