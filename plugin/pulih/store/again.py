"""Doing a transaction again when the database could not fit it between those of others."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from pulih.errors import Contended

T = TypeVar("T")

PATIENCE = 10.0  # seconds, as long as a writer waits for its turn at a file
_FIRST, _LONGEST = 0.002, 0.25  # seconds


def again(
    once: Callable[[], T],
    *,
    patience: float = PATIENCE,
    clock: Callable[[], float] = time.monotonic,
    nap: Callable[[float], None] = time.sleep,
) -> T:
    """Return what `once` returns, trying anew after `Contended`, after naps that grow and differ from one to another.

    Raises:
        Contended: It came again after `patience` seconds.
    """
    last, longest = clock() + patience, _FIRST
    while True:
        try:
            return once()
        except Contended:
            if clock() > last:
                raise
            nap(random.uniform(0, longest))  # noqa: S311 - so that two that met do not meet again
            longest = min(longest * 2, _LONGEST)
