"""What is to be looked at in an examination: plain values, cut out of the network as far as an agency needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulih.domain.description import Description
from pulih.domain.tree import Spot, Tree
from pulih.domain.wiring import PathRole

# Everything hangs off these, or none of it is the agency's.
_SHARED = frozenset({PathRole.HERE, PathRole.CORE, PathRole.ISP, PathRole.INTERNET})


@dataclass(frozen=True, slots=True)
class Look:
    """An order to look at a network.

    Attributes:
        network: In the shape of `periksa --path`, without logins.
        about: Names of nodes that somebody complains about.
        whole: Look at everything, for as long as that takes, and tell the state of each office.
    """

    network: Mapping[str, Any]
    about: tuple[str, ...] = ()
    whole: bool = False


def about_of(tree: Tree, agency: str) -> tuple[str, ...]:
    """Return the keys of the spots that an agency complains about when it complains.

    A relay at an agency carries others as well: it is on the way to the agency's own, and not looked behind.
    """
    own = [spot for spot in tree.of(agency) if spot.place not in _SHARED]
    last = [spot for spot in own if spot.place is not PathRole.RELAY]
    return tuple(spot.key for spot in last or own)


def addressed(tree: Tree, agency: str) -> bool:
    """Tell whether anything at an agency has an address, so that the way to it can be tried."""
    return any(spot.addresses for spot in tree.of(agency) if spot.place not in _SHARED)


def narrowed(description: Description, about: Collection[str]) -> dict[str, Any]:
    """Return what a network has on the way to some spots and behind them, and what everybody needs.

    That is the core, the server, resolvers, services, the provider and the world, each with its way.
    """
    tree, data = description.tree, description.data
    keep = set(_behind(tree, about))
    keep |= {spot.key for spot in tree.spots.values() if spot.place in _SHARED}
    keep |= {str(one["node"]) for section in ("resolvers", "services") for one in data[section]}
    keep |= {str(link["a"]) for link in data["links"] if link.get("backup") and link["b"] in keep}
    keep |= {above for key in list(keep) for above in tree.above(key)}
    return {
        **data,
        "nodes": [node for node in data["nodes"] if node["name"] in keep],
        "links": [link for link in data["links"] if link["a"] in keep and link["b"] in keep],
    }


def _behind(tree: Tree, about: Collection[str]) -> Iterator[str]:
    """Yield these spots and all that hang off them; a tree has each after what it hangs off."""
    found: set[str] = set()
    for spot in tree.spots.values():
        if spot.key in about or spot.up in found:
            found.add(spot.key)
            yield spot.key


def under(tree: Tree, key: str) -> tuple[Spot, ...]:
    """Return a spot and all that hang off it; nothing where there is no such spot."""
    return tuple(tree.spots[one] for one in _behind(tree, (key,)))


def labels_of(tree: Tree, network: Mapping[str, Any]) -> dict[str, str]:
    """Return what people call the devices of a network; two of one name are told apart by their identifiers.

    What nobody listed is called in the reader's language: `calling.Called` knows how.
    """
    spots = [tree.spots[str(node["name"])] for node in network["nodes"]]
    named = [spot for spot in spots if spot.listed or spot.place is PathRole.HOST]
    often = Counter(spot.name for spot in named)
    return {
        spot.key: f"{spot.name} ({spot.key})" if often[spot.name] > 1 else spot.name
        for spot in named
    }
