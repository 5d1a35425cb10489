"""The recorded runs: whole, true to the lab's faults, and judged alike wherever they are replayed."""

import gzip
import json
from functools import cache

import pytest
from lab.catalogue import catalogue
from lab.control import HERE
from lab.export import network
from lab.topologies import TOPOLOGIES

from periksa.findings import Finding
from periksa.judge.court import judge
from periksa.netfile import read

pytestmark = pytest.mark.slow

RUNS = HERE / "runs"
BOTH = pytest.mark.parametrize("name", sorted(TOPOLOGIES))


@cache
def runs(name):
    """Fault to its run; the findings as periksa has them."""
    found = {}
    for path in sorted((RUNS / name).glob("*.json.gz")):
        run = json.loads(gzip.decompress(path.read_bytes()))
        found[run["fault"]] = {**run, "findings": [*map(Finding.from_dict, run["findings"])]}
    return found


def truth(run):
    return {(one["place"], one["type"]) for one in run["truth"]}


@BOTH
def test_a_network_is_recorded_as_the_lab_builds_it(name):
    assert json.loads((RUNS / name / "network.json").read_text()) == network(TOPOLOGIES[name])


@BOTH
def test_every_fault_is_recorded_with_its_truth_and_some_controls_with_none(name):
    faults = {fault.name: {(fault.place, fault.type)} for fault in catalogue(TOPOLOGIES[name])}
    alone = {fault: truth(run) for fault, run in runs(name).items() if "+" not in fault}
    controls = {fault: true for fault, true in alone.items() if fault.startswith("healthy")}

    assert len(controls) >= 5
    assert {frozenset(true) for true in controls.values()} == {frozenset()}
    assert {fault: true for fault, true in alone.items() if fault not in controls} == faults


def test_at_least_thirty_pairs_are_recorded():
    pairs = [run for fault, run in runs("bintang").items() if "+" in fault]

    assert len(pairs) >= 30
    assert {len(truth(run)) for run in pairs} == {2}


@BOTH
def test_a_recorded_finding_names_a_vantage_of_the_network(name):
    nodes = {node.name for node in TOPOLOGIES[name].nodes}

    for run in runs(name).values():
        assert {finding.vantage for finding in run["findings"]} <= nodes | {""}


@BOTH
def test_nothing_is_accused_in_a_healthy_network(name):
    known = read(RUNS / name / "network.json")

    for fault, run in runs(name).items():
        if fault.startswith("healthy"):
            assert judge(known, run["findings"]).candidates == ()


@BOTH
def test_seen_from_everywhere_the_truth_is_in_the_set_nine_times_in_ten(name):
    known = read(RUNS / name / "network.json")
    alone = [run for run in runs(name).values() if len(run["truth"]) == 1]
    right = [
        truth(run) <= {(one.place, one.fault) for one in judge(known, run["findings"]).candidates}
        for run in alone
    ]

    assert sum(right) >= 0.9 * len(alone)
