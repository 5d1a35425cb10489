"""What the index owes over every store: the same answers, and never an answer older than the cases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from relevance import KAMUS, OURS, filled, queries, reports

from pulih.domain.search import Query
from pulih.domain.words.dictionary import parse
from pulih.search import WordIndex
from pulih.service.mending import mend
from pulih.store.entries import DocumentEntries


@pytest.fixture(
    params=[
        "memory",
        pytest.param("tiny", marks=pytest.mark.slow),
        pytest.param("postgres", marks=[pytest.mark.slow, pytest.mark.postgres]),
    ]
)
def store(request, empty_store):
    return empty_store(request.param)


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


def cold(store, words):
    """Return what a process finds that has just begun."""
    with store.reading() as records:
        return WordIndex().find(Query(words=words, most=100), records, {})


def lose_entries(store):
    with store.documents.writing() as documents:
        for key, _document in list(documents.scan("entries")):
            documents.remove("entries", key)


def change_entry(store, key, **changes):
    with store.documents.writing() as documents:
        documents.update("entries", key, {**documents.get("entries", key), **changes})


def contents(store):
    with store.documents.reading() as documents:
        return {name: list(documents.scan(name)) for name in ("articles", "entries", "settings")}


def restore(store, backup):
    with store.documents.writing() as documents:
        for name, rows in backup.items():
            for key, _document in list(documents.scan(name)):
                documents.remove(name, key)
            for key, document in rows:
                documents.insert(name, key, document)


def test_every_store_ranks_alike_and_for_the_same_reasons(store, archive, dictionary):
    filled(archive, store)

    assert answers(store, dictionary) == answers(filled(archive), dictionary)


@pytest.mark.slow
def test_every_store_answers_the_whole_relevance_set_alike(store, dictionary):
    """The tolerance: the same five cases in the same order, and scores that differ by less than a billionth."""
    whole = reports(OURS)
    filled(whole, store)
    here, there = filled(whole), store
    known = WordIndex(lambda: dictionary), WordIndex(lambda: dictionary)

    for judged in queries(OURS):
        around = judged.context
        query = Query(
            words=judged.words,
            agency=around.get("opd", ""),
            device_kind=around.get("device_kind", ""),
        )
        with here.reading() as one, there.reading() as other:
            ours, theirs = known[0].find(query, one, {}), known[1].find(query, other, {})
        assert [m.article.number for m in ours.matches] == [
            m.article.number for m in theirs.matches
        ]
        assert [m.score for m in ours.matches] == pytest.approx(
            [m.score for m in theirs.matches], abs=1e-9
        )
        assert (ours.total, ours.facets) == (theirs.total, theirs.facets)


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


def test_one_entry_that_was_deleted_by_hand_is_noticed_by_who_reads_them_all(store, archive):
    filled([replace(archive[n], title=f"Xylofon {n}") for n in range(5)], store)
    with store.documents.writing() as documents:
        documents.remove("entries", archive[2].number)

    answer = cold(store, "xylofon")

    assert (answer.total, answer.behind) == (5, 1)
    assert mend(store) == 1
    assert (cold(store, "xylofon").total, cold(store, "xylofon").behind) == (5, 0)


@pytest.mark.parametrize(
    "torn",
    [{"weights": "00"}, {"weights": None}, {"terms": 7}, {"weights": "zz"}, {"seal": "another"}],
    ids=str,
)
def test_a_torn_entry_hides_no_case(store, archive, torn):
    filled([replace(archive[n], title=f"Xylofon {n}") for n in range(5)], store)
    index = WordIndex()
    numbers(store, index, "xylofon")
    change_entry(store, archive[2].number, **torn)
    if "seal" in torn:  # of a whole entry that is of another case, only the mark tells
        change_entry(store, "#", mark="another")

    answer = cold(store, "xylofon")

    assert (answer.total, answer.behind) == (5, 1)
    assert len(numbers(store, index, "xylofon")) == 5
    assert mend(store, doubted=True) == 1
    assert cold(store, "xylofon").behind == 0


def test_entries_that_were_weighed_otherwise_are_weighed_anew(store, archive, dictionary):
    filled(archive, store)
    before = answers(store, dictionary)
    change_entry(store, "#", weighing=0)

    assert cold(store, "kabel").behind == 60
    assert answers(store, dictionary) == before
    assert mend(store) == 60
    assert cold(store, "kabel").behind == 0
    assert answers(store, dictionary) == before


def test_who_searches_while_it_is_mended_does_not_read_all_cases_after_every_part(
    store, archive, monkeypatch
):
    filled(archive, store)
    lose_entries(store)
    index = WordIndex()
    numbers(store, index, "kabel")
    reads = []
    monkeypatch.setattr(
        DocumentEntries,
        "sound",
        lambda self, sound=DocumentEntries.sound: reads.append(1) or sound(self),
    )

    for _part in range(3):
        with store.writing() as records:
            stale = [entry.number for entry in records.entries.stale()]
            records.entries.mend(stale[:15], last=False)
        reads.clear()
        assert numbers(store, index, "kabel")
        assert not reads


def test_a_store_that_was_restored_from_a_backup_is_read_anew(store, archive):
    """Also where it has grown since beyond what was read of it before: its entries have the same numbers again."""
    index = WordIndex()
    filled(archive[:5], store)
    backup = contents(store)
    filled([replace(archive[n], title="Xylofon", number=f"X-{n}") for n in range(5, 9)], store)
    assert len(numbers(store, index, "xylofon")) == 4

    restore(store, backup)
    assert numbers(store, index, "xylofon") == []
    numbers(store, index, "kabel")

    filled([replace(archive[n], title="Xylofon", number=f"X-{n}") for n in range(5, 9)], store)
    assert len(numbers(store, index, "xylofon")) == 4
    restore(store, backup)
    filled([replace(archive[n], title="Zeppelin", number=f"Z-{n}") for n in range(5, 10)], store)

    assert numbers(store, index, "xylofon") == []
    assert len(numbers(store, index, "zeppelin")) == 5


def test_a_case_that_is_no_more_is_neither_found_nor_counted_once_it_is_mended(store, archive):
    filled([replace(archive[n], title=f"Xylofon {n}") for n in range(5)], store)
    with store.documents.writing() as documents:
        documents.remove("articles", archive[2].number)

    assert len(cold(store, "xylofon").matches) == 4
    mend(store)

    with store.reading() as records:
        assert records.entries.count() == records.entries.cases() == 4
    assert cold(store, "xylofon").total == 4
