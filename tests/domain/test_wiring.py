"""Ports, addresses and rates as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.wiring import (
    LinkKind,
    PathRole,
    Port,
    host,
    kbit_of,
    ports_of,
    rate_written,
    written,
)


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        ("", ()),
        ("10.1.0.1", (Port("", "10.1.0.1"),)),
        ("wan 10.9.1.2/30", (Port("wan", "10.9.1.2", 30),)),
        (
            "wan 10.9.1.2/30\r\nlan 10.1.0.1/24",
            (Port("wan", "10.9.1.2", 30), Port("lan", "10.1.0.1", 24)),
        ),
        ("ether1; ether2, sfp1", (Port("ether1"), Port("ether2"), Port("sfp1"))),
        ("0/1 fe80:0::1/64", (Port("0/1", "fe80::1", 64),)),
        ("ether1.10 10.2.2.2", (Port("ether1.10", "10.2.2.2"),)),
    ],
)
def test_ports_are_read_however_they_are_set_apart(text, ports):
    assert ports_of(text) == ports
    assert ports_of(written(ports)) == ports


@pytest.mark.parametrize(
    "text",
    [
        "wan 10.9.1.300/30",
        "10.0.0.1/33",
        "10.0.0",
        "::ffff:10.0.0.1",
        "224.0.0.1",
        "a 10.0.0.1 b 10.0.0.1",
        " ".join(f"p{n}" for n in range(41)),
    ],
)
def test_what_is_no_address_or_stands_twice_is_named(text):
    with pytest.raises(ValueError, match=r"\S"):
        ports_of(text)


@given(st.text(max_size=300))
def test_any_text_is_read_the_same_again_or_refused(text):
    try:
        ports = ports_of(text)
    except ValueError:
        return
    assert ports_of(written(ports)) == ports


@pytest.mark.parametrize(
    ("text", "kbit", "again"),
    [
        ("", None, ""),
        ("20 Mbit/s", 20_000, "20 Mbit/s"),
        ("20", 20_000, "20 Mbit/s"),
        ("0,2 mbps", 200, "200 kbit/s"),
        ("512K", 512, "512 kbit/s"),
        ("1 Gb/s", 1_000_000, "1 Gbit/s"),
        ("2.5G", 2_500_000, "2,5 Gbit/s"),
    ],
)
def test_a_rate_has_one_spelling(text, kbit, again):
    assert kbit_of(text) == kbit
    assert rate_written(kbit) == again
    assert kbit_of(again) == kbit


@pytest.mark.parametrize("text", ["cepat", "0", "-1", "1e9", "99999999 Gbit/s", "20 Mbit/s sekali"])
def test_what_is_no_rate_is_refused(text):
    with pytest.raises(ValueError, match=r"\S"):
        kbit_of(text)


@pytest.mark.parametrize(
    "text", ["", "x", "0.0.0.0", "255.255.255.255", "fe80::1%eth0", "10.0.0.0/8"]
)
def test_only_the_address_of_one_host_is_an_address(text):
    assert host(text) == ""


def test_a_device_does_what_its_kind_does_unless_somebody_says_otherwise():
    device = Device("a", "dukcapil", DeviceKind.ROUTER, "Router")
    assert device.place is PathRole.ROUTER
    assert Device("a", "b", DeviceKind.UPS, "UPS").place is PathRole.NONE
    relay = Device("a", "b", DeviceKind.RADIO, "Radio", role=PathRole.RELAY)
    assert relay.place is PathRole.RELAY


def test_only_a_satellite_is_slow_when_all_is_well():
    assert [kind for kind in LinkKind if kind.delay_ms] == [LinkKind.SATELLITE]


def test_every_role_and_every_link_has_a_name():
    assert all(one.label for kind in (PathRole, LinkKind) for one in kind)
