"""What a form offers for each field that refers to something."""

from __future__ import annotations

from dataclasses import dataclass

from pulih.domain.agency import Agency, Device, FaultType, Site
from pulih.domain.facts import Fact, Kind
from pulih.domain.people import Person, Role
from pulih.domain.records import TicketFilter
from pulih.domain.ticket import State, Ticket, text
from pulih.web.context import office

_MOST_EARLIER = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that a form offers; `of` is the agency whose it is, where that still has to be chosen."""

    id: str
    label: str
    of: str = ""


Offered = dict[str, list[Choice]]


def offered(specs: tuple[Fact, ...], by: Person, ticket: Ticket | None = None) -> Offered:
    """Return the choices of every field of a form: name -> choices."""
    return {spec.name: _offered(spec, by, ticket) for spec in specs}


def _offered(spec: Fact, by: Person, ticket: Ticket | None) -> list[Choice]:  # noqa: PLR0911 - one a kind
    agency = ticket.agency if ticket else by.agency
    match spec.kind:
        case Kind.CHOICE | Kind.TICKS | Kind.ROWS:
            return [Choice(c.id, c.label) for c in spec.choices]
        case Kind.PERSON | Kind.PEOPLE:
            return _people(spec.role)
        case Kind.AGENCY:
            agencies = office().registry.choices(Agency)
            return [
                Choice(a.id, a.name)
                for a in agencies
                if by.role is not Role.OPD or a.id == by.agency
            ]
        case Kind.SITE:
            return _sites(agency)
        case Kind.DEVICE:
            devices = office().registry.choices(Device, agency) if agency else []
            return [
                Choice(d.id, " · ".join(filter(None, (d.name, d.make, d.address)))) for d in devices
            ]
        case Kind.FAULT_TYPE:
            return [Choice(f.id, f.name) for f in office().registry.choices(FaultType)]
        case Kind.TICKET:
            return _earlier(by, agency)
        case Kind.RUNS:
            return _runs(by, ticket)
        case _:
            return []


def _people(role: Role | None) -> list[Choice]:
    people = office().accounts.of_role(role) if role else []
    return [Choice(p.id, f"{p.name} – {p.position}" if p.position else p.name) for p in people]


def _sites(agency: str) -> list[Choice]:
    sites = office().registry.choices(Site, agency)
    if agency:
        return [Choice(s.id, s.name) for s in sites]
    agencies = {a.id for a in office().registry.choices(Agency)}
    return [Choice(s.id, s.name, s.agency) for s in sites if s.agency in agencies]


def _earlier(by: Person, agency: str) -> list[Choice]:
    wanted = TicketFilter(agency=agency, states=(State.CLOSED.value,))
    rows = office().work.tickets(by, wanted, size=_MOST_EARLIER).items
    return [
        Choice(
            row.ticket.number,
            f"{row.ticket.number} · {text(row.ticket.letter, 'subject')}",
            "" if agency else row.ticket.agency,
        )
        for row in rows
    ]


def _runs(by: Person, ticket: Ticket | None) -> list[Choice]:
    if ticket is None or not by.role.in_office:
        return []
    runs = office().tickets.show(by, ticket.number).runs
    return [Choice(run.id, run.at.isoformat()) for run in runs if run.state == "done"]
