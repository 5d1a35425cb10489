"""What is marked on the picture of a way, how it is kept, and what of it a case shows."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.compared import read_comparison
from pulih.domain.description import describe
from pulih.domain.frozen import way_back, way_out
from pulih.domain.marking import echoes_told, in_indonesian, marks_of, rounded
from pulih.domain.outside import Outside, read
from pulih.domain.passed import Passed, passed_of, shortened, way_again
from pulih.domain.records import ProbeRun
from pulih.domain.swept import AgencyState, counted, swept
from pulih.domain.tree import grow
from pulih.domain.verdict import read_verdict
from pulih.domain.way import way_of
from pulih.domain.wiring import LinkKind, PathRole

POOL = {"addresses": 3, "answering": 3, "sent": 30, "lost": 0, "loss_low": 0.0, "typical_ms": 1.26}
SEGMENTS = {
    "link/inti--rt": POOL,
    "link/rt--sw": {**POOL, "lost": 9, "loss_low": 0.2},
    "link/sw--PC dukcapil": {"addresses": 1, "answering": 0},
}


@pytest.fixture
def way():
    devices = (
        Device("inti", "kominfo", DeviceKind.ROUTER, "Router inti", role=PathRole.CORE),
        Device(
            "rt",
            "dukcapil",
            DeviceKind.ROUTER,
            "Router Dukcapil",
            address="10.1.0.1",
            parent="inti",
            link=LinkKind.RADIO,
            rate="2 Mbit/s",
        ),
        Device("sw", "dukcapil", DeviceKind.SWITCH, "Switch", address="10.1.0.2", parent="rt"),
    )
    return way_of(describe(grow(devices), read(Outside("10.0.0.53")), about="dukcapil"), "dukcapil")


def verdict(*found, status="fault", **more):
    candidates = [{"place": place, "type": kind, "of": len(found)} for place, kind in found]
    return read_verdict({"status": status, "candidates": candidates, "faults": 1, **more})


def ping(address, state="up", **more):
    figures = {"median_ms": 2.0}
    return {"probe": "ping", "address": address, "state": state, "figures": figures, **more}


def texts(way, *args):
    return {place: (mark.tone, mark.text) for place, mark in marks_of(way, *args).items()}


def test_a_place_that_is_known_is_told_apart_from_one_that_may_be_it(way):
    sure = texts(way, verdict(("node/rt", "dead"), ("node/rt", "hung")), {}, ())
    maybe = texts(way, verdict(("node/rt", "dead"), ("link/inti--rt", "cut")), SEGMENTS, ())

    assert sure["node/rt"][0] == "bad"
    assert sure["node/rt"][1].startswith("Di sini: mati, macet")
    assert maybe["node/rt"] == ("warn", "Mungkin di sini: mati")
    assert maybe["link/inti--rt"][1].startswith("Mungkin di sini: putus · 3 dari 3 alamat")


def test_a_link_that_the_verdict_names_the_other_way_round_is_marked(way):
    assert texts(way, verdict(("link/rt--inti", "cut")), {}, ())["link/inti--rt"][0] == "bad"


def test_what_only_misleads_is_not_marked_as_the_place(way):
    found = texts(way, verdict(("node/rt", "icmp-filtered"), status="remark"), {}, ())
    assert found["node/rt"][0] == "warn"


def test_every_link_shows_its_figures(way):
    found = texts(way, None, SEGMENTS, ())

    assert found["link/inti--rt"] == (
        "good",
        "3 dari 3 alamat menjawab, 0 dari 30 ping hilang, 1,3 ms",
    )
    assert found["link/rt--sw"][0] == "warn"
    assert found["link/sw--PC dukcapil"] == ("unknown", "0 dari 1 alamat menjawab")


def test_a_loss_behind_a_link_is_not_held_against_it_where_the_verdict_names_the_place(way):
    lossy = texts(way, verdict(("node/sw", "loss")), SEGMENTS, ())
    assert lossy["link/rt--sw"][0] == "good"
    assert "9 dari 30 ping hilang" in lossy["link/rt--sw"][1]
    assert texts(way, verdict(status="unclear"), SEGMENTS, ())["link/rt--sw"][0] == "warn"


def test_a_stop_shows_whether_it_answers_the_server(way):
    findings = [ping("10.1.0.1"), ping("10.1.0.2", "down"), ping("10.0.0.53", vantage="rt")]
    found = texts(way, None, {}, findings)

    assert found["node/rt"] == ("good", "menjawab, 2,0 ms")
    assert found["node/sw"] == ("unknown", "tidak menjawab")
    assert "node/Host 10.0.0.53" not in found, "another looked"


def test_what_is_behind_the_fault_is_unknown_and_not_faulty(way):
    found = texts(way, verdict(("node/rt", "dead"), unknown=["sw"]), {}, [ping("10.1.0.2", "down")])
    assert found["node/sw"] == ("unknown", "tidak diketahui: di belakang gangguan")


@pytest.mark.parametrize(("ms", "shown"), [(0.0214, 0.02), (1.26, 1.3), (12.6, 13), (341.4, 341)])
def test_numbers_have_as_many_digits_as_are_of_use(ms, shown):
    assert rounded(ms) == shown


def test_nothing_sent_is_nothing_said():
    assert echoes_told({}) is None
    assert in_indonesian(echoes_told({"addresses": 2, "answering": 1, "sent": 5, "lost": 1})) == (
        "1 dari 2 alamat menjawab, 1 dari 5 ping hilang"
    )


# ---- Kept, and shown again --------------------------------------------------------------------


def test_a_way_is_the_same_after_it_was_kept(way):
    again = way_back(json.loads(json.dumps(way_out(way))))

    assert [str(stop.label) for stop in again.stops] == [str(stop.label) for stop in way.stops]
    assert [(s.spot.key, s.to, s.depth, s.own) for s in again.stops] == [
        (s.spot.key, s.to, s.depth, s.own) for s in way.stops
    ]
    assert [s.spot.kbit for s in again.stops] == [s.spot.kbit for s in way.stops]
    assert way_back({}) is None


def test_a_way_of_a_later_version_is_still_a_way(way):
    kept = way_out(way)
    kept["stops"][0] |= {"place": "satelit-bulan", "link": "laser", "to": 99}
    again = way_back(kept)
    assert (again.stops[0].spot.place, again.stops[0].to) == (PathRole.NONE, None)


def test_a_case_shows_the_way_without_any_address(way):
    kept = {"status": "fault", "candidates": [{"place": "node/rt", "type": "dead"}], "faults": 1}
    run = ProbeRun("r", "1", "x", None, way=way_out(way), verdict=kept, segments=SEGMENTS)

    stops = passed_of(run)

    told = " ".join(str(getattr(stop, one.name)) for stop in stops for one in fields(Passed))
    assert "10." not in told
    router = next(stop for stop in stops if stop.name == "Router Dukcapil")
    assert (router.tone, router.said, router.link) == ("bad", "Di sini: mati", "radio")
    drawn, marks = way_again(stops)
    assert [stop.to for stop in drawn.stops] == [stop.to for stop in way.stops]
    assert "bad" in {mark.tone for mark in marks.values()}
    assert passed_of(ProbeRun("r", "1", "x", None)) == ()


def test_a_hostile_stop_is_drawn_without_its_nonsense():
    drawn, marks = way_again((Passed("a", "tuan", to=7, link="tali", tone="bad", link_tone="x"),))
    assert drawn.stops[0].to is None
    assert set(marks) == {"node/0"}


def test_a_long_way_is_shortened_and_keeps_what_failed(way):
    devices = [
        Device("inti", "kominfo", DeviceKind.ROUTER, "Router inti", role=PathRole.CORE),
        Device("rt", "dukcapil", DeviceKind.ROUTER, "Router", parent="inti"),
        *(
            Device(f"sw{n}", "dukcapil", DeviceKind.SWITCH, f"Switch {n}", parent="rt")
            for n in range(40)
        ),
    ]
    long = way_of(describe(grow(devices), read(Outside()), about="dukcapil"), "dukcapil")
    marks = marks_of(long, verdict(("node/sw33", "dead")), {}, ())

    short = shortened(long, marks)

    keys = [stop.spot.key for stop in short.stops]
    assert {"sw33", "rt", "inti", "Internet"} <= set(keys)
    assert len(keys) <= 17
    assert short.left_out == len(long.stops) - len(keys)
    for number, stop in enumerate(short.stops):
        assert stop.to is None or short.stops[stop.to].spot.key == stop.spot.up
        assert stop.to != number
    assert shortened(way, {}) is way


# ---- Compared, and swept ----------------------------------------------------------------------


def test_a_port_of_which_there_is_nothing_to_say_is_left_out():
    calm = {"node": "rt", "port": "wan", "before": {"carrier": 1}, "after": {"carrier": 1}}
    mended = {"node": "rt", "port": "lan", "before": {"carrier": 0}, "after": {"carrier": 1}}
    errors = {"node": "sw", "port": "p1", "before": {"rx_errors": 9}, "after": {"rx_errors": 9}}
    found = read_comparison({"outcome": "better", "ports": [calm, mended, errors]})

    assert [one.port for one in found.ports] == ["lan", "p1"]
    assert [list(map(str, one.before)) for one in found.ports] == [
        ["mati, tanpa carrier"],
        ["galat terima: 9"],
    ]


def test_each_segment_says_what_became_of_it():
    told = {
        "place": "link/a--b",
        "before": {**POOL, "big": [0, 2]},
        "after": {**POOL, "big": [2, 2]},
    }
    (segment,) = read_comparison(
        {"outcome": "works", "segments": [told | {"change": "better"}]}
    ).stretches

    assert (segment.change, segment.tone) == ("lebih baik", "good")
    assert str(segment.after[1]) == "paket besar sampai ke 2 dari 2 alamat"
    assert read_comparison({}) is None


def test_the_worst_stand_first_and_every_state_is_counted():
    rows = [
        {"node": "a", "state": "healthy", **POOL},
        {"node": "b", "state": "fault", "causes": [{"place": "node/b", "type": "dead"}]},
        {"node": "c", "state": "beku"},
    ]
    found = swept(rows)

    assert [(one.node, one.state) for one in found] == [
        ("b", AgencyState.FAULT),
        ("a", AgencyState.HEALTHY),
    ]
    assert found[0].causes == {"node/b": ("mati",)}
    assert counted(found)[AgencyState.FAULT] == 1
