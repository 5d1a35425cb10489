"""What every paper has around its matter: head, number, place and day, copies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pulih.domain.papers import spelled
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.paper import Letterhead, Paper, Said
from pulih.domain.papers.settings import Head
from pulih.domain.papers.telling import BY_HAND, Telling, plain
from pulih.wording import sentence

TITLES = {
    PaperKind.LETTER: ("SURAT PERMOHONAN", "TROUBLESHOOTING GANGGUAN JARINGAN"),
    PaperKind.RECEIPT: ("TANDA TERIMA SURAT",),
    PaperKind.DISPOSITION: ("LEMBAR DISPOSISI",),
    PaperKind.ASSIGNMENT: ("SURAT TUGAS",),
    PaperKind.REPORT: ("LAPORAN HASIL TROUBLESHOOTING", "GANGGUAN JARINGAN"),
    PaperKind.REPLACEMENT: ("BERITA ACARA", "PERMOHONAN PENGGANTIAN PERANGKAT"),
    PaperKind.WORK: ("BERITA ACARA PEKERJAAN", "TROUBLESHOOTING GANGGUAN JARINGAN"),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """What is decided when a paper is made, beside its facts.

    Attributes:
        on: The day; None on an empty form.
        number: Empty on a draft.
        address: Where it can be checked.
        replaces: The paper that it corrects; `reason` says why.
    """

    on: date | None
    number: str = ""
    address: str = ""
    replaces: str = ""
    reason: str = ""


def framed(kind: PaperKind, telling: Telling, issue: Issue) -> Paper:
    """Return a paper with everything but its matter."""
    settings = telling.settings
    decided = settings.kinds[kind]
    ticket = telling.ticket
    return Paper(
        kind=kind,
        ticket=ticket.number if ticket else "",
        title=TITLES[kind],
        number=Said(issue.number),
        on=issue.on,
        dated=dated(telling, issue.on),
        letterhead=letterhead(decided.head, telling),
        layout=decided.layout,
        copies=decided.copies,
        address=issue.address,
        replaces=issue.replaces,
        reason=issue.reason,
        draft=not issue.number and ticket is not None,
    )


def dated(telling: Telling, on: date | None) -> Said:
    """Return place and day, as they stand above the signatures."""
    if on is None:
        return BY_HAND
    place = telling.settings.place
    if not place:
        return Said(missing=sentence("Tempat penandatanganan (setelan dokumen)"))
    return Said(f"{place}, {spelled.day(on)}")


def letterhead(head: Head, telling: Telling) -> Letterhead | None:
    """Return who writes, as the office decided."""
    settings, agency = telling.settings, telling.material.agency
    if head is Head.NONE:
        return None
    if not settings.lines:
        return Letterhead(
            (Said(missing=sentence("Kop surat (setelan dokumen)")),), (), settings.arms
        )
    if head is Head.OFFICE:
        above = settings.lines[: -len(settings.name)]
        own = Said("\n".join(settings.name))  # as large as one line
        return Letterhead((*map(Said, above), own), settings.address, settings.arms)
    name = Said(agency.name.upper()) if agency else BY_HAND
    address = (agency.address,) if agency and agency.address else ()
    return Letterhead((Said(settings.lines[0]), name), address, settings.arms)


def place_of(telling: Telling) -> Said:
    """Return where the fault is: the place of the letter, with the registered site's name."""
    place = telling.fact("letter", "place")
    parts = [part for part in (place.text, telling.material.site) if part]
    return Said(", ".join(parts)) if place else place


def agency_of(telling: Telling) -> Said:
    """Return the agency's name."""
    agency = telling.material.agency
    return plain(agency.name) if agency else BY_HAND
