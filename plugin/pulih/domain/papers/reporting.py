"""The report of the troubleshooting."""

from __future__ import annotations

from dataclasses import replace

from pulih.domain.papers.devices import checks, devices, tests
from pulih.domain.papers.disposing import SOP
from pulih.domain.papers.frame import Issue, agency_of, framed, place_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.paper import Field, Paper, Said
from pulih.domain.papers.signing import Signing, signature
from pulih.domain.papers.telling import Telling

_DONE = (
    ("remote-repair", "done"),
    ("coordination", "visit_at"),
    ("damage", "damage"),
    ("damage", "repair"),
)


def report(telling: Telling, issue: Issue) -> Paper:
    """Return the report: introduction, what was done, what came of it, conclusion."""
    signing = Signing(telling)
    technicians = tuple(signature(party, "Yang melaporkan,") for party in signing.team())
    head = signing.signs(telling.settings.kinds[PaperKind.REPORT].signs)
    return replace(
        framed(PaperKind.REPORT, telling, issue),
        texts={
            "agency": agency_of(telling),
            "symptom": telling.fact("report", "symptom"),
            "cause": telling.fact("report", "cause"),
            "certainty": telling.fact("report", "cause_certainty"),
            "actions": telling.fact("report", "actions"),
            "result": telling.fact("report", "result"),
            "class": telling.fact("report", "solution_class"),
            "prevention": telling.fact("report", "prevention"),
        },
        lists={"basis": (Said(SOP),)},
        fields={
            "letter": (
                Field("Surat dari", agency_of(telling)),
                telling.field("letter", "letter_number"),
                telling.field("letter", "letter_date"),
                telling.field("letter", "subject"),
                Field("Tempat gangguan", place_of(telling)),
                telling.field("letter", "since"),
            ),
            "found": (
                telling.field("examination", "fault_type"),
                telling.field("examination", "location"),
                telling.field("examination", "segment"),
            ),
            "course": tuple(
                telling.field(stage, name)
                for stage, name in _DONE
                if telling.blank or telling.facts(stage).get(name)
            ),
        },
        tables={
            "checks": checks(telling),
            "devices": devices(telling),
            "tests": tests(telling),
        },
        pictures=telling.material.photos,
        diagram=telling.material.diagram,
        signatures=(
            *(technicians[n : n + 2] for n in range(0, len(technicians), 2)),
            (replace(head, above=("Mengetahui,", *head.above)),),
        ),
    )
