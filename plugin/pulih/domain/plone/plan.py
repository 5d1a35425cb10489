"""What is to be done so that a Plone site shows what is wanted: decided before the first request. Pure.

Three things are held against each other: the pages that are wanted, what is noted of those that were put there, and
what a walk through the site has just seen. What somebody did to a page there is never written over; it is noted, and
waits for a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pulih.domain.plone.page import Placed, Seen, Standing, Wanted
from pulih.domain.plone.planning import Plan
from pulih.domain.plone.step import Act, Step

__all__ = ["Act", "Step", "steps"]

_ROOT = "root"


def steps(
    wanted: Sequence[Wanted],
    placed: Mapping[str, Placed],
    seen: Mapping[str, Seen],
    at: datetime,
    again: Mapping[str, str] | None = None,
) -> list[Step]:
    """Return what is to be done, in order: withdrawals, notes, then each page after the one it stands in.

    A page that is as it should be gives no step.

    Args:
        wanted: Parents before children; the root is the first.
        placed: What is noted, by the key of the page.
        seen: By `uid`: everything below the root, and the root itself.
        at: Now.
        again: What a person decided to write over or to make again: key -> `modified` of the version that they
            decided about, empty where the page was gone.
    """
    keys = {page.key for page in wanted}
    leaving = [one for key, one in placed.items() if key not in keys and key != _ROOT]
    withdrawals = sorted(_withdrawals(leaving, seen), key=_deepest_first)
    plan = Plan(placed, seen, at, again or {})
    for level in _levels(wanted):
        plan.look_at(level)
        if plan.lost:
            break
    asking = list(plan.in_order())
    return [*withdrawals, *plan.notes, *asking]


def _levels(wanted: Sequence[Wanted]) -> list[list[Wanted]]:
    """Return the root, then what stands in it, then what stands in that."""
    depths: dict[str, int] = {}
    found: list[list[Wanted]] = []
    for page in wanted:
        depths[page.key] = depth = depths[page.parent] + 1 if page.parent else 0
        if depth == len(found):
            found.append([])
        found[depth].append(page)
    return found


def _withdrawals(leaving: Sequence[Placed], seen: Mapping[str, Seen]) -> Iterator[Step]:
    """Yield a step for each page that is to be hidden: wherever it is, and whatever was done to it."""
    for one in leaving:
        there = seen.get(one.uid)
        if one.standing is not Standing.WITHDRAWN:
            now = replace(one, path=there.path) if there else one
            yield Step(Act.WITHDRAW, placed=now)
        elif there and one.state and there.state != one.state:  # somebody let it be read again
            yield Step(Act.WITHDRAW, placed=replace(one, path=there.path))


def _deepest_first(step: Step) -> int:
    return -step.placed.path.count("/") if step.placed else 0
