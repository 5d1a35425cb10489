"""The papers that send a letter on its way: the disposition sheet, and the assignment."""

from __future__ import annotations

from dataclasses import replace

from pulih.domain.papers.frame import Issue, agency_of, framed, place_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.paper import Field, Paper, Said
from pulih.domain.papers.signing import Signing, signature
from pulih.domain.papers.telling import BY_HAND, NOTHING, Telling, plain
from pulih.domain.people import Role

SOP = "SOP Nomor 565/569/DKISC/2020 tentang Layanan Troubleshooting Gangguan Jaringan"
_APPOINTING = ("appointment", "reappointment")


def disposition(telling: Telling, issue: Issue) -> Paper:
    """Return the sheet with both dispositions. A letter that was returned has the reason in the second's place."""
    signing = Signing(telling)
    head, division = (
        signing.official(Role.HEAD_OF_DEPARTMENT),
        signing.official(Role.HEAD_OF_DIVISION),
    )
    returned = telling.facts("verification").get("verified") is False
    entry = telling.entry("letter")
    came = telling.moment(entry.on.isoformat()) if entry else ""
    second = (
        (Field("Dikembalikan ke OPD", telling.fact("verification", "reason")),)
        if returned
        else (
            telling.field("verification", "to"),
            telling.field("verification", "note"),
        )
    )
    return replace(
        framed(PaperKind.DISPOSITION, telling, issue),
        fields={
            "letter": (
                Field("Surat dari", agency_of(telling)),
                telling.field("letter", "letter_number", "No. surat"),
                telling.field("letter", "letter_date", "Tgl. surat"),
            ),
            "came": (
                Field("Diterima tgl.", Said(came)),
                telling.field("letter", "agenda_number", "No. agenda"),
                telling.field("disposition", "nature"),
            ),
            "subject": (telling.field("letter", "subject"),),
            "first": (telling.field("disposition", "to"), telling.field("disposition", "note")),
            "second": second,
        },
        ticks={
            "first": telling.ticks("disposition", "instructions"),
            "second": () if returned else telling.ticks("verification", "instructions"),
        },
        texts={
            "first": telling.happened("disposition"),
            "second": telling.happened("verification"),
        },
        signatures=((signature(head), signature(division)),),
    )


def assignment(telling: Telling, issue: Issue) -> Paper:
    """Return the letter that sends the team."""
    signing = Signing(telling)
    team = signing.team()
    lead = telling.ticket.lead if telling.ticket else ""
    rows = [
        (
            Said(f"{n}."),
            person.name,
            person.rank,
            person.nip,
            Said(
                f"{person.position.text} (ketua tim)" if n == 1 and lead else person.position.text
            ),
        )
        for n, person in enumerate(team, start=1)
    ]
    number, day = telling.fact("letter", "letter_number"), telling.fact("letter", "letter_date")
    agency = agency_of(telling)
    asked = f"Surat {agency.text} Nomor {number.text} tanggal {day.text}" if number and day else ""
    disposed = telling.happened("disposition")
    return replace(
        framed(PaperKind.ASSIGNMENT, telling, issue),
        lists={
            "basis": (
                Said(SOP),
                Said(asked)
                if asked or telling.blank
                else (NOTHING if not number.missing else number),
                Said(f"Disposisi Kepala Dinas tanggal {disposed.text}") if disposed else disposed,
            ),
            "tasks": _tasks(telling),
        },
        tables={
            "team": telling.table(
                "Yang ditugaskan",
                ("No.", "Nama", "Pangkat/Gol.", "NIP", "Jabatan"),
                rows,
                (6, 28, 18, 25, 23),
            )
        },
        fields={
            "where": (
                Field(
                    "Tempat",
                    plain(_both(place_of(telling), agency)) if not telling.blank else BY_HAND,
                ),
                Field("Waktu", _span(telling)),
            )
        },
        signatures=((signing.signs(telling.settings.kinds[PaperKind.ASSIGNMENT].signs),),),
    )


def _tasks(telling: Telling) -> tuple[Said, ...]:
    told = telling.fact(telling.latest(*_APPOINTING), "task")
    if telling.blank:
        return (BY_HAND, BY_HAND, BY_HAND)
    if not told:
        return (told,)
    tasks = [line.strip() for line in told.text.splitlines() if line.strip()]
    return (*map(Said, tasks), Said("Melaporkan hasil pelaksanaan tugas secara tertulis."))


def _span(telling: Telling) -> Said:
    begun = telling.happened(telling.latest(*_APPOINTING))
    return Said(f"{begun.text} sampai dengan gangguan selesai ditangani") if begun else begun


def _both(place: Said, agency: Said) -> str:
    return ", ".join(part for part in (place.text, agency.text) if part)
