"""Accounts on devices, as they are kept and handed out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from periksa.vantage.platforms import PLATFORMS
from periksa.vantage.troubles import TROUBLES
from pulih.domain.agency import Device, DeviceKind
from pulih.domain.login import ENDINGS, DeviceLogin, Platform, access_of, address_of

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def login(device="rt", **more):
    return DeviceLogin(device, Platform.LINUX, "penjaga", "gAAAA-tersegel", "admin", AT, **more)


def device(key="rt", **more):
    return Device(key, "dukcapil", DeviceKind.ROUTER, key, **{"address": "10.1.0.1", **more})


def test_every_platform_is_one_that_periksa_visits():
    assert set(Platform) <= set(PLATFORMS)
    assert {one.value for one in Platform if one.speaks_telnet} == {
        name for name, one in PLATFORMS.items() if one.telnet and name in set(Platform)
    }
    assert all(platform.label for platform in Platform)


def test_every_way_in_which_a_visit_ends_has_a_sentence():
    assert set(TROUBLES) | {"ok", "sealed"} == set(ENDINGS)


def test_what_is_handed_out_names_no_password():
    access = access_of([login(key="ssh-ed25519 AAAA")], [device()])

    assert access.vantages == (
        {
            "node": "rt",
            "address": "10.1.0.1",
            "device": "linux",
            "port": 22,
            "user": "penjaga",
            "secret": "rt",
            "telnet": False,
            "legacy": False,
        },
    )
    assert access.keys == {"rt": "ssh-ed25519 AAAA"}
    assert "tersegel" not in repr(access)
    assert "tersegel" not in repr(login())


@pytest.mark.parametrize(
    "devices", [[], [device(active=False)], [device(address="")], [device("rt-2")]]
)
def test_a_device_that_cannot_be_visited_is_left_out(devices):
    access = access_of([login()], devices)

    assert (access.vantages, access.sealed, access.keys) == ((), {}, {})


@pytest.mark.parametrize(
    ("address", "interfaces", "found"),
    [
        ("10.1.0.1", "lan 10.2.0.1/24", "10.1.0.1"),
        ("", "wan, lan 10.2.0.1/24", "10.2.0.1"),
        ("", "", ""),
        ("", "10.1.1.1.1", ""),
    ],
)
def test_a_device_is_visited_at_its_address_or_the_first_of_its_ports(address, interfaces, found):
    assert address_of(device(address=address, interfaces=interfaces)) == found
