"""Gathers what the papers of a ticket are made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from pulih.domain.article import Reading
from pulih.domain.facts import Kind
from pulih.domain.looked import checks_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.material import Material
from pulih.domain.papers.paper import Picture
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.papers.stored import from_document
from pulih.domain.passed import passed_of
from pulih.domain.people import HEADS, Person
from pulih.domain.records import Attachment, ProbeRun
from pulih.domain.sop import STAGES
from pulih.domain.ticket import Ticket, strings, text
from pulih.errors import NotFound
from pulih.ports import Printer, Records, Tools

SETTINGS = "papers"
_MOST_PHOTOS = 6
_IMAGES = ("image/jpeg", "image/png")
T = TypeVar("T")


def today(tools: Tools) -> date:
    """Return the date in the office."""
    return tools.calendar.local(tools.now()).date()


def settings_of(records: Records) -> PaperSettings:
    """Return what the office decided about its papers."""
    return from_document(records.settings.get(SETTINGS) or {})


def gather(
    records: Records, ticket: Ticket, tools: Tools, printer: Printer, kind: PaperKind
) -> Material:
    """Return what a paper of a ticket is made from, as the register has it now.

    Raises:
        Unavailable: A photograph cannot be read now.
    """
    site = text(ticket.letter, "site")
    runs = [
        run
        for name in strings(ticket.facts_of("examination"), "runs")
        if (run := records.runs.get(name))
    ]
    return Material(
        ticket=ticket,
        agency=records.agencies.get(ticket.agency),
        site=records.sites.get(site).name if site else "",
        people=_people(records, ticket),
        devices=_found(records.devices.get, _named(ticket, Kind.DEVICE)),
        fault_types=_found(records.fault_types.get, _named(ticket, Kind.FAULT_TYPE)),
        checks=tuple(_plain(reading) for run in runs for reading in checks_of(run)),
        diagram=_picture(runs, printer),
        photos=tuple(_photos(records, ticket, tools, printer)) if kind.pictured else (),
        zone=tools.calendar.zone,
    )


def _picture(runs: Sequence[ProbeRun], printer: Printer) -> str:
    """Return the picture of the last examination of the way; empty where none was ticked."""
    ways = [way for run in runs if (way := passed_of(run))]
    return printer.picture(ways[-1]) if ways else ""


def _people(records: Records, ticket: Ticket) -> Mapping[str, Person]:
    keys = (
        {entry.by for entry in ticket.history}
        | _named(ticket, Kind.PERSON)
        | _named(ticket, Kind.PEOPLE)
    )
    seats = [
        person
        for person in records.people.all()
        if person.role in HEADS or person.agency == ticket.agency
    ]
    return _found(records.people.get, keys) | {person.id: person for person in seats}


def _named(ticket: Ticket, kind: Kind) -> set[str]:
    """Return the identifiers that the ticket's facts name."""
    return {
        key
        for entry in ticket.history
        for fact in STAGES[entry.stage].facts
        if fact.kind is kind
        for key in (text(entry.facts, fact.name), *strings(entry.facts, fact.name))
        if key
    }


def _found(get: Callable[[str], T], keys: set[str]) -> dict[str, T]:
    found = {}
    for key in sorted(keys):
        try:
            found[key] = get(key)
        except NotFound:
            continue
    return found


def _plain(reading: Reading) -> Reading:
    """Return a finding whose text can stand on paper: one line."""
    return Reading(reading.what, " ".join(reading.value.split()), reading.note)


def _photos(records: Records, ticket: Ticket, tools: Tools, printer: Printer) -> Iterator[Picture]:
    """Yield the first photographs of the damage; a file that is none, or is gone, is left out."""
    keys = strings(ticket.facts_of("damage"), "photos")
    kept = [
        kept
        for key in keys
        if (kept := records.attachments.get(key)) and kept.media_type in _IMAGES
    ]
    for photo in kept[:_MOST_PHOTOS]:
        if source := _small(photo, tools, printer):
            yield Picture(_caption(photo.name), source)


def _caption(name: str) -> str:
    """Return what stands under a photograph: its file's name as words."""
    return " ".join(re.split(r"[\s_-]+", name.rpartition(".")[0] or name)).strip() or name


def _small(photo: Attachment, tools: Tools, printer: Printer) -> str | None:
    try:
        with tools.files.open(photo.digest) as content:
            return printer.photo(content.read())
    except NotFound:
        return None
