"""What every store of documents owes, one transaction at a time."""

from __future__ import annotations

import pytest

from pulih.errors import Conflict, Duplicate, NotFound


@pytest.fixture
def writing(documents):
    """A transaction that is open while the test runs."""
    with documents.writing() as view:
        yield view


@pytest.fixture
def three(writing):
    """Three sites: two of one agency, and one without a name to be ordered by."""
    writing.insert("sites", "b", {"agency": "x", "sort": "ungu", "active": True, "words": "a b"})
    writing.insert("sites", "a", {"agency": "x", "sort": "biru", "active": False, "words": "b c"})
    writing.insert("sites", "c", {"agency": "y", "sort": None, "active": True, "words": "c"})
    return writing


def keys(found):
    return [{"ungu": "b", "biru": "a", None: "c"}[document["sort"]] for document in found]


# ---- Single documents -------------------------------------------------------------------------


def test_a_document_comes_back_as_it_was(writing):
    document = {"a": [1, {"b": None}], "c": "é–\u0000", "d": True, "e": 0.1}
    writing.insert("settings", "one", document)

    assert writing.get("settings", "one") == document


def test_there_is_nothing_under_an_unknown_key(writing):
    assert writing.get("settings", "one") is None
    assert writing.get("settings", "\ud800") is None


def test_changing_what_was_read_changes_nothing_kept(writing):
    given = {"list": [1]}
    writing.insert("settings", "one", given)
    given["list"].append(2)
    writing.get("settings", "one")["list"].append(3)
    writing.find("settings")[0]["list"].append(4)

    assert writing.get("settings", "one") == {"list": [1]}


def test_a_key_stands_only_once(writing):
    writing.insert("settings", "one", {"a": 1})

    with pytest.raises(Duplicate) as caught:
        writing.insert("settings", "one", {"a": 2})

    assert caught.value.field == ""
    assert writing.get("settings", "one") == {"a": 1}


def test_the_same_key_may_stand_in_two_tables(writing):
    writing.insert("settings", "one", {"a": 1})
    writing.insert("secrets", "one", {"a": 2})

    assert writing.get("settings", "one") == {"a": 1}


def test_a_change_replaces_the_whole_document(writing):
    writing.insert("settings", "one", {"a": 1, "b": 1})
    writing.update("settings", "one", {"a": 2})

    assert writing.get("settings", "one") == {"a": 2}


def test_what_is_not_there_cannot_be_changed(writing):
    with pytest.raises(NotFound):
        writing.update("settings", "one", {})

    assert writing.get("settings", "one") is None


def test_a_change_of_an_older_version_is_refused_and_tells_which_stands(writing):
    writing.insert("tickets", "1", {"version": 3, "a": 1})

    with pytest.raises(Conflict) as caught:
        writing.update("tickets", "1", {"version": 3, "a": 2}, expected=2)

    assert caught.value.now == 3
    assert writing.get("tickets", "1") == {"version": 3, "a": 1}


def test_a_change_of_the_version_that_stands_is_taken(writing):
    writing.insert("tickets", "1", {"version": 3})
    writing.update("tickets", "1", {"version": 4}, expected=3)

    assert writing.get("tickets", "1") == {"version": 4}


def test_removing_forgets_a_document_and_frees_what_it_held(writing):
    writing.insert("tickets", "1", {"letter_key": "x"})
    writing.remove("tickets", "1")
    writing.insert("tickets", "2", {"letter_key": "x"})

    assert writing.get("tickets", "1") is None
    assert writing.count("tickets") == 1


def test_removing_what_is_not_there_does_nothing(writing):
    writing.remove("drafts", "1")

    assert writing.count("drafts") == 0


# ---- Values that may stand only once ----------------------------------------------------------


def test_a_unique_value_is_refused_a_second_time_by_the_name_of_its_field(writing):
    writing.insert("tickets", "1", {"letter_key": "x", "agenda_key": "1"})

    with pytest.raises(Duplicate) as caught:
        writing.insert("tickets", "2", {"letter_key": "y", "agenda_key": "1"})

    assert caught.value.field == "agenda_key"
    assert writing.get("tickets", "2") is None


def test_a_unique_value_cannot_be_changed_into_either(writing):
    writing.insert("tickets", "1", {"letter_key": "x"})
    writing.insert("tickets", "2", {"letter_key": "y"})

    with pytest.raises(Duplicate) as caught:
        writing.update("tickets", "2", {"letter_key": "x"})

    assert caught.value.field == "letter_key"
    assert writing.find("tickets", {"letter_key": "y"}) == [{"letter_key": "y"}]


def test_any_number_of_documents_may_be_without_a_unique_value(writing):
    writing.insert("tickets", "1", {"letter_key": None})
    writing.insert("tickets", "2", {})

    assert writing.count("tickets") == 2


def test_a_unique_value_that_was_changed_is_free_again(writing):
    writing.insert("tickets", "1", {"letter_key": "x"})
    writing.update("tickets", "1", {"letter_key": "y"})
    writing.insert("tickets", "2", {"letter_key": "x"})

    assert writing.count("tickets") == 2


def test_a_document_keeps_its_own_unique_value_when_it_changes(writing):
    writing.insert("tickets", "1", {"letter_key": "x"})
    writing.update("tickets", "1", {"letter_key": "x", "state": "open"})

    assert writing.find("tickets", {"state": "open"}) == [{"letter_key": "x", "state": "open"}]


# ---- Finding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("equal", "expected"),
    [
        ({}, ["a", "b", "c"]),
        ({"agency": "x"}, ["a", "b"]),
        ({"agency": "x", "active": True}, ["b"]),
        ({"agency": "z"}, []),
        ({"agency": ["y", "z"]}, ["c"]),
        ({"agency": ("x", "y")}, ["a", "b", "c"]),
        ({"agency": []}, []),
        ({"sort": None}, ["c"]),
        ({"sort": ["biru", None]}, ["a", "c"]),
        ({"active": False}, ["a"]),
    ],
)
def test_documents_are_found_by_equal_fields_in_order_of_key(three, equal, expected):
    assert keys(three.find("sites", equal)) == expected
    assert three.count("sites", equal) == len(expected)


def test_a_number_is_no_text(writing):
    writing.insert("tickets", "1", {"step": 5})

    assert writing.count("tickets", {"step": 5}) == 1
    assert writing.count("tickets", {"step": "5"}) == 0


def test_a_field_that_holds_a_list_equals_each_of_its_members(writing):
    writing.insert("tickets", "1", {"team": ["rina", "bayu"]})
    writing.insert("tickets", "2", {"team": ["bayu"]})
    writing.insert("tickets", "3", {"team": []})
    writing.update("tickets", "2", {"team": ["joko"]})

    assert writing.count("tickets", {"team": "bayu"}) == 1
    assert writing.count("tickets", {"team": ["rina", "joko"]}) == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [(("b",), ["a", "b"]), (("b", "c"), ["a"]), (("%",), []), (("",), ["a", "b", "c"])],
)
def test_all_words_must_be_in_the_text(three, words, expected):
    assert keys(three.find("sites", words=words)) == expected
    assert three.count("sites", {"active": False}, words=words) == expected.count("a")


@pytest.mark.parametrize(
    ("descending", "expected"), [(False, ["a", "b", "c"]), (True, ["b", "a", "c"])]
)
def test_absent_values_come_last_in_either_order(three, descending, expected):
    assert keys(three.find("sites", order="sort", descending=descending)) == expected


@pytest.mark.parametrize("descending", [False, True])
def test_equal_values_are_in_order_of_key_in_either_order(writing, descending):
    for key in "bca":
        writing.insert("sites", key, {"id": key, "sort": "x"})

    found = writing.find("sites", order="sort", descending=descending)

    assert [document["id"] for document in found] == ["a", "b", "c"]


def test_pages_of_a_list_neither_overlap_nor_leave_out(writing):
    for n in range(10):
        writing.insert("tickets", f"{n}", {"n": n, "opened": f"{n // 3}", "state": "open"})

    def page(start: int) -> list[int]:
        found = writing.find(
            "tickets", {"state": "open"}, order="opened", descending=True, limit=4, start=start
        )
        return [document["n"] for document in found]

    assert [page(0), page(4), page(8), page(12)] == [[9, 6, 7, 8], [3, 4, 5, 0], [1, 2], []]
    assert page(10**30) == []


def test_only_indexed_fields_can_be_asked_for(writing):
    for ask in (
        lambda: writing.find("sites", {"address": "x"}),
        lambda: writing.find("sites", order="address"),
        lambda: writing.find("runs", words=["x"]),
        lambda: writing.count("sites", {"address": "x"}),
        lambda: writing.get("nothing", "x"),
        lambda: writing.insert("nothing", "x", {}),
    ):
        with pytest.raises(KeyError):
            ask()


# ---- Numbers ----------------------------------------------------------------------------------


def test_numbers_begin_at_one_in_every_series(writing):
    assert [writing.next_number("a"), writing.next_number("a"), writing.next_number("b")] == [
        1,
        2,
        1,
    ]


# ---- Versions ---------------------------------------------------------------------------------


def test_versions_are_told_without_the_documents(three):
    three.update("sites", "a", {"agency": "x", "active": False, "version": 3})
    three.update("sites", "b", {"agency": "x", "active": True, "version": 1})
    three.insert("sites", "é", {"agency": "y", "active": True, "version": 7})

    assert three.versions("sites") == {"a": 3, "b": 1, "é": 7}
    assert three.versions("sites", {"agency": "x"}) == {"a": 3, "b": 1}
    assert three.versions("sites", {"agency": ("x", "y"), "active": True}) == {"b": 1, "é": 7}
    assert three.versions("sites", {"agency": "z"}) == {}


def test_versions_are_asked_by_what_is_indexed_only(three):
    with pytest.raises(KeyError):
        three.versions("sites", {"nama": "x"})
    with pytest.raises(KeyError):
        three.versions("tidak-ada")
