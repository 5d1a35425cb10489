"""What the papers of a ticket are made from, out of a real store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.making import make
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.people import Role
from pulih.domain.records import ProbeRun
from pulih.service.papers_material import gather

SETTINGS = PaperSettings(lines=("PEMERINTAH", "DINAS"), place="Sumbawa Besar")


@pytest.fixture
def gathered(office):
    def gather_(ticket, kind=PaperKind.REPORT):
        with office.tools.store.reading() as records:
            return gather(records, ticket, office.tools, office.printer, kind)

    return gather_


def test_everybody_who_took_part_is_known_and_the_heads_and_the_agencys_contacts(
    gathered, office, cast
):
    people = gathered(office.register()).people

    assert set(people) == {cast.contact.id, cast.head.id, cast.division.id, cast.section.id}
    assert set(gathered(office.closed(letter_number="005/9")).people) >= {"rina", "bayu", "salim"}


def test_who_does_not_work_there_any_more_is_still_named_by_the_papers_of_their_time(
    gathered, office, cast
):
    ticket = office.closed()
    with office.tools.store.writing() as records:
        records.people.save(replace(cast.lead, active=False))

    paper = make(PaperKind.ASSIGNMENT, gathered(ticket), SETTINGS, office.tools.now().date())

    assert paper.tables["team"].rows[0][1].text == cast.lead.name


def test_the_devices_and_the_place_that_a_ticket_names_are_on_record(gathered, office):
    ticket = office.at("examination", site="dukcapil-pusat")
    ticket = office.take(ticket, "examination", device="sw-loket", device_note=None)
    material = gathered(ticket)

    assert material.site == "Kantor Dukcapil"
    assert list(material.devices) == ["sw-loket"]
    assert material.fault_types["perangkat-rusak"].name == "Perangkat rusak"


def test_what_a_run_measured_stands_in_the_report_a_line_each(gathered, office):
    ticket = office.at("examination")
    finding = {"probe": "ping", "target": "10.12.7.2", "detail": "hilang 100%\nlalu pulih"}
    run = ProbeRun(
        "lari", ticket.number, "rina", office.tools.now(), (), "done", findings=(finding,)
    )
    with office.tools.store.writing() as records:
        records.runs.put(run.id, run)
    ticket = office.take(ticket, "examination", runs=["lari"])

    (reading,) = gathered(ticket).checks

    assert (reading.what, reading.value) == ("ping 10.12.7.2", "hilang 100% lalu pulih")


def test_photographs_of_the_damage_are_made_small_and_what_is_none_is_left_out(gathered, office):
    ticket = office.at("damage")
    kept = [office.photo(ticket.number, name=name).id for name in ("2-papan_switch.jpg", "rak.jpg")]
    ticket = office.take(ticket, "damage", photos=kept)

    assert [photo.caption for photo in gathered(ticket).photos] == ["2 papan switch", "rak"]

    office.tools.files.contents.clear()  # as where the contents were left in another place
    assert gathered(ticket).photos == ()


@pytest.mark.parametrize("kind", list(PaperKind))
def test_photographs_are_read_for_the_papers_that_show_them_alone(kind, gathered, office):
    ticket = office.at("damage")
    kept = [office.photo(ticket.number, name="rak.jpg").id]
    ticket = office.take(ticket, "damage", photos=kept)

    found = gathered(ticket, kind)
    shows = bool(make(kind, gathered(ticket), SETTINGS, office.tools.now().date()).pictures)

    assert bool(found.photos) is shows


def test_a_paper_shows_no_more_than_six_photographs(gathered, office):
    ticket = office.at("damage")
    kept = [office.photo(ticket.number, name=f"foto-{n}.jpg").id for n in range(9)]

    assert len(gathered(office.take(ticket, "damage", photos=kept)).photos) == 6


@pytest.mark.parametrize("kind", list(PaperKind))
def test_of_a_closed_ticket_every_paper_can_be_issued_once_the_ranks_are_on_record(
    kind, gathered, office, cast
):
    ticket = office.closed()
    with office.tools.store.writing() as records:
        for person in cast:
            if person.nip or person.role is not Role.NETWORK_TEAM:
                records.people.save(replace(person, rank="Penata (III/c)"))

    assert make(kind, gathered(ticket), SETTINGS, office.tools.now().date()).missing == ()
