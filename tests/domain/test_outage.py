"""Whom a fault disturbs besides, and what is noted of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.outage import Outage, affected
from pulih.domain.tree import grow
from pulih.domain.wiring import PathRole

AT = datetime(2026, 3, 2, tzinfo=UTC)
DEVICES = (
    Device("inti", "kominfo", DeviceKind.ROUTER, "Inti", role=PathRole.CORE),
    Device("dns", "kominfo", DeviceKind.SERVER, "DNS", parent="inti"),
    Device("arsip", "kominfo", DeviceKind.SERVER, "Arsip", parent="inti"),
    Device("menara", "kecamatan", DeviceKind.RADIO, "Menara", role=PathRole.RELAY, parent="inti"),
    Device("rt-kec", "kecamatan", DeviceKind.ROUTER, "Router", parent="menara"),
    Device("rt-desa", "desa", DeviceKind.ROUTER, "Router", parent="menara"),
    Device("sw-desa", "desa", DeviceKind.SWITCH, "Switch", parent="rt-desa"),
    Device("rt-lain", "lain", DeviceKind.ROUTER, "Router"),
)
TREE = grow(DEVICES)
ALL = {"kominfo", "kecamatan", "desa", "lain"}


@pytest.mark.parametrize(
    ("place", "fault", "agencies"),
    [
        ("node/menara", "dead", {"kecamatan", "desa"}),
        ("link/inti--menara", "cut", {"kecamatan", "desa"}),
        ("link/menara--inti", "cut", {"kecamatan", "desa"}),
        ("node/sw-desa", "dead", {"desa"}),
        ("link/rt-desa--sw-desa", "loss", {"desa"}),
        ("node/inti", "nat-exhausted", ALL),
        ("node/ISP", "upstream", ALL),
        ("link/inti--ISP", "cut", ALL),
        ("node/dns", "dns-down", ALL),  # everybody asks it
        ("node/arsip", "dead", {"kominfo"}),
        ("link/inti--Pulih", "cut", set()),  # nobody's way
        # Some of what is behind it, and nobody knows which.
        ("node/inti", "route-missing", {"kominfo"}),
        ("node/menara", "firewall", {"kecamatan"}),
        ("node/tidak-ada", "dead", set()),
        ("link/tidak--ada", "cut", set()),
        ("link/inti--sw-desa", "cut", set()),
        ("", "dead", set()),
    ],
)
def test_a_fault_disturbs_whoever_lies_behind_it(place, fault, agencies):
    assert affected(TREE, {"dns"}, place, fault) == agencies


def outage(*tickets):
    return Outage("o1", "node/menara", "Menara", tickets, "rina", AT, "r1")


def test_who_joins_twice_joins_once(cast):
    joined = outage("1").joined(["1", "2", "2"], cast.lead, AT)
    assert joined.tickets == ("1", "2")
    assert joined.deeds[0].joined == ("2",)
    assert joined.joined(["2"], cast.lead, AT) is joined


def test_of_two_both_leave_and_of_three_two_stay(cast):
    assert outage("1", "2", "3").left("2", cast.lead, AT).tickets == ("1", "3")
    alone = outage("1", "2").left("1", cast.lead, AT)
    assert (alone.tickets, alone.deeds[0].left) == ((), ("1", "2"))


def test_who_does_not_belong_to_it_cannot_leave(cast):
    assert outage("1", "2").left("3", cast.lead, AT) == outage("1", "2")
