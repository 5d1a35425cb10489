"""The lab itself: it comes up healthy, breaks as told, and goes away."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep

import pytest
from lab import control
from lab.export import network
from lab.laboratory import HOME, leftovers, running, sweep
from lab.namespaces import inside
from lab.recording import DIAGNOSTICS, Vantages
from lab.topologies import TOPOLOGIES

from periksa.netfile import read

pytestmark = [pytest.mark.lab, pytest.mark.slow]

APP = "10.20.0.34"
HERE = Path(control.__file__).parents[1]
LONG_WAY = 400  # milliseconds there and back, over a satellite


def command(*arguments):
    done = subprocess.run(
        [sys.executable, HERE, *arguments], capture_output=True, text=True, timeout=110, check=False
    )
    return done.returncode, done.stdout + done.stderr


def periksa(lab, node, *arguments):
    """``periksa run`` on a node: each finding, by probe and address."""
    call = [sys.executable, "-m", "periksa.cli", "run", *arguments, "--json"]
    process = lab.popen(
        node, call, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(DIAGNOSTICS)}
    )
    out, _ = process.communicate(timeout=60)
    return {(one["probe"], one["address"]): one for one in json.loads(out)["findings"]}


def ip(lab, node, *arguments):
    with inside(lab.prefix + node):
        return subprocess.run(
            ["ip", *arguments], capture_output=True, text=True, timeout=20, check=True
        ).stdout


def far_away(topology, node):
    """It hangs off a link that takes its time when all is well."""
    if not node.parent:
        return False
    ends = {node.name, node.parent}
    link = next(one for one in topology.links if {one.a, one.b} == ends)
    return link.delay_ms > 0 or far_away(topology, topology.node(node.parent))


@pytest.mark.parametrize("name", sorted(TOPOLOGIES))
def test_every_address_of_a_healthy_lab_answers_and_nothing_is_left_of_it(allowed, name):
    topology, tag = TOPOLOGIES[name], f"h{os.getpid()}"
    addresses = {one for node in topology.nodes for one in topology.addresses(node.name)}
    with running(topology, tag) as lab, ExitStack() as stack:
        looking = Vantages(lab, stack, {})
        names, offices = [topology.server], [topology.offices[0].router]
        found = looking.look(names, offices, whole=True)[topology.server]
    pings = {one["address"]: one["state"] for one in found if one["probe"] == "ping"}

    delays = {
        one["address"]: one["figures"]["median_ms"] for one in found if one["probe"] == "ping"
    }
    slow = {one for one, median in delays.items() if median > LONG_WAY}

    assert pings == dict.fromkeys(addresses - {topology.address(topology.server)}, "up")
    assert slow == {
        address
        for node in topology.nodes
        if far_away(topology, node)
        for address in topology.addresses(node.name)
    }
    assert {one["figures"]["result"] for one in found if one["probe"] == "http"} == {"ok"}
    assert leftovers(tag) == []
    assert not (HOME / tag).exists()


def test_all_networks_are_described_in_a_file_that_periksa_reads(tmp_path):
    for name, topology in TOPOLOGIES.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(network(topology)))
        known = read(tmp_path / f"{name}.json")

        assert {node.name for node in known.nodes} == {node.name for node in topology.nodes}
        assert {link.name for link in known.links} == {link.name for link in topology.links}


def test_two_labs_of_the_same_network_do_not_meet(allowed, lab):
    with running(TOPOLOGIES["bintang"], f"o{os.getpid()}") as other:
        other.become("pop_dead")
        here = periksa(lab, "noc", "10.20.100.2")
        there = periksa(other, "noc", "10.20.100.2")

    assert here["ping", "10.20.100.2"]["state"] == "up"
    assert there["ping", "10.20.100.2"]["state"] == "down"


def test_the_command_builds_breaks_mends_and_removes_a_lab(allowed):
    tag = f"c{os.getpid()}"
    try:
        assert command("up", "--tag", tag)[0] == 0
        up = leftovers(tag)
        assert command("up", "--tag", tag)[0] == 0
        assert command("fault", "bb1_fibre_cut", "--tag", tag) == (0, "")
        assert "NO-CARRIER" in carrier(tag)
        assert command("clear", "--tag", tag) == (0, "")
        assert "NO-CARRIER" not in carrier(tag)
        code, said = command("fault", "nonsense", "--tag", tag)
        assert (code, "No such fault: nonsense" in said) == (1, True)
    finally:
        assert command("down", "--tag", tag) == (0, "")

    assert "plab." in up[0]
    assert leftovers(tag) == []
    assert command("clear", "--tag", tag)[0] == 1


def test_a_lab_whose_process_was_killed_is_cleaned_up_by_the_next(allowed):
    tag = f"k{os.getpid()}"
    try:
        command("up", "--tag", tag)
        os.kill(int((HOME / tag / "pid").read_text()), signal.SIGKILL)
        assert leftovers(tag)
        assert command("up", "--tag", tag)[0] == 0
        assert command("clear", "--tag", tag)[0] == 0
    finally:
        command("down", "--tag", tag)

    assert leftovers(tag) == []


def test_a_lab_whose_process_was_killed_is_cleaned_up_by_any_other(allowed):
    tag = f"d{os.getpid()}"
    command("up", "--tag", tag)
    pid = int((HOME / tag / "pid").read_text())
    os.kill(pid, signal.SIGKILL)
    end = monotonic() + 20
    while Path(f"/proc/{pid}").exists() and monotonic() < end:
        sleep(0.1)
    sweep()

    assert leftovers(tag) == []
    assert not (HOME / tag).exists()


def carrier(tag):
    done = subprocess.run(
        ["ip", "-n", f"plab.{tag}.core", "link", "show", "w1"],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    return done.stdout


def test_every_fault_can_be_made_and_taken_back(lab):
    before = state(lab)
    for name in lab.faults:
        lab.become(name)
    lab.become()

    assert len(lab.faults) >= 45
    assert state(lab) == before
    assert lab.disorder.daemons.dead() == []


def state(lab):
    """Addresses, routes and light of every node."""
    return {
        node.name: [
            sorted(
                json.dumps(one, sort_keys=True)
                for one in json.loads(ip(lab, node.name, "-j", *what))
            )
            for what in (("-br", "address"), ("route",), ("-br", "link"))
        ]
        for node in lab.topology.nodes
    }


def test_a_fault_has_a_true_place_of_the_network_and_faults_have_names_of_their_own():
    for topology in TOPOLOGIES.values():
        from_names = {f"node/{node.name}" for node in topology.nodes}
        places = from_names | {f"link/{link.name}" for link in topology.links}
        faults = [*control.Laboratory(topology, "x").faults.values()]

        assert {fault.place for fault in faults} <= places
        assert len({fault.name for fault in faults}) == len(faults)


def test_a_cut_fibre_is_dark_at_both_ends_and_what_hangs_off_it_is_silent(lab):
    lab.become("bb1_fibre_cut")
    found = periksa(lab, "noc", "10.20.101.2", "10.21.1.11", "10.20.100.2")

    assert "NO-CARRIER" in ip(lab, "core", "link", "show", "w1")
    assert "NO-CARRIER" in ip(lab, "opd1", "link", "show", "wan")
    assert found["ping", "10.20.101.2"]["state"] == "down"
    assert found["ping", "10.21.1.11"]["state"] == "down"
    assert found["ping", "10.20.100.2"]["state"] == "up"


def test_behind_media_converters_a_cut_link_keeps_its_light(lab):
    lab.become("bb1_mc_cut")
    found = periksa(lab, "noc", "10.20.101.2")

    assert "NO-CARRIER" not in ip(lab, "core", "link", "show", "w1")
    assert found["ping", "10.20.101.2"]["state"] == "down"


def test_a_router_that_hides_from_ping_still_answers_over_tcp(lab):
    lab.become("fw_icmp_opd1")
    found = periksa(lab, "noc", "10.21.1.1", "--port", "53")

    assert found["ping", "10.21.1.1"]["state"] == "down"
    assert found["port", "10.21.1.1"]["figures"]["result"] == "open"


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        ("dns_proc_down", "CLOSED"),
        ("dns_silent", "TIMEOUT"),
        ("dns_nxdomain", "NXDOMAIN"),
        ("dns_servfail", "TIMEOUT"),
    ],
)
def test_a_resolver_fails_in_its_own_way(lab, fault, result):
    lab.become(fault)
    found = periksa(lab, "noc", "10.20.0.18", "--dns", "10.20.0.18", "--name", "www.contoh.test")

    assert found["dns", "10.20.0.18"]["figures"]["result"] == result


def test_two_faults_are_there_at_once(lab):
    lab.become("pop_dead", "pc1a_unplugged")
    found = periksa(lab, "noc", "10.20.100.2", "10.21.1.11", "10.21.1.12")

    assert [found["ping", one]["state"] for one in ("10.20.100.2", "10.21.1.11", "10.21.1.12")] == [
        "down",
        "down",
        "up",
    ]


@pytest.mark.allow_hosts([APP])  # in the lab
def test_a_web_server_has_moods(lab):
    with inside(lab.prefix + "noc"):
        lab.become("app_500")
        assert asked() == "HTTP/1.1 503 Service Unavailable"
        lab.become("app_refused")
        with pytest.raises(ConnectionRefusedError):
            asked()
        lab.become()
        assert asked() == "HTTP/1.1 200 OK"


def asked():
    with socket.create_connection((APP, 80), timeout=20) as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        return line.makefile().readline().strip()
