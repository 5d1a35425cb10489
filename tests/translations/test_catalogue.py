"""The English catalogue against the code: what `make messages` collects, and what was made of it."""

from __future__ import annotations

import ast
import contextlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from pulih import errors

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "plugin/pulih/translations/en/LC_MESSAGES"
MEND = "Run `make messages`, then write the English in messages.po and run it again."

# An Indonesian word, and what its translation says.
TERMS = {
    "agenda": "agenda",
    "akun": "account",
    "Berita Acara Pekerjaan": "work record",
    "Berita Acara penggantian": "replacement record",
    "disposisi": "disposition",
    "gejala": "symptom",
    "hari kerja": "working day",
    "jenis gangguan": "fault type",
    "kambuh": "recurrence|come back",
    "kata sandi": "password",
    "Kepala Bidang TI": "Head of the IT Division",
    "Kepala Dinas": "Head of Department",
    "Kepala Seksi": "Section Head",
    "ketua tim": "team leader",
    "lokasi gangguan": "fault location",
    "OPD": "agency|agencies",
    "penyebab": "cause",
    "perangkat": "device",
    "surat permohonan": "letter of request",
    "tenggat": "due|deadline",
    "tiket": "ticket",
    "Tim Jaringan": "Network Team",
    "uji coba": "trial",
}
# What one reads on buttons and badges, word for word.
FIXED = {
    "Dipakai": "This helped",
    "Lokasi gangguan": "Fault location",
    "Selesai": "Closed",
    "Temuan serupa": "Similar cases",
    "Tenggat": "Due",
    "Tidak cocok": "Not this",
    "Uji coba": "Trial",
}
# Written alike in both languages.
SHARED = {
    *(
        "Administrator",
        "Hub",
        "Classic",
        "Media converter",
        "Model",
        "Modem / ONT",
        "NIP",
        "PoE",
        "Radio link",
    ),
    *("Router", "Server", "Switch", "UPS", "Volto", "Wiki", "administrator"),
    *("Access point", "Internet", "Port", "Radio", "telnet"),
    *("A4 (210 × 297 mm)", "F4 (215 × 330 mm)"),
    *("{name}", "{what}: {count}", "{why}"),  # what somebody typed, or another said
}


def spoken() -> list[str]:
    """Return the functions whose first argument people read, as the Makefile names them."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.search(r"^SPOKEN := (.+)$", recipe, re.MULTILINE)
    assert found, "the Makefile no longer says what to collect"
    return found[1].split()


def source(message: Message) -> tuple[str, str]:
    """Return context and text of a message; of a plural, the singular."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", text


def spellings(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def messages(catalogue: Catalog) -> dict[tuple[str, str], Message]:
    return {source(message): message for message in catalogue if message.id}


def translated(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Yield each text of the code with each of its English spellings."""
    for message in messages(catalogue).values():
        for english in spellings(message.string):
            yield source(message)[1], english


@pytest.fixture(scope="module")
def code(tmp_path_factory) -> Catalog:
    """What the code says, collected as `make messages` does."""
    found = tmp_path_factory.mktemp("words") / "messages.pot"
    keywords = [part for name in spoken() for part in ("-k", name)]
    command = ["pybabel", "-q", "extract", "-F", "pyproject.toml", *keywords]
    with contextlib.chdir(ROOT):
        CommandLineInterface().run(
            [*command, "-o", str(found), "plugin/pulih", "diagnostics/periksa"]
        )
    with found.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (WORDS / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture(scope="module")
def compiled() -> Catalog:
    with (WORDS / "messages.mo").open("rb") as file:
        return read_mo(file)


def test_every_message_in_the_code_is_in_the_catalogue(code, english):
    assert sorted(messages(code).keys() - messages(english).keys()) == [], MEND


def test_every_message_in_the_catalogue_is_in_the_code(code, english):
    assert sorted(messages(english).keys() - messages(code).keys()) == [], MEND


def test_a_plural_in_the_code_is_a_plural_in_the_catalogue(code, english):
    kept = messages(english)
    other = [
        key for key, found in messages(code).items() if key in kept and found.id != kept[key].id
    ]
    assert other == [], MEND


def kinds_of_no() -> set[str]:
    """Every class below `PulihError` that takes a sentence, wherever it stands; what is loaded by now is not all."""
    bases = {
        node.name: {base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases}
        for path in (ROOT / "plugin/pulih").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and node.name != errors.Invalid.__name__  # it takes problems
    }  # fmt: skip
    kinds = {errors.PulihError.__name__}
    while more := {name for name, below in bases.items() if below & kinds} - kinds:
        kinds |= more
    return kinds


def test_every_way_of_saying_no_is_collected():
    assert sorted(kinds_of_no() - set(spoken())) == []
    assert {"Unavailable", "Stopped"} < kinds_of_no()


def test_no_sentence_hides_inside_a_call_that_is_collected(english):
    """Babel does not look for a sentence among the arguments of another."""
    names, kept = (
        {*spoken(), "N_", "_", "gettext", "ngettext"},
        {key[1] for key in messages(english)},
    )
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.args[0].value}"
        for path in (ROOT / "plugin/pulih").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in names
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and node.args[0].value not in kept
    ]
    assert hidden == []


def test_every_message_has_an_english_translation(english):
    empty = [text for text, said in translated(english) if not said.strip()]
    assert empty == [], MEND


def test_nothing_is_fuzzy_or_obsolete(english):
    assert [source(message) for message in messages(english).values() if message.fuzzy] == []
    assert list(english.obsolete) == []


def placeholders(text: str) -> Counter[str]:
    braces = [f"{{{name}}}" for _text, name, _spec, _how in Formatter().parse(text) if name]
    return Counter([*braces, *re.findall(r"%\(\w+\)[a-z]", text)])


def test_placeholders_are_the_same_in_both_languages(english):
    other = [
        (text, said)
        for text, said in translated(english)
        if placeholders(text) != placeholders(said)
    ]
    assert other == []


def test_a_percent_sign_stands_only_in_placeholders(english):
    """Templates fill every message in with `%`, so a stray one breaks the page."""
    stray = [said for _text, said in translated(english) if re.search(r"%(?!\(\w+\)[a-z])", said)]
    assert stray == []


def test_a_translation_ends_and_begins_as_the_source_does(english):
    """A sentence stays a sentence, a label a label."""
    other = [
        (text, said)
        for text, said in translated(english)
        if [text[-1] in mark for mark in (".", ":", "?", "…")]
        != [said[-1] in mark for mark in (".", ":", "?", "…")]
        or (text[0].islower() and said[0].isupper())
        or text.strip() != text
        or said.strip() != said
    ]
    assert other == []


def test_the_source_is_repeated_only_where_the_languages_share_the_word(english):
    alike = {text for text, said in translated(english) if text == said}
    assert sorted(alike - SHARED) == []


def test_the_compiled_catalogue_is_what_the_source_compiles_to(english, compiled):
    fresh = io.BytesIO()
    write_mo(fresh, english)
    fresh.seek(0)
    wanted, found = (
        {key: spellings(message.string) for key, message in messages(catalogue).items()}
        for catalogue in (read_mo(fresh), compiled)
    )
    assert found == wanted, MEND


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_always_translated_alike(english, term):
    meant = re.compile(rf"\b{re.escape(term)}\b", re.IGNORECASE)
    wanted = re.compile(rf"\b(?:{TERMS[term]})s?\b", re.IGNORECASE)
    found = [(text, said) for text, said in translated(english) if meant.search(text)]
    assert found, f"no message says {term} any more"
    assert [pair for pair in found if not wanted.search(pair[1])] == []


@pytest.mark.parametrize("text", FIXED)
def test_a_fixed_word_is_translated_word_for_word(english, text):
    message = english.get(text)
    assert message
    assert message.string == FIXED[text]
