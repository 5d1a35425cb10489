"""What the office adds to a case after closing: who may, what is kept of it, and how it is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pulih.domain.agency import Device
from pulih.domain.edition import Review
from pulih.domain.outgoing import Outgoing
from pulih.domain.people import Role
from pulih.domain.search import Query
from pulih.errors import Invalid, NotAllowed, NotFound, Refused
from pulih.service.knowledge import STILL_HOLDS, may_remove

FOUR_YEARS = timedelta(days=4 * 366)


@pytest.fixture
def number(office):
    return office.closed().number


@pytest.fixture
def notes(office, cast, number):
    return lambda: office.knowledge.show(cast.admin, number).notes


@pytest.fixture
def jobs(office, number):
    office.tools.jobs.published = 0
    return office.tools.jobs


# ---- The case ---------------------------------------------------------------------------------


def test_a_case_is_shown_with_what_was_added_to_it(office, cast, number):
    view = office.knowledge.show(cast.lead, number)
    assert view.article.number == number
    assert (view.uses, view.notes, view.review, view.retracted) == ((), (), (), None)


def test_a_case_names_the_tickets_that_it_helped_with_oldest_first(office, cast, number):
    first, second, third = (office.at("examination", subject=f"Putus {n}").number for n in "abc")
    office.finding.mark(cast.lead, third, number, helped=True)
    office.tools.now.tick(hours=1)
    office.finding.mark(cast.technician, first, number, helped=True)
    office.finding.mark(cast.lead, second, number, helped=False)

    uses = office.knowledge.show(cast.section, number).uses

    assert [(use.said.ticket, use.subject, use.name) for use in uses] == [
        (third, "Putus c", "Rina Kartika"),
        (first, "Putus a", "Bayu Pratama"),
    ]


def test_who_was_helped_reaches_the_wiki(office, cast, number, jobs):
    ticket = office.at("examination").number
    office.finding.mark(cast.lead, ticket, number, helped=True)
    assert jobs.published == 1
    office.cases.publish_due()
    assert office.tools.publisher.edition.cases[0].helped == (ticket,)
    office.finding.unmark(cast.lead, ticket, number)
    assert jobs.published == 2


def test_people_of_an_agency_do_nothing_with_cases_not_even_with_their_own(office, cast, number):
    desk = office.knowledge
    for deed in (
        lambda by: desk.show(by, number),
        lambda by: desk.add_note(by, number, "x"),
        lambda by: desk.confirm(by, number),
        lambda by: desk.note(by, number, "x"),
        lambda by: desk.remove_note(by, number, "x"),
        lambda by: office.retracting.retract(by, number, "x"),
        lambda by: office.retracting.put_back(by, number),
        office.retracting.page,
    ):
        with pytest.raises(NotAllowed):
            deed(cast.contact)


def test_a_case_that_is_not_there_is_not_found(office, cast):
    open_ticket = office.at("examination").number
    for number in (open_ticket, "2020-0001", "", "../x", "x" * 300):
        for deed in (
            lambda n: office.knowledge.show(cast.lead, n),
            lambda n: office.knowledge.add_note(cast.lead, n, "Catatan"),
            lambda n: office.knowledge.confirm(cast.lead, n),
            lambda n: office.retracting.retract(cast.section, n, "Alasan"),
            lambda n: office.retracting.put_back(cast.section, n),
        ):
            with pytest.raises(NotFound):
                deed(number)


# ---- Notes ------------------------------------------------------------------------------------


def test_a_note_is_kept_with_name_and_date_and_published(office, cast, number, notes, jobs):
    note = office.knowledge.add_note(cast.technician, number, "  Kini memakai UPS.\r\nLihat rak. ")

    assert notes() == (note,)
    assert note.text == "Kini memakai UPS.\nLihat rak."
    assert (note.by, note.name, note.at) == ("bayu", "Bayu Pratama", office.tools.now())
    assert jobs.published == 1


def test_a_note_does_not_touch_the_official_record(office, cast, number):
    before = office.cases.get(cast.lead, number), office.kept(number)
    office.knowledge.add_note(cast.lead, number, "Sebenarnya konektornya.")
    assert (office.cases.get(cast.lead, number), office.kept(number)) == before


def test_a_note_says_nothing_that_the_article_would_not(office, cast, number):
    note = office.knowledge.add_note(
        cast.lead,
        number,
        "Kata Dewi Lestari (0812-3456-7890) password: Rahasia123. snmp community is kominfo99",
    )
    for secret in ("Dewi", "3456", "Rahasia123", "kominfo99"):
        assert secret not in note.text
    assert "[kata sandi disamarkan]" in note.text
    assert office.knowledge.show(cast.lead, number).notes == (note,)


def test_a_secret_in_its_writers_name_is_not_kept_in_a_note(office, cast, number):
    writer = replace(cast.technician, name="Bayu password: Pwd#Evil7")
    note = office.knowledge.add_note(writer, number, "Kini memakai UPS.")
    assert note.name == "Bayu password: [kata sandi disamarkan]"


def test_what_was_decided_to_be_hidden_is_hidden_in_notes_too(office, cast, number):
    decided = Outgoing(number, more=("gudang timur",))
    office.tools.store.write(lambda records: records.outgoing.put(number, decided))
    note = office.knowledge.add_note(cast.lead, number, "Kabel cadangan di gudang timur.")
    assert note.text == "Kabel cadangan di [disamarkan]."


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t\n", "\u200b\u200e"])
def test_a_note_without_a_word_is_none(office, cast, number, notes, nothing):
    with pytest.raises(Invalid) as refused:
        office.knowledge.add_note(cast.lead, number, nothing)
    assert [problem.field for problem in refused.value.problems] == ["text"]
    assert notes() == ()


def test_a_note_of_two_thousand_characters_is_kept_and_a_longer_one_is_not(
    office, cast, number, notes
):
    for length in (2001, 20_000):
        with pytest.raises(Invalid, match=f"{length} huruf, paling banyak 2000"):
            office.knowledge.add_note(cast.lead, number, "a" * length)
    assert notes() == ()
    office.knowledge.add_note(cast.lead, number, "a" * 2000)
    assert len(notes()) == 1


def test_the_same_note_sent_twice_is_one(office, cast, number, notes):
    sent = [office.knowledge.add_note(cast.lead, number, "Pasang UPS.") for _ in range(2)]
    assert sent[0] == sent[1]
    office.knowledge.add_note(cast.technician, number, "Pasang UPS.")
    assert {note.by for note in notes()} == {"rina", "bayu"}
    assert len(notes()) == 2


@pytest.mark.parametrize("who", ["head", "division", "section", "admin"])
def test_only_technicians_write_notes(office, cast, number, notes, who):
    with pytest.raises(NotAllowed):
        office.knowledge.add_note(getattr(cast, who), number, "Catatan")
    assert notes() == ()


def test_a_note_is_removed_by_its_writer_or_an_administrator_and_nobody_else(
    office, cast, number, notes
):
    note = office.knowledge.add_note(cast.lead, number, "Catatan")
    for who in (cast.technician, cast.section, cast.head):
        assert not may_remove(who, note)
        with pytest.raises(NotAllowed):
            office.knowledge.remove_note(who, number, note.id)
    assert notes() == (note,)

    assert office.knowledge.remove_note(cast.lead, number, note.id) == note
    assert notes() == ()
    other = office.knowledge.add_note(cast.lead, number, "Catatan lain")
    office.knowledge.remove_note(cast.admin, number, other.id)
    assert notes() == ()


def test_who_wrote_a_note_and_went_to_an_agency_may_not_remove_it(office, cast, number):
    note = office.knowledge.add_note(cast.lead, number, "Catatan")
    assert not may_remove(replace(cast.lead, role=Role.OPD, agency="dikbud"), note)
    assert not may_remove(replace(cast.lead, active=False), note)


def test_a_note_is_removed_once_and_only_from_its_own_case(office, cast, number, jobs):
    other = office.closed().number
    note = office.knowledge.add_note(cast.lead, number, "Catatan")
    jobs.published = 0
    with pytest.raises(NotFound):
        office.knowledge.remove_note(cast.lead, other, note.id)
    office.knowledge.remove_note(cast.lead, number, note.id)
    assert jobs.published == 1
    with pytest.raises(NotFound):
        office.knowledge.remove_note(cast.lead, number, note.id)


# ---- Looking at it again ----------------------------------------------------------------------


def test_a_technician_says_that_an_old_case_still_holds(office, cast, number, notes, jobs):
    office.tools.now.tick(days=FOUR_YEARS.days)
    assert office.knowledge.show(cast.lead, number).review == (Review.OLD,)

    note = office.knowledge.confirm(cast.lead, number)

    assert office.knowledge.show(cast.lead, number).review == ()
    assert notes() == (note,)
    assert (note.text, note.answers, note.name) == (STILL_HOLDS, (Review.OLD,), "Rina Kartika")
    assert jobs.published == 1


def test_a_case_that_is_not_due_cannot_be_said_to_hold(office, cast, number, notes):
    with pytest.raises(Refused):
        office.knowledge.confirm(cast.lead, number)
    assert notes() == ()


def test_saying_twice_that_it_holds_is_once_until_it_is_due_again(office, cast, number, notes):
    office.tools.now.tick(days=FOUR_YEARS.days)
    assert office.knowledge.confirm(cast.lead, number) == office.knowledge.confirm(
        cast.lead, number
    )
    office.tools.now.tick(days=FOUR_YEARS.days)
    office.knowledge.confirm(cast.lead, number)
    assert len(notes()) == 2


def test_a_retired_device_makes_its_case_due(office, cast):
    def case(**changes):
        ticket = office.register()
        for stage in office.way[1:]:
            ticket = office.take(ticket, stage, **changes.get(stage, {}))
        return ticket.number

    named = {"device": "ap-loket", "device_note": None}
    number = case(examination=named, damage=named)
    with office.tools.store.reading() as records:
        assert not records.devices.get("ap-loket").active  # step 10 replaced it
    assert office.knowledge.show(cast.lead, number).review == (Review.RETIRED,)

    office.knowledge.confirm(cast.lead, number)

    assert office.knowledge.show(cast.lead, number).review == ()
    device = office.registry.get(cast.admin, Device, "ap-loket")
    office.registry.save(cast.admin, replace(device, active=True))
    assert office.knowledge.show(cast.lead, number).review == ()


def test_what_is_due_is_listed_the_oldest_first_without_what_is_off_the_wiki(office, cast):
    numbers = [office.closed().number for _ in range(4)]
    office.tools.now.tick(days=FOUR_YEARS.days)
    office.closed()
    office.knowledge.confirm(cast.lead, numbers[1])
    office.retracting.retract(cast.section, numbers[2], "Keliru.")

    pages = [office.knowledge.due(cast.head, page=page, size=1) for page in (1, 2, 3)]

    assert [[(a.number, why) for a, why in page.items] for page in pages] == [
        [(numbers[0], (Review.OLD,))],
        [(numbers[3], (Review.OLD,))],
        [],
    ]
    with pytest.raises(NotAllowed):
        office.knowledge.due(cast.contact)


# ---- On the wiki ---------------------------------------------------------------------------------


def test_what_is_added_reaches_the_wiki_and_what_is_taken_off_leaves_it(office, cast, number):
    publisher, other = office.tools.publisher, office.closed().number
    office.cases.publish_due()

    note = office.knowledge.add_note(cast.lead, number, "Kini memakai UPS.")
    assert office.cases.publish_due() == 1
    assert {case.number: case.notes for case in publisher.edition.cases} == {
        number: (note,),
        other: (),
    }
    office.knowledge.remove_note(cast.lead, number, note.id)
    assert office.cases.publish_due() == 1
    assert not any(case.notes for case in publisher.edition.cases)

    office.retracting.retract(cast.section, number, "Keliru.")
    assert office.cases.publish_due() == 1
    assert set(publisher.shown) == {other}
    assert office.cases.waiting() == ()
    assert not office.cases.on_wiki(number)

    office.retracting.put_back(cast.section, number)
    assert office.cases.publish_due() == 1
    assert set(publisher.shown) == {number, other}


# ---- Off the wiki, and back ----------------------------------------------------------------------


def test_a_case_is_taken_off_the_wiki_with_a_reason_and_put_back(office, cast, number, jobs):
    said = office.retracting.retract(cast.section, number, "Memuat denah ruang server.")

    assert office.knowledge.show(cast.lead, number).retracted == said
    assert (said.name, said.reason) == ("Salim Ahmad", "Memuat denah ruang server.")
    assert [pair[0] for pair in office.retracting.page(cast.lead).items] == [said]
    assert jobs.published == 1

    office.retracting.put_back(cast.admin, number)
    assert office.knowledge.show(cast.lead, number).retracted is None
    assert jobs.published == 2
    office.retracting.put_back(cast.admin, number)  # twice is once


def test_a_case_off_the_wiki_is_not_found_by_searching_but_stays_in_the_archive(
    office, cast, number
):
    office.retracting.retract(cast.section, number, "Keliru.")
    words = Query(words="loket perekaman")
    assert office.finding.search(cast.lead, words).total == 0
    assert office.finding.similar(cast.lead, office.at("examination")).total == 0
    assert office.cases.get(cast.lead, number).number == number

    office.retracting.put_back(cast.section, number)
    assert office.finding.search(cast.lead, words).total == 1


def test_a_reason_is_asked_for_and_says_no_secret(office, cast, number):
    for nothing in ("", "  "):
        with pytest.raises(Invalid) as refused:
            office.retracting.retract(cast.section, number, nothing)
        assert [problem.field for problem in refused.value.problems] == ["reason"]
    with pytest.raises(Invalid):
        office.retracting.retract(cast.section, number, "a" * 501)
    said = office.retracting.retract(cast.section, number, "Ada password: Rahasia123 di sana")
    assert "Rahasia123" not in said.reason


def test_the_first_to_take_it_off_is_the_one_who_did(office, cast, number):
    first = office.retracting.retract(cast.section, number, "Keliru.")
    assert office.retracting.retract(cast.section, number, "Keliru sekali.") == first
    with pytest.raises(Refused, match="Salim Ahmad"):
        office.retracting.retract(cast.admin, number, "Saya juga.")
    assert office.knowledge.show(cast.lead, number).retracted == first


@pytest.mark.parametrize("who", ["head", "division", "lead", "technician"])
def test_others_neither_take_cases_off_nor_put_them_back(office, cast, number, who):
    with pytest.raises(NotAllowed):
        office.retracting.retract(getattr(cast, who), number, "Keliru.")
    office.retracting.retract(cast.section, number, "Keliru.")
    with pytest.raises(NotAllowed):
        office.retracting.put_back(getattr(cast, who), number)


def test_what_is_off_the_wiki_is_listed_the_last_first_by_pages(office, cast):
    numbers = [office.closed().number for _ in range(3)]
    for number in numbers:
        office.tools.now.tick(minutes=1)
        office.retracting.retract(cast.section, number, "Keliru.")

    pages = [office.retracting.page(cast.lead, page=n, size=2) for n in (1, 2, 3)]

    assert [[r.case for r, _ in page.items] for page in pages] == [
        [numbers[2], numbers[1]],
        [numbers[0]],
        [],
    ]
    assert {(page.total, page.pages) for page in pages} == {(3, 2)}
