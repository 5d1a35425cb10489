"""What a verdict says beside the candidates: evidence, the unknown, the untested, the next question."""

import json
from dataclasses import replace
from random import Random

import pytest
from decision_table import TABLE
from hypothesis import given
from hypothesis import strategies as st
from scenes import MOMENT, finding, healthy

from periksa.findings import Finding, State
from periksa.judge.court import judge
from periksa.judge.faults import Fault
from periksa.judge.outage import outages
from periksa.judge.reach import Reach
from periksa.judge.verdict import Candidate, Status, Verdict
from periksa.sign import FINE, Seen
from periksa.signs import READERS

FEW, LOSS = 10, 0.25
EVERYWHERE = ("", "core", "opd1", "sw1", "pc1a")


@pytest.fixture
def scene():
    return healthy()


def names(verdict):
    return {(candidate.place, candidate.fault.value) for candidate in verdict.candidates}


def answer(question, value):
    return finding("answer", "orang", question, "", {"value": value})


def test_silence_to_ping_is_not_death_where_tcp_answers(scene):
    scene.change("", "down opd1,sw1,ap1,pc1a,pc1b")

    verdict = judge(scene.network, scene.findings([""]))

    assert verdict.status is Status.REMARK
    assert names(verdict) == {("node/opd1", "icmp-filtered")}


def test_a_resolver_that_hangs_is_found_by_one_question_though_its_machine_takes_connections(scene):
    question = {"name": "portal.kab.test", "type": "A", "result": "TIMEOUT", "answers": []}
    seen = [
        finding("ping", "", "dns", "10.0.0.53", {"sent": 10, "received": 10}),
        finding("port", "", "dns", "10.0.0.53", {"port": 53, "result": "open"}),
        finding("dns", "", "dns", "10.0.0.53", question),
    ]

    verdict = judge(scene.network, seen)

    assert verdict.status is Status.FAULT
    assert ("node/dns", "dns-down") in names(verdict)


def test_what_lies_behind_a_dead_relay_is_unknown_and_not_faulty(scene):
    scene.change("", TABLE["pop_dead"].noc)

    verdict = judge(scene.network, scene.findings([""]))

    assert {"opd2", "sw2", "pc2a", "opd3", "pc3b"} <= set(verdict.unknown)
    assert not {"node/opd2", "node/opd3", "link/pop--opd2"} & set(verdict.places)


@pytest.mark.parametrize("words", [TABLE["dns_opd1_fwd"].noc, "frayed opd1,sw1,ap1,pc1a,pc1b"])
def test_behind_what_only_loses_or_serves_badly_nobody_is_unknown(scene, words):
    scene.change("", words)
    findings = [one for one in scene.findings([""]) if one.address != "10.1.0.12"]

    verdict = judge(scene.network, findings)

    assert verdict.candidates
    assert verdict.unknown == ()


def test_an_answer_from_the_site_settles_what_probes_cannot(scene):
    scene.change("", TABLE["pop_dead"].noc)
    scene.change("core", TABLE["pop_dead"].core)
    findings = scene.findings(EVERYWHERE)
    open_question = judge(scene.network, findings).question

    dark = judge(scene.network, [*findings, answer(open_question.id, "tidak")])
    lit = judge(scene.network, [*findings, answer(open_question.id, "ya")])

    assert open_question.id == "power/pop"
    assert names(dark) == {("node/pop", "dead")}
    assert "node/pop" not in lit.places
    assert dark.question is None


def test_who_does_not_know_is_asked_something_else_and_nothing_follows_from_it(scene):
    scene.change("", TABLE["pop_dead"].noc)
    scene.change("core", TABLE["pop_dead"].core)
    findings = scene.findings(EVERYWHERE)
    before = judge(scene.network, findings)

    after = judge(scene.network, [*findings, answer(before.question.id, "tidak tahu")])

    assert names(after) == names(before)
    assert after.question is None or after.question.id != before.question.id


def test_a_candidate_says_what_speaks_for_it_and_what_against(scene):
    scene.change("", "dead opd1,sw1,ap1,pc1a,pc1b")
    scene.change("core", "down opd1.wan; link w1 dark")
    scene.forget("opd1")
    scene.forget("sw1")
    scene.change("pc1a", TABLE["bb1_fibre_cut"].pc)

    (candidate,) = judge(scene.network, scene.findings(EVERYWHERE)).candidates

    assert candidate.fault is Fault.CUT
    assert "Dari core: port w1 mati (tidak ada carrier)." in candidate.supporting
    assert candidate.opposing == ()


def test_confidence_is_the_share_of_the_explanations_that_agree(scene):
    scene.change("", TABLE["pop_dead"].noc)
    scene.change("core", TABLE["pop_dead"].core)

    verdict = judge(scene.network, scene.findings(["", "core"]))

    shares = {candidate.confidence for candidate in verdict.candidates}
    assert shares == {1 / len(verdict.candidates)}
    assert {candidate.of for candidate in verdict.candidates} == {len(verdict.candidates)}


def test_what_nobody_looked_at_is_said(scene):
    verdict = judge(scene.network, scene.findings([""]))

    assert "Tidak ada hasil dari core." in verdict.not_tested
    assert "DNS opd2 (10.2.0.1) tidak ditanya." in verdict.not_tested


def test_no_fault_found_says_how_much_loss_would_have_been_seen(scene):
    verdict = judge(scene.network, scene.findings([""]))

    assert verdict.status is Status.HEALTHY
    assert "kehilangan paket di atas" in verdict.rules_out[0]


def test_without_findings_there_is_no_verdict(scene):
    verdict = judge(scene.network, [])

    assert verdict.status is Status.UNTESTED
    assert verdict.rules_out == ()


def test_a_probe_that_could_not_ask_is_not_a_host_that_did_not_answer(scene):
    blocked = [replace(one, state=State.UNKNOWN) for one in scene.findings([""])]

    assert judge(scene.network, blocked).status is Status.UNTESTED


def test_a_single_echo_lost_by_chance_accuses_nobody(scene):
    scene.seen["", "ping", "10.1.0.11", "10.1.0.11"].update(received=19)

    assert judge(scene.network, scene.findings([""])).status is Status.HEALTHY


def test_a_little_loss_shows_in_all_targets_behind_a_link_together(scene):
    for number, address in enumerate(("10.9.1.2", "10.1.0.1", "10.1.0.2", "10.1.0.3", "10.1.0.11")):
        scene.seen["", "ping", address, address].update(received=19 - number % 2)

    assert ("link/core--opd1", "loss") in names(judge(scene.network, scene.findings([""])))


@pytest.mark.parametrize("look", ["dead", "lossy"])
def test_a_link_that_is_seen_to_flap_flaps_whatever_it_let_through_meanwhile(scene, look):
    scene.change("", f"{look} opd1,sw1,ap1,pc1a,pc1b; tcp 10.1.0.1:53 timeout")
    scene.change("core", f"{look} opd1.wan; link w1 flapping")
    scene.forget("opd1")

    assert names(judge(scene.network, scene.findings(["", "core"]))) == {
        ("link/core--opd1", "flapping")
    }


def test_many_targets_that_lose_about_alike_are_behind_a_lossy_link_and_no_riddle(scene):
    chance = Random(7)
    for vantage in ("", "core", "opd1"):
        for address in ("10.1.0.2", "10.1.0.3", "10.1.0.11", "10.1.0.12"):
            got = sum(chance.random() > LOSS for _ in range(FEW))
            pinged = {"sent": FEW, "received": got, "median_ms": 1.0}
            scene.seen.setdefault((vantage, "ping", address, address), {}).update(pinged)

    verdict = judge(scene.network, scene.findings(["", "core", "opd1"]))

    best = verdict.candidates[0]
    assert (best.place, best.fault) == ("link/opd1--sw1", Fault.LOSS)


def test_strange_things_that_nothing_explains_are_not_called_healthy(scene):
    scene.change("pc1a", "arp pc1a duplicate")
    scene.change("", "down dns; http https://198.51.100.80/big certificate")

    assert judge(scene.network, scene.findings(["", "pc1a"])).status is not Status.HEALTHY


def test_tickets_under_one_failing_place_are_one_outage(scene):
    verdict = Verdict(Status.FAULT, (Candidate("node/pop", Fault.DEAD, 1.0),))
    tickets = {"T-1": "opd1", "T-2": "opd2", "T-3": "pc3a", "T-4": "pop"}

    (outage,) = outages(Reach(scene.network), verdict, tickets)

    assert outage.place == "node/pop"
    assert outage.tickets == ("T-2", "T-3", "T-4")


def test_one_ticket_is_no_outage(scene):
    verdict = Verdict(Status.FAULT, (Candidate("link/core--opd1", Fault.CUT, 1.0),))

    assert outages(Reach(scene.network), verdict, {"T-1": "opd1", "T-2": "opd2"}) == ()


def test_a_verdict_survives_json(scene):
    scene.change("", TABLE["pop_dead"].noc)

    told = json.loads(json.dumps(judge(scene.network, scene.findings([""])).as_dict()))

    assert told["status"] == "fault"
    assert {"place", "type", "confidence", "for", "against"} <= told["candidates"][0].keys()
    assert told["next_question"]["text"].endswith("?")


def test_every_kind_of_sign_knows_what_is_fine():
    assert set(FINE) == set(Seen)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
KEYS = (
    "sent",
    "received",
    "median_ms",
    "result",
    "port",
    "ports",
    "results",
    "name",
    "answers",
    "url",
    "carrier",
    "rx_pps",
    "tx_pps",
    "rx_bps",
    "carrier_changes",
    "macs",
    "own",
    "found",
    "offers",
    "listening",
    "leases",
    "pool",
    "pps",
    "looped",
    "value",
    "loop",
    "rx_errors",
)


@given(
    probe=st.sampled_from(sorted(READERS)),
    vantage=st.sampled_from(["", "core", "pc1a", "orang", "nobody"]),
    where=st.sampled_from(
        ["10.1.0.1", "10.0.0.53", "10.1.0.11", "w1", "eth0", "", "power/pop", "x"]
    ),
    figures=st.dictionaries(st.sampled_from(KEYS), anything),
)
def test_no_finding_however_odd_breaks_the_judge(probe, vantage, where, figures):
    odd = Finding(probe, where, where, State.DOWN, "", figures, MOMENT, 0.0, "", vantage)

    verdict = judge(healthy().network, [odd])

    assert verdict.status in Status
