from dataclasses import replace

import pytest

from periksa.budget import budget
from periksa.network import Interface, Kind, Link, Name, Network, Node, Resolver, Service
from periksa.survey import survey


def node(name, kind, *addresses):
    ports = tuple(Interface(f"p{number}", address, 24) for number, address in enumerate(addresses))
    return Node(name, kind, ports)


# server -- inti -- desa -- hub -- pc,  inti -- kota -- meja,  inti -- hulu
NETWORK = Network(
    nodes=(
        node("server", Kind.SERVER, "10.0.0.10"),
        node("inti", Kind.CORE, "10.0.0.1", "10.9.1.1", "10.9.2.1"),
        node("desa", Kind.ROUTER, "10.9.1.2", "10.1.0.1"),
        node("hub", Kind.SWITCH),
        node("pc", Kind.PC, "10.1.0.20"),
        node("kota", Kind.ROUTER, "10.9.2.2", "10.2.0.1"),
        node("meja", Kind.PC, "10.2.0.20"),
        node("hulu", Kind.ISP, "203.0.113.1"),
        node("gudang", Kind.PC, "10.3.0.20"),
    ),
    links=(
        Link("server", "inti"),
        Link("inti", "desa"),
        Link("desa", "hub"),
        Link("hub", "pc"),
        Link("inti", "kota", rate_kbit=20_000),
        Link("kota", "meja"),
        Link("inti", "hulu"),
    ),
    resolvers=(Resolver("desa", "10.1.0.1"),),
    names=(Name("portal.test", expect=("10.0.0.80",)),),
    services=(Service("meja", "https://portal.test/", "10.2.0.20"),),
)


def looked_at(plan):
    return [target.address for target in plan.targets]


def test_everything_that_has_an_address_and_a_way_to_it_is_looked_at():
    everywhere = {address for node in NETWORK.nodes for address in node.addresses}

    assert set(looked_at(survey(NETWORK))) == everywhere - {"10.0.0.10", "10.3.0.20"}


def test_a_complaint_is_looked_at_on_its_way_and_behind_it():
    addresses = looked_at(survey(NETWORK, about=["desa"]))

    assert {"10.9.1.2", "10.1.0.1", "10.1.0.20", "203.0.113.1"} <= set(addresses)
    assert "10.9.2.2" not in addresses


def test_the_way_to_a_complaint_about_a_pc_is_looked_at_as_well():
    assert {"10.9.1.2", "10.1.0.20"} <= set(looked_at(survey(NETWORK, about=["pc"])))


def test_packets_are_counted_on_the_links_that_they_cross():
    links = survey(NETWORK).links

    assert links.ways["10.1.0.20"] == ("server--inti", "inti--desa", "desa--hub", "hub--pc")
    assert links.rates["inti--kota"] == 20_000_000


def test_a_link_between_routers_of_which_nothing_is_known_is_taken_for_a_slow_radio():
    links = survey(NETWORK).links

    assert links.allowance("inti--desa") == 100_000
    assert links.allowance("desa--hub") > links.allowance("inti--desa")


def test_services_resolvers_and_names_are_tried():
    plan = survey(NETWORK)
    ports = {target.address: target.ports for target in plan.targets}

    assert ports["10.2.0.20"] == (443,)
    assert ports["10.1.0.1"] == (53,)
    assert [page.url for page in plan.pages] == ["https://portal.test/"]
    assert plan.names == NETWORK.names


def test_a_page_may_be_found_at_the_networks_own_addresses():
    assert "10.2.0.20" in survey(NETWORK).ranges


def test_the_more_addresses_lie_behind_a_narrow_link_the_fewer_echoes_each_gets():
    crowd = tuple(node(f"pc{number}", Kind.PC, f"10.1.1.{number}") for number in range(1, 41))
    crowded = replace(
        NETWORK,
        nodes=(*NETWORK.nodes, *crowd),
        links=(*NETWORK.links, *(Link("hub", one.name) for one in crowd)),
    )

    assert survey(NETWORK).first.count == 10
    assert survey(crowded).first.count == 4


def test_large_packets_cross_every_link_before_any_twice():
    plan = survey(NETWORK)
    few = plan.big.order[:3]

    assert {link for address in few for link in plan.links.ways[address]} == {
        link for way in plan.links.ways.values() for link in way
    }
    assert few[1] == "10.2.0.20"  # of those that tell as much, who serves
    assert len(plan.big.order) == len(set(plan.big.order)) == len(plan.targets)


def test_a_look_at_one_office_is_soon_done_and_costs_a_slow_radio_little():
    plan = survey(NETWORK, about=["desa"])

    assert plan.seconds < 5
    assert budget(plan)["inti--desa"] < 150_000


def test_a_network_without_a_server_cannot_be_looked_at():
    with pytest.raises(ValueError, match="server"):
        survey(replace(NETWORK, nodes=NETWORK.nodes[1:], links=NETWORK.links[1:]))
