"""The way from the computers of one agency to the internet, as a person follows it: from the computers down. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pulih.domain.description import Description, label
from pulih.domain.tree import Spot, Tree
from pulih.domain.wiring import PathRole
from pulih.wording import Sentence

MOST_STOPS = 60
MOST_BESIDE = 12  # servers that the office asks, shown behind the core
MOST_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the way.

    Attributes:
        spot: What stands there.
        label: What people call it.
        depth: How far it is moved in: nought, or more where several hang off one.
        to: The place in `Way.stops` of what it hangs off: later, and for what lies behind the core earlier. None for
            the core.
        own: It stands at the agency whose way this is.
    """

    spot: Spot
    label: Sentence
    depth: int
    to: int | None
    own: bool


@dataclass(frozen=True, slots=True)
class Way:
    """The way of an agency.

    Attributes:
        stops: From the computers to the internet. Each stands before what it hangs off, but for
            what lies behind the core.
        left_out: How many of the agency's own are not among them, because there are too many.
    """

    agency: str
    stops: tuple[Stop, ...]
    left_out: int = 0


def way_of(description: Description, agency: str) -> Way:
    """Return the way of an agency; of one without any device, that of its assumed computer."""
    tree = description.tree
    own = [spot.key for spot in tree.of(agency)]
    shown = own[:MOST_STOPS]
    keys = dict.fromkeys(shown)
    for key in shown:
        keys |= dict.fromkeys(tree.above(key))
    keys[tree.core] = None
    asked = {str(one["node"]) for one in description.data["resolvers"]}
    asked |= {str(one["node"]) for one in description.data["services"]}
    beside = [key for key in tree.spots if key in asked and key not in keys][:MOST_BESIDE]
    outer = [key for key in tree.spots if _outer(tree.spots[key])]
    order = list(_upside_down(tree, tree.core, [key for key in keys if key not in outer]))
    # Behind the core: what stands beside it, then the provider and the world.
    order += [(key, 1) for key in beside if key not in outer]
    order += [(key, 0) for key in outer]
    places = {key: place for place, (key, _depth) in enumerate(order)}
    stops = tuple(
        Stop(
            tree.spots[key],
            label(tree.spots[key]),
            min(depth, MOST_DEPTH),
            _to(tree, key, places),
            tree.spots[key].agency == agency,
        )
        for key, depth in order
    )
    return Way(agency, stops, len(own) - len(shown))


def _outer(spot: Spot) -> bool:
    return spot.place in (PathRole.ISP, PathRole.INTERNET)


def _to(tree: Tree, key: str, places: Mapping[str, int]) -> int | None:
    """Return where the nearest stands that a spot hangs off."""
    return next((places[up] for up in tree.above(key) if up in places), None)


def _upside_down(tree: Tree, key: str, keys: Collection[str]) -> Iterator[tuple[str, int]]:
    """Yield a spot and those among `keys` that hang off it, each before what it hangs off, with how far it is in."""
    below: dict[str, list[str]] = {}
    for one in keys:
        below.setdefault(tree.spots[one].up, []).append(one)
    found, waiting = [], [(key, 0)]
    while waiting:
        one, depth = waiting.pop()
        found.append((one, depth))
        hanging = below.get(one, [])
        waiting += [(child, depth + (len(hanging) > 1)) for child in hanging]
    return reversed(found)
