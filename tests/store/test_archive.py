"""The articles that a store keeps in memory are never others than those that are there."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from pulih.domain.article import Article
from pulih.store.codec import ARTICLE
from pulih.store.office import OfficeStore


def article(number, title="Internet mati"):
    told = {field.name: "x" for field in fields(Article) if field.type == "str"}
    return Article(
        **{**told, "number": number, "title": title},
        year=2026,
        cause_confirmed=True,
        checks=(),
        tests=(),
        reported=date(2026, 3, 2),
        resolved=date(2026, 3, 4),
        closed_at=datetime(2026, 3, 4, tzinfo=UTC),
        working_hours=12.5,
        related=(),
        version=1,
    )


def put(store, *articles):
    def keep(records):
        for one in articles:
            records.articles.put(one.number, one)

    store.write(keep)


def found(store):
    with store.reading() as records:
        return records.articles.find()


def counted(documents, monkeypatch):
    """Return a store, and how often it has read all articles."""
    read: list[str] = []
    store = OfficeStore(documents)
    with documents.reading() as view:
        kind = type(view)
    find = kind.find

    def counting(view, table, equal=None, **how):
        if table == "articles":
            read.append(table)
        return find(view, table, equal, **how)

    monkeypatch.setattr(kind, "find", counting)
    return store, read


def test_articles_are_read_once_while_nobody_changes_them(documents, monkeypatch):
    store, read = counted(documents, monkeypatch)
    put(store, article("2026-0002"), article("2026-0001"))

    assert [one.number for one in found(store)] == ["2026-0001", "2026-0002"]
    assert found(store) == found(store)
    assert len(read) <= 1


def test_what_another_process_writes_is_seen(documents):
    here, there = OfficeStore(documents), OfficeStore(documents)
    put(here, article("2026-0001"))
    assert len(found(here)) == len(found(there)) == 1

    put(there, article("2026-0001", "Router terbakar"), article("2026-0002"))

    assert [one.title for one in found(here)] == ["Router terbakar", "Internet mati"]
    assert found(here) == found(there)


def test_an_article_that_was_taken_back_is_not_remembered(documents):
    store, other = OfficeStore(documents), OfficeStore(documents)
    put(store, article("2026-0001"))

    def fail(records):
        records.articles.put("2026-0002", article("2026-0002", "Kabel putus"))
        assert len(records.articles.find()) == 2
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(fail)

    assert [one.number for one in found(store)] == ["2026-0001"]
    put(other, article("2026-0002", "Lain lagi"))
    assert [one.title for one in found(store)] == ["Internet mati", "Lain lagi"]


def test_a_removed_article_is_gone(documents):
    store = OfficeStore(documents)
    put(store, article("2026-0001"), article("2026-0002"))
    assert len(found(store)) == 2

    store.write(lambda records: records.articles.remove("2026-0001"))

    assert [one.number for one in found(store)] == ["2026-0002"]


def test_articles_that_come_past_the_store_are_seen(documents):
    store = OfficeStore(documents)
    assert found(store) == []
    with documents.writing() as view:
        view.insert("articles", "2026-0001", ARTICLE.encode(article("2026-0001")))

    assert len(found(store)) == 1
