from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pulih.domain.article import Article
from pulih.domain.search import Found, Query
from pulih.search import WordIndex

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
    """Cases that are added one by one, each a day newer, and an index over them."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self.index = WordIndex()

    def add(self, title: str = "", **fields) -> str:
        count = len(self.articles) + 1
        number = f"TKT-2026-{count:04}"
        closed = BLANK.closed_at + timedelta(days=count)
        self.articles.append(
            replace(BLANK, number=number, title=title, **{"closed_at": closed, **fields})
        )
        return number

    def find(self, words: str = "", *, helped=None, **fields) -> Found:
        return self.index.find(Query(words=words, **fields), self.articles, helped or {})

    def numbers(self, words: str = "", **fields) -> list[str]:
        return [match.article.number for match in self.find(words, **fields).matches]


@pytest.fixture
def archive():
    return Archive()
