"""In which ways a query is understood, told with each hit."""

from __future__ import annotations

import os

import pytest
from relevance import KAMUS

from pulih.domain.words.dictionary import parse
from pulih.search import Kamus, WordIndex
from pulih.search.vocabulary import Vocabulary


@pytest.fixture
def archive(archive):
    known = parse(KAMUS.read_text())
    archive.index = WordIndex(lambda: known)
    return archive


def why(archive, words) -> list[str]:
    found = archive.find(words)
    return [str(reason) for reason in found.matches[0].reasons] if found.matches else []


@pytest.mark.parametrize(
    ("query", "text", "reason"),
    [
        ("digigit", "kabel gigitan tikus", "Kata yang cocok: digigit"),
        ("hotspot", "access point mati", "hotspot → access point (sinonim)"),
        ("lelet", "bandwidth penuh", "lelet → bandwidth penuh (terkait)"),
        ("bandwit", "bandwidth penuh", "bandwit → bandwidth (ejaan)"),
        ("prntr", "printer hilang", "prntr → printer (salah ketik)"),
        ("tiangroboh", "tiang roboh", "tiangroboh → tiang roboh (ditulis lain)"),
        ("ran som ware", "ransomware", "ran som ware → ransomware (ditulis lain)"),
        ("gakbisakonek", "koneksi putus", "gakbisakonek → koneksi (ditulis lain)"),
        ("vlan20", "vlan 20 salah", "vlan20 → vlan 20 (ditulis lain)"),
        ("vlan 20", "vlan20 salah", "vlan 20 → vlan20 (ditulis lain)"),
        ("192.168.10", "alamat 192.168.10.7", "192.168.10 → 192.168.10.7 (awal kata)"),
        ("rb750", "MikroTik RB750Gr3", "rb750 → rb750gr3 (awal kata)"),
        ("tidak nyala", "router mati", "nyala → mati (sinonim)"),
        ("excavator", "kena ekskavator", "excavator → ekskavator (sinonim)"),
    ],
)
def test_each_word_tells_how_it_was_found(archive, query, text, reason):
    archive.add(symptom=text, fault_name="", device_kind="", agency_name="")

    assert reason in why(archive, query)


def test_the_word_itself_stands_before_its_synonym(archive):
    archive.add("Akses lambat")
    itself = archive.add("Access point mati")
    archive.add("Nirkabel mati")

    assert archive.numbers("access point")[0] == itself


def test_courtesies_ask_for_nothing(archive):
    archive.add("Mohon bantuan laporan", fault_name="")
    wanted = archive.add("Kabel putus")

    assert (
        archive.numbers("Selamat pagi pak mohon bantuannya kabel putus terima kasih")[0] == wanted
    )
    assert archive.numbers("Selamat pagi pak mohon bantuannya terima kasih") == []


@pytest.mark.parametrize(
    "words",
    [
        "yang di ke dari",
        '"kabel" AND NEAR(a b, 3) OR NOT *',
        "a",
        "'; DROP TABLE entries; --",
        "😀 🔥",
        "網路 شبكة сеть",
        "k" * 10_000,
        "kabel " * 2000,
    ],
)
def test_odd_queries_are_answered_soon_and_never_with_everything(archive, words):
    for n in range(40):
        archive.add(f"Kabel putus {n}" if n == 7 else f"Router hang {n}", fault_name="")

    assert archive.find(words).total <= 1


def test_of_words_that_no_case_has_only_the_first_are_guessed(archive, monkeypatch):
    archive.add("Kabel putus", fault_name="")
    asked = []
    monkeypatch.setattr(Vocabulary, "like", lambda _self, word: asked.append(word) or [])

    archive.find(" ".join(["zqxwv" + letter * 2 for letter in "abcdefghijklmnop"] * 25))
    assert len({*asked}) == 16
    assert len(asked) <= 4 * 16  # each once, by its term and by itself, also for what comes nearest

    asked.clear()
    strange = ["zq" + one + other + "xw" for one in "bcdfghjklm" for other in "npqrstvwyz"]
    archive.find(" ".join(strange))
    assert len({*asked}) == 30


def test_a_changed_page_counts_from_the_next_query(archive, tmp_path):
    page = tmp_path / "kamus.md"
    page.write_text("- kabel = tali\n")
    archive.index = WordIndex(Kamus(page, tmp_path / "none"))
    archive.add("Kabel putus", fault_name="")

    assert archive.numbers("benang") == []
    page.write_text("- kabel = benang\n")
    os.utime(page, ns=(1, 1))
    assert archive.numbers("benang") != []
    page.unlink()
    assert archive.numbers("benang") == []


@pytest.mark.parametrize(
    "broken",
    [b"", b"\xff\xfe\x00- kabel = benang\n", b"# Kamus\n\nBelum ada.\n", b"- kabel = benang\n" + b"x" * (1 << 20)],
)  # fmt: skip
def test_a_page_that_is_no_dictionary_does_not_take_the_words_away(archive, tmp_path, broken):
    page, spare = tmp_path / "kamus.md", tmp_path / "spare.md"
    spare.write_text("- kabel = tali\n")
    kamus = Kamus(page, spare)
    archive.index = WordIndex(kamus)
    archive.add("Kabel putus", fault_name="")

    page.write_bytes(broken)

    assert archive.numbers("tali") != []
    assert archive.numbers("benang") == []
    assert kamus() is kamus()
    page.write_text("- kabel = benang\n")
    assert archive.numbers("benang") != []
    assert archive.numbers("tali") == []
