"""Probes on the loopback interface."""

import socket
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from periksa.dns import resolve
from periksa.findings import State, Target
from periksa.icmp import Line
from periksa.ping import ping
from periksa.plan import Echoes, Hops, Questions
from periksa.port import connect, knock
from periksa.sockets import Blocked
from periksa.trace import trace
from periksa.watch import Watch

HERE = Target("server", "127.0.0.1")
BRISK = Echoes(count=3, spacing=0.005, wait=0.5)
QUESTIONS = Questions(types=("A",), again=0.2, wait=0.6)


@pytest.fixture
def may_ping(watch):
    """Skips where this user may open no ICMP socket."""
    try:
        with Line(watch) as line:
            line.send(ip_address(HERE.address))
    except Blocked as refusal:
        pytest.skip(str(refusal))


def test_this_machine_answers_at_each_of_its_addresses(may_ping, watch):
    targets = [HERE, Target("juga", "127.0.0.2"), Target("lagi", "127.255.0.3")]

    assert [one.state for one in ping(targets, (BRISK, BRISK), watch)] == [State.UP] * 3


def test_one_echo_gets_one_answer_though_the_socket_hears_its_own_requests(may_ping, watch):
    (finding,) = ping([HERE], (BRISK, BRISK), watch)

    assert (finding.figures["sent"], finding.figures["received"]) == (3, 3)
    assert finding.figures["duplicates"] == 0


def test_the_way_to_this_machine_is_one_hop(may_ping, watch):
    (finding,) = trace([HERE], Hops(), watch)

    assert (finding.state, finding.figures["hops"]) == (State.UP, ["127.0.0.1"])


def test_more_traces_than_routers_would_answer_are_left_out_and_said_so(may_ping, watch):
    _, second = trace([HERE, Target("juga", "127.0.0.2")], Hops(targets=1), watch)

    assert second.state is State.UNKNOWN
    assert "tidak ditelusuri" in second.detail


def test_a_probe_whose_watch_is_over_knows_nothing_and_says_so(moody):
    over = Watch.lasting(0, lambda: datetime.now(UTC))
    server = replace(HERE, ports=(moody,))
    found = [
        *ping([HERE], (BRISK, BRISK), over),
        *trace([HERE], Hops(), over),
        *resolve([server], ["portal.test"], QUESTIONS, over),
    ]

    assert {one.state for one in found} == {State.UNKNOWN}


def test_an_open_port_is_up(open_port, watch):
    (finding,) = connect([replace(HERE, ports=(open_port,))], 1, watch)

    assert (finding.state, finding.figures["result"]) == (State.UP, "open")
    assert finding.figures["ms"] >= 0


def test_a_refused_port_shows_a_live_host(closed_port, watch):
    (finding,) = connect([replace(HERE, ports=(closed_port,))], 1, watch)

    assert (finding.state, finding.figures["result"]) == (State.DEGRADED, "refused")
    assert finding.answered


def test_a_port_that_says_nothing_times_out(watch):
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        try:
            for one in waiting:  # fill the queue: the kernel drops what comes after
                one.setblocking(False)
                one.connect_ex(("127.0.0.1", port))
            (finding,) = connect([replace(HERE, ports=(port,))], 0.3, watch)
        finally:
            for one in waiting:
                one.close()

    assert (finding.state, finding.figures["result"]) == (State.DOWN, "timeout")


def test_knocking_takes_a_refusal_for_a_sign_of_life(open_port, closed_port, watch):
    (finding,) = knock([HERE], (open_port, closed_port), 1, watch)

    assert (finding.state, finding.figures["results"]) == (State.UP, ["open", "refused"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "result", "state"),
    [
        ("portal.test", "NOERROR", State.UP),
        ("nodata.test", "NODATA", State.DEGRADED),
        ("nxdomain.test", "NXDOMAIN", State.DEGRADED),
        ("servfail.test", "SERVFAIL", State.DEGRADED),
        ("refused.test", "REFUSED", State.DEGRADED),
        ("garbage.test", "MALFORMED", State.DEGRADED),
        ("stranger.test", "TIMEOUT", State.DOWN),
        ("silent.test", "TIMEOUT", State.DOWN),
        ("bad..name", "BADNAME", State.UNKNOWN),
    ],
)
def test_whatever_a_dns_server_says_is_a_finding(moody, watch, name, result, state):
    (finding,) = resolve([replace(HERE, ports=(moody,))], [name], QUESTIONS, watch)

    assert (finding.figures["result"], finding.state) == (result, state)
    assert finding.detail.endswith(".")


def test_an_answer_brings_its_addresses(moody, watch):
    (finding,) = resolve([replace(HERE, ports=(moody,))], ["portal.test"], QUESTIONS, watch)

    assert finding.figures["answers"] == ["192.0.2.10"]


def test_a_name_without_an_ipv6_address_is_nothing_to_worry_about(moody, watch):
    asked = replace(QUESTIONS, types=("AAAA",))
    (finding,) = resolve([replace(HERE, ports=(moody,))], ["portal.test"], asked, watch)

    assert (finding.figures["result"], finding.state) == ("NODATA", State.UP)


def test_a_question_that_got_lost_is_asked_again(moody, watch):
    (finding,) = resolve([replace(HERE, ports=(moody,))], ["slow.test"], QUESTIONS, watch)

    assert (finding.figures["result"], finding.figures["sent"]) == ("NODATA", 2)


def test_a_closed_dns_port_is_told_from_a_silent_server_at_once(closed_port, watch):
    (finding,) = resolve([replace(HERE, ports=(closed_port,))], ["portal.test"], QUESTIONS, watch)

    assert (finding.figures["result"], finding.state) == ("CLOSED", State.DEGRADED)
    assert finding.seconds < QUESTIONS.wait
