"""Closed tickets as knowledge: published when due, found again in step 5, and marked by those who used them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.agency import Agency
from pulih.errors import NotFound, Unavailable
from pulih.service.cases import CaseDesk


@pytest.fixture
def publisher(office):
    return office.tools.publisher


def test_an_index_that_was_lost_is_mended_with_the_next_publishing(office):
    number = office.closed().number
    with office.tools.store.documents.writing() as documents:
        for key, _document in list(documents.scan("entries")):
            documents.remove("entries", key)

    office.cases.publish_due()

    with office.tools.store.reading() as records:
        assert [entry.number for entry in records.entries.after(0)] == [number]


# ---- Publishing -------------------------------------------------------------------------------


def test_a_closed_ticket_is_due_until_it_is_published(office, publisher):
    number = office.closed().number
    assert office.cases.waiting() == (number,)
    assert office.cases.publish_due() == 1
    assert office.cases.waiting() == ()
    assert publisher.shown[number].title == "Jaringan loket perekaman putus"


def test_publishing_again_does_nothing(office, publisher):
    office.closed()
    office.cases.publish_due()
    assert office.cases.publish_due() == 0
    assert len(publisher.calls) == 1


def test_where_nothing_is_closed_nothing_is_built(office, publisher):
    assert office.cases.publish_due() == 0
    assert publisher.calls == []


def test_the_whole_wiki_is_handed_over_not_only_the_new_page(office, publisher):
    first = office.closed().number
    office.cases.publish_due()
    second = office.closed().number
    assert office.cases.publish_due() == 1
    assert publisher.calls == [(first,), (first, second)]


def test_when_the_site_cannot_be_built_the_page_stays_due_and_the_next_call_does_it(
    office, publisher
):
    number = office.closed().number
    publisher.broken = True
    for _ in range(2):
        with pytest.raises(Unavailable):
            office.cases.publish_due()
    assert office.cases.waiting() == (number,)
    assert publisher.shown == {}

    publisher.broken = False
    assert office.cases.publish_due() == 1
    assert office.cases.waiting() == ()
    assert number in publisher.shown


def test_another_version_of_the_publisher_makes_every_page_due_once_more(office, publisher):
    numbers = office.closed().number, office.closed().number
    office.cases.publish_due()
    publisher.version = "2"
    assert office.cases.waiting() == numbers
    assert not office.cases.on_wiki(numbers[0])
    assert office.cases.publish_due() == 2
    assert office.cases.publish_due() == 0
    assert office.cases.on_wiki(numbers[0])


def test_a_case_that_helped_since_is_due_again(office, cast, publisher):
    number, ticket = office.closed().number, office.at("examination").number
    office.cases.publish_due()

    office.finding.mark(cast.lead, ticket, number, helped=True)

    assert office.cases.waiting() == (number,)
    assert not office.cases.on_wiki(number)
    assert office.cases.publish_due() == 1
    assert office.cases.on_wiki(number)
    assert publisher.edition.cases[0].helped == (ticket,)


def test_what_has_not_changed_is_handed_over_as_the_same_object(office, publisher):
    first = office.closed().number
    office.cases.publish_due()
    before = publisher.edition.cases

    office.closed()
    office.cases.publish_due()

    assert publisher.edition.cases[0] is before[0]
    assert before[0].number == first


def test_a_record_from_before_publishers_had_versions_is_due(office):
    number = office.closed().number
    office.cases.publish_due()
    with office.tools.store.writing() as records:
        records.published.put(number, replace(records.published.get(number), publisher=""))
    assert office.cases.waiting() == (number,)


def test_a_lost_site_can_be_built_anyway(office, publisher):
    number = office.closed().number
    office.cases.publish_due()
    assert office.cases.publish_due(anyway=True) == 0
    assert publisher.calls == [(number,), (number,)]


def test_the_wiki_calls_agencies_as_they_are_called_today(office, cast, publisher):
    office.closed()
    office.registry.save(cast.admin, Agency("dukcapil", "Dinas Dukcapil", active=False))
    office.cases.publish_due()
    assert publisher.names.agencies["dukcapil"] == "Dinas Dukcapil"
    assert publisher.names.fault_types["perangkat-rusak"] == "Perangkat rusak"


# ---- Several machines -------------------------------------------------------------------------


@pytest.fixture
def elsewhere(office, tmp_path):
    """The cases of the same office on another machine, which serves a wiki of its own."""
    return CaseDesk(replace(office.tools, publisher=type(office.tools.publisher)(tmp_path / "b")))


def test_what_one_machine_published_another_brings_to_its_own_wiki(office, elsewhere):
    number = office.closed().number
    office.cases.publish_due()

    assert elsewhere.publish_due() == 0
    assert elsewhere.publish_here()

    assert tuple(elsewhere.tools.publisher.shown) == (number,)
    assert not elsewhere.publish_here()


def test_the_machine_that_published_has_nothing_to_catch_up_with(office, publisher):
    office.closed()
    office.cases.publish_due()

    assert not office.cases.publish_here()
    assert len(publisher.calls) == 1


def test_catching_up_marks_nothing_and_leaves_what_is_due_to_the_office(office, elsewhere):
    number = office.closed().number

    elsewhere.publish_here()

    assert office.cases.waiting() == (number,)
    assert not elsewhere.on_wiki(number)


def test_a_page_is_on_the_wiki_where_that_machines_wiki_has_it(office, elsewhere):
    number = office.closed().number
    office.cases.publish_due()
    assert office.cases.on_wiki(number)
    assert not elsewhere.on_wiki(number)

    elsewhere.publish_here()

    assert elsewhere.on_wiki(number)


def test_a_machine_without_a_site_builds_one_even_where_nothing_is_closed(office, publisher):
    assert office.cases.publish_here()
    assert publisher.calls == [()]
    assert not office.cases.publish_here()


def test_a_machine_catches_up_again_after_a_failure(office, elsewhere):
    office.closed()
    office.cases.publish_due()
    elsewhere.tools.publisher.broken = True
    with pytest.raises(Unavailable):
        elsewhere.publish_here()

    elsewhere.tools.publisher.broken = False

    assert elsewhere.publish_here()


def test_a_machine_with_another_version_of_the_program_makes_its_wiki_anew(office, publisher):
    office.closed()
    office.cases.publish_due()
    publisher.version = "2"

    assert office.cases.publish_here()
    assert not office.cases.publish_here()


def test_a_new_name_of_an_agency_reaches_the_wiki_without_another_case(office, cast, publisher):
    office.closed()
    office.cases.publish_due()
    office.registry.save(cast.admin, Agency("dukcapil", "Dinas Dukcapil"))

    assert office.cases.publish_due() == 0
    assert office.cases.publish_here()

    assert publisher.names.agencies["dukcapil"] == "Dinas Dukcapil"


# ---- Reading ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["head", "division", "section", "lead", "unappointed", "admin"])
def test_everybody_in_the_office_reads_cases(office, cast, who):
    number = office.closed().number
    assert office.cases.get(getattr(cast, who), number).number == number


def test_a_case_that_does_not_exist_is_not_found(office, cast):
    office.register()
    with pytest.raises(NotFound):
        office.cases.get(cast.lead, "2026-0001")  # an open ticket is no case yet
