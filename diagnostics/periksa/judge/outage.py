"""Several offices under one failing place: one outage, not several faults."""

from collections.abc import Mapping
from dataclasses import dataclass

from periksa.judge.reach import Reach
from periksa.judge.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Outage:
    """A place, and all the tickets that it explains.

    Attributes:
        place: Of the candidate.
        tickets: At least two, in the order given.
    """

    place: str
    tickets: tuple[str, ...]


def outages(reach: Reach, verdict: Verdict, tickets: Mapping[str, str]) -> tuple[Outage, ...]:
    """The places of a verdict that explain more than one ticket; those with the most first.

    Args:
        reach: The network.
        verdict: On the whole of it.
        tickets: Of each open ticket, the node whose users complain.
    """
    found = []
    for place in verdict.places:
        under = {*reach.behind(place), place.removeprefix("node/")}
        hit = tuple(ticket for ticket, node in tickets.items() if node in under)
        if len(hit) > 1:
            found.append(Outage(place, hit))
    return tuple(sorted(found, key=lambda outage: -len(outage.tickets)))
