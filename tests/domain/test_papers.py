"""Papers made from the facts of a ticket: what each says, what each misses, and who signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pulih.domain.agency import FAULT_TYPES, Agency, Device, DeviceKind
from pulih.domain.article import Reading
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.making import make
from pulih.domain.papers.material import Material
from pulih.domain.papers.paper import NONE, Said
from pulih.domain.papers.settings import Head, Official, PaperSettings
from pulih.domain.people import HEADS, Role
from pulih.domain.ticket import Ticket

ON = date(2026, 11, 23)
EVERY_KIND = pytest.mark.parametrize("kind", list(PaperKind))
SETTINGS = PaperSettings(
    lines=("PEMERINTAH KABUPATEN SUMBAWA", "DINAS KOMUNIKASI DAN INFORMATIKA"),
    address=("Jalan Garuda 1",),
    place="Sumbawa Besar",
)


def with_signs(kind, role):
    decided = replace(SETTINGS.kinds[kind], signs=role)
    return replace(SETTINGS, kinds={**SETTINGS.kinds, kind: decided})


@pytest.fixture
def people(cast):
    """The cast, the civil servants with their rank."""
    ranked = (replace(p, rank="Penata (III/c)") if p.nip else p for p in cast)
    return {person.id: person for person in ranked}


@pytest.fixture
def material(story, people, office_calendar):
    return Material(
        ticket=story.closed,
        agency=Agency("dukcapil", "Dinas Dukcapil", address="Jl. Durian 3"),
        site="Kantor Dukcapil",
        people=people,
        fault_types={fault.id: fault for fault in FAULT_TYPES},
        zone=office_calendar.zone,
    )


def missing(paper):
    return [str(one) for one in paper.missing]


def cells(paper, table):
    return [[cell.text for cell in row] for row in paper.tables[table].rows]


def under(signature):
    return signature.name.text, signature.rank.text, signature.nip.text


# ---- All of them --------------------------------------------------------------------------------


@EVERY_KIND
def test_a_ticket_that_came_all_the_way_misses_nothing(kind, material):
    assert missing(make(kind, material, SETTINGS, ON)) == []


@EVERY_KIND
def test_the_same_facts_make_the_same_paper(kind, material):
    assert make(kind, material, SETTINGS, ON) == make(kind, material, SETTINGS, ON)


@EVERY_KIND
def test_an_office_that_decided_nothing_has_no_letterhead_and_can_issue_nothing(kind, material):
    assert "Kop surat (setelan dokumen)" in missing(make(kind, material, PaperSettings(), ON))


@EVERY_KIND
def test_a_paper_without_a_number_is_a_draft_and_the_agencys_own_letter_is_none(kind, material):
    draft = make(kind, material, SETTINGS, ON)
    issued = make(kind, material, SETTINGS, ON, number="017/X/2026")

    assert draft.draft is kind.numbered
    assert not issued.draft
    assert (issued.number.text == "017/X/2026") is kind.numbered


@EVERY_KIND
def test_an_empty_form_has_a_place_for_everything_and_misses_nothing(kind):
    form = make(kind, Material(), SETTINGS, None)

    assert missing(form) == []
    assert not form.draft
    assert form.signatures
    assert not any(signature.name for row in form.signatures for signature in row)
    assert all(not any(map(bool, row)) for table in form.tables.values() for row in table.rows)


@EVERY_KIND
def test_a_ticket_with_only_its_letter_gives_each_draft_and_says_what_is_not_there(
    kind, material, story
):
    ticket = story.at("disposition")
    paper = make(kind, replace(material, ticket=ticket), SETTINGS, ON)

    assert bool(paper.missing) is (kind not in (PaperKind.LETTER, PaperKind.RECEIPT))


@EVERY_KIND
def test_a_paper_is_begun_once_its_step_is_taken(kind, story):
    assert not kind.begun(Ticket("2026-0001"))
    assert kind.begun(story.closed)
    assert kind.begun(story.at("disposition")) is (kind in (PaperKind.LETTER, PaperKind.RECEIPT))


def test_a_correction_names_the_paper_that_it_replaces_and_why(material):
    why = {"replaces": "Nomor 1/BA/2026 tanggal 2 Maret 2026", "reason": "Salah tanggal."}
    paper = make(PaperKind.WORK, material, SETTINGS, ON, number="2/BA/2026", **why)

    assert (paper.replaces, paper.reason) == tuple(why.values())


@pytest.mark.parametrize(
    "stage", ["disposition", "verification", "appointment", "report", "work-record"]
)
def test_what_a_form_must_be_told_is_named_with_its_step_when_it_is_not_there(
    stage, material, story
):
    kinds = {"verification": PaperKind.DISPOSITION} | {kind.stage: kind for kind in PaperKind}
    material = replace(material, ticket=story.at(stage))

    told = missing(make(kinds[stage], material, SETTINGS, ON))

    assert any(one.endswith(")") and "langkah" in one for one in told)


# ---- Who signs ------------------------------------------------------------------------------------


def test_whoever_acted_signs_with_what_the_register_says_of_them(material):
    paper = make(PaperKind.DISPOSITION, material, SETTINGS, ON)
    head, division = paper.signatures[0]

    assert under(head) == ("Irawan Subekti", "Penata (III/c)", "196805121994031005")
    assert head.above == ("Kepala Dinas,",)
    assert under(division)[0] == "Nurhayati"


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_head_without_nip_or_rank_keeps_the_paper_from_being_issued(role, material, people):
    bare = {key: replace(p, nip="", rank="") if p.role is role else p for key, p in people.items()}
    told = missing(
        make(PaperKind.WORK, replace(material, people=bare), with_signs(PaperKind.WORK, role), ON)
    )

    assert [one.split()[0] for one in told] == ["Pangkat", "NIP"]


def test_a_technician_without_nip_is_no_civil_servant_and_one_with_it_needs_a_rank(material, cast):
    register = {person.id: person for person in cast}  # nobody has a rank
    told = missing(make(PaperKind.ASSIGNMENT, replace(material, people=register), SETTINGS, ON))

    assert "Pangkat dan golongan Rina Kartika" in told
    assert not any("Bayu" in one for one in told)


def test_the_settings_complete_what_the_register_does_not_say(material, people):
    bare = {k: replace(p, nip="", rank="") if p.id == "irawan" else p for k, p in people.items()}
    kept = Official("", "196805121994031005", "Pembina (IV/a)", "Plt. Kepala Dinas")
    settings = replace(SETTINGS, officials={Role.HEAD_OF_DEPARTMENT: kept})
    paper = make(PaperKind.WORK, replace(material, people=bare), settings, ON)
    head = paper.signatures[-1][0]

    assert missing(paper) == []
    assert head.above == ("Mengetahui,", "Plt. Kepala Dinas,")
    assert under(head) == ("Irawan Subekti", "Pembina (IV/a)", "196805121994031005")


def test_the_settings_of_another_person_are_not_put_under_who_acted(material):
    kept = Official("Orang Lain", "111111111111111111", "Juru (I/c)", "Plt. Kepala Dinas")
    settings = replace(SETTINGS, officials={Role.HEAD_OF_DEPARTMENT: kept})
    head = make(PaperKind.WORK, material, settings, ON).signatures[-1][0]

    assert under(head) == ("Irawan Subekti", "Penata (III/c)", "196805121994031005")


def test_who_has_not_acted_yet_is_named_by_the_settings_or_as_the_only_holder(
    material, story, people
):
    settings = with_signs(PaperKind.ASSIGNMENT, Role.HEAD_OF_DIVISION)
    early = replace(material, ticket=story.at("verification"))
    alone = make(PaperKind.ASSIGNMENT, early, settings, ON).signatures[0][0]
    second = replace(people["nurhayati"], id="dua", name="Dua")
    two = make(PaperKind.ASSIGNMENT, replace(early, people={**people, "dua": second}), settings, ON)
    kept = {Role.HEAD_OF_DIVISION: Official("Dua")}
    named = make(
        PaperKind.ASSIGNMENT,
        replace(early, people={**people, "dua": second}),
        replace(settings, officials=kept),
        ON,
    )

    assert alone.name.text == "Nurhayati"
    assert "Nama Kepala Bidang TI" in missing(two)
    assert named.signatures[0][0].name.text == "Dua"


@pytest.mark.parametrize(
    ("typed", "name", "position"),
    [
        ("Ahmad Fauzi, Sekretaris Dukcapil", "Ahmad Fauzi", "Sekretaris Dukcapil"),
        ("Ahmad Fauzi, S.Sos., M.Si., Camat", "Ahmad Fauzi, S.Sos., M.Si.", "Camat"),
        ("Ahmad Fauzi, S.Sos., M.Si.", "Ahmad Fauzi, S.Sos., M.Si.", "Pejabat Dinas Dukcapil"),
        ("Ahmad Fauzi", "Ahmad Fauzi", "Pejabat Dinas Dukcapil"),
        ("Dewi Lestari", "Dewi Lestari", "Kasubbag Umum Dukcapil"),
    ],
)
def test_the_official_of_the_agency_is_parted_into_name_and_position(
    typed, name, position, material, story
):
    ticket = story.at("work-record")
    ticket = story.take(ticket, "work-record", agency_official=typed)
    paper = make(PaperKind.WORK, replace(material, ticket=ticket), SETTINGS, ON)
    agency = paper.parties[1]

    assert (agency.name.text, agency.position.text) == (name, position)
    assert (agency.nip, agency.rank) == (Said(), Said())  # to be written by hand
    assert missing(paper) == []


def test_who_made_the_request_signs_it_and_who_signed_on_paper_where_the_team_typed_it(
    material, story, cast
):
    paper = make(PaperKind.REPLACEMENT, material, SETTINGS, ON)
    ticket = story.at("replacement-record")
    typed = story.take(ticket, "replacement-record", cast.lead, signed_by="Siti, Sekretaris")
    other = make(PaperKind.REPLACEMENT, replace(material, ticket=typed), SETTINGS, ON)

    assert paper.named == ("Rina Kartika", "Dewi Lestari")
    assert other.named == ("Rina Kartika", "Siti")


# ---- Each of them ---------------------------------------------------------------------------------


def test_the_letter_has_its_own_number_and_day_and_the_agencys_head(material):
    paper = make(PaperKind.LETTER, material, SETTINGS, ON)

    assert paper.number.text == "005/114/DUKCAPIL/2026"
    assert paper.dated.text == "Sumbawa Besar, 27 Februari 2026"
    assert paper.on.isoformat() == "2026-02-27"  # as whoever checks it is told
    assert [line.text for line in paper.letterhead.lines] == [
        "PEMERINTAH KABUPATEN SUMBAWA",
        "DINAS DUKCAPIL",
    ]
    assert paper.texts["to"].text == "Kepala Dinas Komunikasi dan Informatika"


def test_a_long_name_of_the_office_may_go_over_two_lines_of_the_letterhead(material):
    lines = ("PEMERINTAH KABUPATEN SUMBAWA", "DINAS KOMUNIKASI, INFORMATIKA,", "DAN PERSANDIAN")
    settings = replace(SETTINGS, lines=lines)
    letter = make(PaperKind.LETTER, material, settings, ON)
    record = make(PaperKind.WORK, material, settings, ON)

    office = "Dinas Komunikasi, Informatika, dan Persandian"
    assert letter.texts["to"].text == f"Kepala {office}"
    assert record.parties[0].address.text == office
    assert [line.text for line in record.letterhead.lines] == [lines[0], "\n".join(lines[1:])]


def test_a_paper_may_go_without_a_letterhead(material):
    decided = replace(SETTINGS.kinds[PaperKind.WORK], head=Head.NONE)
    settings = replace(SETTINGS, kinds={**SETTINGS.kinds, PaperKind.WORK: decided}, lines=())

    paper = make(PaperKind.WORK, material, settings, ON)

    assert paper.letterhead is None
    assert missing(paper) == []


def test_the_receipt_says_when_the_letter_came(material, story, cast):
    by_team = story.take(Ticket("2026-0001"), "letter", cast.lead, signed_by="Dewi")
    paper = make(PaperKind.RECEIPT, replace(material, ticket=by_team), SETTINGS, ON)
    fields = {one.label: one.said.text for one in paper.fields["letter"]}

    assert fields["Diterima"] == "2 Maret 2026 pukul 08.00 WITA"
    assert fields["Nomor tiket"] == "2026-0001"
    assert paper.signatures[0][1].name.text == "Rina Kartika"


def test_the_disposition_sheet_ticks_what_was_asked_of_each(material):
    ticks = make(PaperKind.DISPOSITION, material, SETTINGS, ON).ticks

    assert [one.label for one in ticks["first"] if one.ticked] == ["Tindak lanjuti sesuai SOP"]
    assert [one.label for one in ticks["second"] if one.ticked] == [
        "Tindak lanjuti sesuai SOP",
        "Laporkan hasilnya",
    ]
    assert len(ticks["first"]) == len(ticks["second"]) == 6


def test_a_letter_that_was_returned_has_the_reason_on_its_sheet(material, story):
    paper = make(PaperKind.DISPOSITION, replace(material, ticket=story.returned), SETTINGS, ON)

    assert [one.label for one in paper.fields["second"]] == ["Dikembalikan ke OPD"]
    assert missing(paper) == []


def test_the_assignment_names_the_team_its_lead_first_and_the_task_line_by_line(material, story):
    ticket = story.take(story.at("appointment"), "appointment", task="Periksa.\n\nPerbaiki.")
    paper = make(PaperKind.ASSIGNMENT, replace(material, ticket=ticket), SETTINGS, ON)

    assert [row[1] for row in cells(paper, "team")] == ["Rina Kartika", "Bayu Pratama"]
    assert cells(paper, "team")[0][4] == "Network engineer (ketua tim)"
    assert [one.text for one in paper.lists["tasks"]][:2] == ["Periksa.", "Perbaiki."]
    assert paper.lists["basis"][1].text == (
        "Surat Dinas Dukcapil Nomor 005/114/DUKCAPIL/2026 tanggal 27 Februari 2026"
    )


def test_a_team_that_was_changed_is_the_one_that_is_sent(material, story):
    ticket = story.take(story.at("examination"), "reappointment")
    paper = make(PaperKind.ASSIGNMENT, replace(material, ticket=ticket), SETTINGS, ON)

    assert [row[1] for row in cells(paper, "team")] == ["Bayu Pratama"]
    assert paper.lists["tasks"][0].text == "Melanjutkan pekerjaan."


def test_the_report_shows_figures_devices_and_tests_before_and_after(material):
    seen = replace(material, checks=(Reading("ping 10.12.7.2", "0% hilang"),))
    paper = make(PaperKind.REPORT, seen, SETTINGS, ON)

    assert cells(paper, "checks") == [
        ["ping 10.12.7.1", "100% hilang", NONE],
        ["ping 10.12.7.2", "0% hilang", NONE],
    ]
    assert cells(paper, "tests") == [["ping 10.12.7.1", "100% hilang", "0% hilang"]]
    assert [row[2:4] + row[5:] for row in cells(paper, "devices")] == [
        ["MikroTik CRS326", "SN-A1", "Dilepas"],
        ["MikroTik CRS328", "SN-B2", "Dipasang"],
    ]
    assert [row[0].above[0] for row in paper.signatures] == ["Yang melaporkan,", "Mengetahui,"]


def test_every_device_that_was_replaced_stands_in_the_table(material, story):
    ticket = story.take(story.at("trial"), "trial", works="tidak")
    again = ("examination", "remote-repair", "coordination", "damage", "replacement-notice")
    ticket = story.follow(ticket, *again, "replacement-record", "installation", "trial")
    paper = make(PaperKind.REPORT, replace(material, ticket=ticket), SETTINGS, ON)

    assert [row[0] for row in cells(paper, "devices")] == ["1.", "2.", "3.", "4."]


def test_a_device_on_record_is_shown_with_its_numbers_where_none_was_replaced(material, story):
    ticket = story.take(story.at("examination"), "examination", device="sw", device_note=None)
    switch = Device("sw", "dukcapil", DeviceKind.SWITCH, "Switch", brand="MikroTik", serial="S1")
    paper = make(
        PaperKind.REPORT, replace(material, ticket=ticket, devices={"sw": switch}), SETTINGS, ON
    )

    assert cells(paper, "devices") == [["1.", "Switch", "MikroTik", "S1", NONE, "Diperiksa"]]


def test_the_requests_day_is_written_out_in_words(material):
    texts = make(PaperKind.REPLACEMENT, material, SETTINGS, ON).texts

    assert [texts[part].text for part in ("weekday", "day", "month", "year")] == [
        "Senin",
        "dua puluh tiga",
        "November",
        "dua ribu dua puluh enam",
    ]
    assert texts["at"].text == "Lantai 2, ruang perekaman, Kantor Dukcapil"


def test_the_work_record_says_on_which_day_the_work_was_done(material):
    texts = make(PaperKind.WORK, material, SETTINGS, ON).texts

    assert texts["done"].text == "Senin tanggal dua bulan Maret tahun dua ribu dua puluh enam"
