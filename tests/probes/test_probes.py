from __future__ import annotations

import json
import socket
from datetime import UTC, datetime

import pytest

from periksa.findings import Finding, Run, State
from periksa.replay import Replay
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
