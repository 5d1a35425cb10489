"""The way of an agency as it was when somebody looked, kept as plain values. Pure.

The inventory goes on changing; what a run saw is drawn on the way that it looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from enum import StrEnum
from typing import Any, TypeVar

from pulih.domain.description import label
from pulih.domain.tree import Spot
from pulih.domain.way import Stop, Way
from pulih.domain.wiring import LinkKind, PathRole, Port, Said

Word = TypeVar("Word", bound=StrEnum)


def way_out(way: Way) -> dict[str, Any]:
    """Return a way as JSON holds it."""
    return {
        "agency": way.agency,
        "left_out": way.left_out,
        "stops": [_stop_out(stop) for stop in way.stops],
    }


def way_back(kept: Mapping[str, Any]) -> Way | None:
    """Return the way that was kept; None where none was."""
    rows = kept.get("stops") or ()
    if not rows:
        return None
    stops = tuple(_stop_back(row, len(rows)) for row in rows)
    return Way(str(kept.get("agency", "")), stops, int(kept.get("left_out", 0)))


def _stop_out(stop: Stop) -> dict[str, Any]:
    spot = stop.spot
    kept = {name: getattr(spot, name) for name in _PLAIN}
    return kept | {
        "place": spot.place.value,
        "link": spot.link.value,
        "backup": spot.backup.value,
        "ports": [asdict(port) for port in spot.ports],
        "depth": stop.depth,
        "to": stop.to,
        "own": stop.own,
    }


_PLAIN = ("key", "name", "agency", "up", "assumed", "port", "up_port", "kbit", "listed", "spare")


def _stop_back(row: Mapping[str, Any], count: int) -> Stop:
    told = {name: row[name] for name in _PLAIN if name in row}
    spot = Spot(
        **{"key": "", "name": "", **told},
        place=word(PathRole, row.get("place"), PathRole.NONE),
        link=word(LinkKind, row.get("link"), LinkKind.UNKNOWN),
        backup=word(Said, row.get("backup"), Said.NOT),
        ports=tuple(Port(**port) for port in row.get("ports", ())),
    )
    to = row.get("to")
    known = isinstance(to, int) and 0 <= to < count
    return Stop(
        spot, label(spot), int(row.get("depth", 0)), to if known else None, bool(row.get("own"))
    )


def word(kind: type[Word], value: object, otherwise: Word) -> Word:
    """Return the member of a list of words that has a value, and another where none has."""
    return next((one for one in kind if one.value == value), otherwise)
