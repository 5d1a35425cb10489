"""Writing down what a closed ticket teaches, in the transaction that closes it."""

from __future__ import annotations

from pulih.domain.article import Reading, Surroundings, article_of, named_device
from pulih.domain.calendar import Calendar
from pulih.domain.records import ProbeRun
from pulih.domain.ticket import Ticket, strings, text
from pulih.ports import Records


def write_article(records: Records, ticket: Ticket, calendar: Calendar) -> None:
    """Keep what a closed ticket teaches, in the transaction that closes it."""
    found = ticket.facts_of("examination")
    key = named_device(ticket).key
    site = text(ticket.letter, "site")
    runs = [run for name in strings(found, "runs") if (run := records.runs.get(name))]
    around = Surroundings(
        agency=records.agencies.get(ticket.agency),
        site=records.sites.get(site).name if site else "",
        device=records.devices.get(key) if key else None,
        fault_type=records.fault_types.get(text(found, "fault_type")),
        checks=tuple(reading for run in runs for reading in readings_of(run)),
    )
    earlier = [a for a in records.articles.find() if a.number != ticket.number]
    records.articles.put(ticket.number, article_of(ticket, around, calendar, earlier))


def readings_of(run: ProbeRun) -> tuple[Reading, ...]:
    """Return the findings of a run as lines of a table."""
    return tuple(Reading(f"{f['probe']} {f['target']}", str(f["detail"])) for f in run.findings)
