"""The articles, of which most questions want all: kept in memory between transactions, while nobody changes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from pulih.domain.article import Article
from pulih.ports import Document
from pulih.store.codec import ARTICLE, SETTING
from pulih.store.keep import DocumentKeep

_MARK = "archive"
State = tuple[str, int]  # the mark that the last change left, and how many articles there are


@dataclass(slots=True)
class Archive:
    """What a store last had: the articles, by number and in order of number, and the state that they are of.

    Both change in one go, as several threads share it.
    """

    last: tuple[State, Mapping[str, Article]] = (("", 0), {})


@dataclass(frozen=True, slots=True)
class ArchiveKeep(DocumentKeep[Article]):
    """Implements `ports.Keep` for articles.

    Every change leaves a mark, in the same transaction, that is made of the mark before and of what has changed: one
    mark stands for the same articles in every process, and also where a transaction was taken back and done again.
    """

    archive: Archive

    def put(self, key: str, item: Article) -> None:
        """Keep an article, over an older one."""
        known = self._known()
        DocumentKeep.put(self, key, item)
        self._mark(key, ARTICLE.encode(item))
        if known is not None:
            self._remember({**known, key: item})

    def remove(self, key: str) -> None:
        """Forget an article."""
        DocumentKeep.remove(self, key)
        self._mark(key, {})

    def find(self, **equal: str | bool) -> list[Article]:
        """Return the articles with these indexed fields, in order of number. Raises KeyError for another field."""
        if equal:
            return DocumentKeep.find(self, **equal)
        known = self._known()
        if known is None:
            known = {article.number: article for article in DocumentKeep.find(self)}
            self._remember(known)
        return list(known.values())

    def _known(self) -> Mapping[str, Article] | None:
        """Return the articles where they are still those in memory."""
        state, articles = self.archive.last
        return articles if state == self._state() else None

    def _remember(self, articles: Mapping[str, Article]) -> None:
        self.archive.last = self._state(), dict(sorted(articles.items()))

    def _state(self) -> State:
        return self._last(), self.documents.count(self.table)

    def _last(self) -> str:
        return str((self.documents.get("settings", _MARK) or {"mark": ""})["mark"])

    def _mark(self, key: str, document: Document) -> None:
        changed = json.dumps([self._last(), key, document])
        mark = {"mark": hashlib.sha256(changed.encode()).hexdigest()}
        DocumentKeep(self.documents, "settings", SETTING).put(_MARK, mark)
