"""The network as `periksa --path` would read it, and the way of one agency through it."""

from __future__ import annotations

import json

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.description import describe
from pulih.domain.outside import Outside, Wanted, read
from pulih.domain.tree import CORE, HERE, INTERNET, ISP, grow
from pulih.domain.way import MOST_DEPTH, MOST_STOPS, way_of
from pulih.domain.wiring import LinkKind, PathRole


def device(key, kind=DeviceKind.SWITCH, agency="dukcapil", **more):
    return Device(key, agency, kind, more.pop("name", key), **more)


DEVICES = (
    device("inti", DeviceKind.ROUTER, "kominfo", role=PathRole.CORE, address="10.0.0.1"),
    device("dns", DeviceKind.SERVER, "kominfo", address="10.0.0.53"),
    device(
        "menara",
        DeviceKind.RADIO,
        "kecamatan",
        role=PathRole.RELAY,
        parent="inti",
        link=LinkKind.RADIO,
    ),
    device(
        "rt",
        DeviceKind.ROUTER,
        parent="menara",
        port="wan",
        parent_port="eth3",
        link=LinkKind.SATELLITE,
        rate="2 Mbit/s",
        interfaces="wan 10.9.1.2/30, lan 10.1.0.1/24",
    ),
    device("sw", name="Switch lantai 2", parent="rt", port="p24", address="10.1.0.2"),
    device("rt-2", DeviceKind.ROUTER, "dikbud"),
)
OUTSIDE = Outside(
    "10.0.0.53 > 192.0.2.53\n10.1.0.1",
    "portal.contoh.go.id = 10.0.0.80\nsiak.contoh.go.id",
    "www.contoh.id = 198.51.100.80",
    "https://portal.contoh.go.id/\nhttps://siak.contoh.go.id/\nhttps://www.contoh.id/\nhttps://lain.id/\n10.1.0.2:22",
)


def described(devices=DEVICES, wanted=None, about="dukcapil"):
    return describe(grow(devices), wanted or read(OUTSIDE), "Kabupaten", about=about)


def of(rows, key, name):
    return next(row for row in rows if row[name] == key)


def test_it_is_plain_values_that_json_holds():
    data = described().data
    assert json.loads(json.dumps(data)) == data
    assert list(data) == ["name", "nodes", "links", "resolvers", "names", "services"]


def test_nodes_have_their_kind_their_ports_and_what_they_hang_off():
    data = described().data
    assert of(data["nodes"], "rt", "name") == {
        "name": "rt",
        "kind": "router",
        "interfaces": [
            {"name": "wan", "address": "10.9.1.2/30"},
            {"name": "lan", "address": "10.1.0.1/24"},
        ],
        "parent": "menara",
    }
    assert of(data["nodes"], "sw", "name")["interfaces"] == [
        {"name": "p24"},
        {"address": "10.1.0.2"},
    ]
    kinds = {node["name"]: node["kind"] for node in data["nodes"]}
    assert (kinds[HERE], kinds[ISP], kinds[INTERNET]) == ("server", "isp", "internet")


def test_links_have_ports_rate_and_the_delay_of_a_satellite():
    links = described().data["links"]
    assert of(links, "rt", "b") == {
        "a": "menara",
        "b": "rt",
        "a_port": "eth3",
        "b_port": "wan",
        "rate_kbit": 2000,
        "delay_ms": 270.0,
    }
    assert of(links, "menara", "b") == {"a": "inti", "b": "menara"}


def test_of_two_providers_the_second_is_a_backup():
    more = device("isp-2", DeviceKind.OTHER, "kominfo", role=PathRole.ISP)
    first = device("isp-1", DeviceKind.OTHER, "kominfo", role=PathRole.ISP)
    links = described((*DEVICES, first, more)).data["links"]
    assert "backup" not in of(links, "isp-1", "b")
    assert of(links, "isp-2", "b")["backup"]


def test_what_is_asked_stands_at_the_device_that_has_its_address():
    data = described().data
    assert [(r["node"], r["forwards_to"]) for r in data["resolvers"]] == [
        ("dns", ["192.0.2.53"]),
        ("rt", []),
    ]
    assert [(s["node"], s.get("address", "")) for s in data["services"]] == [
        ("Host 10.0.0.80", "10.0.0.80"),
        ("Host siak.contoh.go.id", ""),
        (INTERNET, "198.51.100.80"),
        (INTERNET, ""),
        ("sw", "10.1.0.2"),
    ]
    assert of(data["names"], "www.contoh.id", "name") == {
        "name": "www.contoh.id",
        "external": True,
        "expect": ["198.51.100.80"],
    }


def test_an_agency_without_a_listed_computer_gets_one():
    assert of(described().data["links"], "PC dukcapil", "b")["a"] == "sw"
    assert of(described(about="dikbud").data["links"], "PC dikbud", "b")["a"] == "rt-2"
    assert of(described(about="setda").data["links"], "PC setda", "b")["a"] == "inti"
    listed = device("pc", DeviceKind.COMPUTER)
    assert "PC dukcapil" not in {n["name"] for n in described((*DEVICES, listed)).data["nodes"]}


def test_people_read_names_and_not_identifiers():
    found = described()
    assert str(found.label("sw")) == "Switch lantai 2"
    assert str(found.label("PC dukcapil")) == "Komputer pengguna"
    assert str(found.label(HERE)) == "Server Pulih"
    assert str(found.label("Host 10.0.0.80")) == "10.0.0.80"
    assert str(found.label("tidak ada {x}")) == "tidak ada {x}"
    odd = grow([device("sw", name="{0.__class__} {nama}")])
    assert str(describe(odd, Wanted()).label("sw")) == "{0.__class__} {nama}"


# ---- The way of one agency ----------------------------------------------------------------


def test_the_way_leads_from_the_computer_over_anothers_relay_to_the_internet():
    way = way_of(described(), "dukcapil")
    keys = [stop.spot.key for stop in way.stops]
    assert keys[:5] == ["PC dukcapil", "sw", "rt", "menara", "inti"]
    assert keys[-2:] == [ISP, INTERNET]
    assert "dns" in keys
    assert "rt-2" not in keys
    assert {stop.spot.key for stop in way.stops if stop.own} == {"PC dukcapil", "sw", "rt"}


def test_each_stop_knows_what_it_hangs_off():
    stops = way_of(described(), "dukcapil").stops
    for stop in stops:
        if stop.spot.key == "inti":
            assert stop.to is None
        else:
            assert stop.to is not None
            assert stops[stop.to].spot.key == stop.spot.up


def test_where_several_hang_off_one_they_are_moved_in():
    aps = [device(f"ap{n}", DeviceKind.ACCESS_POINT, parent="sw") for n in range(3)]
    depths = {s.spot.key: s.depth for s in way_of(described((*DEVICES, *aps)), "dukcapil").stops}
    assert depths["sw"] == depths["rt"] == depths["inti"] == 0
    assert depths["ap0"] == depths["ap1"] == depths["PC dukcapil"] == 1


def test_an_agency_without_devices_has_a_way_all_the_same():
    way = way_of(described((), about="setda"), "setda")
    assert [stop.spot.key for stop in way.stops][:2] == ["PC setda", CORE]


def test_too_many_devices_are_counted_and_not_shown():
    many = [device(f"x{n}", parent=f"x{n // 2 - 1}" if n > 1 else "rt") for n in range(150)]
    way = way_of(described((*DEVICES, *many)), "dukcapil")
    assert way.left_out > 0
    assert len(way.stops) <= MOST_STOPS + 20
    assert max(stop.depth for stop in way.stops) == MOST_DEPTH


def test_no_device_of_a_way_is_named_twice():
    keys = [stop.spot.key for stop in way_of(described(), "dukcapil").stops]
    assert len(keys) == len(set(keys))
