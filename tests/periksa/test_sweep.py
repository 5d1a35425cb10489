"""Echoes taken together, and the state of every office."""

import pytest
from scenes import healthy

from periksa.judge.court import judge
from periksa.judge.verdict import Status, Verdict
from periksa.segments import segments, wilson
from periksa.sweep import offices


def swept(words):
    scene = healthy()
    scene.change("", words)
    findings = scene.findings([""])
    verdict = judge(scene.network, findings)
    return {one.node: one for one in offices(scene.network, findings, verdict)}


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(8, 120, 3.4, 12.6), (0, 120, 0, 3.1), (10, 120, 4.6, 14.7), (0, 0, 0, 100)],
)
def test_a_share_has_the_interval_that_wilson_gives_it(part, whole, low, high):
    assert wilson(part, whole) == pytest.approx((low / 100, high / 100), abs=0.001)


def test_echoes_are_pooled_over_all_that_lies_behind_a_link():
    scene = healthy()
    scene.change("", "frayed opd1,sw1,ap1,pc1a,pc1b")
    pools = segments(scene.network, scene.findings([""]))
    links = list(pools)

    assert (pools["link/core--opd1"].sent, pools["link/core--opd1"].lost) == (120, 10)
    assert pools["link/core--opd1"].loss[0] > 0
    assert pools["link/core--pop"].lost == 0
    assert links.index("link/core--pop") < links.index("link/pop--opd2")


def test_a_computer_that_is_off_is_no_loss_on_the_way():
    scene = healthy()
    scene.change("", "down pc1b")
    pool = segments(scene.network, scene.findings([""]))["link/core--opd1"]

    assert (pool.answering, pool.addresses, pool.lost) == (5, 6, 0)


def test_offices_in_order_are_well():
    assert {one.state.value for one in swept("").values()} == {"healthy"}


def test_an_office_with_a_stray_lost_packet_is_well_and_one_without_a_computer_is_not_all_there():
    scene = healthy()
    scene.change("", "down pc1b")
    scene.seen["", "ping", "10.2.0.11", "10.2.0.11"].update(received=19)
    findings = scene.findings([""])
    found = offices(scene.network, findings, Verdict(Status.HEALTHY))

    assert [(one.state.value, one.pool.lost) for one in found] == [
        ("odd", 0),
        ("healthy", 1),
        ("healthy", 0),
    ]


def test_an_office_that_is_dark_is_told_with_its_causes():
    found = swept("dead opd1,sw1,ap1,pc1a,pc1b; tcp 10.1.0.1:53 timeout")

    assert {name: one.state.value for name, one in found.items()} == {
        "opd1": "fault",
        "opd2": "healthy",
        "opd3": "healthy",
    }
    assert "link/core--opd1" in {place for place, _ in found["opd1"].causes}


def test_offices_behind_a_dead_relay_are_not_called_faulty_themselves():
    behind = "opd2,sw2,ap2,pc2a,pc2b,opd3,sw3,ap3,pc3a,pc3b"
    found = swept(f"dead pop,{behind}; tcp 10.2.0.1:53 timeout")

    assert found["opd1"].state.value == "healthy"
    assert {found["opd2"].state.value, found["opd3"].state.value} == {"unknown"}
    assert {place for place, _ in found["opd2"].causes} <= {"node/pop", "link/core--pop"}


def test_an_office_nobody_could_look_at_is_not_called_well():
    scene = healthy()
    findings = [one for one in scene.findings([""]) if not one.address.startswith("10.3.")]
    findings = [one for one in findings if not one.address.startswith("10.9.3.")]
    found = offices(scene.network, findings, judge(scene.network, findings))

    assert {one.node: one.state.value for one in found}["opd3"] == "untested"
