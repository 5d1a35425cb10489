"""What people read in the add-on is in its catalogues, in both languages, and compiled."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ADDON = Path(__file__).parents[3] / "plugin" / "plone-addon"


@pytest.fixture(scope="module")
def collecting():
    spec = importlib.util.spec_from_file_location("collect_words", ADDON / "collect_words.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_sentence_is_collected_wherever_it_stands(collecting):
    said = {message.id for message in collecting.collected()}

    assert "Harus diisi." in said  # in Python
    assert "Langkah ${step} dari 14: ${name}" in said  # in a template, with parts
    assert "Lapor gangguan" in said  # in a profile
    assert "Halaman ini mewakili satu OPD." in said  # in ZCML
    assert not any("Dinas<" in one or "2026-0001" in one for one in said)  # no examples


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_sentence_is_in_the_catalogue_and_no_other(collecting, language):
    kept = read_po(io.BytesIO(collecting.place(language).read_bytes()))

    assert {one.id for one in kept} == {one.id for one in collecting.collected()}
    assert [one.id for one in kept if not one.string] == []


def test_a_translation_has_the_same_parts_as_its_sentence(collecting):
    kept = read_po(io.BytesIO(collecting.place("en").read_bytes()))

    odd = [one.id for one in kept if parts(one.id) != parts(one.string)]
    assert odd == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_compiled_is_what_is_written(collecting, language):
    place = collecting.place(language)
    written = read_po(io.BytesIO(place.read_bytes()))
    compiled = read_mo(io.BytesIO(place.with_suffix(".mo").read_bytes()))

    said = {one.id: one.string for one in written if one.id}
    assert {one.id: one.string for one in compiled if one.id} == said


def parts(said):
    return sorted(piece.split("}")[0] for piece in said.split("${")[1:])
