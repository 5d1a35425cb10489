"""What a run suggests for the form of step 5, and what it leaves to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pulih.domain import sop
from pulih.domain.agency import FAULT_TYPES, Device, DeviceKind
from pulih.domain.description import describe
from pulih.domain.frozen import way_out
from pulih.domain.outside import Outside, read
from pulih.domain.prefill import start_of
from pulih.domain.records import ProbeRun, RunKind
from pulih.domain.suggestion import Suggestion, newest_suggestion, segment_of, suggestion_of
from pulih.domain.suspicion import suspected
from pulih.domain.tree import grow
from pulih.domain.verdict import FAULTS
from pulih.domain.way import way_of

AT = datetime(2026, 3, 2, tzinfo=UTC)
IN_USE = {kind.id for kind in FAULT_TYPES}
DEVICES = (
    Device("rt-dukcapil", "dukcapil", DeviceKind.ROUTER, "Router Dukcapil", address="10.1.0.1"),
    Device("sw-loket", "dukcapil", DeviceKind.SWITCH, "Switch loket", address="10.1.0.2"),
    Device("app", "kominfo", DeviceKind.SERVER, "Aplikasi", address="10.0.0.80"),
)
FOUND = describe(grow(DEVICES), read(Outside("10.0.0.53")), about="dukcapil")


def run(*candidates, status="fault", **more):
    told = [
        {"place": place, "type": kind, "confidence": 1 / len(candidates), "of": len(candidates)}
        for place, kind in candidates
    ]
    return ProbeRun(
        "r1",
        "2026-0001",
        "rina",
        AT,
        state="done",
        kind=RunKind.EXAMINATION,
        network=FOUND.data,
        labels={"rt-dukcapil": "Router Dukcapil", "sw-loket": "Switch loket"},
        way=way_out(way_of(FOUND, "dukcapil")),
        verdict={"status": status, "candidates": told},
        **more,
    )


def test_one_candidate_fills_type_place_segment_and_device():
    found = suggestion_of(run(("node/sw-loket", "storm")), IN_USE)
    assert found.facts == {
        "runs": ["r1"],
        "fault_type": "loop",
        "location": "Switch loket",
        "segment": "switch-ap",
        "device": "sw-loket",
    }


def test_a_type_that_may_be_several_of_the_offices_is_left_to_a_person():
    found = suggestion_of(run(("node/sw-loket", "dead")), IN_USE)
    assert "fault_type" not in found.facts
    assert found.fault_types == ("catu-daya", "perangkat-rusak")
    assert found.facts["location"] == "Switch loket"


def test_two_places_are_both_told_and_none_is_filled_in():
    found = suggestion_of(
        run(("link/rt-dukcapil--sw-loket", "cut"), ("node/sw-loket", "dead")), IN_USE
    )
    assert found.facts == {"runs": ["r1"]}
    assert [str(said) for _place, said in found.places] == [
        "ruas Router Dukcapil – Switch loket",
        "Switch loket",
    ]


def test_a_type_that_the_office_does_not_use_is_not_suggested():
    found = suggestion_of(run(("node/sw-loket", "storm")), IN_USE - {"loop"})
    assert found.fault_types == ()
    assert "fault_type" not in found.facts


def test_where_nothing_was_found_only_the_run_is_ticked():
    found = suggestion_of(run(status="healthy"), IN_USE)
    assert (found.facts, found.fault_types, found.places) == ({"runs": ["r1"]}, (), ())


def test_a_run_over_single_addresses_suggests_what_its_findings_leave_possible():
    down = {"probe": "ping", "state": "down", "address": "10.1.0.2"}
    plain = ProbeRun("r2", "2026-0001", "rina", AT, findings=(down,))
    assert suggestion_of(plain, IN_USE) == Suggestion(
        "r2", ("kabel-putus", "catu-daya", "perangkat-rusak"), (), {"runs": ["r2"]}
    )


def test_what_is_odd_and_unexplained_is_read_off_the_findings():
    slow = {"probe": "ping", "state": "degraded", "address": "10.1.0.2"}
    assert suspected(run(status="unclear", findings=(slow,))) == (
        "konektor-rusak",
        "interferensi",
        "bandwidth-penuh",
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_each_type_of_the_judge_is_one_the_office_begins_with_or_no_fault(fault):
    kinds = suspected(run(("node/sw-loket", fault)))
    assert set(kinds) <= IN_USE
    assert bool(kinds) is (fault != "icmp-filtered")


@pytest.mark.parametrize(
    ("place", "segment"),
    [
        ("node/PC dukcapil", "komputer"),
        ("link/sw-loket--PC dukcapil", "switch-ap"),
        ("link/rt-dukcapil--sw-loket", "switch-ap"),
        ("node/rt-dukcapil", "router-opd"),
        ("link/Inti--rt-dukcapil", "backbone"),
        ("node/Inti", "inti"),
        ("node/Host 10.0.0.53", "dns-isp"),
        ("node/ISP", "dns-isp"),
        ("link/Inti--ISP", "dns-isp"),
        ("link/ISP--Internet", "dns-isp"),
        ("node/app", "layanan"),
        ("node/tidak-ada", ""),
        ("link/tidak--ada", ""),
        ("", ""),
    ],
)
def test_every_place_is_in_a_part_of_the_way(place, segment):
    assert segment_of(run(), place) == segment


def test_a_form_starts_from_what_it_asks_of_the_suggestion(story):
    suggestion = suggestion_of(run(("node/sw-loket", "storm")), IN_USE)
    at_it = story.at("examination")
    assert start_of(at_it, sop.STAGES["examination"], suggestion)["fault_type"] == "loop"
    assert start_of(at_it, sop.STAGES["remote-repair"], suggestion) == {}


def test_step_5_is_suggested_the_newest_run_and_the_trial_the_newest_that_was_compared():
    runs = [
        run(),
        replace(run(), id="r2", comparison={"outcome": "works"}),
        replace(run(), id="r3", state="failed"),
        replace(run(), id="r4", state="planned"),
    ]
    assert newest_suggestion("examination", runs, IN_USE).run == "r2"
    assert newest_suggestion("trial", runs, IN_USE).facts == {"runs": ["r2"]}
    assert newest_suggestion("trial", runs[:1], IN_USE) is None
    assert newest_suggestion("examination", [], IN_USE) is None
    assert newest_suggestion("damage", runs, IN_USE) is None
