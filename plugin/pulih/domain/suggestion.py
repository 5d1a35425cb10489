"""What runs suggest for the forms of steps 5 and 11. Only suggested: a person decides type, location and outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pulih.domain.calling import Called
from pulih.domain.facts import Value
from pulih.domain.frozen import way_back
from pulih.domain.records import ProbeRun
from pulih.domain.segment import Segment
from pulih.domain.suspicion import only_type, suspected
from pulih.domain.verdict import read_verdict
from pulih.wording import Sentence

_OF_NODES: Mapping[str, Segment] = {
    "pc": Segment.WORKSTATION,
    "switch": Segment.ACCESS,
    "ap": Segment.ACCESS,
    "router": Segment.ROUTER,
    "relay": Segment.BACKBONE,
    "server": Segment.CORE,
    "core": Segment.CORE,
    "isp": Segment.PROVIDER,
    "internet": Segment.SERVICE,
    "host": Segment.SERVICE,
}
# By what hangs at the lower end of a link.
_OF_LINKS: Mapping[str, Segment] = {
    **_OF_NODES,
    "pc": Segment.ACCESS,
    "router": Segment.BACKBONE,
    "internet": Segment.PROVIDER,
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a run suggests.

    Attributes:
        run: Its identifier.
        fault_types: Identifiers that the office uses, the likelier first.
        places: The places that it may be, and what people call them, best first.
        facts: What there is no choice about, as the form has it.
    """

    run: str
    fault_types: tuple[str, ...] = ()
    places: tuple[tuple[str, Sentence], ...] = ()
    facts: Mapping[str, Value] = field(default_factory=dict)


def newest_suggestion(
    stage: str, runs: Iterable[ProbeRun], in_use: Collection[str]
) -> Suggestion | None:
    """Return what these runs, which stand in order of time, suggest for a stage; None where they suggest nothing.

    The trial is shown by the last run that was compared with one of step 5.
    """
    done = [run for run in runs if run.state == "done"]
    if stage == "examination" and done:
        return suggestion_of(done[-1], in_use)
    compared = [run for run in done if run.comparison]
    if stage == "trial" and compared:
        return Suggestion(compared[-1].id, facts={"runs": [compared[-1].id]})
    return None


def suggestion_of(run: ProbeRun, in_use: Collection[str]) -> Suggestion:
    """Return what a finished run suggests.

    Args:
        in_use: Identifiers of the fault types that the office uses.
    """
    facts: dict[str, Value] = {"runs": [run.id]}
    kinds = tuple(kind for kind in suspected(run) if kind in in_use)
    verdict = read_verdict(run.verdict)
    if verdict is None:
        return Suggestion(run.id, kinds, (), facts)
    called = Called(run.labels)
    places = tuple((place, called.place(place)) for place in verdict.places)
    if (kind := only_type(verdict)) in in_use:
        facts["fault_type"] = kind
    if len(places) == 1:
        place, said = places[0]
        facts["location"] = str(said)
        facts |= {"segment": segment} if (segment := segment_of(run, place)) else {}
        facts |= {"device": device} if (device := _device(run, place)) else {}
    return Suggestion(run.id, kinds, places, facts)


def segment_of(run: ProbeRun, place: str) -> str:
    """Return the part of the way that a place of a run is in, as a `Segment`'s value; empty where that is unknown."""
    nodes = {str(one["name"]): str(one["kind"]) for one in run.network.get("nodes", ())}
    what, _, name = place.partition("/")
    if what == "node":
        if any(one["node"] == name for one in run.network.get("resolvers", ())):
            return Segment.PROVIDER.value
        found = _OF_NODES.get(nodes.get(name, ""))
    else:
        upper, _, lower = name.partition("--")
        found = _OF_LINKS.get(nodes.get(lower, "")) if upper in nodes else None
    return found.value if found else ""


def _device(run: ProbeRun, place: str) -> str:
    """Return the agency's own device that a place is; empty where it is none."""
    way = way_back(run.way)
    for stop in way.stops if way else ():
        if place == f"node/{stop.spot.key}" and stop.own and stop.spot.listed:
            return stop.spot.key
    return ""
