"""Searching for those outside: of each case no more than the wiki shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pulih.domain.article import Article
from pulih.domain.scrub import MASKED, Audience, scrubbed
from pulih.domain.search import Found, Query
from pulih.ports import Records, Tools
from pulih.service.answers import Names, facet_names
from pulih.service.audience import Circle, circle_of
from pulih.service.finding import FindingDesk
from pulih.service.publishing import Binder

_NOTHING = "-"  # words that find nothing; none at all would find the newest
_ADDRESS = re.compile(r"[0-9a-f]*(?:[.:][0-9a-f]+){2,}", re.IGNORECASE)  # also a part of one


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
            asked = replace(query, words=_without_hidden(query.words, circle))
            found = self.finding.find(records, asked)
            binder = Binder(self.tools.calendar, self.tools.audience)
            on_wiki = (
                binder.case(records, match.article.number, self.tools.now())
                for match in found.matches
                if records.published.get(match.article.number)
            )
            articles = tuple(case.article for case in on_wiki if case)
            return FoundOutside(articles, found, _names(records, circle, found))


def _without_hidden(words: str, circle: Circle) -> str:
    if circle.audience is Audience.INTRANET or not words.strip():
        return words
    return _ADDRESS.sub(" ", MASKED.sub(" ", circle.mask()(words))).strip() or _NOTHING


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
