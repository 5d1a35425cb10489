"""Queries of 1 to 40 words, as they are typed: those of `tests/relevance`, and pieces of complaints."""

from __future__ import annotations

import random
from collections.abc import Sequence

from relevance import OURS, queries

from pulih.domain.article import Article
from pulih.domain.search import Query

_LONGEST = 40


def asked(archive: Sequence[Article], *, each: int = 3, seed: int = 5) -> list[Query]:
    """Return so many queries of each length, and the ones of the house, shuffled; all with a context."""
    dice = random.Random(seed)
    told = " ".join(article.symptom for article in dice.sample(list(archive), 200)).split()
    pieces = [
        " ".join(told[at : at + length])
        for length in range(1, _LONGEST + 1)
        for at in dice.sample(range(len(told) - length), each)
    ]
    words = [*pieces, *(one.words for one in queries(OURS))]
    dice.shuffle(words)
    cases = dice.choices(archive, k=len(words))
    return [
        Query(
            words=text,
            agency=case.agency,
            device_kind=case.device_kind,
            fault_type=case.fault_type,
            counted=False,
        )
        for text, case in zip(words, cases, strict=True)
    ]
