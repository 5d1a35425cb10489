"""Every way of saying no is drawn on one page, and says what to do next."""

from __future__ import annotations

import inspect
import re

import pytest

from pulih import errors
from pulih.errors import Conflict, Duplicate, Invalid, Problem, PulihError, Refused
from pulih.wording import sentence

OURS = [
    kind
    for _name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, Exception) and kind is not PulihError
]

STATUS = {
    "Invalid": 422,
    "TooLarge": 413,
    "Refused": 409,
    "OutOfOrder": 409,
    "Finished": 409,
    "Conflict": 409,
    "Duplicate": 409,
    "NotAllowed": 403,
    "NotYourStep": 403,
    "NotFound": 404,
    "NotSignedIn": 401,
    "Unavailable": 503,
    "Contended": 503,
    "Damaged": 503,
    "FilesAway": 503,
    "StoreAway": 503,
    "StoreClosed": 503,
    "StoreFull": 503,
    "Uncertain": 503,
}


def drawn():
    """The tree in the docstring as name -> (parent, status); a line without a status has its parent's."""
    tree, path = {}, {0: ("PulihError", None)}
    for line in errors.__doc__.splitlines():
        found = re.match(r"^([ │]*)[├└]── (\w+)\s+(.*)$", line)
        if not found:
            continue
        depth = len(found[1]) // 4
        parent, inherited = path[depth - 1] if depth > 1 else path[0]
        status = re.search(r" (\d{3})$", found[3])
        tree[found[2]] = (parent, int(status[1]) if status else inherited)
        path[depth] = (found[2], tree[found[2]][1])
    return tree


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_error_is_drawn_under_its_parent_with_its_status(kind):
    parent, status = drawn()[kind.__name__]
    assert parent == kind.__base__.__name__
    assert status == STATUS[kind.__name__]


def test_nothing_is_drawn_that_does_not_exist():
    assert set(drawn()) == {kind.__name__ for kind in OURS} == set(STATUS)


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_error_says_what_it_is_for(kind):
    assert inspect.getdoc(kind)


def test_an_error_carries_a_sentence_to_be_translated_by_whoever_shows_it():
    error = Refused("Tiket {number} sudah berakhir.", number="2026-0001")
    assert error.sentence == sentence("Tiket {number} sudah berakhir.", number="2026-0001")
    assert str(error) == "Tiket 2026-0001 sudah berakhir."
    assert Refused(error.sentence).sentence is error.sentence


def test_what_does_not_fit_tells_every_field_and_that_nothing_is_lost():
    error = Invalid([Problem("a", sentence("Wajib.")), Problem("b", sentence("Terlalu panjang."))])
    assert "tetap tersimpan di formulir" in str(error.sentence)
    assert str(error).endswith("a: Wajib. b: Terlalu panjang.")
    assert [problem.field for problem in error.problems] == ["a", "b"]


def test_a_conflict_tells_the_version_that_stands():
    assert Conflict("Sudah berubah.", now=7).now == 7


def test_a_duplicate_tells_the_field_to_change():
    assert Duplicate("Sudah dipakai.", field="letter_number").field == "letter_number"
    assert Duplicate("Sudah dipakai.").field == ""
