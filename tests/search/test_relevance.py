"""The promise: what is meant is found, in the words in which people ask. `bench/relevance.py` tells more."""

from __future__ import annotations

import pytest
from relevance import OURS, figures, ours, queries, reports

_LEAST = {"ndcg5": 0.85, "success3": 0.96, "min_kind_ndcg5": 0.62}


@pytest.mark.parametrize("for_tuning", [True, False], ids=["tuning", "promise"])
def test_what_is_meant_is_found(for_tuning):
    judged = [one for one in queries(OURS) if one.is_for_tuning is for_tuning]

    told = figures(judged, ours(reports(OURS)))

    assert {name: told[name] for name in _LEAST if told[name] < _LEAST[name]} == {}


def test_the_set_is_as_large_and_varied_as_it_says():
    judged, known = queries(OURS), {report.number for report in reports(OURS)}

    assert len(known) >= 150
    assert len(judged) >= 250
    assert len({one.kind for one in judged}) == 10
    assert len({one.words for one in judged}) == len(judged)
    assert all(one.rel.keys() <= known and max(one.rel.values()) > 0 for one in judged)
