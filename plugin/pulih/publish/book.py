"""All generated files of the wiki, as sheets: what each shows is known before it is made. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from pulih.domain.edition import Edition
from pulih.domain.recurrence import returns
from pulih.publish import addresses
from pulih.publish.feeds import feed_sheets
from pulih.publish.finding import Analyses, search_sheets
from pulih.publish.groups import grouped
from pulih.publish.indexes import index_sheets
from pulih.publish.page import case_page
from pulih.publish.pictures import picture_sheets
from pulih.publish.sheet import Sheet
from pulih.publish.start import start_sheets


@dataclass(frozen=True, slots=True)
class Around:
    """What the generated files are made of beside the edition.

    Attributes:
        base: The wiki's address as people open it; empty where nobody knows it.
        opened: Opens an attachment's content by digest.
        guides: Address -> Markdown of the pages that people wrote.
        analyses: What the search knows of cases from before.
    """

    base: str
    opened: Callable[[str], BinaryIO]
    guides: Mapping[str, str] = field(default_factory=dict)
    analyses: Analyses | None = None


def sheets(edition: Edition, digests: Mapping[str, str], around: Around) -> Iterator[Sheet]:
    """Yield a sheet for each file that shows something of an edition.

    Args:
        digests: Case number -> `Case.digest`.
    """
    yield from _cases(edition, digests)
    groups = grouped(edition, digests)
    yield from index_sheets(edition, digests, groups)
    yield from feed_sheets(edition, digests, around.base, groups)
    yield from start_sheets(edition, digests)
    yield from picture_sheets(edition, around.opened)
    yield from search_sheets(edition, digests, around.guides, around.analyses)


def _cases(edition: Edition, digests: Mapping[str, str]) -> Iterator[Sheet]:
    """Yield the cases' pages. Each is given no other cases than those it is said to be made of."""
    articles = {case.number: case.article for case in edition.cases}
    back = returns(edition.recurring)
    for case in edition.cases:
        article, number = case.article, case.number
        came_from, came_back = edition.recurring.get(number, ()), back.get(number, ())
        named = (article.recurrence_of, *article.related, *case.helped, *came_from, *came_back)
        others = {n: articles[n] for n in named if n in articles}
        told = "\0".join(
            (digests[number], *(n + digests[n] for n in others), *came_from, "", *came_back)
        )
        yield Sheet(
            addresses.case(number, article.year),
            hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32],
            partial(case_page, case, others, came_from, came_back),
        )
