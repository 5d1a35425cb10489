"""The table that was measured, as the judge's specification."""

import pytest
from decision_table import TABLE, Row
from scenes import Scene, healthy

from periksa.judge.court import judge
from periksa.judge.verdict import Status

VANTAGES = {
    "server": ("",),
    "core": ("", "core"),
    "devices": ("", "core", "opd1", "sw1"),
    "all": ("", "core", "opd1", "sw1", "pc1a"),
}

# What cannot be told apart from anywhere, and so must become a question to somebody on site.
TWINS = {
    "bb1_mc_cut": 2,
    "bb1_oneway_up": 2,
    "wp_mc_cut": 3,
    "pop_dead": 3,
    "ap1_dead": 2,
    "pc1a_off": 2,
    "dns_host_down": 4,
    "isp_link_cut": 3,
}
# From the server these look like something at a neighbouring place.
ELSEWHERE = {"dup_ip_gw1", "storm1"}


def scene(row: Row) -> Scene:
    """The network of the facts file with that fault in it."""
    made = healthy()
    sides = {"": row.noc, "core": row.core, "opd1": row.opd, "sw1": row.sw, "pc1a": row.pc}
    for vantage, words in sides.items():
        if words is None:
            made.forget(vantage)
        else:
            made.change(vantage, words)
    return made


def names(verdict):
    return {(candidate.place, candidate.fault.value) for candidate in verdict.candidates}


@pytest.mark.parametrize("fault", TABLE)
def test_seen_from_everywhere_the_right_place_and_type_are_in_a_small_set(fault):
    row = TABLE[fault]
    made = scene(row)

    verdict = judge(made.network, made.findings(VANTAGES["all"]))

    assert (row.place, row.fault) in names(verdict)
    assert len(verdict.candidates) <= TWINS.get(fault, 1)


@pytest.mark.parametrize(
    "fault", [name for name, row in TABLE.items() if row.noc and name not in ELSEWHERE]
)
def test_seen_from_the_server_alone_the_right_place_is_in_the_set(fault):
    row = TABLE[fault]
    made = scene(row)

    verdict = judge(made.network, made.findings(VANTAGES["server"]))

    assert row.place in verdict.places


@pytest.mark.parametrize("fault", [name for name, row in TABLE.items() if not row.noc])
def test_what_changes_nothing_at_the_server_is_not_made_up_there(fault):
    made = scene(TABLE[fault])

    verdict = judge(made.network, made.findings(VANTAGES["server"]))

    assert verdict.status is Status.HEALTHY
    assert verdict.candidates == ()


@pytest.mark.slow
@pytest.mark.parametrize("fault", [name for name in TABLE if name not in ELSEWHERE])
def test_looking_from_more_places_never_loses_the_right_one(fault):
    row = TABLE[fault]
    made = scene(row)
    found = [
        row.place in judge(made.network, made.findings(vantages)).places
        for vantages in VANTAGES.values()
    ]

    assert found == sorted(found)


@pytest.mark.parametrize("fault", TWINS)
def test_what_cannot_be_told_apart_becomes_a_question_where_an_answer_would_help(fault):
    made = scene(TABLE[fault])

    verdict = judge(made.network, made.findings(VANTAGES["all"]))

    assert bool(verdict.question) == (len(verdict.places) > 1)


@pytest.mark.parametrize("vantages", VANTAGES.values(), ids=VANTAGES)
def test_a_network_in_order_is_never_accused(vantages):
    made = healthy()

    verdict = judge(made.network, made.findings(vantages))

    assert verdict.status is Status.HEALTHY
    assert verdict.candidates == ()
    assert verdict.rules_out


LAN_1 = ("lan1_uplink_down", "ap1_wifi_loss", "pc1a_no_gw", "dup_ip_gw1", "storm1", "bb1_flap")


def pairs():
    """Two faults that do not hide each other: one behind the relay or in a service, one at OPD 1."""
    for first in ("wp_mc_cut", "wp_loss20", "loop_core_pop"):
        for second in ("bb1_fibre_cut", "bb1_loss20", "bb1_mtu_hole", "opd1_no_default", *LAN_1):
            yield first, second
    for first in ("app_500", "dns_wrong", "isp_portal"):
        for second in ("bb1_latency", "ap1_dead", "pc1a_firewall", "rogue_dhcp1", "dhcp_down1"):
            yield first, second


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), list(pairs()))
def test_of_two_faults_at_once_both_places_are_in_the_set(first, second):
    one, two = TABLE[first], TABLE[second]
    made = scene(one)
    sides = {"": two.noc, "core": two.core, "opd1": two.opd, "sw1": two.sw, "pc1a": two.pc}
    for vantage, words in sides.items():
        if words is None:
            made.forget(vantage)
        elif words:
            made.change(vantage, words)

    verdict = judge(made.network, made.findings(VANTAGES["all"]))

    assert {one.place, two.place} <= set(verdict.places)
    assert verdict.faults == 2
