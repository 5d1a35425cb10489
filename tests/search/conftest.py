from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pulih.domain.article import Article
from pulih.domain.search import Found, Query
from pulih.search import WordIndex
from pulih.store import open_memory

BLANK = Article(
    number="TKT-2026-0000",
    year=2026,
    title="",
    agency="dinkes",
    agency_name="Dinas Kesehatan",
    site="",
    place="",
    device="",
    device_kind="switch",
    device_make="",
    fault_type="kabel-putus",
    fault_name="Kabel putus",
    location="",
    symptom="",
    cause="",
    cause_confirmed=True,
    remote="",
    on_site="",
    actions="",
    installed="",
    settings="",
    result="",
    solution_class="",
    prevention="",
    checks=(),
    tests=(),
    reported=date(2026, 3, 2),
    resolved=date(2026, 3, 4),
    closed_at=datetime(2026, 3, 4, 2, tzinfo=UTC),
    working_hours=5.5,
    recurrence_of="",
    related=(),
    version=14,
)


class Archive:
    """Cases that are added one by one, each a day newer, in a store, and an index over them."""

    blank = BLANK

    def __init__(self) -> None:
        self.count = 0
        self.store = open_memory()
        self.index = WordIndex()

    def add(self, title: str = "", **fields) -> str:
        self.count += 1
        count = self.count
        number = f"TKT-2026-{count:04}"
        closed = BLANK.closed_at + timedelta(days=count)
        self.keep(replace(BLANK, number=number, title=title, **{"closed_at": closed, **fields}))
        return number

    def keep(self, article: Article) -> None:
        with self.store.writing() as records:
            records.articles.put(article.number, article)

    def find(self, words: str = "", *, helped=None, **fields) -> Found:
        with self.store.reading() as records:
            return self.index.find(Query(words=words, **fields), records, helped or {})

    def numbers(self, words: str = "", **fields) -> list[str]:
        return [match.article.number for match in self.find(words, **fields).matches]


@pytest.fixture
def archive():
    return Archive()
