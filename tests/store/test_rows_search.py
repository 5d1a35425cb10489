"""The embedded store's index of words answers as looking through every text would."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from pulih.store.tiny import TinyDocuments

_MANY = 1300  # more than come into the index at a time, and more hits than are put in order


@pytest.fixture
def documents(tmp_path):
    store = TinyDocuments(tmp_path / "pulih.db")
    with store.writing() as view:
        for n in range(_MANY):
            words = f"tiket {n:04d} router{' lantai' * (n % 3 == 0)} Gedung{'é' * (n % 7 == 0)}"
            view.insert("tickets", f"{n:04d}", {"words": words, "state": "ab"[n % 2], "opened": n})
    yield store
    store.close()


def found(view, *words, **how):
    return [document["opened"] for document in view.find("tickets", words=words, **how)]


@pytest.mark.parametrize(
    ("words", "state", "expected"),
    [
        (["router"], "", range(_MANY)),
        (["lantai"], "", range(0, _MANY, 3)),
        (["antai", "oute"], "a", range(0, _MANY, 6)),
        (["ngé"], "", range(0, _MANY, 7)),
        (["gedung"], "", []),
        (["0007"], "", [7]),
        (["t 0"], "", range(1000)),
        (['"', "router"], "", []),
        (["1299", "ge"], "b", []),
        (["1299", "Ge"], "b", [1299]),
        (["router AND"], "", []),
    ],
)
def test_words_find_what_holds_them(documents, words, state, expected):
    equal = {"state": state} if state else {}
    with documents.reading() as view:
        assert found(view, *words, equal=equal) == list(expected)
        assert view.count("tickets", equal, words=words) == len(expected)


def test_a_page_of_many_hits_is_that_of_the_whole_list(documents):
    with documents.reading() as view:
        whole = found(view, "router", order="opened", descending=True)
        page = found(view, "router", order="opened", descending=True, limit=25, start=50)

    assert page == whole[50:75]


@pytest.mark.parametrize(
    "n", [5, 1290, 511, 255]
)  # in the index; not yet; the ones that bring others in
def test_changed_and_removed_words_are_found_no_more(documents, n):
    key = f"{n:04d}"
    with documents.writing() as view:
        view.update("tickets", key, {"words": "kabel putus", "opened": n})
        assert found(view, "kabel") == [n]
        assert found(view, key) == []

        view.update("tickets", key, {"words": f"tiket {key}", "opened": n})
        assert found(view, "kabel") == []
        assert found(view, key) == [n]

        view.remove("tickets", key)
        assert found(view, key) == []
        assert view.count("tickets", words=[key]) == 0


def test_lists_and_words_of_an_older_file_are_made_anew(tmp_path):
    path = tmp_path / "pulih.db"
    store = TinyDocuments(path)
    with store.writing() as view:
        view.insert("tickets", "1", {"words": "router lantai", "team": ["rian", "yuni"]})
    store.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("DROP TABLE tickets_search")
        file.execute("DROP TABLE tickets_team")
        file.execute("CREATE TABLE tickets_team (value, id INTEGER, PRIMARY KEY (value, id))")
        file.commit()

    store = TinyDocuments(path)
    with store.reading() as view:
        assert view.count("tickets", {"team": "yuni"}) == 1
        assert view.count("tickets", words=["outer"]) == 1
    store.close()
