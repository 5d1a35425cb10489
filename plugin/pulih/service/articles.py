"""Writing down what a closed ticket teaches: in the transaction that closes it, and anew when more is to be masked."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache
from importlib import resources

from pulih.domain.agency import DeviceKind
from pulih.domain.article import Article, Surroundings, article_of, hidden, named_device
from pulih.domain.calendar import Calendar
from pulih.domain.edition import Picture
from pulih.domain.facts import Facts
from pulih.domain.looked import checks_of, trials_of
from pulih.domain.outgoing import Outgoing
from pulih.domain.passed import passed_of
from pulih.domain.records import ProbeRun
from pulih.domain.scrub import MASKED, Finding, cells_under, look, masked, scrubbed
from pulih.domain.ticket import Ticket, strings, text
from pulih.errors import NotFound
from pulih.ports import Records

_NOTED = (
    "scrubber"  # the setting that says with which scrubber all articles were last looked through
)
_SOURCES = ("pulih.domain", "pulih.domain.scrub")
# Beside the scrubber's own: what is hidden of a ticket, and who is behind it.
_RULES = ("article.py", "called.py", "mask.py", "outgoing.py", "sop.py", "sop_facts.py")


def write_article(records: Records, ticket: Ticket, calendar: Calendar) -> None:
    """Keep what a closed ticket teaches, in the transaction that closes it."""
    earlier = [a for a in records.articles.find() if a.number != ticket.number]
    choices = outgoing_of(records, ticket.number).choices
    around = around_of(records, ticket)
    records.articles.put(ticket.number, article_of(ticket, around, calendar, earlier, choices))
    if not earlier:
        note_scrubber(records)  # all there is


def rewrite_article(records: Records, number: str, calendar: Calendar) -> bool:
    """Make a case's article anew from its ticket, with the names of the day of closing; tell whether it is another.

    Raises:
        NotFound: There is no such ticket.
        ValueError: It is not closed.
    """
    before = records.articles.get(number)
    write_article(records, records.tickets.get(number), calendar)
    return records.articles.get(number) != before


def around_of(records: Records, ticket: Ticket) -> Surroundings:
    """Return what the registry knows about the things that a ticket names; of a closed one, what it knew on that day.

    Its fault type must be told already.
    """
    found = ticket.facts_of("examination")
    key = named_device(ticket).key
    site = text(ticket.letter, "site")
    looks, tried = (runs_of(records, facts) for facts in (found, ticket.facts_of("trial")))
    around = Surroundings(
        agency=records.agencies.get(ticket.agency),
        site=records.sites.get(site).name if site else "",
        device=records.devices.get(key) if key else None,
        fault_type=records.fault_types.get(text(found, "fault_type")),
        checks=tuple(reading for run in looks for reading in checks_of(run)),
        tests=tuple(reading for run in tried for reading in trials_of(run)),
        way=next((way for run in reversed(looks) if (way := passed_of(run))), ()),
    )
    before = records.articles.get(ticket.number)
    return _as_on_the_day(around, before) if before else around


def _as_on_the_day(around: Surroundings, before: Article) -> Surroundings:
    """Return surroundings with the names that an article has: it is the official record, whatever is renamed later."""
    device = around.device
    if device:
        make = _name(device.make, before.device_make)
        kind = DeviceKind(before.device_kind or device.kind)
        device = replace(device, kind=kind, brand=make, model="")
    fault = around.fault_type
    return replace(
        around,
        agency=replace(around.agency, name=_name(around.agency.name, before.agency_name)),
        site=_name(around.site, before.site),
        device=device,
        fault_type=replace(fault, name=_name(fault.name, before.fault_name)),
    )


def _name(today: str, kept: str) -> str:
    """Return the name that was kept: without its masks where, as far as it can be read, it is still the name today."""
    readable = ".+".join(re.escape(part) for part in MASKED.split(kept))
    return today if re.fullmatch(readable, today, re.DOTALL) else kept


def outgoing_of(records: Records, number: str) -> Outgoing:
    """Return what was decided of what goes out of a ticket; nothing yet, where nobody did."""
    return records.outgoing.get(number) or Outgoing(number)


def runs_of(records: Records, facts: Facts) -> list[ProbeRun]:
    """Return the runs that a step names, the oldest first."""
    named = [run for name in strings(facts, "runs") if (run := records.runs.get(name))]
    return sorted(named, key=lambda run: run.at)


@cache
def scrubber() -> str:
    """Return a short digest of the rules that decide what is masked."""
    digest = hashlib.sha256()
    for package in _SOURCES:
        for file in sorted(resources.files(package).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py") and (package != _SOURCES[0] or file.name in _RULES):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def note_scrubber(records: Records) -> None:
    """Note that all articles are as the present scrubber has them."""
    records.settings.put(_NOTED, {"version": scrubber()})


def is_scrubbed(records: Records) -> bool:
    """Tell whether the articles were last looked through with the present scrubber."""
    return (records.settings.get(_NOTED) or {}).get("version") == scrubber()


class _Again:
    """The scrubber over what it has been over before, with what was decided of it."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing

    def __call__(self, prose: str, /) -> str:
        return masked(prose, self._found(prose))

    def row(self, what: str, *cells: str) -> tuple[str, ...]:
        under = cells_under(self._found, what, cells)
        return self(what), *(
            self(masked(cell, found)) for cell, found in zip(cells, under, strict=True)
        )

    def _found(self, prose: str) -> tuple[Finding, ...]:
        return look(prose, choices=self._outgoing.choices)


def again(article: Article, outgoing: Outgoing) -> Article:
    """Return an article as the present scrubber leaves it. It does not know the ticket's contacts any more."""
    return hidden(article, _Again(outgoing))


def notes_again(records: Records) -> None:
    """Mask what the present scrubber finds in notes, the names below them, and captions.

    What is hidden in notes besides is hidden when they are shown, see `hushed`.
    """
    decided = {one.ticket: one for one in records.outgoing.find()}
    for note in records.notes.find():
        told = _Again(replace(decided.get(note.case) or Outgoing(note.case), more=()))(note.text)
        mended = replace(note, text=told, name=scrubbed(note.name))
        if mended != note:
            records.notes.put(note.id, mended)
    for number, one in decided.items():
        hide = _Again(one)
        pictures = tuple(Picture(p.digest, hide(p.caption)) for p in one.pictures)
        if pictures != one.pictures:
            records.outgoing.put(number, replace(one, pictures=pictures))


def mask_again(records: Records, number: str, calendar: Calendar) -> None:
    """Make an article anew in which the present scrubber finds something; without its ticket, from itself."""
    article = records.articles.get(number)
    if article is None:
        return
    try:
        rewrite_article(records, number, calendar)
    except (NotFound, ValueError):
        records.articles.put(number, again(article, outgoing_of(records, number)))
