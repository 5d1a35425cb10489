"""The office's dictionary: a page of the wiki that anybody may have written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.words.dictionary import parse

PAGE = """
# Kamus

Kalimat biasa = bukan isi kamus.

- lambat = lemot, lelet
* akses poin = ap, hotspot
- mati = tidak hidup
- lambat ~ bandwidth penuh
"""


def test_all_of_a_line_means_the_same():
    same = parse(PAGE).same

    assert ("access", "point") in same["akses", "poin"]
    assert ("nirkabel",) in same["akses", "poin"]
    assert ("akses", "poin") in same["nirkabel",]


def test_what_is_denied_is_another_word():
    same = parse(PAGE).same

    assert ("!hidup",) in same["mati",]
    assert ("hidup",) not in same


def test_a_hint_leads_one_way():
    near = parse(PAGE).near

    assert near["lambat",] == (("bandwidth", "penuh"),)
    assert ("bandwidth", "penuh") not in near


def test_prose_is_no_entry():
    assert ("kalimat", "biasa") not in parse(PAGE).same


@pytest.mark.parametrize(
    "page",
    [
        "- =",
        "- = , , ,",
        "- a = b = c ~ d",
        "- " + "x, " * 5000 + "= y",
        "- <script>alert(1)</script> = ' OR 1=1 --",
        "- yang = di, ke",
        "- \x00\ud800 = \u202e",
        "- kabel = kabel",
        "-" * 100_000,
        "- a = b\n" * 100_000,
        "- " + " ".join(["satu"] * 300) + " = dua",
    ],
)
def test_a_page_that_means_harm_is_read_and_does_none(page):
    known = parse(page)

    assert len(known.same) <= 200
    assert all(
        len(phrase) <= 3 for others in known.same.values() for phrase in (*others, *known.same)
    )


@given(st.text())
def test_no_page_is_too_odd(page):
    parse(f"- {page}")
    parse(page)
