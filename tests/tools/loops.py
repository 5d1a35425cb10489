"""Coroutines in tests: once a browser was started in a thread, its driver keeps a loop running there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def finished(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine returns, on a loop and in a thread of its own."""
    return aside(asyncio.run, coroutine)


def aside(work: Callable[..., T], *given: Any) -> T:
    """Return what a function returns that begins a loop, in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *given).result()
