"""What is asked of which device, from its place in a network."""

from dataclasses import replace

import pytest
from devices import PASSWORD

from periksa.network import Interface, Kind, Link, Network, Node, Vantage
from periksa.vantage.asking import questions, visits
from periksa.vantage.login import Login
from periksa.vantage.questions import About, Question

NETWORK = Network(
    nodes=(
        Node("noc", Kind.SERVER, (Interface("eth0", "10.0.0.2", 24),)),
        Node(
            "core", Kind.CORE, (Interface("lan", "10.0.0.1", 24), Interface("w1", "10.9.1.1", 30))
        ),
        Node(
            "opd1",
            Kind.ROUTER,
            (Interface("wan", "10.9.1.2", 30), Interface("lan", "10.1.0.1", 24)),
            dhcp=True,
        ),
        Node("sw1", Kind.SWITCH, (Interface("", "10.1.0.2", 24),)),
        Node("pc1a", Kind.PC, (Interface("eth0", "10.1.0.20", 24),)),
        Node("isp", Kind.ISP, (Interface("x", "203.0.113.1", 24),)),
    ),
    links=(
        Link("noc", "core", "eth0", "lan"),
        Link("core", "opd1", "w1", "wan"),
        Link("opd1", "sw1", "lan", "p1"),
        Link("sw1", "pc1a", "p2", "eth0"),
    ),
    vantages=(
        Vantage("core", "frr", user="penjaga", secret="SANDI_CORE"),
        Vantage("opd1", "mikrotik_routeros", user="penjaga", secret="SANDI_OPD"),
        Vantage("sw1", "entah", user="penjaga", secret="SANDI_CORE"),
        Vantage("pc1a", "script"),
    ),
)


def asked(name):
    return questions(NETWORK, NETWORK.by_name[name])


def test_a_router_is_asked_for_its_ports_its_neighbours_and_its_dhcp():
    assert set(asked("opd1")) == {
        Question(About.LINK, "wan"),
        Question(About.LINK, "lan"),
        Question(About.BROADCAST, "lan"),
        *(Question(about, "10.9.1.1") for about in (About.PING, About.ARP, About.BIG)),
        *(
            Question(about, at)
            for at in ("10.1.0.2", "10.1.0.20")
            for about in (About.PING, About.ARP)
        ),
        Question(About.ROUTE, "default"),
        Question(About.DHCP),
    }


def test_the_core_is_asked_for_the_way_to_each_network_of_the_office():
    routes = [one.subject for one in asked("core") if one.about is About.ROUTE]

    assert routes == ["default", "10.1.0.0/24"]


def test_a_switch_is_asked_for_its_ports_only():
    assert {one.about for one in asked("sw1")} == {About.LINK, About.BROADCAST}


def test_a_login_without_a_password_or_of_an_unknown_kind_is_said_and_left_out(tmp_path):
    made, missing = visits(NETWORK, tmp_path, {"SANDI_CORE": PASSWORD})

    assert [(login.node, login.address, login.password) for login, _ in made] == [
        ("core", "10.0.0.1", PASSWORD)
    ]
    assert len(missing) == 2
    assert "SANDI_OPD" in missing[0]
    assert "entah" in missing[1]


@pytest.mark.parametrize(("telnet", "port", "expected"), [(True, 22, 23), (True, 2323, 2323)])
def test_a_marked_device_is_visited_where_telnet_listens(telnet, port, expected, tmp_path):
    vantage = Vantage("core", "cisco_ios", port=port, secret="X", telnet=telnet)

    assert Login.of(vantage, NETWORK, tmp_path, {"X": PASSWORD}).port == expected


def test_a_complaint_is_asked_about_before_others_and_elsewhere_nothing(tmp_path):
    crowd = tuple(
        Node(f"opd{n}", Kind.ROUTER, (Interface("wan", f"10.9.1.{n}", 24),)) for n in range(10, 30)
    )
    core = replace(NETWORK.nodes[1], interfaces=(Interface("w1", "10.9.1.1", 24),))
    wide = replace(NETWORK, nodes=(NETWORK.nodes[0], core, *crowd, *NETWORK.nodes[2:]))
    asked = questions(wide, core, among=["core", "opd25"])
    secrets = {"SANDI_CORE": PASSWORD, "SANDI_OPD": PASSWORD}
    made, missing = visits(NETWORK, tmp_path, secrets, among=["core"])

    assert next(one.subject for one in asked if one.about is About.PING) == "10.9.1.25"
    assert [login.node for login, _ in made] == ["core"]
    assert missing == []
