"""A verdict that a run keeps, read: every type has words, and nothing that was kept makes it fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from periksa.compare import Outcome as PeriksaOutcome
from periksa.judge.faults import Fault
from periksa.judge.verdict import Status as PeriksaStatus
from periksa.sweep import OfficeState
from pulih.domain.compared import Outcome
from pulih.domain.swept import AgencyState
from pulih.domain.verdict import FAULTS, Status, read_verdict

KEPT = {
    "status": "fault",
    "candidates": [
        {"place": "node/rt", "type": "dead", "confidence": 0.333, "of": 3, "for": ["a"]},
        {"place": "node/rt", "type": "hung", "confidence": 0.333, "of": 3, "against": ["b"]},
        {"place": "link/inti--rt", "type": "cut", "confidence": 0.333, "of": 3},
    ],
    "not_tested": ["x"],
    "unknown": ["sw"],
    "rules_out": ["y"],
    "next_question": {"id": "power/rt", "text": "Menyala?"},
    "faults": 1,
}
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(Status, PeriksaStatus), (Outcome, PeriksaOutcome), (AgencyState, OfficeState)],
)
def test_the_desk_has_the_words_of_periksa(ours, theirs):
    assert {one.value: one.label for one in ours} == {one.value: one.label for one in theirs}


def test_every_type_of_fault_has_the_label_that_periksa_gives_it():
    assert dict(FAULTS) == {fault.value: fault.label for fault in Fault}


def test_confidence_is_how_many_of_the_explanations_agree():
    verdict = read_verdict(KEPT)

    assert [(one.agreeing, one.of) for one in verdict.candidates] == [(1, 3)] * 3
    assert verdict.places == ("node/rt", "link/inti--rt")
    assert [one.label for one in verdict.at("node/rt")] == ["mati", FAULTS["hung"]]


def test_places_that_explain_the_same_stand_side_by_side():
    seen = {"cut": ["a", "b"], "loss": ["c"], "dead": ["b"], "hung": ["c"], "mtu": []}
    told = [{"place": f"node/{kind}", "type": kind, "for": said} for kind, said in seen.items()]
    verdict = read_verdict({"status": "fault", "candidates": told, "faults": 2})

    assert [place.removeprefix("node/") for place in verdict.places] == [
        "cut", "dead", "loss", "hung", "mtu",
    ]  # fmt: skip


def test_a_place_is_sure_when_there_are_no_more_places_than_faults():
    assert not read_verdict(KEPT).sure
    assert read_verdict(KEPT | {"faults": 2}).sure
    assert read_verdict(KEPT | {"candidates": KEPT["candidates"][:2]}).sure
    assert not read_verdict({"status": "healthy"}).sure


def test_a_type_of_a_later_version_keeps_its_name():
    (candidate,) = read_verdict(
        {"status": "fault", "candidates": [{"place": "node/a", "type": "gremlin"}]}
    ).candidates
    assert candidate.label == "gremlin"


candidates = st.lists(
    st.dictionaries(st.sampled_from([*KEPT["candidates"][0], "against"]), json_values), max_size=3
)
anything = st.dictionaries(st.sampled_from([*KEPT, "lain"]), json_values)


@given(anything | st.fixed_dictionaries({"candidates": candidates}), st.sampled_from(Status))
def test_whatever_was_kept_is_read_as_far_as_it_goes(kept, status):
    assert read_verdict({}) is None
    assert read_verdict({**kept, "status": status.value}).status is status
