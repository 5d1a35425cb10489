"""The state of every agency after one look at the whole network, as people read it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pulih.domain.marking import echoes_told
from pulih.domain.verdict import FAULTS
from pulih.wording import N_, Sentence


class AgencyState(StrEnum):
    """Of what hangs off one router, in one word; the worst first."""

    FAULT = "fault"
    ODD = "odd"
    UNKNOWN = "unknown"
    UNTESTED = "untested"
    HEALTHY = "healthy"

    @property
    def label(self) -> str:
        """The words on screen, in Bahasa Indonesia."""
        return _STATES[self][0]

    @property
    def tone(self) -> str:
        """How it is coloured: `good`, `warn`, `bad`, `unknown`."""
        return _STATES[self][1]


_STATES = {
    AgencyState.FAULT: (N_("terganggu"), "bad"),
    AgencyState.ODD: (N_("sebagian tidak menjawab"), "warn"),
    AgencyState.UNKNOWN: (N_("tidak diketahui: di belakang gangguan lain"), "unknown"),
    AgencyState.UNTESTED: (N_("tidak dapat diperiksa"), "unknown"),
    AgencyState.HEALTHY: (N_("baik"), "good"),
}


@dataclass(frozen=True, slots=True)
class Swept:
    """An agency's router and what hangs off it.

    Attributes:
        node: The router's.
        agency: Its identifier; empty where the router is on no agency's record.
        causes: The places that explain it, each with the labels of what may be wrong there.
        figures: What its echoes came to; None where nothing was sent.
    """

    node: str
    agency: str
    state: AgencyState
    causes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    figures: Sentence | None = None


def swept(rows: Iterable[Mapping[str, Any]]) -> tuple[Swept, ...]:
    """Return what a sweep kept, the worst first; what cannot be read is left out."""
    order = list(AgencyState)
    return tuple(sorted(_read(rows), key=lambda one: order.index(one.state)))


def counted(found: Iterable[Swept]) -> Mapping[AgencyState, int]:
    """Return how many there are of each state, the worst first."""
    counts = dict.fromkeys(AgencyState, 0)
    for one in found:
        counts[one.state] += 1
    return counts


def _read(rows: Iterable[Mapping[str, Any]]) -> Iterator[Swept]:
    states = {state.value: state for state in AgencyState}
    for row in rows:
        state = states.get(str(row.get("state")))
        if state is None or not row.get("node"):
            continue
        causes: dict[str, tuple[str, ...]] = {}
        for cause in row.get("causes", ()):
            place, kind = str(cause.get("place", "")), str(cause.get("type", ""))
            causes[place] = (*causes.get(place, ()), FAULTS.get(kind, kind))
        agency = str(row.get("agency") or "")
        yield Swept(str(row["node"]), agency, state, causes, echoes_told(row))
