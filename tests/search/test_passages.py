"""The part of a case that answers a query, with the words marked as they were written."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.domain.article import Reading
from pulih.domain.words import terms
from pulih.search.passages import CUT, LENGTH, line, spoken


def told(archive, words) -> str:
    """The first match's passage with brackets around what is marked; empty where it has none."""
    (match, *_rest) = archive.find(words).matches
    return shown(match.passage)


def shown(passage) -> str:
    if passage is None:
        return ""
    pieces = (f"[{piece.text}]" if piece.marked else piece.text for piece in passage.pieces)
    return f"{passage.label}: {''.join(pieces)}"


@pytest.mark.parametrize(
    ("query", "symptom", "passage"),
    [
        ("putus", "Jaringan terputus sejak pagi", "Gejala: Jaringan [terputus] sejak pagi"),
        ("memutuskan", "Kabel PUTUS.", "Gejala: Kabel [PUTUS]."),
        ("lelet", "Sangat lambat, sekali", "Gejala: Sangat [lambat], sekali"),
        ("prntr", "(printer) hilang", "Gejala: ([printer]) hilang"),
        ("ether1", "port ether1/ether10 mati", "Gejala: port [ether1/ether10] mati"),
        ("cafe", "di Cafe\u0301 kota", "Gejala: di [Café] kota"),
        ("10.20.4.1", "ping 10.20.4.1, hilang", "Gejala: ping [10.20.4.1], hilang"),
        ("tikus", "tikus\n\n  dan\ttikus", "Gejala: [tikus] dan [tikus]"),
    ],
)
def test_words_are_marked_as_they_were_written(archive, query, symptom, passage):
    archive.add(symptom=symptom, fault_name="")

    assert told(archive, query) == passage


def test_the_field_that_answers_most_is_shown(archive):
    archive.add("Kabel", symptom="kabel", cause="hujan", actions="kabel yang putus disambung")

    assert told(archive, "kabel putus") == "Tindakan: [kabel] yang [putus] disambung"


def test_among_fields_that_answer_as_much_the_cause_is_shown(archive):
    archive.add(symptom="kabel putus", cause="kabel putus", result="kabel putus")

    assert told(archive, "kabel putus") == "Penyebab: [kabel] [putus]"


def test_the_title_is_shown_only_where_nothing_else_answers(archive):
    archive.add("Kabel putus", symptom="Kabel", fault_name="")

    assert told(archive, "kabel putus") == "Gejala: [Kabel]"
    assert told(archive, "putus") == "Perihal: Kabel [putus]"


def test_readings_are_shown(archive):
    archive.add(checks=(Reading("Redaman", "-27 dBm", "terlalu besar"),), fault_name="")

    assert told(archive, "redaman") == "Pemeriksaan: [Redaman]: -27 dBm terlalu besar"


def test_a_case_that_is_found_by_context_alone_has_no_passage(archive):
    archive.add(symptom="kabel putus", agency="dinkes")

    (match,) = archive.find(agency="dinkes").matches
    assert match.passage is None


def test_the_best_window_is_cut_out_of_a_long_text(archive):
    text = f"{'lama ' * 60}kabel {'lalu ' * 60}kabel putus digigit tikus {'kemudian ' * 60}"

    archive.add(symptom=text, fault_name="")

    passage = told(archive, "kabel putus tikus")

    assert "[kabel] [putus] digigit [tikus]" in passage
    assert passage.startswith(f"Gejala: {CUT} ")
    assert passage.endswith(f" {CUT}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["kabel", "putus", "di-atas", "(tikus)", "10.1.1.1,", "Router—", "e\u0301", "😀"]
        )
        | st.text(st.characters(exclude_categories=["Cs"], exclude_characters=CUT), max_size=12),
        max_size=120,
    ),
    st.sets(st.sampled_from(["kabel", "putus", "tikus", "router"]), min_size=1),
)
def test_a_passage_is_a_part_of_the_text_and_cuts_no_word(archive, words, asked):
    symptom = " ".join(unicodedata.normalize("NFC", " ".join(words)).split())

    passage = spoken(replace(archive.blank, symptom=symptom), dict.fromkeys(asked, 1.0)).passage

    if passage is None:
        assert not asked & set(terms(symptom))
        return
    text = "".join(piece.text for piece in passage.pieces).strip(f"{CUT} ")
    assert f" {text} " in f" {symptom} "
    assert len(text) <= max(LENGTH, *map(len, symptom.split()))
    marked = [piece.text for piece in passage.pieces if piece.marked]
    assert marked
    assert all(asked & set(terms(word)) for word in marked)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("",), ""),
        ((" \n",), ""),
        (("", "Kabel\n\nputus."), "Kabel putus."),
        (("kata " * 100,), f"{'kata ' * 28}{CUT}"),
        (("k" * 500,), "k" * 500),
    ],
)
def test_a_cause_or_a_fix_is_told_in_one_line(texts, told):
    assert line(*texts) == told


def test_hostile_text_stays_text(archive):
    archive.add(symptom="<script>alert('kabel')</script> " * 50, fault_name="")

    assert "<script>alert('[kabel]')</script>" in told(archive, "kabel")
