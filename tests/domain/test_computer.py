"""What a script for an OPD's computer tries, and where that computer stands."""

from __future__ import annotations

import pytest

from periksa.netfile import network
from pulih.domain.agency import Device, DeviceKind
from pulih.domain.computer import seat_of, trials_of
from pulih.domain.description import PLUG, describe
from pulih.domain.outside import Outside, read
from pulih.domain.tree import CORE, grow
from pulih.domain.wiring import PathRole

WANTED = read(
    Outside(
        "10.0.0.53 > 192.0.2.53\n8.8.8.8",
        "portal.contoh.go.id = 10.0.0.80",
        "www.contoh.id",
        "https://portal.contoh.go.id/\nhttp://uji.contoh.id/204 204\nhttp://portal.contoh.go.id/ 204\n10.0.0.90:22",
    )
)
ROUTER = Device(
    "rt", "dukcapil", DeviceKind.ROUTER, "Router", interfaces="wan 10.9.1.2/30, lan 10.1.0.1/24"
)
SWITCH = Device("sw", "dukcapil", DeviceKind.SWITCH, "Switch", parent="rt")
PC = Device(
    "pc", "dukcapil", DeviceKind.COMPUTER, "PC loket", parent="sw", address="10.1.0.11", port="eth0"
)


def described(*devices):
    return describe(grow(devices), WANTED, about="dukcapil")


def joined(description, seat):
    data = description.data
    known = {node["name"] for node in data["nodes"]}
    more = seat.node and seat.name not in known
    nodes = [*data["nodes"], *([seat.node] if more else [])]
    return network(
        {**data, "nodes": nodes, "links": [*data["links"], *([seat.link] if more else [])]}
    )


def test_a_script_tries_what_the_office_wants_to_reach():
    trials = trials_of(WANTED)

    assert trials.internal == ("portal.contoh.go.id",)
    assert trials.external == ("www.contoh.id",)
    assert trials.servers == ("10.0.0.90", "10.0.0.80", "10.0.0.53")  # none of the world's
    assert trials.portals == ("http://uji.contoh.id/204",)
    assert trials.resolvers == ("10.0.0.53", "8.8.8.8")


def test_a_listed_computer_is_known_by_its_address():
    seat = seat_of(described(ROUTER, SWITCH, PC), "dukcapil", "10.1.0.11")

    assert (seat.name, seat.port, seat.node, seat.remark) == ("pc", "eth0", {}, None)


def test_another_computer_stands_beside_the_listed_one():
    found = described(ROUTER, SWITCH, PC)
    seat = seat_of(found, "dukcapil", "10.1.0.77")

    assert seat.link == {"a": "sw", "b": "PC 10.1.0.77", "b_port": seat.port}
    assert joined(found, seat).link_at(seat.name, seat.port).name == "sw--PC 10.1.0.77"
    assert joined(found, seat).owner("10.1.0.77")[0].name == "PC 10.1.0.77"
    assert seat.remark is None


def test_without_an_address_it_is_the_only_one_that_is_listed():
    assert seat_of(described(ROUTER, SWITCH, PC), "dukcapil", "").name == "pc"


def test_where_none_is_listed_it_is_the_one_that_must_be_there():
    found = described(ROUTER, SWITCH)
    seat = seat_of(found, "dukcapil", "10.1.0.77")

    assert seat.name == "PC dukcapil"
    assert network(found.data).link_at(seat.name, seat.port).name == "sw--PC dukcapil"


def test_an_address_that_another_device_has_is_not_given_twice():
    found = described(ROUTER, SWITCH, PC)
    seat = seat_of(found, "dukcapil", "10.1.0.1")

    assert seat.node["interfaces"] == [{"name": PLUG}]
    joined(found, seat)


@pytest.mark.parametrize("address", ["10.7.0.5", "192.168.1.5"])
def test_an_address_of_no_network_of_the_agency_is_remarked(address):
    assert address in str(seat_of(described(ROUTER), "dukcapil", address).remark)


def test_where_no_network_is_known_no_address_is_odd():
    bare = Device("rt", "dukcapil", DeviceKind.ROUTER, "Router", address="10.1.0.1")

    assert seat_of(described(bare), "dukcapil", "10.7.0.5").remark is None


def test_of_an_agency_without_any_device_it_hangs_off_the_core():
    core = Device("inti", "kominfo", DeviceKind.ROUTER, "Inti", role=PathRole.CORE)

    assert seat_of(described(core), "dukcapil", "10.7.0.5").link["a"] == "inti"
    assert seat_of(described(), "dukcapil", "10.7.0.5").link["a"] == CORE
