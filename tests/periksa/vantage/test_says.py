"""What devices print, as recorded (recorded/README.md), and what is read from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa.vantage.platforms import PLATFORMS, Ask, refused
from periksa.vantage.rows import Echoes, Lease, Neighbour, Port, Route, Serving
from periksa.vantage.says import ioslike, linux, plain, routeros, switches, tables, vrp

edge_neighbours, edgeswitch = switches.edgerouter_neighbours, switches.edgeswitch_neighbours
READERS = {
    way.read for platform in PLATFORMS.values() for ways in platform.ways.values() for way in ways
}


def port(found, name):
    return next(one for one in found if one.name == name)


def test_ports_of_ios_have_their_counters(recorded):
    found = ioslike.ports(recorded("cisco_ios", "ports"))

    assert len(found) == 16
    assert port(found, "TenGigabitEthernet1/1/1") == Port(
        "TenGigabitEthernet1/1/1",
        carrier=True,
        admin=True,
        rx_packets=4035758153,
        tx_packets=956714742,
        rx_bytes=2783400652228,
        tx_bytes=377708181830,
        rx_errors=0,
        tx_errors=0,
        rx_broadcasts=160702941,
        speed_mbit=10000,
        duplex="full",
    )
    assert port(found, "FastEthernet1").carrier is False


def test_ports_of_a_ruijie_print_almost_like_ios(recorded):
    up, off = ioslike.ports(recorded("ruijie_os", "ports"))

    assert (up.name, up.carrier, up.admin, up.duplex) == ("GigabitEthernet 0/1", True, True, "full")
    assert (up.rx_bytes, up.rx_errors, up.tx_errors, up.rx_broadcasts) == (87760, 1, 2, 12)
    assert (off.carrier, off.admin) == (False, False)


def test_ports_of_vrp_have_their_counters(recorded):
    found = vrp.ports(recorded("huawei_vrp", "ports"))

    assert len(found) == 6
    up = port(found, "GigabitEthernet0/0/2")
    assert (up.carrier, up.admin, up.speed_mbit, up.duplex) == (True, True, 1000, "full")
    assert (up.rx_packets, up.rx_bytes, up.tx_bytes, up.rx_errors) == (6460, 768740, 768740, 0)
    assert port(found, "GigabitEthernet0/0/0").carrier is False


def test_ports_of_routeros_say_how_often_they_went_down(recorded):
    found = routeros.ports(recorded("mikrotik_routeros", "ports"))

    assert len(found) == 11
    assert port(found, "ether2_UniFi2") == Port(
        "ether2_UniFi2", carrier=True, admin=True, link_downs=3
    )
    assert port(found, "ether1").carrier is False


def test_rates_of_routeros_have_units(recorded):
    (found,) = routeros.rates(recorded("mikrotik_routeros", "rates"))

    assert (found.name, found.rx_pps, found.rx_bps, found.tx_bps) == ("ether1", 21, 15200, 980)


def test_a_port_of_routeros_without_a_link_has_no_speed(recorded):
    (found,) = routeros.physical(recorded("mikrotik_routeros", "physical"))

    assert found == Port("ether30", carrier=False)


def test_ports_of_linux_are_told_apart_by_what_can_be_read(recorded):
    up, down, off = linux.ports(recorded("linux", "ports"))

    assert (up.carrier, up.admin, up.speed_mbit, up.duplex, up.link_downs) == (
        True,
        True,
        1000,
        "full",
        2,
    )
    assert (down.carrier, down.admin, down.speed_mbit, down.duplex) == (False, True, None, None)
    assert (off.carrier, off.admin) == (None, False)


def test_counters_of_linux(recorded):
    eth0 = port(linux.counters(recorded("linux", "counters")), "eth0")

    assert (eth0.rx_bytes, eth0.rx_errors, eth0.tx_packets, eth0.tx_errors) == (
        90214421,
        3,
        40110,
        3,
    )


def test_ports_of_the_smaller_switches(recorded):
    edge = switches.edgeswitch_ports(recorded("ubiquiti_edgeswitch", "ports"))
    tplink = switches.tplink_ports(recorded("tplink_jetstream", "ports"))

    for found in (edge, tplink):
        assert [(one.carrier, one.admin) for one in found] == [
            (True, True),
            (True, True),
            (False, True),
            (False, False),
        ]
        assert [(one.speed_mbit, one.duplex) for one in found[:3]] == [
            (1000, "full"),
            (100, "half"),
            (None, None),
        ]


def test_ports_of_an_edgerouter(recorded):
    found = switches.edgerouter_ports(recorded("ubiquiti_edgerouter", "ports"))

    assert (port(found, "eth1").carrier, port(found, "eth2").carrier) == (True, False)


@pytest.mark.parametrize(
    ("read", "kind", "first", "count"),
    [
        (ioslike.ios_neighbours, "cisco_ios", Neighbour("172.16.233.229", "00:00:0c:59:f8:92", "Ethernet0/0"), 7),
        (vrp.neighbours, "huawei_vrp", Neighbour("192.168.1.253", "b0:76:1b:65:6a:40", "MEth0/0/1"), 5),
        (routeros.neighbours, "mikrotik_routeros", Neighbour("185.163.212.158", "", "dmz-1-vlan"), 2),
        (edge_neighbours, "ubiquiti_edgerouter", Neighbour("192.168.2.10", "34:29:8f:76:0f:e8", "eth1"), 7),
        (edgeswitch, "ubiquiti_edgeswitch", Neighbour("172.16.216.1", "80:2a:a8:f1:d2:46", "4/1"), 4),
        (switches.tplink_neighbours, "tplink_jetstream", Neighbour("10.1.0.1", "00:00:5e:00:53:01", "Vlan1"), 2),
        (ioslike.neighbours, "ruijie_os", Neighbour("10.1.0.1", "00:00:5e:00:53:01", "VLAN 1"), 3),
        (linux.neighbours, "linux", Neighbour("10.1.0.20", "00:00:5e:00:53:01", "lan"), 5),
    ],
)  # fmt: skip
def test_neighbour_tables(recorded, read, kind, first, count):
    found = read(recorded(kind, "neighbours"))

    assert (found[0], len(found)) == (first, count)


def test_who_did_not_answer_has_no_hardware_address(recorded):
    of_linux = {one.address: one.mac for one in linux.neighbours(recorded("linux", "neighbours"))}
    of_edge = edge_neighbours(recorded("ubiquiti_edgerouter", "neighbours"))
    of_ruijie = ioslike.neighbours(recorded("ruijie_os", "neighbours"))

    assert (of_linux["10.1.0.22"], of_linux["10.1.0.23"]) == ("", "")
    assert [one.mac for one in of_edge if one.address == "192.168.11.127"] == [""]
    assert of_ruijie[-1].mac == ""


@pytest.mark.parametrize(
    ("read", "kind", "expected"),
    [
        (ioslike.ios_routes, "cisco_ios", Route("192.168.1.0/24", "", "vasileft1")),
        (ioslike.routes, "ruijie_os", Route("10.1.0.0/24", "", "VLAN 1")),
        (ioslike.routes, "ruijie_os", Route("0.0.0.0/0", "10.9.1.1", "")),
        (vrp.routes, "huawei_vrp", Route("0.0.0.0/0", "10.9.1.1", "GigabitEthernet0/0/1")),
        (routeros.routes, "mikrotik_routeros", Route("::/0", "", "pppoe-out1")),
        (switches.edgerouter_routes, "ubiquiti_edgerouter", Route("0.0.0.0/0", "", "pppoe4")),
        (linux.routes, "linux", Route("0.0.0.0/0", "10.0.0.4", "brblue")),
    ],
)
def test_routing_tables(recorded, read, kind, expected):
    assert expected in read(recorded(kind, "routes"))


def test_routes_that_lead_nowhere_are_none(recorded):
    of_routeros = {one.prefix for one in routeros.routes(recorded("mikrotik_routeros", "routes"))}
    text = "default via 10.0.0.1 dev wan\nunreachable 10.2.0.0/16\nblackhole 10.3.0.0/16 proto static\n"

    assert "9bb8:baac:d400::/38" not in of_routeros
    assert [one.prefix for one in linux.routes(text)] == ["0.0.0.0/0"]


@pytest.mark.parametrize(
    ("read", "kind", "name", "expected"),
    [
        (ioslike.ios_ping, "cisco_ios", "echo", Echoes(5, 0)),
        (ioslike.ping, "ruijie_os", "echo", Echoes(5, 4, 2.0)),
        (vrp.ping, "huawei_vrp", "echo", Echoes(3, 2, 2.0)),
        (routeros.ping, "mikrotik_routeros", "echo", Echoes(13, 13, 64.5)),
        (routeros.ping, "mikrotik_routeros", "echo7", Echoes(3, 2, 1.058)),
        (switches.tplink_ping, "tplink_jetstream", "echo", Echoes(4, 3, 3.0)),
        (plain.unix_ping, "linux", "echo", Echoes(3, 2, 0.466)),
        (plain.unix_ping, "linux", "big", Echoes(3, 0, None, told=True)),
    ],
)
def test_pings(recorded, read, kind, name, expected):
    (found,) = read(recorded(kind, name))

    assert (found.sent, found.received, found.told) == (
        expected.sent,
        expected.received,
        expected.told,
    )
    assert found.median_ms == pytest.approx(expected.median_ms)


@pytest.mark.parametrize(
    ("read", "kind", "name", "addresses"),
    [
        (routeros.leases, "mikrotik_routeros", "leases", ["10.1.0.20"]),
        (linux.leases, "linux", "leases", ["10.1.0.20", "10.1.0.21"]),
        (switches.edgerouter_leases, "ubiquiti_edgerouter", "leases", ["125.125.15.12"]),
        (ioslike.ios_leases, "cisco_ios", "leases", []),
    ],
)
def test_leases(recorded, read, kind, name, addresses):
    found = read(recorded(kind, name))

    assert [one.address for one in found] == addresses
    assert all(isinstance(one, Lease) for one in found)


def test_a_client_identifier_of_ios_holds_the_hardware_address(recorded):
    line = "10.1.0.20   0100.005e.0053.01   Infinite   Automatic\n"

    assert ioslike.ios_leases(recorded("cisco_ios", "leases") + line) == [
        Lease("10.1.0.20", "00:00:5e:00:53:01")
    ]


def test_a_dhcp_server_of_linux_is_seen_by_its_socket(recorded):
    text = recorded("linux", "serving")

    assert linux.serving(text) == [Serving(listening=True)]
    assert linux.serving(text.replace(":0043", ":0044")) == [Serving(listening=False)]


@pytest.mark.parametrize(
    "text",
    [
        "bad command name shwo (line 1 column 1)",
        "           ^\n% Invalid input detected at '^' marker.",
        "% Unknown command: show interfaces",
        "Error: Unrecognized command found at '^' position.",
        "sh: 1: ip: not found",
        "bash: ping: command not found",
        "ping: socket: Operation not permitted",
        "not enough permissions (9)",
    ],
)
def test_a_device_that_does_not_understand_is_heard(text):
    assert refused(text)


def test_no_recorded_answer_is_taken_for_a_refusal(recorded):
    for kind in ("cisco_ios", "huawei_vrp", "mikrotik_routeros", "linux", "ruijie_os"):
        for name in ("neighbours", "routes", "echo"):
            assert not refused(recorded(kind, name))


@given(st.text(max_size=400))
def test_whatever_a_device_prints_is_rows_or_unread(text):
    for read in READERS:
        try:
            rows = list(read(text))
        except (tables.Unread, ValueError):
            continue
        assert all(type(row).__module__ == "periksa.vantage.rows" for row in rows)


def test_each_platform_can_be_asked_for_its_ports():
    assert all(Ask.PORTS in platform.ways for platform in PLATFORMS.values())
