"""The Markdown of all pages, of which only those are made and written that are not yet as they should be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pulih.domain.article import Article
from pulih.domain.records import Names
from pulih.publish import addresses
from pulih.publish.files import bring_up_to_date, write
from pulih.publish.indexes import index_pages
from pulih.publish.page import case_page
from pulih.publish.sources import Source, digest_of

_ALL = "*"


class Made(NamedTuple):
    """A case's page as it was made: of which article, of which others as they were then, and the text's digest."""

    article: str
    others: dict[str, str]
    text: str


@dataclass(slots=True)
class Making:
    """Keeps `wiki/` true to the articles, and remembers what each page was made of: here, and in a file.

    Attributes:
        note: The file.
        version: What pages are made with; pages of another version are made anew.
    """

    note: Path
    version: str
    _made: dict[str, Made] | None = None
    _digests: dict[str, tuple[Article, str]] = field(default_factory=dict)

    def bring_up_to_date(
        self,
        wiki: Path,
        articles: Sequence[Article],
        names: Names,
        found: Mapping[str, Source],
    ) -> dict[str, Source]:
        """Write the pages that are not as they should be, remove those of no case; return what stands there then.

        Args:
            found: What stands under `wiki/` now.

        Raises:
            OSError: The disk is full or not ours to write. Each single page is then still old or new.
        """
        made = self._made = self._load() if self._made is None else self._made
        kept: dict[str, Made] = {}
        due = dict(self._cases(articles, found, kept))
        staying = kept.keys() - due.keys()
        due |= index_pages(articles, names)
        done = bring_up_to_date(wiki, due, addresses.FOLDERS, staying=staying, found=found)
        now = {address: source for address, source in found.items() if address not in done.removed}
        now |= {address: Source(digest_of(due[address].encode())) for address in done.written}
        if kept != made:
            self._made = kept
            write(self.note, json.dumps({"version": self.version, "made": kept}).encode())
        return now

    def _cases(
        self, articles: Sequence[Article], found: Mapping[str, Source], kept: dict[str, Made]
    ) -> Iterator[tuple[str, str]]:
        """Yield the cases' pages that may not stand as they should, and note all of them in `kept`."""
        others = {article.number: article for article in articles}
        digests = self._digested(others)
        was = self._made or {}
        for article in articles:
            address = addresses.case(article.number, article.year)
            before, stands = was.get(address), found.get(address)
            if (
                before is not None
                and stands is not None
                and before.text == stands.digest
                and before.article == digests[article.number]
                and all(digests.get(number, "") == said for number, said in before.others.items())
            ):
                kept[address] = before
                continue
            seen = _Seen(others)
            text = case_page(article, seen)
            kept[address] = Made(
                digests[article.number],
                {number: digests.get(number, "") for number in sorted(seen.asked)},
                digest_of(text.encode()),
            )
            yield address, text

    def _digested(self, articles: Mapping[str, Article]) -> dict[str, str]:
        """Return each article's digest. The store hands out the same objects while they do not change."""
        last, self._digests = self._digests, {}
        for number, article in articles.items():
            known = last.get(number)
            digest = (
                known[1] if known and known[0] is article else digest_of(repr(article).encode())
            )
            self._digests[number] = (article, digest)
        digests = {number: digest for number, (_, digest) in self._digests.items()}
        return digests | {_ALL: digest_of("".join(sorted(digests.values())).encode())}

    def _load(self) -> dict[str, Made]:
        try:
            kept = json.loads(self.note.read_bytes())
            if kept["version"] != self.version:
                return {}
            return {address: Made(*made) for address, made in kept["made"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


class _Seen(Mapping[str, Article]):
    """Articles by number, with a list of those that were asked for."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self.asked: set[str] = set()

    def __getitem__(self, number: str) -> Article:
        self.asked.add(number)
        return self._articles[number]

    def __iter__(self) -> Iterator[str]:
        self.asked.add(_ALL)
        return iter(self._articles)

    def __len__(self) -> int:
        self.asked.add(_ALL)
        return len(self._articles)
