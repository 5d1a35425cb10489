"""The way of an agency as a closed case shows it: what the packets passed, and where they did not. Pure.

No address stands in it, and every text goes through the scrubber as the rest of the case does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pulih.domain.frozen import way_back, word
from pulih.domain.marking import Mark, Marks, marks_of
from pulih.domain.records import ProbeRun
from pulih.domain.tree import Spot
from pulih.domain.verdict import read_verdict
from pulih.domain.way import Stop, Way
from pulih.domain.wiring import LinkKind, PathRole
from pulih.wording import Sentence

MOST = 16  # stops that a picture shows beside what failed and what it hangs off
_TONES = ("bad", "warn")
_PLAIN = Mark("")


@dataclass(frozen=True, slots=True)
class Passed:
    """A stop of the way, from the computers to the internet.

    Attributes:
        name, said, link_said: Texts, in Bahasa Indonesia: what it is called, what is to be said of it and of the link
            that it hangs on.
        role, link: Values of `PathRole` and `LinkKind`.
        depth: How far it is moved in.
        to: The place in the list of what it hangs off; -1 for the core.
        tone, link_tone: As in `Mark`; empty for none.
    """

    name: str
    role: str
    depth: int = 0
    to: int = -1
    link: str = ""
    tone: str = ""
    said: str = ""
    link_tone: str = ""
    link_said: str = ""


def passed_of(run: ProbeRun) -> tuple[Passed, ...]:
    """Return the way that a run looked at, with what it saw; nothing where it kept none."""
    way = way_back(run.way)
    if way is None:
        return ()
    marks = marks_of(way, read_verdict(run.verdict), run.segments, run.seen)
    return tuple(_passed(stop, marks) for stop in shortened(way, marks).stops)


def way_again(stops: tuple[Passed, ...]) -> tuple[Way, Marks]:
    """Return what was passed as a way that can be drawn, and its marks."""
    marks: dict[str, Mark] = {}
    found = []
    for number, stop in enumerate(stops):
        key = str(number)
        known = 0 <= stop.to < len(stops)
        up = str(stop.to) if known else ""
        role = word(PathRole, stop.role, PathRole.NONE)
        link = word(LinkKind, stop.link, LinkKind.UNKNOWN)
        spot = Spot(key, stop.name, role, up=up, link=link)
        label = Sentence("{name}", {"name": stop.name})
        found.append(Stop(spot, label, stop.depth, stop.to if known else None, own=False))
        if stop.tone:
            marks[f"node/{key}"] = Mark(stop.tone, stop.said)
        if stop.link_tone and known:
            marks[f"link/{up}--{key}"] = Mark(stop.link_tone, stop.link_said)
    return Way("", tuple(found)), marks


def shortened(way: Way, marks: Marks, most: int = MOST) -> Way:
    """Return a way with so many stops at the most: what failed and all that it hangs off stay in any case."""
    if len(way.stops) <= most:
        return way
    kept = {number for number in range(len(way.stops)) if _failed(way.stops[number], marks)}
    kept |= {number for number, stop in enumerate(way.stops) if not stop.own}
    for number in tuple(kept) or (0,):
        kept |= {number, *_above(way, number)}
    for number in range(len(way.stops)):
        if len(kept) >= most:
            break
        kept |= {number, *_above(way, number)}
    places = {number: place for place, number in enumerate(sorted(kept))}
    stops = tuple(
        replace(way.stops[number], to=None if to is None else places[to])
        for number in places
        for to in [way.stops[number].to]
    )
    return replace(way, stops=stops, left_out=way.left_out + len(way.stops) - len(stops))


def _above(way: Way, number: int) -> Iterator[int]:
    """Yield what a stop hangs off, up to the core."""
    seen = {number}
    while (to := way.stops[number].to) is not None and to not in seen:
        yield to
        seen.add(to)
        number = to


def _failed(stop: Stop, marks: Marks) -> bool:
    spot = stop.spot
    places = (f"node/{spot.key}", f"link/{spot.up}--{spot.key}", f"link/{spot.key}--{spot.up}")
    return any(marks.get(place, _PLAIN).tone in _TONES for place in places)


def _passed(stop: Stop, marks: Marks) -> Passed:
    spot = stop.spot
    node = marks.get(f"node/{spot.key}", _PLAIN)
    link = marks.get(f"link/{spot.up}--{spot.key}", _PLAIN)
    nameless = not spot.listed and spot.name in spot.addresses
    return Passed(
        name=spot.place.label if nameless else str(stop.label),
        role=spot.place.value,
        depth=stop.depth,
        to=-1 if stop.to is None else stop.to,
        link=spot.link.value,
        tone=node.tone,
        said=node.text,
        link_tone=link.tone,
        link_said=link.text,
    )
