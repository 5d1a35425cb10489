"""An OPD's own computer: who may give out its script and take in its code, and what becomes of it."""

from __future__ import annotations

import pytest
from pc_codes import code

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.outside import Outside
from pulih.errors import Invalid, NotAllowed, NotFound, Refused
from pulih.service.computers import MOST_PHOTO


@pytest.fixture
def ticket(office, cast):
    """A ticket at step 5, of an agency whose network is known."""
    office.registry.add(
        cast.admin,
        Device(
            "rt-loket",
            "dukcapil",
            DeviceKind.ROUTER,
            "Router loket",
            interfaces="lan 10.1.0.1/24",
        ),
    )
    wanted = Outside("10.0.0.53", "portal.test = 10.0.0.80", "www.example.com", "")
    office.paths.keep_outside(cast.admin, wanted)
    return office.at("examination")


@pytest.mark.parametrize("who", ["contact", "lead"])
def test_the_agency_and_its_technician_get_a_script_and_may_tell_the_code(
    office, cast, ticket, who
):
    by = getattr(cast, who)
    text = office.computers.script(by, ticket.number, "periksa.sh")
    received = office.computers.receive(by, ticket.number, code())

    assert "'portal.test'" in text
    assert "@server@" not in text
    assert (received.address, received.remark) == ("10.1.0.20", None)
    assert received.run.ticket == ticket.number


@pytest.mark.parametrize("who", ["section", "division", "admin"])
def test_nobody_else_of_the_office_tells_codes(office, cast, ticket, who):
    for ask in (
        lambda: office.computers.script(getattr(cast, who), ticket.number, "periksa.sh"),
        lambda: office.computers.receive(getattr(cast, who), ticket.number, code()),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_a_script_that_there_is_not_is_not_found(office, cast, ticket):
    for name in ("periksa.exe", "../periksa.sh", ""):
        with pytest.raises(NotFound):
            office.computers.script(cast.contact, ticket.number, name)


def test_before_and_after_the_examination_there_is_nothing_to_tell(office, cast):
    for ticket in (office.register(), office.closed()):
        with pytest.raises(Refused):
            office.computers.receive(cast.contact, ticket.number, code())
        assert not office.computers.open_for(cast.contact, ticket)


def test_whose_turn_it_is_knows_the_page(office, cast, ticket):
    assert office.computers.open_for(cast.contact, ticket)
    assert office.computers.open_for(cast.lead, ticket)
    assert not office.computers.open_for(cast.stranger, ticket)
    assert not office.computers.open_for(cast.admin, ticket)


@pytest.mark.parametrize("typed", ["", "  ", "123", "9" * 21, code()[:-1] + "x", "<script>"])
def test_what_is_no_code_is_refused_and_changes_nothing(office, cast, ticket, typed):
    with pytest.raises(Invalid) as refused:
        office.computers.receive(cast.contact, ticket.number, typed)
    assert [problem.field for problem in refused.value.problems] == ["code"]
    with office.tools.store.reading() as records:
        assert records.runs.find(ticket=ticket.number) == []


def test_a_photograph_may_say_the_code(office, cast, ticket):
    received = office.computers.receive(cast.contact, ticket.number, "", code().encode())

    assert received.address == "10.1.0.20"


def test_a_photograph_without_end_is_refused(office, cast, ticket):
    with pytest.raises(Invalid) as refused:
        office.computers.receive(cast.contact, ticket.number, "", b"1" * (MOST_PHOTO + 1))
    assert refused.value.problems[0].field == "photo"


def test_an_address_of_elsewhere_is_remarked(office, cast, ticket):
    received = office.computers.receive(cast.contact, ticket.number, code(rest=0x070005))

    assert "10.7.0.5" in str(received.remark)


def test_a_code_is_judged_at_once_even_where_nobody_looked_yet(office, cast, ticket):
    unplugged = code(kind=0, rest=0, octet=0, gateway=5, received=0, dhcp=2, twice=0, resolver=0)
    run = office.computers.receive(cast.contact, ticket.number, unplugged).run

    places = {one["place"] for one in run.verdict["candidates"]}
    assert run.verdict["status"] == "fault"
    assert any("PC dukcapil" in place for place in places)


def test_another_computer_of_an_agency_with_listed_ones_is_put_beside_them(office, cast, ticket):
    pc = Device("pc-1", "dukcapil", DeviceKind.COMPUTER, "PC", address="10.1.0.11")
    office.registry.add(cast.admin, pc)
    first = office.computers.receive(cast.contact, ticket.number, code()).run
    again = office.computers.receive(cast.contact, ticket.number, code(rest=0x01000B)).run

    names = {node["name"] for node in again.network["nodes"]}
    assert "PC 10.1.0.20" in names
    assert [one.key for one in again.told] == ["pc/PC 10.1.0.20", "pc/pc-1"]
    assert first.id == again.id
