"""Adapters that are loaded when they are first asked for something: most commands never do, and start sooner."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar, cast

T = TypeVar("T")


def later(load: Callable[[], T]) -> T:
    """Return what stands for a thing, and is made into it when it is first used.

    Args:
        load: Imports and makes it; called once.
    """
    return cast("T", _Later(load))


class _Later(Generic[T]):
    def __init__(self, load: Callable[[], T]) -> None:
        self._load, self._made, self._turn = load, list[T](), Lock()

    def __getattr__(self, name: str) -> object:
        with self._turn:
            if not self._made:
                self._made.append(self._load())
        return getattr(self._made[0], name)
