"""What a paper is made from: the ticket's facts, and what the register says of those it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from pulih.domain.agency import Agency, Device, FaultType
from pulih.domain.article import Reading
from pulih.domain.papers.paper import Picture
from pulih.domain.people import Person
from pulih.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Material:
    """The facts behind the papers of one ticket.

    Attributes:
        ticket: None for an empty form, to be filled by hand.
        site: The registered place's name, or empty.
        people: By identifier: all who took part or were appointed, and all active people of the office's three heads.
        devices, fault_types: By identifier: those that the ticket names.
        checks: What was measured by step 5, written down and automatic, as a case shows it.
        photos: The photographs of step 8, made small.
        diagram: The picture of the diagnosis as a `data:` address of an SVG, or empty.
        zone: Where the office is.
    """

    ticket: Ticket | None = None
    agency: Agency | None = None
    site: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)
    fault_types: Mapping[str, FaultType] = field(default_factory=dict)
    checks: tuple[Reading, ...] = ()
    photos: tuple[Picture, ...] = ()
    diagram: str = ""
    zone: tzinfo = UTC
