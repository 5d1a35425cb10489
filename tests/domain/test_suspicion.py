"""What the findings of a diagnostic run leave possible."""

from __future__ import annotations

import pytest

from pulih.domain.agency import FAULT_TYPES
from pulih.domain.suspicion import possible


def finding(probe, state, address="10.1.1.1"):
    return {"probe": probe, "state": state, "address": address, "target": "x"}


@pytest.mark.parametrize(
    ("findings", "faults"),
    [
        ([], ()),
        ([finding("ping", "up"), finding("port", "up"), finding("dns", "up")], ()),
        ([finding("ping", "down")], ("kabel-putus", "catu-daya", "perangkat-rusak")),
        ([finding("ping", "degraded")], ("konektor-rusak", "interferensi", "bandwidth-penuh")),
        (
            [finding("ping", "up"), finding("port", "down")],
            ("server-aplikasi", "perangkat-hang", "salah-konfigurasi"),
        ),
        ([finding("ping", "up"), finding("trace", "degraded")], ("isp", "salah-konfigurasi")),
        ([finding("dns", "down")], ("dns",)),
        ([finding("ping", "unknown")], ()),
    ],
)
def test_findings_say_where_to_look_first(findings, faults):
    assert possible(findings) == faults


def test_what_does_not_answer_at_all_says_nothing_of_its_ports():
    silent = [finding("ping", "down"), finding("port", "down")]

    assert possible(silent) == possible(silent[:1])


def test_a_host_that_answers_at_a_port_is_not_off():
    assert possible([finding("ping", "down"), finding("port", "up")]) == ()


def test_each_fault_is_told_once():
    down = [finding("ping", "down", f"10.1.1.{n}") for n in range(9)]

    assert possible(down) == possible(down[:1])


def test_findings_of_another_shape_say_nothing():
    assert possible([{}, {"probe": None, "state": 3}, {"state": "down"}]) == ()


def test_every_fault_that_is_told_is_one_that_an_office_begins_with():
    states = ("up", "degraded", "down", "unknown")
    probes = ("ping", "trace", "port", "knock", "dns")
    told = {
        fault
        for probe in probes
        for state in states
        for fault in possible([finding("ping", "up"), finding(probe, state)])
    }

    assert told < {fault.id for fault in FAULT_TYPES}
