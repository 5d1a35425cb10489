"""A sentence and its values, kept apart until somebody reads it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.wording import N_, Bilingual, Sentence, in_words, sentence

ENGLISH = {
    "Langkah ini dikerjakan oleh {roles}.": "This step is done by {roles}.",
    "Kepala Dinas": "Head of department",
    "Tim Jaringan": "Network team",
    "Selesai": "Done",
    "{inner} Ulangi.": "{inner} Try again.",
}


def english(text):
    return ENGLISH.get(text, text)


def test_a_sentence_reads_in_indonesian_where_nobody_asks_otherwise():
    said = sentence("Tiket {number} tidak ditemukan.", number="2026-0001")
    assert str(said) == "Tiket 2026-0001 tidak ditemukan."


def test_a_sentence_is_translated_before_its_values_go_in():
    said = sentence("Langkah ini dikerjakan oleh {roles}.", roles="x")
    assert said.say(english) == "This step is done by x."


def test_a_value_that_is_a_sentence_is_translated_with_the_sentence_around_it():
    inner = sentence("Langkah ini dikerjakan oleh {roles}.", roles=sentence("Kepala Dinas"))
    said = sentence("{inner} Ulangi.", inner=inner)
    assert said.say(english) == "This step is done by Head of department. Try again."
    assert str(said) == "Langkah ini dikerjakan oleh Kepala Dinas. Ulangi."


def test_sentences_in_a_list_are_translated_and_joined():
    roles = [sentence("Kepala Dinas"), sentence("Tim Jaringan"), "Rina"]
    said = sentence("Langkah ini dikerjakan oleh {roles}.", roles=roles)
    assert said.say(english) == "This step is done by Head of department, Network team, Rina."


def test_a_sentence_without_values_is_not_a_template():
    assert str(sentence("Tulis {kurung} begini.")) == "Tulis {kurung} begini."


@given(st.text(max_size=30))
def test_what_people_typed_goes_in_as_it_is(typed):
    assert str(sentence("[{x}]", x=typed)) == f"[{typed}]"


def test_other_values_are_written_as_the_reader_is_used_to():
    assert in_words(7, english) == "7"
    assert in_words(7, english, lambda value: f"no. {value}") == "no. 7"
    assert in_words("Selesai", english) == "Selesai"  # typed by a person, not ours to translate
    assert in_words((1, "a"), english) == "1, a"


def test_a_value_is_shown_in_the_same_way_in_a_sentence_within_a_sentence():
    visit = date(2026, 3, 4)
    said = sentence(
        "Kunjungan {day}, {inner}", day=visit, inner=sentence("sampai {day}", day=visit)
    )
    assert str(said) == "Kunjungan 2026-03-04, sampai 2026-03-04"
    assert said.say(show=lambda day: f"{day:%d.%m.}") == "Kunjungan 04.03., sampai 04.03."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Rina", "Oleh Rina."),
        ("Rina Kartika, S.T.", "Oleh Rina Kartika, S.T."),
        ("Rina...", "Oleh Rina...."),
    ],
)
def test_a_title_that_ends_in_a_full_stop_ends_the_sentence_too(typed, said):
    assert str(sentence("Oleh {who}.", who=typed)) == said


def test_marking_a_text_for_the_catalogue_does_not_change_it():
    assert N_("Selesai") == "Selesai"


def test_sentences_with_the_same_words_and_values_are_equal():
    assert sentence("a {x}", x=1) == Sentence("a {x}", {"x": 1})
    assert sentence("a {x}", x=1) != sentence("a {x}", x=2)


def test_what_the_regulation_words_is_said_in_english_only_to_those_who_read_it():
    wording = Bilingual("Uji coba", "Trial")
    assert (wording.say("en"), wording.say("en_GB"), wording.say("id")) == (
        "Trial",
        "Trial",
        "Uji coba",
    )
    assert (wording.say("fr"), str(wording)) == ("Uji coba", "Uji coba")
