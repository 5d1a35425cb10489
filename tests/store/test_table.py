"""TinyDB's own interface on the rows: what its manual promises, it does."""

from __future__ import annotations

import json

import pytest
from tinydb import Query, where
from tinydb.operations import delete, increment
from tinydb.table import Document

from pulih.errors import Duplicate
from pulih.store.rowfile import RowFile
from pulih.store.rows import Part
from pulih.store.schema import TABLES
from pulih.store.table import RowTable
from pulih.store.terms import KEY, query_of, terms_of


@pytest.fixture
def rows(path):
    """The rows of a new file, in a transaction."""
    file = RowFile(path, lambda _rows, _found: None)
    with file.writing() as rows:
        yield rows
    file.close()


@pytest.fixture
def table(rows):
    """Three tickets: two open, one closed; two of one agency."""
    table = RowTable(rows, "tickets")
    table.insert({"state": "open", "agency": "x", "n": 1, "team": ["rina"]})
    table.insert({"state": "open", "agency": "y", "n": 2, "team": ["rina", "bayu"]})
    table.insert({"state": "closed", "agency": "x", "n": 3, "team": []})
    return table


def ns(found):
    return sorted(document["n"] for document in found)


T = Query()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (T.state == "open", [1, 2]),
        ((T.state == "open") & (T.agency == "x"), [1]),
        ((T.state == "closed") | (T.agency == "y"), [2, 3]),
        (~(T.state == "open"), [3]),
        (T.state != "open", [3]),
        (T.agency.one_of(["x", "z"]), [1, 3]),
        (T.agency.one_of({"x", "z"}), [1, 3]),
        (T.agency.one_of("xz"), [1, 3]),
        (T.team.any(["bayu"]), [2]),
        (T.team.all(["rina"]), [1, 2]),
        ((T.team.any(["rina"])) & (T.n > 1), [2]),
        (T.n == 2, [2]),
        (T.n.test(lambda n: n > 2), [3]),
        (T.state.matches("o.*"), [1, 2]),
        (T.nothing.exists(), []),
        (T.state == {"a": [1]}, []),
        (T.fragment({"agency": "x", "n": 3}), [3]),
        (T.noop(), [1, 2, 3]),
        (where("state") == "open", [1, 2]),
        ((T.state == "open") & (T.state == "closed"), []),
        (T.map(lambda document: document["n"]) == 1, [1]),
    ],
)
def test_search_and_count_answer_as_tinydb_would(table, query, expected):
    assert ns(table.search(query)) == expected
    assert table.count(query) == len(expected)
    assert table.contains(query) is bool(expected)


def test_words_are_looked_for_in_the_text(table):
    table.insert({"n": 4, "words": "wifi mati"})

    for word, expected in (("wifi", [4]), ("lambat", [])):
        query = query_of(TABLES["tickets"], {}, (word,))
        assert ns(table.search(query)) == ns(filter(query, table)) == expected


def test_documents_are_got_by_number_numbers_and_query(table):
    assert table.get(doc_id=2)["n"] == 2
    assert table.get(doc_id=9) is None
    assert ns(table.get(doc_ids=[1, 3, 9])) == [1, 3]
    assert table.get(T.agency == "y").doc_id == 2
    assert table.get(T.agency == "z") is None
    with pytest.raises(RuntimeError):
        table.get()


def test_all_documents_come_in_the_order_in_which_they_were_added(table):
    assert [document.doc_id for document in table] == [1, 2, 3]
    assert [document["n"] for document in table.all()] == [1, 2, 3]
    assert len(table) == 3


def test_many_documents_are_inserted_at_once(table):
    assert table.insert_multiple([{"n": 4}, Document({"n": 9}, 9), {"n": 10}]) == [4, 9, 10]
    assert table.get(doc_id=9)["n"] == 9
    with pytest.raises(ValueError, match="already exists"):
        table.insert(Document({}, 9))


def test_updates_reach_the_documents_and_their_indexes(table):
    assert table.update({"state": "closed"}, T.agency == "y") == [2]
    assert ns(table.search(T.state == "closed")) == [2, 3]
    assert table.update(increment("n"), doc_ids=[1, 7]) == [1]
    assert table.update(delete("team"), T.state == "closed") == [2, 3]
    assert ns(table.search(T.team.any(["rina"]))) == [2]
    assert table.update({"seen": True}) == [1, 2, 3]
    assert table.update_multiple([({"n": 7}, T.agency == "x"), ({"n": 8}, T.agency == "y")])
    assert ns(table) == [7, 7, 8]


def test_upsert_changes_or_adds(table):
    assert table.upsert({"agency": "y", "n": 20}, T.agency == "y") == [2]
    assert table.upsert({"agency": "z", "n": 21}, T.agency == "z") == [4]
    assert ns(table) == [1, 3, 20, 21]


def test_documents_are_removed_by_query_and_by_number(table):
    assert table.remove(T.agency == "x") == [1, 3]
    assert table.remove(doc_ids=[2, 9]) == [2]
    assert len(table) == 0
    assert table.count(T.team.any(["rina"])) == 0


def test_truncate_leaves_nothing(table):
    table.truncate()

    assert table.all() == []
    assert table.insert({"n": 1}) == 1


def test_a_unique_field_is_unique_here_too(table):
    table.insert({"n": 4, "letter_key": "x"})
    with pytest.raises(Duplicate):
        table.insert({"n": 5, "letter_key": "x"})


def test_a_table_shows_itself_and_its_storage_as_tinydb_does(table, rows):
    assert "tickets" in repr(table)
    assert table.storage is rows


def test_everything_can_be_read_in_the_shape_of_a_tinydb_file(table, rows):
    told = json.loads(json.dumps(rows.read()))

    assert set(told) == set(TABLES)
    assert told["tickets"]["3"]["n"] == 3
    with pytest.raises(NotImplementedError):
        rows.write(told)


# ---- What reaches an index --------------------------------------------------------------------


def test_what_the_desks_ask_for_is_answered_by_indexes_alone():
    terms = terms_of(
        TABLES["tickets"],
        query_of(TABLES["tickets"], {"state": ["open"], "step": None, "team": "rina"}, ("wifi",)),
    )

    assert terms.whole
    assert {(term.field, term.does, term.values) for term in terms.terms} == {
        ("state", "=", ("open",)),
        ("step", "=", (None,)),
        ("team", "any", ("rina",)),
        ("words", "in", ("wifi",)),
    }


def test_a_query_of_other_fields_uses_what_indexes_it_can():
    terms = terms_of(TABLES["tickets"], (T.state == "open") & (T.n > 1))

    assert not terms.whole
    assert [term.field for term in terms.terms] == ["state"]


@pytest.mark.parametrize(
    ("equal", "index"),
    [
        ({KEY: "1"}, "sqlite_autoindex_tickets_"),
        ({"letter_key": "x"}, "sqlite_autoindex_tickets_"),
        ({"state": ["open", "returned"], "stage": "trial"}, "tickets_by_stage"),
        ({"state": ["closed"], "agency": "x"}, "tickets_by_agency"),
        ({"step": 5}, "tickets_by_step"),
        ({"state": "open", "team": "rina"}, "tickets_by_state"),
        ({}, "tickets_by_opened"),
    ],
)
def test_each_list_is_read_by_the_index_that_fewest_share(rows, equal, index):
    statements: list[str] = []
    terms = terms_of(TABLES["tickets"], query_of(TABLES["tickets"], equal))
    rows._connection.set_trace_callback(statements.append)
    rows.ids("tickets", terms, Part("opened", descending=True, limit=25))
    rows._connection.set_trace_callback(None)
    plan = rows._connection.execute(f"EXPLAIN QUERY PLAN {statements[-1]}").fetchall()

    assert any(index in line[-1] for line in plan)
