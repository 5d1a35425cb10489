"""Second ways: a device with two ways to the core, and providers beside the first."""

from __future__ import annotations

import json

import pytest

from periksa.netfile import network
from pulih.domain.agency import Device, DeviceKind
from pulih.domain.description import describe
from pulih.domain.frozen import way_back, way_out
from pulih.domain.outside import Wanted
from pulih.domain.tree import INTERNET, ISP, grow
from pulih.domain.way import way_of
from pulih.domain.wiring import PathRole, Said
from pulih.publish.way import wire


def device(key, kind=DeviceKind.ROUTER, agency="dukcapil", **more):
    return Device(key, agency, kind, key, **more)


CORE = device("inti", agency="kominfo", role=PathRole.CORE)
TOWERS = (
    device("menara-1", agency="kecamatan", role=PathRole.RELAY, parent="inti"),
    device("menara-2", agency="kecamatan", role=PathRole.RELAY, parent="inti"),
)


def described(*devices):
    return describe(grow((CORE, *TOWERS, *devices)), Wanted())


def links(description):
    return {(one["a"], one["b"]): one.get("backup", False) for one in description.data["links"]}


def test_a_second_way_is_a_backup_link():
    found = described(device("rt", parent="menara-1", spare="menara-2"))

    assert links(found)["menara-1", "rt"] is False
    assert links(found)["menara-2", "rt"] is True
    assert network(found.data).by_name["rt"].parent == "menara-1"
    assert not found.remarks


@pytest.mark.parametrize("spare", ["rt", "menara-1", "pc"])
def test_a_second_way_that_is_none_is_left_out(spare):
    pc = device("pc", DeviceKind.COMPUTER, parent="rt")
    found = described(device("rt", parent="menara-1", spare=spare), pc)

    assert len(links(found)) == len(found.data["links"])
    assert ("rt", "rt") not in links(found)
    assert links(found)["menara-1", "rt"] is False
    assert ("pc", "rt") not in links(found)
    network(found.data)


def test_two_that_are_each_others_second_way_are_joined_once():
    a = device("rt-a", parent="menara-1", spare="rt-b")
    b = device("rt-b", parent="menara-2", spare="rt-a")
    found = described(a, b)

    assert [pair for pair in links(found) if set(pair) == {"rt-a", "rt-b"}] == [("rt-b", "rt-a")]
    network(found.data)


def test_a_second_way_over_what_is_gone_is_remarked():
    found = described(device("rt", parent="menara-1", spare="menara-9"))

    assert "menara-9" in str(found.remarks["rt"])
    network(found.data)


def test_an_offices_own_second_provider_leads_to_the_same_internet():
    satellite = device("satelit", DeviceKind.MODEM, role=PathRole.ISP, parent="rt", backup=Said.YES)
    first = device("isp-1", DeviceKind.OTHER, "kominfo", role=PathRole.ISP)
    found = described(device("rt", parent="menara-1"), satellite, first)

    assert links(found)["rt", "satelit"] is True
    assert links(found)["satelit", INTERNET] is True
    assert links(found)["inti", "isp-1"] is False
    assert links(found)["isp-1", INTERNET] is False
    assert ISP not in found.tree.spots
    network(found.data)


def test_who_translates_and_who_hands_out_addresses_is_told():
    found = described(device("rt", nat=Said.YES, dhcp=Said.YES), device("rt-2"))
    nodes = network(found.data).by_name

    assert (nodes["rt"].nat, nodes["rt"].dhcp) == (True, True)
    assert (nodes["rt-2"].nat, nodes["rt-2"].dhcp) == (False, False)


def test_the_picture_says_of_a_link_that_it_is_a_backup_also_when_it_was_frozen():
    satellite = device("satelit", role=PathRole.ISP, parent="rt", backup=Said.YES)
    found = described(device("rt", parent="menara-1", spare="menara-2"), satellite)
    way = way_of(found, "dukcapil")

    for each in (way, way_back(json.loads(json.dumps(way_out(way))))):
        said = {stop.spot.key: wire(stop) for stop in each.stops}
        assert "jalur cadangan" in said["rt"]
        assert "sambungan cadangan" in said["satelit"]
