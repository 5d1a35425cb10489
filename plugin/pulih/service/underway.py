"""Open tickets that are like what is asked, for "sedang ditangani"."""

from __future__ import annotations

from dataclasses import replace

from pulih.domain.agency import FaultType
from pulih.domain.article import Surroundings, named_device, told_by
from pulih.domain.people import Person, Role
from pulih.domain.records import TicketFilter
from pulih.domain.search import OpenMatch, OpenTicket, Query
from pulih.domain.ticket import Ticket, text
from pulih.errors import Damaged, NotFound
from pulih.ports import Records, Tools
from pulih.service.work import OPEN

_UNKNOWN = FaultType("", "")


def underway(tools: Tools, records: Records, by: Person, query: Query) -> tuple[OpenMatch, ...]:
    """Return the open tickets that a query fits and a person may see, best first.

    One that cannot be read is left out: where the records are looked after, it is named; here others are looked for.
    """

    def read(number: str) -> OpenTicket | None:
        try:
            ticket = records.tickets.get(number)
            around = _around(records, ticket)
        except (Damaged, NotFound):
            return None
        told = told_by(ticket, around, tools.calendar, tools.now())
        return OpenTicket(ticket.version, ticket.step.number if ticket.step else 0, told)

    if by.role is Role.OPD:
        query = replace(query, only=(("agency", by.agency or "-"),))
    versions = records.tickets.versions(TicketFilter(states=OPEN))
    return tools.index.waiting(query, versions, read)


def _around(records: Records, ticket: Ticket) -> Surroundings:
    site, key = text(ticket.letter, "site"), named_device(ticket).key
    fault = text(ticket.facts_of("examination"), "fault_type")
    return Surroundings(
        agency=records.agencies.get(ticket.agency),
        site=records.sites.get(site).name if site else "",
        device=records.devices.get(key) if key else None,
        fault_type=records.fault_types.get(fault) if fault else _UNKNOWN,
    )
