"""Searching for those outside: of each case no more than the wiki shows them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pulih.domain.article import Article, hidden
from pulih.domain.mask import PublicMask
from pulih.domain.scrub import MASKED, NONE, Audience, Choices, House, scrubbed
from pulih.domain.search import Found, Query
from pulih.domain.weighing import weigh
from pulih.domain.words import terms, tokens
from pulih.domain.words.slips import distance, slips_allowed
from pulih.ports import Records, Tools
from pulih.service.answers import Names, facet_names
from pulih.service.audience import Circle, circle_of
from pulih.service.finding import FindingDesk
from pulih.service.publishing import Binder

_NOTHING = "-"  # words that find nothing; none at all would find the newest
_ADDRESS = re.compile(r"[0-9a-f]*(?:[.:][0-9a-f]+){2,}", re.IGNORECASE)  # also a part of one
_MOST_LOOKED_AT = 30  # of the best for a query: what brought them there must be on their pages
_ROUNDS = 4  # until nothing hidden is asked for
_SHORTEST = 3  # letters of what is a part of something hidden
_MOST_JOINED = 3  # neighbours that may be one word that was split


@dataclass(frozen=True, slots=True)
class FoundOutside:
    """An answer for those outside.

    Attributes:
        articles: As the wiki shows them, best first.
        found: The counts; its matches are for the office only.
        names: What to write for the values of facets.
    """

    articles: tuple[Article, ...]
    found: Found
    names: Names


@dataclass(frozen=True, slots=True)
class PublishedDesk:
    """Searches what is on the wiki."""

    tools: Tools
    finding: FindingDesk

    def search(self, query: Query) -> FoundOutside:
        """Return the cases that fit and are on the wiki.

        What its readers are not to see cannot be asked for either: which case an address leads to would tell as much.
        """
        with self.tools.store.reading() as records:
            circle = circle_of(records, self.tools.audience)
            asked = replace(query, words=self._without_hidden(records, query.words, circle))
            found = self.finding.find(records, asked)
            binder = Binder(self.tools.calendar, self.tools.audience)
            on_wiki = (
                binder.case(records, match.article.number, self.tools.now())
                for match in found.matches
                if records.published.get(match.article.number)
            )
            articles = tuple(case.article for case in on_wiki if case)
            return FoundOutside(articles, found, _names(records, circle, found))

    def _without_hidden(self, records: Records, words: str, circle: Circle) -> str:
        """Return words without those that lead to what the pages hide, also by a part of it or a slip."""
        if circle.audience is Audience.INTRANET or not words.strip():
            return words
        words = _ADDRESS.sub(" ", MASKED.sub(" ", circle.mask()(words)))
        for _round in range(_ROUNDS):
            looked = Query(words=words.strip() or _NOTHING, most=_MOST_LOOKED_AT, counted=False)
            kept_back = frozenset[str]().union(
                *(
                    _kept_back(one, circle.house, circle.choices.get(one.number, NONE))
                    for one in (
                        match.article for match in self.finding.find(records, looked).matches
                    )
                )
            )
            typed = tokens(words)
            left = [
                word
                for word, leads in zip(typed, _leading(typed, kept_back), strict=True)
                if not leads
            ]
            if left == typed:
                return looked.words
            words = " ".join(left)
        return _NOTHING


@lru_cache(maxsize=2048)
def _kept_back(article: Article, house: House, choices: Choices) -> frozenset[str]:
    """Return what a case is found by and its page does not say."""
    shown = hidden(article, PublicMask(house, choices))
    return frozenset(weigh(article)).difference(weigh(shown))


def _leading(words: Sequence[str], kept_back: Collection[str]) -> list[bool]:
    """Tell of each word whether it leads to something that is kept back, by itself or with its neighbours."""
    leads = [False] * len(words)
    for size in range(1, _MOST_JOINED + 1) if kept_back else ():
        for at in range(len(words) - size + 1):
            here = slice(at, at + size)
            if not any(leads[here]) and _leads("".join(words[here]), kept_back):
                leads[here] = [True] * size
    return leads


def _leads(word: str, kept_back: Collection[str]) -> bool:
    said = {word, *terms(word)}
    return any(
        term in said
        or (len(term) >= _SHORTEST and term in word)
        or any(len(one) >= _SHORTEST and term.startswith(one) for one in said)
        or any(distance(one, term, most) <= most for one in said if (most := slips_allowed(one)))
        for term in kept_back
    )


def _names(records: Records, circle: Circle, found: Found) -> Names:
    names = facet_names(records)
    return {
        attribute: {
            value: scrubbed(names[attribute][value], circle.audience, house=circle.house)
            for value, _count in counts
            if value in names.get(attribute, {})
        }
        for attribute, counts in found.facets.items()
    }
