"""Which searches are one, and how often they count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.knowledge import Wanted, key_of, sought

AT = datetime(2026, 3, 2, tzinfo=UTC)
ONCE = Wanted(key_of("telepon bisu"), "telepon bisu", 1, AT, AT, "rina", "Rina")


@pytest.mark.parametrize(
    "other", ["Telepon BISU", "bisu, telepon!", "  telepon\tbisu ", "telépon bisu bisu"]
)
def test_the_same_words_written_otherwise_are_one_search(other):
    assert key_of(other) == key_of("telepon bisu")


@pytest.mark.parametrize("other", ["telepon", "telepon bisu mati", "teleponbisu"])
def test_other_words_are_another_search(other):
    assert key_of(other) != key_of("telepon bisu")


@pytest.mark.parametrize("nothing", ["", "  ", "?!…", "\u200b", "<>"])
def test_what_has_no_word_is_no_search(nothing):
    assert key_of(nothing) == ""


@given(st.text(max_size=300))
def test_anything_has_a_key_or_none(typed):
    assert len(key_of(typed)) in (0, 32)


def test_a_search_by_somebody_else_or_on_another_day_counts_again():
    later = AT + timedelta(hours=1)
    again = replace(ONCE, last=later, first=later)
    other = replace(again, by="bayu", name="Bayu", words="Telepon bisu", ticket="2026-0001")

    assert sought(None, ONCE, same_day=False) == ONCE
    assert sought(ONCE, again, same_day=True).times == 1
    assert sought(ONCE, again, same_day=False).times == 2
    assert sought(ONCE, other, same_day=True) == replace(other, times=2, first=AT)


def test_the_ticket_and_the_answer_stay_known():
    before = replace(ONCE, ticket="2026-0001", answer="2025-0001")
    after = sought(before, ONCE, same_day=True)
    assert (after.ticket, after.answer, after.settled) == ("2026-0001", "2025-0001", True)
