"""Probes in a network of namespaces, where things are broken on purpose."""

import json
from time import sleep

import pytest

from periksa.findings import Finding, State

pytestmark = [pytest.mark.lab, pytest.mark.slow]

HOST, ABSENT, SHY = "10.77.9.10", "10.77.9.99", "10.77.8.20"
R1, R2, R3 = "10.77.1.254", "10.77.12.2", "10.77.23.3"
REJECTED, FORBIDDEN, LOOPED = "10.77.50.1", "10.77.51.1", "198.51.100.7"
SWALLOWED = [f"192.0.2.{number}" for number in range(1, 13)]

LOOK = """
import asyncio, json, secrets, sys
from datetime import UTC, datetime
from multiprocessing import get_context
from periksa.findings import Target
from periksa.gear import Gear
from periksa.pace import Links
from periksa.ping import ping
from periksa.plan import Echoes, Hops
from periksa.trace import trace
from periksa.watch import Watch

def look(probe, *arguments):
    async def on_loop():
        with Gear.lent(Links(), Watch.lasting(20, lambda: datetime.now(UTC))) as gear:
            return await probe(*arguments, gear)
    return asyncio.run(on_loop())
"""

FORKED = f"""{LOOK}
secrets.randbelow = lambda limit: 4711  # the worst draw: both processes choose the same identifier
passes = Echoes(count=20, spacing=0.02), Echoes(count=5, spacing=0.02)

def state(address):
    return look(ping, [Target(address, address)], passes)[0].state.value

with get_context("fork").Pool(4) as pool:
    print(json.dumps(pool.map(state, sys.argv[1:], chunksize=1)))
"""

BIG = f"""{LOOK}
from periksa.big import big
from periksa.plan import Big

print(json.dumps(look(big, [Target("host", sys.argv[1])], Big(targets=1))[0].as_dict()))
"""

LOADED = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from dataclasses import replace
from periksa.budget import budget
from periksa.engine import run
from periksa.findings import Target
from periksa.pace import Links
from periksa.plan import Big, plan_for

def bits():
    counters = Path("/sys/class/net/e0/statistics")
    return 8 * sum(int((counters / name).read_text()) for name in ("tx_bytes", "rx_bytes"))

links = Links(unknown=200_000, share=0.5)
plan = plan_for([Target(address, address, (8080,)) for address in sys.argv[1:]])
plan = replace(plan, links=links, big=Big(targets=2))
before = bits()
found = run(plan, now=lambda: datetime.now(UTC), progress=lambda share, sentence: None)
allowed = found.seconds * links.allowance("")
print(json.dumps([found.as_dict(), bits() - before, allowed, 8 * budget(plan)[""]]))
"""

TRACE = f"""{LOOK}
print(json.dumps(look(trace, [Target("router", sys.argv[1])], Hops())[0].as_dict()))
"""

UNPRIVILEGED = """
import json, os, sys
from datetime import UTC, datetime
from periksa.engine import run
from periksa.findings import Target
from periksa.plan import plan_for

os.setgroups([])
os.setgid(65534)
os.setuid(65534)
plan = plan_for([Target(address, address) for address in sys.argv[1:]])
found = run(plan, now=lambda: datetime.now(UTC), progress=lambda share, sentence: None)
print(json.dumps(found.as_dict()))
"""


def of(run, probe, address):
    (finding,) = [one for one in run.findings if (one.probe, one.address) == (probe, address)]
    return finding


def test_a_live_host_answers_each_ping_and_the_way_to_it_is_whole(lab):
    code, run = lab.periksa(HOST)
    ping, trace = of(run, "ping", HOST), of(run, "trace", HOST)

    assert code == 0
    assert (ping.state, ping.figures["received"], ping.figures["clock"]) == (State.UP, 10, "kernel")
    assert trace.state is State.UP
    assert trace.figures["end"] == "destination"


def test_a_silent_hop_keeps_its_place(lab):
    _, run = lab.periksa(HOST)

    assert of(run, "trace", HOST).figures["hops"] == [R1, None, R3, HOST]


def test_a_dead_host_is_silent_and_its_router_says_so_late(lab):
    code, run = lab.periksa(ABSENT)
    ping, trace = of(run, "ping", ABSENT), of(run, "trace", ABSENT)

    assert code == 1
    assert (ping.state, ping.figures["received"]) == (State.DOWN, 0)
    assert R3 in ping.figures["error_sources"]
    assert (trace.state, trace.figures["hops"]) == (State.DOWN, [R1, None, R3])
    assert trace.figures["loop"] == []


def test_a_host_is_not_called_silent_before_a_router_could_have_found_it(lab):
    _, run = lab.periksa(ABSENT)

    assert of(run, "ping", ABSENT).seconds >= 3


def test_a_host_that_hides_from_ping_is_found_by_its_open_port(lab):
    code, run = lab.periksa(SHY, "--port", "8080")

    assert code == 1
    assert of(run, "ping", SHY).state is State.DOWN
    assert of(run, "port", SHY).state is State.UP


def test_a_host_that_hides_from_ping_is_found_by_its_refusals(lab):
    _, run = lab.periksa(SHY)
    knock = of(run, "knock", SHY)

    assert (knock.state, knock.figures["results"]) == (State.UP, ["refused"] * 3)


@pytest.mark.parametrize(
    ("address", "router", "code"),
    [(REJECTED, R3, 1), (FORBIDDEN, R2, 13)],
    ids=["unreachable", "prohibited"],
)
def test_a_router_that_says_no_is_named(lab, address, router, code):
    _, run = lab.periksa(address)
    ping = of(run, "ping", address)

    assert ping.state is State.DOWN
    assert ping.figures["error_sources"] == [router]
    assert (ping.figures["error_types"], ping.figures["error_codes"]) == ([3], [code])


def test_a_router_that_says_no_ends_the_trace(lab):
    sleep(6)  # a router says no five times at most, and once more each second
    trace = Finding.from_dict(json.loads(lab.python(TRACE, REJECTED)))

    assert trace.state is State.DOWN
    assert (trace.figures["hops"], trace.figures["types"]) == ([R1, None, R3], [11, None, 3])
    assert trace.figures["end"] == "unreachable"


def test_a_loop_is_noticed(lab):
    _, run = lab.periksa(LOOPED)
    trace = of(run, "trace", LOOPED)

    assert trace.state is State.DOWN
    assert trace.figures["loop"] == [R1]


@pytest.mark.parametrize(
    ("narrowed", "state", "result", "said_by"),
    [
        (("r2", "e2"), State.DEGRADED, "too_big", R2),  # a router knows, and says so
        (("r3", "e2"), State.DOWN, "lost", ""),  # the far end drops what is too long, and is silent
    ],
    ids=["told", "hole"],
)
def test_a_link_that_swallows_large_packets_is_found(lab, narrowed, state, result, said_by):
    name, port = narrowed
    lab.ip(name, f"link set {port} mtu 1400")
    try:
        finding = Finding.from_dict(json.loads(lab.python(BIG, HOST)))
    finally:
        lab.ip(name, f"link set {port} mtu 1500")

    assert (finding.state, finding.figures["result"]) == (state, result)
    assert finding.figures["said_by"] == said_by
    assert finding.figures["largest"] == (None if said_by else 1400)
    assert finding.figures["mtu"] == (1400 if said_by else 0)


def test_probes_put_no_more_on_a_link_than_their_share(lab):
    run, carried, bits, foreseen = json.loads(lab.python(LOADED, HOST, SHY, *SWALLOWED[:4]))

    assert 0 < carried <= bits + 16 * 1500 * 8  # and what a late awakening may catch up
    assert carried <= foreseen
    assert {one["probe"] for one in run["findings"]} == {"ping", "big", "trace", "port"}


def test_a_machine_without_a_route_calls_nobody_silent(lab):
    lab.ip("noc", "route del default via 10.77.1.254")
    try:
        _, run = lab.periksa(HOST)
    finally:
        lab.ip("noc", "route add default via 10.77.1.254")

    assert {one.state for one in run.findings} == {State.UNKNOWN}
    assert "tidak punya jalur" in of(run, "ping", HOST).detail


def test_a_host_that_comes_up_during_the_run_is_not_called_silent(lab):
    late = "10.77.9.30"
    process = lab.popen("noc", *lab.command(late))
    with process:
        sleep(2)
        lab.ip("host", f"address add {late}/24 dev e4")
        try:
            run = lab.run_from(process)
        finally:
            lab.ip("host", f"address del {late}/24 dev e4")

    assert of(run, "ping", late).answered


def test_ipv6_is_pinged_and_traced_as_well(lab):
    _, run = lab.periksa("fd77:2::2", "fd77:2::99")

    assert of(run, "ping", "fd77:2::2").state is State.UP
    assert of(run, "trace", "fd77:2::2").figures["hops"] == ["fd77:1::fe", "fd77:2::2"]
    assert of(run, "ping", "fd77:2::99").state is State.DOWN


def test_a_run_against_twelve_dead_targets_keeps_its_promise(lab):
    _, run = lab.periksa(*SWALLOWED)

    assert run.seconds < 10
    assert {one.state for one in run.findings if one.probe == "ping"} == {State.DOWN}


def test_processes_forked_from_one_parent_do_not_believe_each_others_answers(lab):
    hosts = [HOST, ABSENT, HOST, SWALLOWED[0]]

    assert json.loads(lab.python(FORKED, *hosts)) == ["up", "down", "up", "down"]


def test_without_permission_ping_is_unknown_and_says_what_to_do(lab):
    run = lab.parse(lab.python(UNPRIVILEGED, SHY))

    assert of(run, "ping", SHY).state is State.UNKNOWN
    assert "net.ipv4.ping_group_range" in of(run, "ping", SHY).detail
    assert of(run, "knock", SHY).state is State.UP


def test_a_group_that_may_ping_needs_no_privilege_to_ping_trace_and_hear_errors(lab):
    lab.set("noc", "net.ipv4.ping_group_range=0\t2147483647")
    try:
        run = lab.parse(lab.python(UNPRIVILEGED, HOST, ABSENT, "fd77:2::2", "fd77:2::99"))
    finally:
        lab.set("noc", "net.ipv4.ping_group_range=1\t0")

    assert of(run, "ping", HOST).state is State.UP
    assert of(run, "ping", HOST).figures["socket"] == "dgram"
    assert of(run, "trace", HOST).figures["hops"] == [R1, None, R3, HOST]
    assert of(run, "ping", ABSENT).state is State.DOWN
    assert of(run, "ping", ABSENT).figures["error_sources"] == [R3]
    assert of(run, "ping", "fd77:2::2").state is State.UP
    assert of(run, "ping", "fd77:2::99").figures["error_sources"] == ["fd77:1::fe"]
