"""Two readings of the counters, and what lies between them."""

import pytest

from periksa.findings import State
from periksa.vantage.changes import between, broadcasts, port_named
from periksa.vantage.questions import link, route
from periksa.vantage.rows import Port, Route

EARLIER = Port("wan", True, True, 1000, 500, 100_000, 50_000, 3, 0, 10, 4, 2)
LATER = Port("wan", True, True, 1200, 510, 350_000, 51_000, 5, 0, 60, 6, 3)


def test_counters_become_rates_and_steps():
    assert between(EARLIER, LATER, 2.0) == {
        "carrier": 1,
        "admin": 1,
        "rx_pps": 100.0,
        "tx_pps": 5.0,
        "rx_bps": 1_000_000.0,
        "tx_bps": 4000.0,
        "rx_errors": 2,
        "tx_errors": 0,
        "carrier_changes": 2,
        "link_downs": 1,
        "window_s": 2.0,
    }
    assert broadcasts(EARLIER, LATER, 2.0) == 25.0


def test_a_counter_that_ran_backwards_says_nothing():
    figures = between(LATER, EARLIER, 2.0)

    assert set(figures) == {"carrier", "admin", "window_s", "tx_errors"}


def test_old_errors_are_no_trouble_and_new_ones_are():
    assert link("opd1", "wan", [EARLIER], [EARLIER], 1.0).state is State.UP
    assert link("opd1", "wan", [EARLIER], [LATER], 1.0).state is State.DEGRADED


def test_a_port_that_is_switched_off_is_not_called_unplugged():
    off = [Port("wan", carrier=False, admin=False)]

    assert "dimatikan" in link("opd1", "wan", off, off, 1.0).detail


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Gi0/1", "GigabitEthernet0/1"),
        ("GigabitEthernet0/1", "GigabitEthernet 0/1"),
        ("eth0", "eth0@if7"),
        ("ether1", "ether1"),
    ],
)
def test_a_port_is_found_by_what_people_call_it(said, known):
    assert port_named(said, [Port("lo"), Port(known)]) == Port(known)


def test_a_port_that_could_be_two_is_none():
    assert port_named("Te1/1", [Port("TenGigabitEthernet1/1"), Port("Test1/1")]) is None
    assert port_named("Gi0/1", [Port("GigabitEthernet0/11")]) is None


@pytest.mark.parametrize(
    ("subject", "found"),
    [("default", 1), ("10.1.2.0/24", 1), ("10.0.0.0/7", 0), ("10.9.0.0/16", 0), ("fd00::/64", 0)],
)
def test_the_default_route_is_no_route_to_a_prefix(subject, found):
    table = [Route("0.0.0.0/0", "192.0.2.1"), Route("10.1.0.0/16", "192.0.2.2")]

    assert route("core", subject, table).figures["found"] == found
