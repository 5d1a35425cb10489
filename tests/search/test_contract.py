"""What the index owes over every store: the same answers, and never an answer older than the cases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from relevance import KAMUS, OURS, filled, queries, reports

from pulih.domain.search import Query
from pulih.domain.words.dictionary import parse
from pulih.search import WordIndex
from pulih.store import open_memory, open_postgres, open_tiny


@pytest.fixture(params=["memory", "tiny", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request, tmp_path):
    match request.param:
        case "memory":
            store = open_memory()
        case "tiny":
            store = open_tiny(tmp_path / "pulih.db")
        case _:
            store = open_postgres(request.getfixturevalue("emptied"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def archive():
    return reports(OURS)[:60]


@pytest.fixture(scope="module")
def dictionary():
    return parse(KAMUS.read_text())


def answers(store, dictionary, index=None, words=""):
    index = index or WordIndex(lambda: dictionary)
    asked = [words] if words else [one.words for one in queries(OURS)[::6]]
    with store.reading() as records:
        found = [index.find(Query(words=w, agency="dikbud"), records, {}) for w in asked]
    return [
        [(m.article.number, round(m.score, 9), *map(str, m.reasons)) for m in one.matches]
        for one in found
    ]


def numbers(store, index, words):
    with store.reading() as records:
        return [m.article.number for m in index.find(Query(words=words), records, {}).matches]


def lose_entries(store):
    with store.documents.writing() as documents:
        for key, _document in list(documents.scan("entries")):
            documents.remove("entries", key)


def test_every_store_ranks_alike_and_for_the_same_reasons(store, archive, dictionary):
    filled(archive, store)

    assert answers(store, dictionary) == answers(filled(archive), dictionary)


def test_who_was_there_from_the_beginning_ranks_as_who_comes_later(store, archive, dictionary):
    index = WordIndex(lambda: dictionary)
    for at in range(0, 60, 7):
        filled(archive[at : at + 7], store)
        numbers(store, index, "kabel putus")
    filled([replace(archive[3], title="Alamat ganda", version=2)], store)

    assert answers(store, dictionary, index) == answers(store, dictionary)


def test_a_case_is_found_as_soon_as_it_is_kept(store, archive):
    index = WordIndex()
    filled(archive[:5], store)
    numbers(store, index, "kabel")
    filled([replace(archive[7], number="2026-0099", title="Xylofon terbakar")], store)

    assert numbers(store, index, "xylofon") == ["2026-0099"]


def test_what_a_transaction_took_back_is_not_found(store, archive):
    index = WordIndex()
    filled(archive[:5], store)

    def deed(records):
        records.articles.put("2026-0099", replace(archive[7], number="2026-0099", title="Xylofon"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(deed)

    assert numbers(store, index, "xylofon") == []


def test_a_lost_index_is_no_reason_to_find_nothing(store, archive, dictionary):
    filled(archive, store)
    before = answers(store, dictionary)
    lose_entries(store)

    index = WordIndex(lambda: dictionary)
    with store.reading() as records:
        assert index.find(Query(words="kabel"), records, {}).behind == 60
    assert [[hit[0] for hit in one] for one in answers(store, dictionary, index)] == [
        [hit[0] for hit in one] for one in before
    ]


def test_a_lost_index_is_mended_part_by_part(store, archive, dictionary):
    filled(archive, store)
    before = answers(store, dictionary)
    lose_entries(store)
    index = WordIndex(lambda: dictionary)
    numbers(store, index, "kabel")

    for _batch in range(3):
        with store.writing() as records:
            stale = [entry.number for entry in records.entries.stale()]
            records.entries.mend(stale[:25], last=len(stale) <= 25)

    with store.reading() as records:
        assert records.entries.standing().current
        assert index.find(Query(words="kabel"), records, {}).behind == 0
    assert answers(store, dictionary, index) == before


def test_a_case_that_was_kept_past_the_index_is_found(store, archive):
    index = WordIndex()
    filled(archive[:5], store)
    with store.documents.writing() as documents:
        kept = documents.get("articles", archive[2].number)
        documents.update(
            "articles", archive[2].number, {**kept, "title": "Xylofon", "seal": "another"}
        )
        documents.update("settings", "archive", {"mark": "another"})

    assert numbers(store, index, "xylofon") == [archive[2].number]


def test_a_store_in_which_nothing_was_kept_answers(store):
    assert numbers(store, WordIndex(), "kabel") == []
    with store.reading() as records:
        assert records.entries.standing().current
