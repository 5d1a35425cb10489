"""What is offered where a query finds nothing, or was probably typed otherwise than it was meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from pulih.domain.article import Article
from pulih.domain.words import SPELLINGS, terms, tokens
from pulih.domain.words.courtesy import COURTESY
from pulih.domain.words.slips import distance, slips_allowed
from pulih.search.asking import Asked, How, Way
from pulih.search.shelf import Shelf

_MOST_WORDS = 12  # of a query that is written anew; a whole complaint is not
_LONGEST_WORD = 40
_PHRASE = 3
_LONGEST_TEXT = 2000
_OTHERWISE = frozenset({How.SLIP, How.SPLIT})
_RESEMBLES = 0.5


def meant(text: str, asked: Sequence[Asked], articles: Iterable[Article]) -> str:
    """Return a query as it may have been meant: with the words that were found in the place of those that were typed.

    Args:
        articles: Of the first matches; words are written as they are there. Empty where nothing is to be changed.
    """
    words = tokens(text[:_LONGEST_TEXT])
    if len(words) > _MOST_WORDS:
        return ""
    by_word = _by_word(asked)
    otherwise = {
        typed: dict.fromkeys(word for one in ones for word in _meant(one.ways[0]))
        for typed, ones in by_word.items()
        if all(one.ways[0].how in _OTHERWISE for one in ones)
    }
    if not otherwise:
        return ""
    written = dict(_written(articles))
    otherwise |= {typed: dict.fromkeys(SPELLINGS[typed]) for typed in by_word if _is_slip(typed)}
    instead = {
        typed: " ".join(_nearer(typed, term, written.get(term, term)) for term in found)
        for typed, found in otherwise.items()
    }
    known = by_word.keys() - instead.keys()
    said = " ".join(_replaced(words, instead, known))
    return said if said != " ".join(words) else ""


def resembling(shelf: Shelf, text: str) -> list[Asked]:
    """Return what a text may ask for where none of its words is known: those that look most like them."""
    found = []
    for word in tokens(text[:_LONGEST_TEXT])[:_MOST_WORDS]:
        if len(word) > _LONGEST_WORD or word in COURTESY or not terms(word):
            continue
        near = shelf.vocabulary.resembling(word, least=_RESEMBLES)
        ways = tuple(Way((one,), like, How.SLIP) for one, like in near if shelf.postings.count(one))
        if ways:
            found.append(Asked(word, ways))
    return found


def _is_slip(typed: str) -> bool:
    """Tell whether a word is a slip that is known by itself, and no word of its own, nor short for one."""
    meant, most = SPELLINGS.get(typed, ()), slips_allowed(typed)
    return len(meant) == 1 and 0 < distance(typed, meant[0], most) <= most


def _meant(way: Way) -> Sequence[str]:
    return (way.meant,) if way.meant else way.terms


def _nearer(typed: str, term: str, written: str) -> str:
    """Return a term as a case writes it; where that is another word, the one that looks more like what was typed."""
    if SPELLINGS.get(written) != (term,):
        return written
    far = max(len(typed), len(term), len(written))
    return min((written, term), key=lambda one: distance(typed, one, far))


def _replaced(
    words: Sequence[str], instead: Mapping[str, str], known: Collection[str]
) -> Iterable[str]:
    at = 0
    while at < len(words):
        for size in range(_PHRASE, 0, -1):
            typed = words[at : at + size]
            if (other := instead.get(" ".join(typed))) and not any(word in known for word in typed):
                yield other
                at += len(typed)
                break
        else:
            yield words[at]
            at += 1


def _by_word(asked: Iterable[Asked]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for one in asked:
        found.setdefault(one.word, []).append(one)
    return found


def _written(articles: Iterable[Article]) -> Iterable[tuple[str, str]]:
    """Yield term and word as it is written, the first article's title last: so that it is the one that is kept."""
    for article in reversed([*articles]):
        for text in (article.actions, article.symptom, article.cause, article.title):
            for word in reversed(tokens(text)):
                for term in terms(word):
                    yield term, word
