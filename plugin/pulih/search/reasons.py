"""Why a case is shown: what it has in common with the case at hand, and how each word of the query was found in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pulih.domain.search import Entry, Query
from pulih.domain.words import SPELLINGS, stem
from pulih.domain.words.slips import distance, slips_allowed
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
    How.FORM: N_("{word} → {found} (bentuk lain)"),
}
_POINTED = N_("Jenis gangguan seperti kasus yang cocok: {name}")
_SPELLED = N_("{word} → {found} (ejaan)")


@dataclass(frozen=True, slots=True)
class Answer:
    """How a case answers a word of a query, and what that says."""

    asked: Asked
    way: Way
    says: float


def answers(words: Sequence[Weighed], row: int) -> list[Answer]:
    """Return how a case answers the words of a query, the weightiest first; those that it does not are left out."""
    said = [(*one.at(row), one.asked) for one in words]
    found = [Answer(asked, way, says) for says, way, asked in said if way]
    return sorted(found, key=lambda one: (-one.says, one.asked.word))


def marks_of(found: Sequence[Answer]) -> Mapping[str, float]:
    """Return term -> what it says, of the terms by which a case answers."""
    return {term: one.says for one in reversed(found) for term in one.way.terms}


def reasons(
    query: Query,
    card: Entry,
    found: Sequence[Answer],
    written: Mapping[str, Collection[str]] = MappingProxyType({}),
    times: int = 0,
    helped: int = 0,
) -> tuple[Sentence, ...]:
    """Return why a case is shown, the weightiest first; what was found in other words each by itself.

    Args:
        found: Of `answers`.
        written: Term -> the words as the case writes them.
        times: How often its agency had its fault in the last twelve months, where it is the agency that asks.
        helped: With how many tickets it helped.
    """
    told = [*in_common(query, card, times)]
    if card.number in query.unfit:
        told.insert(0, sentence("Ditandai tidak cocok untuk tiket ini"))
    plain: list[str] = []
    otherwise: dict[tuple[str, str], list[str]] = {}
    for one in found[:_MOST_SHOWN]:
        word = one.asked.word
        said = " ".join(_written(one, term, written.get(term, ())) for term in one.way.terms)
        how = _how(one, said)
        if not how or said == word:
            plain.append(word)
        else:
            otherwise.setdefault((word, how), []).append(said)
    if plain:
        told.append(sentence("Kata yang cocok: {words}", words=[*dict.fromkeys(plain)]))
    told += [
        sentence(how, word=word, found=" ".join(sorted(said, key=word.find)))
        for (word, how), said in otherwise.items()
    ]
    if not told and query.words.strip():  # it is shown for what the cases that were found told
        told.append(sentence(_POINTED, name=card.fault_name))
    if helped > 0:
        told.append(sentence("Dipakai {count} kali", count=helped))
    return tuple(told)


def _written(answer: Answer, term: str, forms: Collection[str]) -> str:
    """Return a term as the case writes it: as it was typed or meant, where the case has that too."""
    word, meant = answer.asked.word, answer.way.meant
    first = next((one for one in (word, meant, *forms) if one in forms), term)
    if answer.way.how is not How.SLIP or first == meant or (meant, stem(first)) == (term, term):
        return first
    return f"{meant} → {first}" if meant else first  # a slip of the one, and the case has the other


def _how(answer: Answer, said: str) -> str:
    """Return the sentence for how a word was found; empty where the case has the word itself, in whatever form."""
    word, how = answer.asked.word, answer.way.how
    if how is not How.ITSELF:
        return _HOW[how]
    terms = SPELLINGS.get(word, (word,))
    if terms == (word,) or answer.way.terms != terms:
        return ""
    spelled = any(_is_spelling(word, whole) for whole in (" ".join(terms), said))
    return _SPELLED if spelled else _HOW[How.SYNONYM]


def _is_spelling(word: str, whole: str) -> bool:
    """Tell whether a word is short for another, or a slip of it."""
    letters = iter(whole)
    most = slips_allowed(word)
    is_short = word[0] == whole[0] and all(letter in letters for letter in word)
    return is_short or (most > 0 and distance(word, whole, most) <= most)
