"""The two Berita Acara: an agency asks for a device to be replaced, and the work is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pulih.domain.papers import spelled
from pulih.domain.papers.devices import devices, old_device, tests
from pulih.domain.papers.frame import Issue, agency_of, framed, place_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.paper import Field, Paper, Said, Signature
from pulih.domain.papers.signing import Signing, signature
from pulih.domain.papers.telling import BY_HAND, Telling
from pulih.domain.ticket import text

FIRST, SECOND = "PIHAK PERTAMA", "PIHAK KEDUA"


def replacement(telling: Telling, issue: Issue) -> Paper:
    """Return the agency's request to have a device replaced, made with the team."""
    signing = Signing(telling)
    agency = signing.agency("replacement-record", "signed_by", FIRST)
    team = signing.lead(SECOND)
    return replace(
        framed(PaperKind.REPLACEMENT, telling, issue),
        texts={
            **_opening(telling, issue.on),
            "damage": telling.fact("damage", "damage"),
            "reason": telling.fact("replacement-record", "reason"),
            "wanted": telling.fact("replacement-record", "new_wanted"),
        },
        fields={
            "about": (
                Field("Tempat gangguan", place_of(telling)),
                telling.field("letter", "letter_number"),
                telling.field("examination", "fault_type"),
                telling.field("examination", "location"),
            )
        },
        parties=(agency, team),
        tables={"device": old_device(telling)},
        pictures=telling.material.photos,
        # As on the other: who makes it signs to the right, under place and day.
        signatures=((signature(team, SECOND), signature(agency, FIRST)),),
    )


def work(telling: Telling, issue: Issue) -> Paper:
    """Return the record of the work, which the agency and the head of department acknowledge."""
    signing = Signing(telling)
    team = signing.lead(FIRST)
    agency = signing.agency("work-record", "agency_official", SECOND)
    head = signing.signs(telling.settings.kinds[PaperKind.WORK].signs)
    done = text(telling.facts("work-record"), "work_date")
    return replace(
        framed(PaperKind.WORK, telling, issue),
        texts={
            **_opening(telling, issue.on),
            "done": Said(spelled.day_in_words(date.fromisoformat(done)))
            if done
            else telling.fact("work-record", "work_date"),
            "work": telling.fact("work-record", "work"),
            "result": telling.fact("work-record", "result"),
            "agency": agency_of(telling),
        },
        fields={
            "about": (
                telling.field("letter", "letter_number"),
                telling.field("letter", "letter_date"),
                telling.field("letter", "subject"),
                Field("Tempat pekerjaan", place_of(telling)),
                telling.field("work-record", "devices"),
            )
        },
        parties=(team, agency),
        tables={"devices": devices(telling), "tests": tests(telling)},
        pictures=telling.material.photos,
        diagram=telling.material.diagram,
        signatures=(
            (signature(agency, SECOND), signature(team, FIRST)),
            (_acknowledged(head),),
        ),
    )


def _opening(telling: Telling, on: date | None) -> dict[str, Said]:
    """Return the parts of "Pada hari ini … tanggal … bulan … tahun …, bertempat di …"."""
    words = (
        {
            "weekday": spelled.weekday(on),
            "day": spelled.number(on.day),
            "month": spelled.month(on),
            "year": spelled.number(on.year),
        }
        if on
        else dict.fromkeys(("weekday", "day", "month", "year"), "")
    )
    return {name: Said(word) for name, word in words.items()} | {
        "at": place_of(telling) if telling.ticket else BY_HAND
    }


def _acknowledged(head: Signature) -> Signature:
    return replace(head, above=("Mengetahui,", *head.above))
