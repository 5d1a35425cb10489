"""What the desk knows of the network, as Periksa takes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa.network import Kind
from periksa.survey import survey
from pulih.demo.data import load
from pulih.domain.agency import Device, DeviceKind
from pulih.domain.description import describe
from pulih.domain.outside import Outside, Wanted, read
from pulih.domain.tree import grow
from pulih.domain.wiring import PathRole, Said
from pulih.probes import network_of

KEYS = st.sampled_from("abcdef")
ANY = st.builds(
    Device,
    id=KEYS,
    agency=st.sampled_from(["dukcapil", "kominfo"]),
    kind=st.sampled_from(DeviceKind),
    name=st.text(max_size=255),
    address=st.sampled_from(["", "10.0.0.1", "10.0.0.2", "::1"]),
    role=st.sampled_from([role for role in PathRole if role is not PathRole.HERE]),
    parent=st.one_of(st.just(""), KEYS),
    port=st.sampled_from(["", "wan"]),
    interfaces=st.sampled_from(["", "wan 10.0.0.1/24", "10.0.0.2, x"]),
    nat=st.sampled_from(Said),
    dhcp=st.sampled_from(Said),
    backup=st.sampled_from(Said),
    spare=st.one_of(st.just(""), KEYS),
)


def test_the_demo_office_is_a_network_that_can_be_surveyed():
    outside = read(
        Outside("127.0.0.4", "portal.contoh = 127.0.0.5", "www.contoh.id = 198.51.100.80")
    )
    found = describe(grow(load().devices), outside, "Kabupaten", about="pkm-empang")
    network = network_of(found.data)

    assert network.by_name["kec-empang-rl"].kind is Kind.RELAY
    assert network.by_name["pkm-empang-rt"].parent == "kec-empang-rl"
    assert survey(network, about=("PC pkm-empang",)).targets


@given(st.lists(ANY, unique_by=lambda one: one.id))
def test_whatever_the_inventory_holds_periksa_can_take_it(devices):
    wanted = read(
        Outside("10.0.0.1\n10.0.0.53", "a.b", "c.d = 8.8.8.8", "https://a.b/\n10.0.0.2:80")
    )
    network = network_of(describe(grow(devices), wanted, about="dukcapil").data)

    survey(network)
    assert network.server


def test_two_servers_of_ours_are_one():
    twice = [
        Device(key, "kominfo", DeviceKind.SERVER, key, role=PathRole.HERE) for key in ("a", "b")
    ]
    network = network_of(describe(grow(twice), Wanted()).data)
    assert [node.name for node in network.nodes if node.kind is Kind.SERVER] == ["a"]


def test_what_is_no_network_is_refused():
    with pytest.raises(ValueError, match="server"):
        network_of({"nodes": []})
