"""Sentences that are kept as plain values can be read in any language afterwards."""

from __future__ import annotations

import json

import pytest

from pulih.domain.plone.saying import sentence_of, told
from pulih.wording import sentence

ENGLISH = {"Di {path}: {why}": "At {path}: {why}", "Gagal.": "It failed."}


def test_a_sentence_comes_back_with_the_sentences_in_it():
    said = sentence("Di {path}: {why}", path="a/b", why=sentence("Gagal."))

    again = sentence_of(json.loads(json.dumps(told(said))))

    assert again == said
    assert again.say(ENGLISH.__getitem__) == "At a/b: It failed."


def test_lists_numbers_and_whatever_else_are_kept_as_they_are_read():
    said = sentence("{names} {count} {path}", names=["a", "b"], count=3, path=ValueError("x"))

    again = sentence_of(json.loads(json.dumps(told(said))))

    assert str(again) == str(said) == "a, b 3 x"


def test_nothing_is_nothing():
    assert sentence_of(None) is None


@pytest.mark.parametrize("kept", [{}, {"text": 1, "values": {}}, {"text": "x", "values": []}])
def test_what_is_no_sentence_is_refused(kept):
    with pytest.raises(TypeError):
        sentence_of(kept)
