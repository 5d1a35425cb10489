"""An outage: one cause that several tickets tell of. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from pulih.domain.look import under
from pulih.domain.people import Person
from pulih.domain.tree import Tree
from pulih.domain.wiring import PathRole

_EVERYBODY = frozenset({PathRole.CORE, PathRole.ISP, PathRole.INTERNET})
# Types that concern some of what lies behind their place, and who else, they do not say.
_SELECTIVE = frozenset(
    {"route-missing", "routing-loop", "firewall", "icmp-filtered", "duplicate-address"}
)


@dataclass(frozen=True, slots=True)
class OutageDeed:
    """Something that a person did to an outage.

    Attributes:
        by: The person's identifier; `name` is what they were called at that moment.
        joined, left: Numbers of tickets.
    """

    at: datetime
    by: str
    name: str
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outage:
    """Tickets that have one cause, as technicians noted.

    Attributes:
        place: As a verdict has it.
        said: What people called that place then.
        tickets: Numbers, those that belong to it now; none where it was taken back.
        by, at: Who noted it, and when.
        run: The run whose verdict it rests on.
        deeds: Everything that was done to it, the oldest first.
    """

    id: str
    place: str
    said: str
    tickets: tuple[str, ...]
    by: str
    at: datetime
    run: str
    deeds: tuple[OutageDeed, ...] = ()

    def joined(self, tickets: Iterable[str], by: Person, at: datetime) -> Self:
        """Return the outage with more tickets; the same where they all belong to it."""
        more = tuple(one for one in dict.fromkeys(tickets) if one not in self.tickets)
        if not more:
            return self
        deed = OutageDeed(at, by.id, by.name, joined=more)
        return replace(self, tickets=(*self.tickets, *more), deeds=(*self.deeds, deed))

    def left(self, ticket: str, by: Person, at: datetime) -> Self:
        """Return the outage without a ticket; a last one left alone leaves with it."""
        rest = tuple(one for one in self.tickets if one != ticket)
        if rest == self.tickets:
            return self
        gone = (ticket,) if len(rest) > 1 else (ticket, *rest)
        deed = OutageDeed(at, by.id, by.name, left=gone)
        rest = rest if len(rest) > 1 else ()
        return replace(self, tickets=rest, deeds=(*self.deeds, deed))


def affected(tree: Tree, asked: Collection[str], place: str, fault: str) -> frozenset[str]:
    """Return the agencies that a fault at a place is sure to disturb.

    Args:
        asked: Keys of the servers that the whole office needs: resolvers, services.
        place: `node/KEY` or `link/KEY--KEY`; one that is not in the tree disturbs nobody.
        fault: A type of the judge's.
    """
    key = _lower_end(tree, place)
    spot = tree.spots.get(key)
    if spot is None:
        return frozenset()
    if fault in _SELECTIVE:
        return frozenset({spot.agency} - {""})
    shared = spot.place is PathRole.HOST and key in asked
    if spot.place in _EVERYBODY or shared:
        return frozenset(one.agency for one in tree.spots.values() if one.agency)
    return frozenset(one.agency for one in under(tree, key) if one.agency)


def _lower_end(tree: Tree, place: str) -> str:
    """Return the key of the node, or of that end of the link that hangs off the other."""
    kind, _, rest = place.partition("/")
    if kind == "node":
        return rest
    a, _, b = rest.partition("--")
    for low, high in ((b, a), (a, b)):
        if low in tree.spots and tree.spots[low].up == high:
            return low
    return ""
