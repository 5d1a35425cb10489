"""Several tickets behind one failing place: offered, noted on all of them, taken back from any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.wiring import PathRole
from pulih.errors import NotAllowed, NotFound, NotYourStep, Refused

TOWER = Device(
    "menara", "dikbud", DeviceKind.RADIO, "Menara Batu", address="10.9.0.2", role=PathRole.RELAY
)


@pytest.fixture
def tower(office):
    """Both agencies hang off one tower, which answers nothing, and nothing behind it does."""
    with office.tools.store.writing() as records:
        records.devices.add(TOWER)
        for key in ("rt-dukcapil", "rt-dikbud"):
            records.devices.save(replace(records.devices.get(key), parent="menara"))
    office.tools.probes.town.silent = {"10.9.0.2", "10.12.7.1", "10.12.7.2", "10.12.9.1"}


def looked(office, cast, ticket):
    run = office.probing.start(cast.lead, ticket.number)
    office.probing.perform(run.id)


def of_dikbud(office, cast, stage="examination"):
    """A ticket of the other agency."""
    facts = office.letter(agency="dikbud", subject="Sekolah tidak terhubung")
    ticket = office.tickets.register(cast.stranger, facts)
    for taken in office.way[1 : office.way.index(stage)]:
        reporter = cast.actor(taken) is cast.contact
        ticket = office.take(ticket, taken, cast.stranger if reporter else None)
    return ticket


@pytest.fixture
def ours(office, tower):
    return office.at("examination")


@pytest.fixture
def theirs(office, cast, ours):
    ticket = of_dikbud(office, cast)
    looked(office, cast, ours)
    return ticket


def numbers(offer):
    return [one.number for one in offer.tickets] if offer else []


def test_an_open_ticket_behind_the_same_place_is_offered(office, cast, ours, theirs):
    offer = office.outages.offered(cast.lead, ours.number)
    (one,) = offer.tickets
    assert (one.number, one.subject, one.step) == (theirs.number, "Sekolah tidak terhubung", 5)
    assert one.agency == "Dinas Pendidikan dan Kebudayaan"
    assert "Menara Batu" in str(offer.where)


def test_nothing_is_offered_before_there_is_a_verdict(office, cast, tower):
    ticket = office.at("examination")
    of_dikbud(office, cast)
    assert office.outages.offered(cast.lead, ticket.number) is None


def test_a_ticket_elsewhere_is_not_offered(office, cast):
    ticket = office.at("examination")  # only a switch of its own is silent
    of_dikbud(office, cast)
    looked(office, cast, ticket)
    assert office.outages.offered(cast.lead, ticket.number) is None


def test_another_ticket_of_the_same_agency_is_offered(office, cast):
    ticket = office.at("examination")
    other = office.at("examination")
    looked(office, cast, ticket)
    assert numbers(office.outages.offered(cast.lead, ticket.number)) == [other.number]


def test_a_ticket_whose_repair_is_reported_is_not_offered(office, cast, ours):
    of_dikbud(office, cast, "acceptance-section")
    looked(office, cast, ours)
    assert office.outages.offered(cast.lead, ours.number) is None


def test_what_is_joined_is_told_on_both_tickets_and_offered_no_more(office, cast, ours, theirs):
    office.outages.join(cast.lead, ours.number, [theirs.number])

    here = office.outages.of(cast.lead, ours.number)
    there = office.outages.of(cast.section, theirs.number)
    assert here.outage == there.outage
    assert [one.number for one in here.others] == [theirs.number]
    assert [one.number for one in there.others] == [ours.number]
    assert (here.may_leave, there.may_leave) == (True, False)
    (deed,) = here.outage.deeds
    assert (deed.name, deed.joined) == ("Rina Kartika", (ours.number, theirs.number))
    assert office.outages.offered(cast.lead, ours.number) is None


def test_a_third_ticket_joins_the_same_outage(office, cast, ours, theirs):
    office.outages.join(cast.lead, ours.number, [theirs.number])
    third = of_dikbud(office, cast)
    outage = office.outages.join(cast.lead, ours.number, [third.number])
    assert outage.tickets == (ours.number, theirs.number, third.number)
    assert len(outage.deeds) == 2


def test_a_ticket_of_another_outage_is_not_taken_from_it(office, cast, ours, theirs):
    office.outages.join(cast.lead, ours.number, [theirs.number])
    third = office.at("examination")
    looked(office, cast, third)
    assert numbers(office.outages.offered(cast.lead, third.number)) == []
    with pytest.raises(Refused):
        office.outages.join(cast.lead, third.number, [theirs.number])


def test_undone_from_the_other_ticket_it_is_gone_from_both(office, cast, ours, theirs):
    joined = office.outages.join(cast.lead, ours.number, [theirs.number])
    office.outages.leave(cast.technician, theirs.number, theirs.number)

    assert office.outages.of(cast.lead, ours.number) is None
    assert office.outages.of(cast.lead, theirs.number) is None
    assert numbers(office.outages.offered(cast.lead, ours.number)) == [theirs.number]
    with office.tools.store.reading() as records:
        kept = records.outages.get(joined.id)
    assert [(deed.by, deed.joined, deed.left) for deed in kept.deeds] == [
        ("rina", (ours.number, theirs.number), ()),
        ("bayu", (), (theirs.number, ours.number)),
    ]


def test_of_three_two_stay(office, cast, ours, theirs):
    third = of_dikbud(office, cast)
    office.outages.join(cast.lead, ours.number, [theirs.number, third.number])
    office.outages.leave(cast.lead, ours.number, theirs.number)
    assert office.outages.of(cast.lead, ours.number).outage.tickets == (ours.number, third.number)


@pytest.mark.parametrize("others", [[], ["2026-9999"], ["../x"]])
def test_what_was_not_offered_is_not_joined(office, cast, ours, theirs, others):
    with pytest.raises(Refused):
        office.outages.join(cast.lead, ours.number, others)
    assert office.outages.of(cast.lead, ours.number) is None


def test_what_belongs_to_no_outage_cannot_leave_it(office, cast, ours, theirs):
    with pytest.raises(NotFound):
        office.outages.leave(cast.lead, ours.number, ours.number)
    office.outages.join(cast.lead, ours.number, [theirs.number])
    with pytest.raises(NotFound):
        office.outages.leave(cast.lead, ours.number, "2026-9999")


def test_only_technicians_of_one_of_the_tickets_note_it_and_take_it_back(
    office, cast, ours, theirs
):
    with pytest.raises(NotYourStep):
        office.outages.join(cast.unappointed, ours.number, [theirs.number])
    with pytest.raises(NotAllowed):
        office.outages.join(cast.section, ours.number, [theirs.number])
    office.outages.join(cast.lead, ours.number, [theirs.number])
    with pytest.raises(NotYourStep):
        office.outages.leave(cast.unappointed, ours.number, theirs.number)


def test_people_of_an_agency_are_told_nothing_of_others_tickets(office, cast, ours, theirs):
    office.outages.join(cast.lead, ours.number, [theirs.number])
    for ask in (office.outages.of, office.outages.offered):
        with pytest.raises(NotAllowed):
            ask(cast.contact, ours.number)


def test_the_chain_of_the_ticket_is_not_touched(office, cast, ours, theirs):
    before = office.kept(ours.number)
    office.outages.join(cast.lead, ours.number, [theirs.number])
    assert office.kept(ours.number) == before
