"""Which pages change places, and in which order where one stands where another is to go. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pulih.domain.plone.page import Placed, Seen, Wanted

_ODD = re.compile(r"[^a-z0-9]+")
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Bring:
    """A page that is there, and is to be brought to its place and to what is wanted.

    Attributes:
        now: What is noted of it, with the path at which it is.
        there: As it was seen.
        goal: The path at which it is to stand.
        writing: Whether it is to be written.
        over: As `Step.over`.
        crowded: Whether something else stands at its address, and stays there.
    """

    page: Wanted
    now: Placed
    there: Seen
    goal: str
    writing: bool
    over: bool = False
    crowded: bool = False

    @property
    def moving(self) -> bool:
        """Whether it is to stand elsewhere."""
        return self.now.path != self.goal

    @property
    def parent(self) -> str:
        """The path of what it is to stand in."""
        return self.goal.rpartition("/")[0]


def apart(brought: Sequence[Bring], standing: Collection[str]) -> list[Bring]:
    """Return the pages, those that find something at their address that stays there where they are now.

    Args:
        standing: All paths at which something is, of these pages and of others.
    """
    found = list(brought)
    while True:
        leaving = {one.now.path for one in found if one.moving}
        stuck = {
            n
            for n, one in enumerate(found)
            if one.moving and one.goal in standing and one.goal not in leaving
        }
        if not stuck:
            return found
        found = [_staying(one) if n in stuck else one for n, one in enumerate(found)]


def in_turn(moves: Iterable[Bring]) -> Iterator[Bring]:
    """Yield the moves so that each goes where nobody of them stands any more.

    Where pages go round in a circle, one of them steps aside first, to an address made of its own and its `uid`.
    """
    waiting = {move.now.path: move for move in moves}
    while waiting:
        free = [path for path, move in waiting.items() if move.goal not in waiting]
        for path in free:
            yield waiting.pop(path)
        if not free:
            path, move = next(iter(waiting.items()))
            aside = _aside(waiting.pop(path))
            yield aside
            waiting[aside.goal] = replace(move, now=replace(move.now, path=aside.goal))


def _staying(one: Bring) -> Bring:
    path = one.now.path
    page = replace(one.page, id=path.rpartition("/")[2])
    return replace(one, page=page, goal=path, crowded=True)


def _aside(move: Bring) -> Bring:
    mark = _ODD.sub("", move.now.uid.lower())[:_SHORT] or "x"
    page = replace(move.page, id=f"{move.page.id}-{mark}")
    return replace(move, page=page, goal=f"{move.parent}/{page.id}")
