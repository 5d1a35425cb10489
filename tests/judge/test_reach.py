"""What lies behind what, in networks of several shapes."""

import pytest
from scenes import finding, regency

from periksa import netfile
from periksa.judge.court import judge
from periksa.judge.reach import Reach
from periksa.network import Interface, Kind, Link, Network, Node


@pytest.fixture
def reach():
    return Reach(netfile.network(regency()))


def node(name, kind, *ports):
    return Node(name, kind, tuple(Interface(*port) for port in ports))


@pytest.fixture
def two_ways():
    """A server behind a core with a fibre and, as a backup, a satellite to the same world."""
    return Network(
        nodes=(
            node("s", Kind.SERVER, ("e", "10.0.0.2", 24)),
            node(
                "c",
                Kind.CORE,
                ("l", "10.0.0.1", 24),
                ("f", "192.0.2.1", 30),
                ("t", "192.0.2.5", 30),
            ),
            node("fibre", Kind.ISP, ("u", "192.0.2.2", 30), ("w", "198.51.100.1", 25)),
            node("satellite", Kind.ISP, ("u", "192.0.2.6", 30), ("w", "198.51.100.129", 25)),
            node("world", Kind.INTERNET, ("a", "198.51.100.2", 25), ("b", "198.51.100.130", 25)),
        ),
        links=(
            Link("c", "s", "l", "e"),
            Link("c", "fibre", "f", "u"),
            Link("c", "satellite", "t", "u", backup=True),
            Link("fibre", "world", "w", "a"),
            Link("satellite", "world", "w", "b", backup=True),
        ),
    )


def test_the_way_there_names_every_node_and_link(reach):
    trip = reach.trip("noc", "pc2b")

    assert trip.nodes == ("noc", "core", "pop", "opd2", "sw2", "ap2", "pc2b")
    assert [link.name for link in trip.links][1:3] == ["core--pop", "pop--opd2"]


def test_behind_a_relay_is_all_that_hangs_off_it(reach):
    assert set(reach.behind("node/pop")) == {
        *("opd2", "sw2", "ap2", "pc2a", "pc2b"),
        *("opd3", "sw3", "ap3", "pc3a", "pc3b"),
    }
    assert set(reach.behind("link/pop--opd2")) == {"opd2", "sw2", "ap2", "pc2a", "pc2b"}


def test_hosts_do_not_forward():
    network = Network(
        (node("s", Kind.SERVER), node("h", Kind.HOST), node("x", Kind.PC)),
        (Link("s", "h"), Link("h", "x")),
    )

    assert Reach(network).trip("s", "x") is None


def test_a_lan_ends_at_its_router(reach):
    segment = reach.segment_of("10.1.0.11")

    assert set(reach.segment_nodes(segment)) == {"opd1", "sw1", "ap1", "pc1a", "pc1b"}
    assert reach.gateway(segment) == "opd1"
    assert reach.first_bridge(segment) == "sw1"
    assert reach.segment_of("10.9.1.2") != segment


def test_an_address_without_a_named_port_is_where_its_network_is():
    data = regency()
    for entry in data["nodes"]:
        entry["addresses"] = [
            *entry.pop("addresses", []),
            *(port["address"] for port in entry.pop("interfaces", [])),
        ]
    named, unnamed = Reach(netfile.network(regency())), Reach(netfile.network(data))

    for address in ("10.9.1.2", "10.1.0.1", "10.9.1.1", "10.9.2.1", "192.0.2.1"):
        assert unnamed.segment_of(address) == named.segment_of(address)


def test_a_backup_is_used_only_where_there_is_no_other_way(two_ways):
    reach = Reach(two_ways)

    assert reach.trip("s", "world").nodes == ("s", "c", "fibre", "world")
    assert reach.up("c").other("c") == "fibre"


def test_a_second_providers_far_side_is_reached_over_the_first(two_ways):
    reach = Reach(two_ways)

    near = reach.trip_to("s", "satellite", "192.0.2.6")
    far = reach.trip_to("s", "satellite", "198.51.100.129")

    assert near.nodes == ("s", "c", "satellite")
    assert far.nodes == ("s", "c", "fibre", "world", "satellite")


def test_of_two_ways_the_parents_is_taken():
    nodes = (
        node("s", Kind.SERVER),
        node("c", Kind.CORE),
        node("left", Kind.RELAY),
        node("right", Kind.RELAY),
        Node("opd", Kind.ROUTER, parent="right"),
    )
    links = [("c", "s"), ("c", "left"), ("c", "right"), ("left", "opd"), ("right", "opd")]

    reach = Reach(Network(nodes, tuple(Link(a, b) for a, b in links)))

    assert reach.trip("s", "opd").nodes == ("s", "c", "right", "opd")


@pytest.fixture
def as_typed():
    """Addresses as inventories have them: no ports, no prefixes."""
    return Network(
        nodes=(
            node("s", Kind.SERVER, ("", "10.0.0.2")),
            node("c", Kind.CORE, ("", "10.0.0.1"), ("", "10.9.1.1"), ("", "10.9.1.5")),
            node("r1", Kind.ROUTER, ("", "10.1.0.1"), ("", "10.9.1.2")),
            node("r2", Kind.ROUTER, ("", "10.2.0.1"), ("", "10.9.1.6")),
            node("sw1", Kind.SWITCH, ("", "10.1.0.2")),
            node("sw2", Kind.SWITCH, ("", "10.2.0.2")),
        ),
        links=(
            *(Link("c", "s"), Link("c", "r1"), Link("c", "r2")),
            *(Link("r1", "sw1"), Link("r2", "sw2")),
        ),
    )


def test_without_prefixes_an_address_is_on_the_lan_of_its_neighbours(as_typed):
    reach = Reach(as_typed)

    assert reach.segment_of("10.1.0.1") == reach.segment_of("10.1.0.2")
    assert reach.segment_of("10.0.0.1") == reach.segment_of("10.0.0.2")
    assert reach.segment_of("10.9.1.1") is None, "two links would do"


def test_without_prefixes_a_silent_switch_accuses_nobody_above_its_router(as_typed):
    seen = [
        finding("ping", "", name, address, {"sent": 10, "received": 0 if name == "sw1" else 10})
        for name, known in as_typed.by_name.items()
        for address in known.addresses
    ]

    places = {one.place for one in judge(as_typed, seen).candidates}

    assert "node/sw1" in places
    assert not places & {"node/c", "node/r2", "link/c--r1"}
