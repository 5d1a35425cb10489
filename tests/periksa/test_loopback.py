"""Probes on the loopback interface."""

import socket
from dataclasses import replace
from ipaddress import ip_address

import pytest

from periksa.big import big
from periksa.dns import resolve
from periksa.findings import State, Target
from periksa.network import Name
from periksa.ping import ping
from periksa.plan import Big, Echoes, Hops, Questions
from periksa.port import connect, knock
from periksa.sockets import Blocked
from periksa.trace import trace

HERE = Target("server", "127.0.0.1")
BRISK = Echoes(count=3, spacing=0.005, wait=0.5)
QUESTIONS = Questions(types=("A",), again=0.2, wait=0.6)


@pytest.fixture
def may_ping(look):
    """Skips where this user may open no ICMP socket."""

    async def try_it(gear):
        gear.line.send(ip_address(HERE.address), lambda reply: None)

    try:
        look(try_it)
    except Blocked as refusal:
        pytest.skip(str(refusal))


def test_this_machine_answers_at_each_of_its_addresses(may_ping, look):
    targets = [HERE, Target("juga", "127.0.0.2"), Target("lagi", "127.255.0.3")]

    assert [one.state for one in look(ping, targets, (BRISK, BRISK))] == [State.UP] * 3


def test_one_echo_gets_one_answer_though_the_socket_hears_its_own_requests(may_ping, look):
    (finding,) = look(ping, [HERE], (BRISK, BRISK))

    assert (finding.figures["sent"], finding.figures["received"]) == (3, 3)
    assert finding.figures["duplicates"] == 0


def test_packets_of_full_size_come_back_from_this_machine(may_ping, look):
    (finding,) = look(big, [HERE], Big(targets=1))

    assert (finding.state, finding.figures["result"]) == (State.UP, "whole")
    assert finding.figures["received"] == finding.figures["sent"] == 3


def test_a_machine_that_cannot_send_that_much_blames_nobody(may_ping, look):
    (finding,) = look(big, [HERE], Big(targets=1, size=65_600, ladder=()))

    assert (finding.state, finding.figures["result"]) == (State.UNKNOWN, "local")


def test_the_way_to_this_machine_is_one_hop(may_ping, look):
    (finding,) = look(trace, [HERE], Hops())

    assert (finding.state, finding.figures["hops"]) == (State.UP, ["127.0.0.1"])


def test_more_traces_than_routers_would_answer_are_left_out_and_said_so(may_ping, look):
    _, second = look(trace, [HERE, Target("juga", "127.0.0.2")], Hops(targets=1))

    assert second.state is State.UNKNOWN
    assert "tidak ditelusuri" in second.detail


def test_a_probe_whose_watch_is_over_knows_nothing_and_says_so(moody, look):
    server = replace(HERE, ports=(moody,))
    found = [
        *look(ping, [HERE], (BRISK, BRISK), seconds=0),
        *look(trace, [HERE], Hops(), seconds=0),
        *look(big, [HERE], Big(targets=1), seconds=0),
        *look(resolve, [server], [Name("portal.test")], QUESTIONS, seconds=0),
    ]

    assert {one.state for one in found} == {State.UNKNOWN}


def test_an_open_port_is_up(open_port, look):
    (finding,) = look(connect, [replace(HERE, ports=(open_port,))], 1)

    assert (finding.state, finding.figures["result"]) == (State.UP, "open")
    assert finding.figures["ms"] >= 0


def test_a_refused_port_shows_a_live_host(closed_port, look):
    (finding,) = look(connect, [replace(HERE, ports=(closed_port,))], 1)

    assert (finding.state, finding.figures["result"]) == (State.DEGRADED, "refused")
    assert finding.answered


def test_a_port_that_says_nothing_times_out(look):
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = [socket.socket() for _ in range(3)]
        try:
            for one in waiting:  # fill the queue: the kernel drops what comes after
                one.setblocking(False)
                one.connect_ex(("127.0.0.1", port))
            (finding,) = look(connect, [replace(HERE, ports=(port,))], 0.3)
        finally:
            for one in waiting:
                one.close()

    assert (finding.state, finding.figures["result"]) == (State.DOWN, "timeout")


def test_knocking_takes_a_refusal_for_a_sign_of_life(open_port, closed_port, look):
    (finding,) = look(knock, [HERE], (open_port, closed_port), 1)

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
        ("long.test", "TRUNCATED", State.DEGRADED),
        ("nowhere.test", "NOERROR", State.DEGRADED),
        ("garbage.test", "MALFORMED", State.DEGRADED),
        ("stranger.test", "TIMEOUT", State.DOWN),
        ("silent.test", "TIMEOUT", State.DOWN),
        ("bad..name", "BADNAME", State.UNKNOWN),
    ],
)
def test_whatever_a_dns_server_says_is_a_finding(moody, look, name, result, state):
    (finding,) = look(resolve, [replace(HERE, ports=(moody,))], [Name(name)], QUESTIONS)

    assert (finding.figures["result"], finding.state) == (result, state)
    assert finding.detail.endswith(".")


def test_an_answer_brings_its_addresses(moody, look):
    (finding,) = look(resolve, [replace(HERE, ports=(moody,))], [Name("portal.test")], QUESTIONS)

    assert finding.figures["answers"] == ["192.0.2.10"]


@pytest.mark.parametrize(
    ("expect", "wrong", "state"),
    [
        ((), 0, State.UP),
        (("192.0.2.9", "192.0.2.10"), 0, State.UP),
        (("192.0.2.9",), 1, State.DEGRADED),
        (("2001:db8::1",), 0, State.UP),
    ],
)
def test_an_answer_with_other_addresses_than_the_names_is_wrong(moody, look, expect, wrong, state):
    names = [Name("portal.test", expect=expect)]
    (finding,) = look(resolve, [replace(HERE, ports=(moody,))], names, QUESTIONS)

    assert (finding.figures["wrong"], finding.state) == (wrong, state)
    assert ("salah" in finding.detail) == bool(wrong)


def test_two_servers_are_compared(moody, closed_port, look):
    server = replace(HERE, ports=(moody,))
    others = [server, replace(HERE, name="lain", ports=(closed_port,))]
    alone = look(resolve, others, [Name("portal.test")], QUESTIONS)
    both = look(resolve, [server, server], [Name("portal.test", external=True)], QUESTIONS)

    assert [one.figures["peers"] for one in alone] == [None, None]
    assert [one.figures["peers"] for one in both] == ["agree", "agree"]
    assert both[0].figures["external"] == 1


def test_a_name_without_an_ipv6_address_is_nothing_to_worry_about(moody, look):
    asked = replace(QUESTIONS, types=("AAAA",))
    (finding,) = look(resolve, [replace(HERE, ports=(moody,))], [Name("portal.test")], asked)

    assert (finding.figures["result"], finding.state) == ("NODATA", State.UP)


def test_a_question_that_got_lost_is_asked_again(moody, look):
    (finding,) = look(resolve, [replace(HERE, ports=(moody,))], [Name("slow.test")], QUESTIONS)

    assert (finding.figures["result"], finding.figures["sent"]) == ("NODATA", 2)


def test_a_closed_dns_port_is_told_from_a_silent_server_at_once(closed_port, look):
    (finding,) = look(
        resolve, [replace(HERE, ports=(closed_port,))], [Name("portal.test")], QUESTIONS
    )

    assert (finding.figures["result"], finding.state) == ("CLOSED", State.DEGRADED)
    assert finding.seconds < QUESTIONS.wait
