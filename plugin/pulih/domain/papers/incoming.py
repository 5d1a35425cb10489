"""The papers of a letter: the agency's request itself, and the receipt for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pulih.domain.papers.frame import Issue, agency_of, dated, framed, place_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.paper import Field, Paper, Said, Signature
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.papers.signing import Signing, signature
from pulih.domain.papers.spelled import titled
from pulih.domain.papers.telling import BY_HAND, Telling, plain
from pulih.domain.people import Role
from pulih.domain.ticket import text


def letter(telling: Telling, issue: Issue) -> Paper:
    """Return the request as its agency would have typed it: with its own number and day, for its head to sign."""
    number = telling.fact("letter", "letter_number")
    typed = text(telling.facts("letter"), "letter_date")
    on = date.fromisoformat(typed) if typed else None
    agency = agency_of(telling)
    paper = framed(PaperKind.LETTER, telling, issue)
    return replace(
        paper,
        number=number,
        on=on or issue.on,  # whoever checks it is told the day that stands on it
        draft=False,
        dated=dated(telling, on),
        texts={
            "subject": telling.fact("letter", "subject"),
            "to": plain(_office(telling.settings)),
            "at": plain(telling.settings.place),
            "agency": agency,
            "place": place_of(telling),
            "since": telling.fact("letter", "since"),
            "disturbed": telling.fact("letter", "disturbed"),
        },
        fields={
            "contact": (
                telling.field("letter", "contact_name"),
                telling.field("letter", "contact_phone"),
            )
        },
        signatures=(
            (Signature((f"Kepala {agency.text or '…' * 12},",), BY_HAND, BY_HAND, BY_HAND),),
        ),
    )


def receipt(telling: Telling, issue: Issue) -> Paper:
    """Return the receipt that the desk gives for a letter."""
    entry, signing = telling.entry("letter"), Signing(telling)
    taker = signing.technician(entry.by) if entry and entry.role is Role.NETWORK_TEAM else None
    at = telling.moment(entry.on.isoformat()) if entry else ""
    return replace(
        framed(PaperKind.RECEIPT, telling, issue),
        fields={
            "letter": (
                Field("Surat dari", agency_of(telling)),
                telling.field("letter", "letter_number"),
                telling.field("letter", "letter_date"),
                telling.field("letter", "subject"),
                Field("Tempat gangguan", place_of(telling)),
                Field("Diterima", Said(at)),
                telling.field("letter", "agenda_number"),
                Field("Nomor tiket", Said(telling.ticket.number if telling.ticket else "")),
            )
        },
        signatures=(
            (
                Signature(("Yang menyerahkan,",), BY_HAND, BY_HAND, BY_HAND),
                signature(taker, "Yang menerima,")
                if taker
                else Signature(("Yang menerima,",), BY_HAND, BY_HAND, BY_HAND),
            ),
        ),
    )


def _office(settings: PaperSettings) -> str:
    return f"Kepala {titled(' '.join(settings.name))}" if settings.lines else ""
