"""The data of `domain.sop` against the regulation, written here a second time and by hand."""

from __future__ import annotations

import string

import pytest

from pulih.domain import sop
from pulih.domain.facts import Kind

# The regulation's table: number, short title, who acts (in order), and the span the step is counted in.
THE_FOURTEEN = """
 1 | Surat masuk dari OPD                                | opd, tim-jaringan                           | disposisi
 2 | Disposisi Kepala Dinas                              | kepala-dinas                                | disposisi
 3 | Verifikasi & disposisi Kepala Bidang TI             | kepala-bidang                               | disposisi
 4 | Penunjukan staf / tenaga ahli                       | kepala-seksi                                | disposisi
 5 | Pemeriksaan & analisa                               | tim-jaringan                                | penanganan
 6 | Troubleshooting remote access                       | tim-jaringan                                | penanganan
 7 | Koordinasi dengan OPD                               | tim-jaringan                                | penanganan
 8 | Terdapat kerusakan perangkat?                       | tim-jaringan                                | penanganan
 9 | Berita Acara permohonan penggantian perangkat       | tim-jaringan, opd                           | penanganan
10 | Penyiapan, pemasangan & pengaturan perangkat        | tim-jaringan                                | penanganan
11 | Uji coba                                            | tim-jaringan                                | penanganan
12 | Laporan kepada Kepala Seksi                         | tim-jaringan                                | pelaporan
13 | Penerusan laporan                                   | kepala-seksi, kepala-bidang, kepala-dinas   | pelaporan
14 | Berita Acara Pekerjaan                              | tim-jaringan, opd, kepala-dinas             | pelaporan
"""

# "Kelengkapan" and "output", where the regulation names a paper or a thing.
PAPERS = {
    1: ("Surat Permohonan Troubleshooting Gangguan Jaringan", "Tiket"),
    2: ("Surat Permohonan", "Disposisi Dinas"),
    3: ("Surat Permohonan", "Disposisi Dinas"),
    4: ("Disposisi Dinas", "Tim Jaringan Kominfo"),
    5: ("perangkat lunak troubleshooting", "Jenis dan lokasi gangguan"),
    6: ("perangkat lunak troubleshooting", "Laporan hasil troubleshooting"),
    7: ("–", "Koordinasi dengan pihak pelapor (OPD)"),
    8: ("perangkat lunak troubleshooting", "Keputusan"),
    9: ("–", "Berita Acara Permohonan Penggantian Perangkat"),
    10: ("Berita Acara", "Router, Switch, Access Point, PoE, Kabel LAN, Hub"),
    11: ("perangkat lunak troubleshooting", "Laporan hasil troubleshooting"),
    12: ("Laporan hasil troubleshooting", "Dokumentasi"),
    13: ("Laporan", "Dokumentasi"),
    14: ("Laporan", "Berita Acara Pekerjaan Troubleshooting Gangguan Jaringan"),
}

# The ways through, from step to step, as drawn in the design notes.
WAYS = {
    (1, 2), (2, 3), (3, 4), (3, 1), (4, 5), (5, 6), (6, 7), (6, 11), (7, 8), (8, 9), (8, 11),
    (9, 9), (9, 10), (10, 11), (11, 12), (11, 5), (12, 13), (13, 13), (13, 12), (13, 14), (14, 14),
}  # fmt: skip

EVERY_STAGE = pytest.mark.parametrize("stage", sop.STAGES.values(), ids=lambda stage: stage.id)
EVERY_WAY = pytest.mark.parametrize(
    ("stage", "way"),
    [
        pytest.param(stage, way, id=f"{stage.id}-{number}")
        for stage in sop.STAGES.values()
        for number, way in enumerate(stage.ways, start=1)
    ],
)


def test_the_procedure_has_the_fourteen_rows_of_the_regulation_in_order():
    written = [
        [cell.strip() for cell in row.split("|")] for row in THE_FOURTEEN.strip().splitlines()
    ]
    kept = [[str(s.number), s.title.id, ", ".join(s.roles), s.span.value] for s in sop.STEPS]
    assert kept == written


@pytest.mark.parametrize("step", sop.STEPS, ids=lambda step: str(step.number))
def test_a_step_names_what_must_be_there_and_what_comes_out(step):
    needs, yields = PAPERS[step.number]
    assert needs in step.needs.id
    assert yields in step.yields.id


@pytest.mark.parametrize("step", sop.STEPS, ids=lambda step: str(step.number))
def test_what_the_regulation_words_is_there_in_both_languages(step):
    for wording in (step.title, step.happens, step.needs, step.yields):
        assert wording.id
        assert wording.en


def test_the_spans_are_one_two_and_one_working_days():
    assert {span.value: days for span, days in sop.SPAN_DAYS.items()} == {
        "disposisi": 1,
        "penanganan": 2,
        "pelaporan": 1,
    }


def test_the_spans_have_names_on_screen():
    assert [span.label for span in sop.SPAN_DAYS] == ["Disposisi", "Penanganan", "Pelaporan"]


def test_only_the_returned_letter_and_the_replacement_record_wait_for_the_agency():
    assert [s.id for s in sop.STAGES.values() if s.waiting] == ["letter", "replacement-record"]


def test_a_step_leads_where_the_flowchart_leads():
    ways = {
        (stage.step, sop.STAGES[way.to].step)
        for step in sop.STEPS
        for stage in step.stages
        for way in stage.ways
        if way.to != sop.CLOSED
    }
    assert ways == WAYS


@EVERY_WAY
def test_every_way_leads_somewhere_that_exists(stage, way):
    ends = {sop.CLOSED, sop.WITHDRAWN}
    stays = {""} if stage.during is not None else set()
    assert way.to in sop.STAGES.keys() | ends | stays


def test_one_deed_closes_a_ticket_and_one_withdraws_it():
    ends = {
        way.to: stage.id
        for stage in sop.STAGES.values()
        for way in stage.ways
        if way.to in (sop.CLOSED, sop.WITHDRAWN)
    }
    assert ends == {"closed": "acknowledgement-department", "withdrawn": "withdrawal"}


@EVERY_STAGE
def test_the_last_way_of_a_stage_and_only_that_has_no_condition(stage):
    assert [way.when is None for way in stage.ways] == [False] * (len(stage.ways) - 1) + [True]


@EVERY_WAY
def test_a_condition_asks_for_an_answer_that_the_stage_can_get(stage, way):
    if way.when is None:
        return
    name, value = way.when
    fact = next(fact for fact in stage.facts if fact.name == name)
    answers = {True, False} if fact.kind is Kind.YES_NO else {choice.id for choice in fact.choices}
    assert value in answers


@EVERY_WAY
def test_every_placeholder_of_a_sentence_is_a_fact_of_its_stage(stage, way):
    names = {name for _text, name, _spec, _conversion in string.Formatter().parse(way.said) if name}
    assert "who" in names
    assert names <= {"who"} | {fact.name for fact in stage.facts}


@EVERY_WAY
def test_no_sentence_of_the_history_tells_a_contact(stage, way):
    names = {name for _text, name, _spec, _conversion in string.Formatter().parse(way.said)}
    assert not names & {fact.name for fact in stage.facts if fact.private}


@EVERY_STAGE
def test_every_prefill_is_a_fact_of_an_earlier_stage(stage):
    order = list(sop.STAGES)
    for fact in stage.facts:
        if not fact.prefill:
            continue
        origin, name = fact.prefill.split(".")
        assert order.index(origin) < order.index(stage.id)
        assert name in {earlier.name for earlier in sop.STAGES[origin].facts}


@EVERY_STAGE
def test_a_fact_depends_only_on_facts_asked_before_it(stage):
    asked = set()
    for fact in stage.facts:
        assert fact.when is None or fact.when[0] in asked
        assert not fact.among or fact.among in asked
        asked.add(fact.name)


@EVERY_STAGE
def test_no_stage_asks_for_the_same_fact_twice(stage):
    names = [fact.name for fact in stage.facts]
    assert len(names) == len(set(names))


@EVERY_STAGE
def test_answers_are_offered_exactly_where_one_picks_from_them(stage):
    for fact in stage.facts:
        picks = fact.kind in (Kind.CHOICE, Kind.TICKS, Kind.ROWS)
        assert bool(fact.choices) is picks, fact.name
        assert len({choice.id for choice in fact.choices}) == len(fact.choices)
        assert (fact.role is not None) is (fact.kind in (Kind.PERSON, Kind.PEOPLE)), fact.name


@EVERY_STAGE
def test_who_types_in_a_paper_is_somebody_else_and_names_the_signer(stage):
    assert not stage.paper & stage.roles
    assert bool(stage.paper) is ("signed_by" in {fact.name for fact in stage.facts})


def test_what_names_a_contact_is_marked_as_private():
    private = {fact.name for stage in sop.STAGES.values() for fact in stage.facts if fact.private}
    assert private >= {
        "contact_name",
        "contact_phone",
        "spoken_to",
        "agreed_by",
        "informed",
        "agency_official",
        "signed_by",
    }


def test_checking_needs_a_run_or_a_reading_and_a_device_on_record_or_in_words():
    assert sop.STAGES["examination"].one_of == (("runs", "readings"), ("device", "device_note"))


def test_damage_needs_the_device_on_record_or_in_words():
    assert sop.STAGES["damage"].one_of == (("device", "device_note"),)


def test_technicians_work_on_what_they_were_appointed_to():
    assert [stage.id for stage in sop.STAGES.values() if stage.appointed] == [
        "examination",
        "remote-repair",
        "coordination",
        "damage",
        "replacement-notice",
        "installation",
        "trial",
        "report",
        "work-record",
    ]


def test_a_request_may_be_withdrawn_before_step_12_and_a_team_changed_from_step_5():
    asides = {stage.id: list(stage.during) for stage in sop.ASIDE}
    assert asides == {
        "withdrawal": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        "reappointment": [5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    }


def test_a_stage_belongs_to_its_row():
    for step in sop.STEPS:
        for stage in step.stages:
            assert sop.step_of(stage) is step
            assert stage.step == step.number


def test_a_deed_beside_the_order_belongs_to_no_row():
    for stage in sop.ASIDE:
        with pytest.raises(KeyError):
            sop.step_of(stage)


# What the documents must carry, and the facts that carry it.
@pytest.mark.parametrize(
    ("stage", "facts"),
    [
        ("letter", "letter_number letter_date agency subject disturbed contact_name contact_phone"),
        ("disposition", "nature instructions to"),
        ("verification", "nature instructions to"),
        ("appointment", "technicians task"),
        ("examination", "fault_type location"),
        ("replacement-record", "old_kind old_make old_serial old_inventory reason new_wanted"),
        ("installation", "new_kind new_make new_model new_serial new_inventory settings"),
        ("report", "symptom cause actions result"),
        ("trial", "tests works"),
        ("work-record", "work work_date result agency_official"),
    ],
)
def test_a_document_gets_what_it_must_carry(stage, facts):
    required = {fact.name for fact in sop.STAGES[stage].facts if fact.required}
    assert set(facts.split()) <= required


def test_the_device_kinds_of_step_10_can_be_chosen():
    kinds = next(f for f in sop.STAGES["installation"].facts if f.name == "new_kind").choices
    labels = [choice.label for choice in kinds]
    assert labels[:6] == ["Router", "Switch", "Access Point", "PoE", "Kabel LAN", "Hub"]
