"""Findings read as signs."""

import pytest
from scenes import finding, regency

from periksa import netfile
from periksa.judge.reach import Reach
from periksa.sign import Seen
from periksa.signs import signs


@pytest.fixture
def reach():
    return Reach(netfile.network(regency()))


def value(reach, seen, *findings):
    """The one value of a kind that the findings show, None where they show none."""
    values = [sign.value for sign in signs(reach, findings) if sign.seen is seen]
    assert len(values) <= 1
    return values[0] if values else None


def ping(address, **figures):
    return finding("ping", "", "whatever it is called", address, figures)


def test_a_target_is_known_by_its_address_and_not_by_its_name(reach):
    (sign, *_) = signs(reach, [ping("10.1.0.1", sent=10, received=10)])

    assert (sign.node, sign.at) == ("opd1", "lan")


def test_what_is_not_part_of_the_network_gives_no_sign(reach):
    assert signs(reach, [ping("203.0.113.9", sent=10, received=10)]) == ()


def test_two_looks_at_one_target_are_added_up(reach):
    first, second = (ping("10.1.0.1", sent=10, received=n) for n in (10, 8))

    (sign,) = [sign for sign in signs(reach, [first, second]) if sign.seen is Seen.ECHO]

    assert (sign.sent, sign.got, sign.value) == (20, 18, "lossy")


def test_a_busy_machine_does_not_make_a_way_slow(reach):
    busy = ping("10.1.0.1", sent=10, received=10, min_ms=0.4, median_ms=90.0)
    slow = ping("10.1.0.1", sent=10, received=10, min_ms=85.0, median_ms=90.0)

    assert value(reach, Seen.DELAY, busy) == "fine"
    assert value(reach, Seen.DELAY, slow) == "slow"


def test_a_way_that_is_said_to_be_long_may_take_long():
    data = regency()
    next(link for link in data["links"] if link["b"] == "opd1")["delay_ms"] = 300.0
    late = ping("10.1.0.1", sent=10, received=10, min_ms=610.0)

    assert value(Reach(netfile.network(data)), Seen.DELAY, late) == "fine"


@pytest.mark.parametrize(
    ("address", "port", "result", "seen"),
    [
        ("10.0.0.80", 443, "refused", "refused"),
        ("10.0.0.80", 443, "timeout", "silent"),
        ("10.1.0.11", 9, "refused", "answers"),
        ("10.1.0.11", 9, "timeout", "hush"),
        ("10.1.0.1", 53, "open", "open"),
        ("10.1.0.1", 53, "blocked", None),
    ],
)
def test_a_refusal_is_bad_news_only_where_something_should_listen(
    reach, address, port, result, seen
):
    tried = finding("port", "", "x", address, {"port": port, "result": result})

    assert value(reach, Seen.TCP, tried) == seen


@pytest.mark.parametrize(
    ("result", "seen"),
    [
        ("ok", "fine"),
        ("tls", "error"),
        ("malformed", "error"),
        ("reset", "stall"),
        ("blocked", None),
    ],
)
def test_a_page_that_is_not_shown_is_seen_whatever_it_lacks(reach, result, seen):
    url = next(one.url for one in reach.network.services if one.url)
    tried = finding("http", "", url, "10.0.0.80", {"url": url, "result": result})

    assert value(reach, Seen.HTTP, tried) == seen


@pytest.mark.parametrize(
    ("resolver", "name", "result", "answers", "seen"),
    [
        ("10.0.0.53", "portal.kab.test.", "NOERROR", ["10.0.0.80"], "fine"),
        ("10.0.0.53", "portal.kab.test", "NOERROR", ["203.0.113.66"], "wrong"),
        ("10.0.0.53", "portal.kab.test", "NXDOMAIN", [], "nxdomain"),
        ("10.0.0.53", "anything.else", "NOERROR", ["203.0.113.66"], "fine"),
        ("10.0.0.53", "portal.kab.test", "BLOCKED", [], None),
        ("198.51.100.1", "portal.kab.test", "REFUSED", [], "fine"),
        ("198.51.100.1", "portal.kab.test", "TIMEOUT", [], "timeout"),
        ("10.0.0.99", "portal.kab.test", "TIMEOUT", [], None),
    ],
)
def test_a_dns_answer_is_right_or_wrong_by_what_the_network_expects(
    reach, resolver, name, result, answers, seen
):
    figures = {"name": name, "type": "A", "result": result, "answers": answers}

    assert value(reach, Seen.DNS, finding("dns", "", "x", resolver, figures)) == seen


@pytest.mark.parametrize(
    ("figures", "seen", "expected"),
    [
        ({"carrier": 1, "admin": 0}, Seen.CARRIER, "down"),
        ({"carrier": 1, "rx_pps": 0, "tx_pps": 20}, Seen.RX, "silent"),
        ({"carrier": 1, "rx_pps": 0, "tx_pps": 0}, Seen.RX, None),
        ({"carrier": 0, "rx_pps": 0, "tx_pps": 20}, Seen.RX, None),
        ({"carrier_changes": 1}, Seen.FLAP, "steady"),
        ({"carrier_changes": 2}, Seen.FLAP, "flapping"),
        ({"tx_bps": 9e9}, Seen.LOAD, "busy"),
        ({"duplex": "half"}, Seen.ERRORS, "rising"),
        ({"rx_pps": float("nan"), "tx_pps": float("inf")}, Seen.RX, None),
    ],
)
def test_a_port_tells_what_its_counters_allow(reach, figures, seen, expected):
    assert value(reach, seen, finding("link", "core", "w1", "", figures)) == expected


def test_a_port_that_nothing_on_record_is_plugged_into_gives_no_sign(reach):
    seen = signs(reach, [finding("link", "core", "spare9", "", {"carrier": 0})])

    assert [sign.seen for sign in seen] == [Seen.TALKS]


@pytest.mark.parametrize(
    ("macs", "own", "expected"),
    [([], 0, "none"), (["a"], 0, "one"), (["a", "A"], 0, "one"), (["a", "b"], 0, "duplicate"),
     ([], 1, "one"), (["a"], 1, "duplicate")],
)  # fmt: skip
def test_an_address_that_two_boxes_claim_is_duplicate(reach, macs, own, expected):
    asked = finding("arp", "pc1a", "x", "10.1.0.11", {"macs": macs, "own": own})

    assert value(reach, Seen.ARP, asked) == expected


def test_an_offer_from_a_stranger_is_rogue(reach):
    offers = ["10.1.0.1", "10.1.0.66"]

    assert value(reach, Seen.DHCP, finding("dhcp", "pc1a", "", "", {"offers": offers})) == "rogue"
    assert (
        value(reach, Seen.DHCP, finding("dhcp", "pc1a", "", "", {"offers": offers[:1]})) == "offer"
    )
    assert value(reach, Seen.DHCP, finding("dhcp", "pc1a", "", "", {"offers": []})) == "none"


@pytest.mark.parametrize(
    "result", ["ok", "key-changed", "asks", "endless", "old-algorithms", "closed"]
)
def test_whoever_meets_a_visitor_with_anything_is_alive(reach, result):
    tried = finding("login", "", "opd1", "10.9.1.2", {"result": result})

    assert value(reach, Seen.TCP, tried) == "answers"
