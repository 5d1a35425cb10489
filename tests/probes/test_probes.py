from __future__ import annotations

import json
import socket
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from periksa.findings import Finding, Run, State
from periksa.rehearsal import Rehearsal as Town
from periksa.replay import Replay
from pulih.domain.login import Access
from pulih.domain.look import Look
from pulih.domain.records import ProbeRun, Told
from pulih.probes import PeriksaProbes

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ROUTER = {"name": "Router Dukcapil", "address": "10.20.4.1", "ports": [8291], "device": "d1"}
SWITCH = {"name": "Switch lantai 2", "address": "10.20.4.2", "ports": [], "device": "d2"}


def finding(probe, target, state=State.UP):
    return Finding(probe, target["name"], target["address"], state, "…", {}, NOON, 0.1)


@pytest.fixture
def recorded():
    server = {"name": "DNS 10.20.0.2", "address": "10.20.0.2"}
    findings = (
        finding("ping", ROUTER),
        finding("ping", SWITCH, State.DOWN),
        finding("trace", ROUTER),
        finding("trace", SWITCH, State.DOWN),
        finding("port", ROUTER),
        finding("knock", SWITCH, State.DOWN),
        finding("dns", server),
    )
    return Replay(Run("server", NOON, 4.2, findings))


def silent(_part, _doing):
    pass


def test_a_run_gives_plain_findings_of_all_targets_and_names(recorded):
    probes = PeriksaProbes(dns_servers=("10.20.0.2",), place=recorded)

    seconds, findings = probes.run([ROUTER, SWITCH], ["sumbawakab.go.id"], silent)

    assert seconds >= 0
    assert [(f["probe"], f["target"], f["state"]) for f in findings] == [
        ("ping", "Router Dukcapil", "up"),
        ("ping", "Switch lantai 2", "down"),
        ("trace", "Router Dukcapil", "up"),
        ("trace", "Switch lantai 2", "down"),
        ("port", "Router Dukcapil", "up"),
        ("knock", "Switch lantai 2", "down"),
        ("dns", "DNS 10.20.0.2", "up"),
    ]
    assert json.loads(json.dumps(findings)) == findings


def test_nobody_is_asked_for_names_where_no_server_is_set(recorded):
    _seconds, findings = PeriksaProbes(place=recorded).run([ROUTER], ["go.id"], silent)

    assert "dns" not in {f["probe"] for f in findings}


def test_progress_ends_at_one_and_never_falls(recorded):
    told: list[float] = []

    PeriksaProbes(place=recorded).run([ROUTER], [], lambda part, _doing: told.append(part))

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_nothing_to_look_at_is_an_empty_answer(recorded):
    assert PeriksaProbes(place=recorded).run([], [], silent)[1] == []


def test_what_is_no_address_is_never_probed(recorded):
    with pytest.raises(ValueError, match="nama host"):
        PeriksaProbes(place=recorded).run([{"name": "x", "address": "go.id"}], [], silent)


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("10.20.4.1", True),
        ("10.30.0.9", True),
        ("10.30.0.0", False),
        ("10.40.0.1", False),
        ("255.255.255.255", False),
        ("go.id", False),
        ("", False),
    ],
)
def test_only_registered_addresses_and_allowed_ranges_may_be_probed(address, may):
    probes = PeriksaProbes(ranges=("10.30.0.0/24",))

    assert probes.allowed(address, ["10.20.4.1"]) is may


def test_without_ranges_only_registered_addresses_may_be_probed():
    assert not PeriksaProbes().allowed("10.20.4.2", ["10.20.4.1"])


def test_this_machine_is_looked_at_for_real():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        here = {"name": "server", "address": "127.0.0.1", "ports": [listening.getsockname()[1]]}

        seconds, findings = PeriksaProbes().run([here], [], silent)

    states = {f["probe"]: f["state"] for f in findings}
    assert states["port"] == "up"
    assert states["ping"] in {"up", "unknown"}
    assert 0 < seconds < 10


# ---- A network, judged ------------------------------------------------------------------------

NETWORK = {
    "name": "Kabupaten",
    "nodes": [
        {"name": "Pulih", "kind": "server", "parent": "inti"},
        {"name": "inti", "kind": "core", "addresses": ["10.0.0.1"]},
        {"name": "rt-1", "kind": "router", "addresses": ["10.1.0.1"], "parent": "inti"},
        {"name": "sw-1", "kind": "switch", "addresses": ["10.1.0.2"], "parent": "rt-1"},
        {"name": "rt-2", "kind": "router", "addresses": ["10.2.0.1"], "parent": "inti"},
    ],
    "links": [],
    "resolvers": [],
    "names": [],
    "services": [],
}


@pytest.fixture
def town():
    return Town(silent={"10.1.0.2"})


@pytest.fixture
def examined(town):
    """Look at the network; return what the run keeps of it."""

    def look(about=("rt-1", "sw-1"), **more):
        probes = PeriksaProbes(now=lambda: NOON, place=town)
        found = probes.examine(Look(NETWORK, about, **more), Access(), silent)
        return found, ProbeRun(
            "r1",
            "2026-0001",
            "rina",
            NOON,
            about=about,
            seconds=found.seconds,
            network=NETWORK,
            findings=found.findings,
            verdict=found.verdict,
        )

    return look


def test_an_examination_is_plain_values_that_json_holds(examined):
    found, _run = examined()
    told = asdict(found)
    assert json.loads(json.dumps(told)) == {
        **told,
        "findings": list(told["findings"]),
        "offices": [],
    }
    assert found.verdict["candidates"][0]["place"] == "link/rt-1--sw-1"
    assert found.segments["link/inti--rt-1"]["answering"] == 1
    assert (found.offices, found.learned) == ((), {})


def test_only_what_the_complaint_is_about_is_looked_at(examined):
    assert "10.2.0.1" not in {finding["address"] for finding in examined()[0].findings}


def test_the_whole_network_has_a_state_for_each_office(examined):
    found, _run = examined((), whole=True)
    assert {one["node"]: one["state"] for one in found.offices} == {
        "rt-1": "fault",
        "rt-2": "healthy",
    }


def test_what_was_seen_is_judged_the_same_again(examined):
    found, run = examined()
    probes = PeriksaProbes()
    assert probes.judge(run) == found.verdict


def test_an_answer_changes_the_verdict_and_what_could_not_be_visited_is_still_told(examined):
    _found, run = examined()
    probes = PeriksaProbes()
    verdict = {**run.verdict, "missing": ["Kata sandi rt-1 tidak ada."]}
    answer = probes.answer(run, "power/sw-1", "tidak", NOON)
    told = replace(run, verdict=verdict, told=(Told("power/sw-1", "rina", NOON, (answer,)),))

    judged = probes.judge(told)
    assert [one["place"] for one in judged["candidates"]] == ["node/sw-1"]
    assert "Kata sandi rt-1 tidak ada." in judged["not_tested"]


def test_a_run_after_the_repair_is_compared_with_the_one_before(examined, town):
    _found, before = examined()
    town.silent = set()
    _found, after = examined()
    compared = PeriksaProbes().compare(before, after, 0.0)
    assert compared["outcome"] == "works"
    assert compared["said"][0] == "Hasil: berfungsi kembali."
    assert json.loads(json.dumps(compared)) == compared


@pytest.mark.parametrize("network", [{}, {"nodes": [{"name": "x", "kind": "kulkas"}]}])
def test_a_run_that_keeps_no_network_is_not_judged(examined, network):
    run = replace(examined()[1], network=network)
    for ask in (
        lambda: PeriksaProbes().judge(run),
        lambda: PeriksaProbes().answer(run, "power/sw-1", "ya", NOON),
        lambda: PeriksaProbes().compare(run, run, 0.0),
    ):
        with pytest.raises(ValueError, match=r"server|jenis|kind"):
            ask()


def test_an_address_that_is_not_of_one_host_is_never_looked_at(town):
    everybody = {"name": "x", "kind": "router", "addresses": ["255.255.255.255"], "parent": "inti"}
    network = {**NETWORK, "nodes": [*NETWORK["nodes"], everybody]}
    with pytest.raises(ValueError, match="bukan alamat satu perangkat"):
        PeriksaProbes(place=town).examine(Look(network), Access(), silent)
