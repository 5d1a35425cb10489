"""Doing a transaction again when the database could not fit it between those of others.

Whoever had to give way stands in line, and does it again alone among those in line. So those who want the same record,
as the next number of a series, come through one after another instead of stumbling over each other. Others go past; but
when the first in line has to give way to one of them again, whoever comes then stands behind.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from pulih.errors import Contended

T = TypeVar("T")

PATIENCE = 10.0  # seconds, as long as a writer waits for its turn at a file
_FIRST, _LONGEST = 0.002, 0.25  # seconds


class Line:
    """Where the threads of this process wait for each other, first come, first served."""

    def __init__(self) -> None:
        self.pressed = False  # whether newcomers stand behind
        self._guard = threading.Lock()
        self._places: deque[threading.Lock] = deque()

    @contextmanager
    def stood(self, patience: float) -> Iterator[None]:
        """Be the first in line while the block runs; after `patience` seconds of waiting, be none the less."""
        place = threading.Lock()
        with self._guard:
            if self._places:
                place.acquire()
            self._places.append(place)
        try:
            place.acquire(timeout=max(0.0, patience))
            yield
        finally:
            with self._guard:
                self.pressed = False
                first = self._places[0] is place
                self._places.remove(place)
                if first and self._places:
                    self._places[0].release()


_line = Line()


def _in_child() -> None:
    """Begin a line of one's own: nobody who stood in the parent's is in this process."""
    _line.__init__()  # type: ignore[misc] # as new


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)


def again(
    once: Callable[[], T],
    *,
    patience: float = PATIENCE,
    line: Line = _line,
    clock: Callable[[], float] = time.monotonic,
    nap: Callable[[float], None] = time.sleep,
) -> T:
    """Return what `once` returns, trying anew after `Contended`.

    Those who meet in spite of the line, because they are of several processes, take naps that grow and differ.

    Raises:
        Contended: It came again after `patience` seconds.
    """
    last, longest, standing = clock() + patience, _FIRST, line.pressed
    with ExitStack() as held:
        if standing:
            held.enter_context(line.stood(patience))
        while True:
            try:
                return once()
            except Contended:
                if clock() > last:
                    raise
            if not standing:
                standing = True
                held.enter_context(line.stood(last - clock()))
            else:
                line.pressed = True
                nap(random.uniform(0, longest))  # noqa: S311 - so that two that met do not meet again
                longest = min(longest * 2, _LONGEST)
