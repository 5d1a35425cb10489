"""What a word may be meant for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.words.slips import distance, is_skeleton, respelled, skeleton, slips_allowed

WORDS = st.text("abcde", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("kabel", "kabel", 0),
        ("kabl", "kabel", 1),
        ("kabeel", "kabel", 1),
        ("kanel", "kabel", 1),
        ("kaebl", "kabel", 1),
        ("bandwit", "bandwidth", 2),
        ("router", "kabel", 3),
    ],
)
def test_slips_are_counted_as_a_hand_makes_them(one, other, slips):
    assert distance(one, other, 2) == slips


@given(WORDS, WORDS)
def test_the_distance_is_the_same_both_ways(one, other):
    assert distance(one, other, 2) == distance(other, one, 2)


@given(WORDS)
def test_a_word_is_no_slip_of_itself(word):
    assert distance(word, word, 2) == 0


@pytest.mark.parametrize(
    ("word", "slips"), [("ap", 0), ("rb951", 0), ("kabel", 1), ("bandwidth", 2), ("网络网络", 0)]
)
def test_short_words_and_names_hold_no_slips(word, slips):
    assert slips_allowed(word) == slips


@pytest.mark.parametrize(
    ("hurried", "word"), [("jrngn", "jaringan"), ("kmptr", "komputer"), ("intrnt", "internet")]
)
def test_a_word_without_its_vowels_is_recognised(hurried, word):
    assert is_skeleton(hurried)
    assert skeleton(hurried) == skeleton(word)
    assert not is_skeleton(word)


def test_hurry_doubles_and_counts():
    assert list(respelled("putus2")) == ["putus"]
    assert list(respelled("lemottt")) == ["lemot"]
    assert list(respelled("kabel")) == []
