"""Whatever a record holds, it comes back from JSON as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pulih.domain import sop
from pulih.domain.agency import Agency, Device, DeviceKind, FaultType, Site
from pulih.domain.article import Article
from pulih.domain.issued import Issued, Numbered
from pulih.domain.outage import Outage, OutageDeed
from pulih.domain.people import Person
from pulih.domain.records import Attachment, Draft, Helped, ProbeRun, Published, RunKind, Told
from pulih.domain.signed import Examined, FoundSignature, Signed
from pulih.domain.struck import Struck
from pulih.domain.ticket import Entry, Ticket
from pulih.store import codec, codec_paper
from pulih.store.codec_ticket import TICKET, year_of

TEXT = some.text(max_size=20)
MOMENT = some.datetimes(timezones=some.just(UTC))
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | TEXT,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
OBJECTS = some.lists(some.dictionaries(TEXT, JSON, max_size=3), max_size=3).map(tuple)
VALUE = (
    TEXT
    | some.booleans()
    | some.lists(TEXT, max_size=3)
    | some.lists(some.dictionaries(TEXT, TEXT, max_size=3), max_size=3)
)
DUE = [stage.id for step in sop.STEPS for stage in step.stages]
ENTRY = some.builds(
    Entry,
    stage=some.sampled_from(sorted(sop.STAGES)),
    to=some.sampled_from([*DUE, sop.CLOSED, sop.WITHDRAWN]),
    at=MOMENT,
    on=MOMENT,
    facts=some.dictionaries(TEXT, VALUE, max_size=4),
)
RECORDS = [
    (TICKET, some.builds(Ticket, TEXT, some.lists(ENTRY, max_size=4).map(tuple))),
    (codec.PERSON, some.builds(Person)),
    (codec.AGENCY, some.builds(Agency)),
    (codec.SITE, some.builds(Site)),
    (codec.DEVICE, some.builds(Device)),
    (codec.FAULT_TYPE, some.builds(FaultType)),
    (codec.ARTICLE, some.builds(Article, closed_at=MOMENT, working_hours=some.floats(0, 1e4))),
    (codec.PUBLISHED, some.builds(Published, at=MOMENT)),
    (codec.ATTACHMENT, some.builds(Attachment, at=MOMENT)),
    (
        codec.RUN,
        some.builds(
            ProbeRun,
            at=MOMENT,
            targets=OBJECTS,
            findings=OBJECTS,
            progress=some.floats(0, 1),
            seconds=some.floats(0, 1e6),
            kind=some.sampled_from(RunKind),
            told=some.lists(
                some.builds(Told, at=MOMENT, findings=OBJECTS, withdrawn_at=some.none() | MOMENT),
                max_size=2,
            ).map(tuple),
            verdict=some.dictionaries(TEXT, JSON, max_size=2),
            since=some.none() | MOMENT,
            again_at=some.none() | MOMENT,
        ),
    ),
    (
        codec.OUTAGE,
        some.builds(
            Outage,
            at=MOMENT,
            deeds=some.lists(some.builds(OutageDeed, at=MOMENT), max_size=2).map(tuple),
        ),
    ),
    (codec.HELPED, some.builds(Helped, at=MOMENT)),
    (
        codec.DRAFT,
        some.builds(Draft, fields=some.dictionaries(TEXT, some.lists(TEXT, max_size=3)), at=MOMENT),
    ),
    (codec_paper.ISSUED, some.builds(Issued, at=MOMENT)),
    (
        codec_paper.NUMBERED,
        some.builds(
            Numbered,
            struck=some.none() | some.builds(Struck, at=MOMENT),
            signed=some.lists(
                some.builds(
                    Signed,
                    at=MOMENT,
                    withdrawn=some.none() | some.builds(Struck, at=MOMENT),
                    found=some.builds(
                        Examined,
                        signatures=some.lists(
                            some.builds(FoundSignature, at=some.none() | MOMENT), max_size=2
                        ).map(tuple),
                    ),
                ),
                max_size=2,
            ).map(tuple),
        ),
    ),
    (codec.SECRET, TEXT),
    (codec.SETTING, some.dictionaries(TEXT, JSON, max_size=3)),
]


@pytest.mark.slow
@pytest.mark.parametrize(("kept_by", "records"), RECORDS)
@given(data=some.data())
def test_a_record_comes_back_from_json_as_it_was(kept_by, records, data):
    record = data.draw(records)

    document = json.loads(json.dumps(kept_by.encode(record)))

    assert kept_by.decode(document) == record


def test_a_record_that_has_gained_a_field_reads_what_was_kept_before():
    old = codec.DEVICE.encode(Device("sw-1", "dukcapil", "switch", "Switch"))
    del old["inventory"]

    assert codec.DEVICE.decode(old).inventory == ""

    for name in ("role", "parent", "port", "parent_port", "interfaces", "link", "rate"):
        del old[name]

    assert codec.DEVICE.decode(old) == Device("sw-1", "dukcapil", DeviceKind.SWITCH, "Switch")

    run = codec.RUN.encode(
        ProbeRun("r1", "2026-0001", "rina", datetime(2026, 3, 2, tzinfo=UTC), ())
    )
    for name in run.keys() - {"id", "ticket", "by", "at", "targets", "state", "findings"}:
        del run[name]

    old = codec.RUN.decode(run)
    assert (old.names, old.kind, old.told, old.again_at) == ((), RunKind.ADDRESSES, (), None)


def test_a_document_with_a_field_that_is_no_longer_known_can_be_read():
    document = codec.AGENCY.encode(Agency("dukcapil", "Dukcapil"))

    assert codec.AGENCY.decode({**document, "fax": "1"}) == Agency("dukcapil", "Dukcapil")


def test_what_a_ticket_is_found_by_is_derived_from_its_history(story):
    document = TICKET.encode(story.at("examination"))

    derived = {key: value for key, value in document.items() if key not in ("history", "words")}
    assert derived == {
        "number": "2026-0001",
        "version": 4,
        "agency": "dukcapil",
        "state": "open",
        "step": 5,
        "stage": "examination",
        "team": ["rina", "bayu"],
        "people": ["dewi", "irawan", "nurhayati", "salim", "rina", "bayu"],
        "year": "2026",
        "opened": "2026-03-02T00:00:00+00:00",
        "letter_key": "dukcapil\n005/114/dukcapil/2026",
        "agenda_key": None,
    }
    assert document["words"].split("\n") == [
        "2026-0001",
        "dukcapil",
        "jaringan loket perekaman putus",
        "loket ktp-el tidak dapat terhubung ke pusat.",
        "lantai 2, ruang perekaman",
        "005/114/dukcapil/2026",
    ]


def test_a_ticket_at_its_end_waits_at_no_step(story):
    document = TICKET.encode(story.withdrawn)

    assert (document["state"], document["step"], document["stage"]) == ("withdrawn", None, None)


def test_the_team_is_the_one_appointed_last(story):
    ticket = story.take(story.at("examination"), "reappointment")

    assert TICKET.encode(ticket)["team"] == ["bayu"]
    assert TICKET.encode(replace(ticket, history=()))["team"] == []


def test_who_has_worked_on_a_ticket_stays_among_its_people(story):
    ticket = story.take(story.take(story.at("examination"), "examination"), "reappointment")

    assert TICKET.encode(ticket)["people"] == [
        "dewi",
        "irawan",
        "nurhayati",
        "salim",
        "rina",
        "bayu",
    ]


@pytest.mark.parametrize(
    ("number", "year"), [("2026-0001", "2026"), ("T-1/2026", "2026"), ("T-1", ""), ("20261", "")]
)
def test_the_year_is_read_from_the_number(number, year):
    assert year_of(number) == year
