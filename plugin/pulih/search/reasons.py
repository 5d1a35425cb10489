"""Why a case is shown: what it has in common with the case at hand, and how each word of the query was found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pulih.domain.search import Entry, Query
from pulih.search.asking import Asked, How, Way
from pulih.search.context import in_common
from pulih.search.ranking import Weighed
from pulih.wording import N_, Sentence, sentence

_MOST_SHOWN = 6
_HOW = {
    How.SYNONYM: N_("{word} → {found} (sinonim)"),
    How.NEAR: N_("{word} → {found} (terkait)"),
    How.SLIP: N_("{word} → {found} (salah ketik)"),
    How.SPLIT: N_("{word} → {found} (ditulis lain)"),
    How.BEGUN: N_("{word} → {found} (awal kata)"),
}


def reasons(
    query: Query, card: Entry, words: Sequence[Weighed], row: int, helped: Mapping[str, int]
) -> tuple[Sentence, ...]:
    """Return why a case is shown, the weightiest first; what was found in other words each by itself."""
    told = [*in_common(query, card)]
    ways = _ways(words, row)
    plain = [one.word for one, way in ways if way.how is How.ITSELF]
    if plain:
        told.append(sentence("Kata yang cocok: {words}", words=plain))
    told += [
        sentence(_HOW[way.how], word=one.word, found=" ".join(way.terms))
        for one, way in ways
        if way.how is not How.ITSELF
    ]
    if (count := helped.get(card.number, 0)) > 0:
        told.append(sentence("Dipakai {count} kali", count=count))
    return tuple(told)


def _ways(words: Sequence[Weighed], row: int) -> list[tuple[Asked, Way]]:
    said = [(*one.at(row), one.asked) for one in words]
    by_weight = sorted(said, key=lambda each: (-each[0], each[2].word))
    return [(asked, way) for _says, way, asked in by_weight if way][:_MOST_SHOWN]
