"""What a long work tells of how far it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from pulih.wording import Sentence

Tell = Callable[[int, int], None]
"""Called with how much is done, and of how much; in what unit is the caller's to know."""

Watch = Callable[[Sentence], AbstractContextManager[Tell]]
"""Called at each part of a work with what that part does; gives whom to tell while it lasts."""


def silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def unseen(_what: Sentence) -> AbstractContextManager[Tell]:
    """Let nobody watch."""
    return nullcontext(silent)
