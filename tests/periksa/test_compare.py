"""Step 11: the same battery again, beside that of step 5."""

import json
from dataclasses import replace

import pytest
from scenes import finding, healthy

from periksa.compare import Outcome, compare
from periksa.holding import hold
from periksa.judge.faults import Fault

SERVER = ("",)
EVERYWHERE = ("", "core", "opd1", "sw1", "pc1a")
DARK = "dead opd1,sw1,ap1,pc1a,pc1b; tcp 10.1.0.1:53 timeout"


def seen(words="", vantages=SERVER, **elsewhere):
    scene = healthy()
    scene.change("", words)
    for vantage, said in elsewhere.items():
        scene.change(vantage, said)
    return scene.findings(vantages)


def compared(before, after, **more):
    return compare(healthy().network, before, after, **more)


def change(found, place):
    return next(one for one in found.segments if one.place == place)


def test_what_was_dark_and_answers_works():
    found = compared(seen(DARK), seen())

    assert found.outcome is Outcome.WORKS
    assert found.again_s is None
    assert change(found, "link/core--opd1").better
    assert found.said[0] == "Hasil: berfungsi kembali."
    assert any("pc1a" in one for one in found.mended)


def test_what_is_as_dark_as_before_is_not_better():
    found = compared(seen(DARK), seen(DARK))

    assert found.outcome is Outcome.NOT
    assert found.again_s == 10
    assert found.mended == ()
    assert not any(one.better or one.worse for one in found.segments)


def test_an_office_that_answers_again_but_loses_packets_is_better():
    found = compared(seen(DARK), seen("lossy opd1,sw1,ap1,pc1a,pc1b"))

    assert found.outcome is Outcome.BETTER
    assert found.again_s == 10


def test_a_stray_lost_packet_more_or_less_is_no_change():
    found = compared(seen("lossy opd1,sw1,ap1,pc1a,pc1b"), seen("lossy sw1,opd1,pc1a,ap1,pc1b"))

    assert found.outcome is Outcome.NOT
    assert not change(found, "link/core--opd1").better


def test_a_knock_at_who_was_silent_need_not_be_repeated_at_who_answers():
    knock = finding(
        "knock", "", "pc1a", "10.1.0.11", {"ports": [22, 80], "results": ["unreachable"] * 2}
    )

    assert compared([*seen(DARK), knock], seen()).outcome is Outcome.WORKS
    assert compared([*seen(DARK), knock], seen("down pc1a")).outcome is not Outcome.WORKS


def test_less_loss_on_a_link_by_more_than_chance_is_better():
    found = compared(seen("lossy opd1,sw1,ap1,pc1a,pc1b"), seen("frayed opd1,sw1,ap1,pc1a,pc1b"))

    assert found.outcome is Outcome.BETTER
    assert "Ruas core--opd1 lebih baik" in change(found, "link/core--opd1").sentence


def test_a_repair_that_breaks_something_else_is_not_better():
    found = compared(seen(DARK), seen("dead opd2,sw2,ap2,pc2a,pc2b; dead opd3,sw3,ap3,pc3a,pc3b"))

    assert found.outcome is Outcome.NOT
    assert any("opd2" in one for one in found.new)


def test_what_only_a_computer_saw_must_be_seen_from_there_again():
    before = seen(vantages=EVERYWHERE, pc1a="http 10.0.0.80 timeout; tcp 10.0.0.80:443 timeout")

    assert compared(before, seen()).outcome is Outcome.OPEN
    assert compared(before, seen(vantages=EVERYWHERE)).outcome is Outcome.WORKS


def test_where_nothing_could_be_looked_at_nothing_is_said_to_work():
    assert compared(seen(DARK), []).outcome is Outcome.OPEN


def test_large_packets_to_other_addresses_over_the_same_links_are_seen_again():
    before = seen("big opd1.lan,pc1a")
    after = [
        replace(one, address="10.1.0.12")
        if (one.probe, one.address) == ("big", "10.1.0.11")
        else one
        for one in seen()
    ]
    found = compared(before, after)

    assert found.outcome is Outcome.WORKS
    assert change(found, "link/core--opd1").big_after == (2, 2)


@pytest.mark.parametrize(("waited", "again"), [(0, 60), (60, 300), (300, None)])
def test_a_link_that_flapped_is_watched_before_it_works(waited, again):
    before = seen(vantages=("", "core"), core="link w1 flapping")
    found = compared(before, seen(vantages=("", "core")), waited=waited)

    assert (found.outcome, found.again_s) == (Outcome.WORKS, again)
    assert found.ports[0].after["carrier_changes"] == 0


@pytest.mark.parametrize("fault", [Fault.FLAPPING, Fault.STORM, Fault.DUPLICATE_ADDRESS])
def test_what_comes_back_by_itself_is_held_for_five_minutes(fault):
    assert hold([Fault.CUT, fault]).moments == (0, 60, 300)
    assert hold([fault]).lasting


def test_a_comparison_is_json():
    told = json.loads(json.dumps(compared(seen(DARK), seen()).as_dict()))

    assert (told["outcome"], told["before"], told["after"]) == ("works", "fault", "healthy")
    assert {"place", "before", "after", "change"} == set(told["segments"][0])
