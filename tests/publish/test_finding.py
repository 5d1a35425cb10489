"""What the search of the published site is made of: words, segments, and the files that a publishing touches."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.edition import Case, Edition, Note
from pulih.domain.records import Names
from pulih.domain.words import ROOTS, SPELLINGS, STOPS, stem, terms
from pulih.publish.finding import FOLDER, Analyses, search_sheets
from pulih.publish.finding.guides import sections
from pulih.publish.finding.packing import MARK, bucket
from pulih.publish.finding.segments import segments

GUIDES = {
    "glosarium.md": "---\ntitle: Glosarium\n---\n# Glosarium\n\nVLAN\n:   Jaringan di dalam jaringan.\n",
    "panduan/tim.md": "# Panduan\n\nSatu.\n\n## Mengukur redaman (dB)\n\nAlat *ukur*.\n\n## Mengukur redaman (dB)\n",
    "kasus/index.md": "# Kasus\n",
    "developer/index.md": "# For developers\n",
}


def edition(articles, names=None) -> Edition:
    return Edition(tuple(map(Case, articles)), names or Names())


def sheets_of(edition: Edition, analyses=None, guides=GUIDES):
    digests = {case.number: case.digest for case in edition.cases}
    return {sheet.address: sheet for sheet in search_sheets(edition, digests, guides, analyses)}


def made(edition: Edition) -> dict[str, str]:
    return {address: sheet.make() for address, sheet in sheets_of(edition).items()}


def told(script: str) -> list:
    """Return what a script hands over; that it can be read as JSON is that it cannot do anything else."""
    head, call, rest = script.split("\n")
    name, _, values = call.partition("(")
    assert (head, rest, values[-2:]) == (MARK, "", ");")
    assert name.startswith("pulihCari.")
    return json.loads(f"[{values[:-2]}]")


# ---- Words ----------------------------------------------------------------------------------

# facts/wiki-and-search.md: what Snowball or Sastrawi or both miss is among them.
ONE_WORD = """
gangguan mengganggu terganggu pengganggu gangguannya
terputus putus memutuskan pemutusan diputus diputuskan putusnya
penggantian mengganti diganti gantikan
lambat melambat kelambatan perlambatan
menyambungkan sambungan tersambung penyambungan nyambung
perbaikan memperbaiki diperbaiki
mengirim dikirim pengiriman kirimkan terkirim ngirim
mematikan dimatikan matinya
menyala nyala dinyalakan menyalakan
tertimpa menimpa
konfigurasi mengonfigurasi mengkonfigurasi dikonfigurasi
kerusakan rusak merusak dirusak
pemadaman padam memadamkan
restart merestart direstart reboot
server servernya
menutup ditutup penutupan tertutup
menarik ditarik penarikan
menunjukkan ditunjukkan petunjuk
mengencangkan dikencangkan kencang
menerima terima diterima penerima
perangkat perangkatnya
memasang pemasangan dipasang terpasang masang
memeriksa pemeriksaan diperiksa
menyebabkan penyebab disebabkan
mengubah perubahan berubah diubah
memulihkan pemulihan dipulihkan
menyimpan penyimpanan tersimpan
menyetel setelan disetel setting
pelayanan melayani layanan
lambat lemot lelet ngelag
nirkabel wifi wi-fi wireless wlan
macet hang ngehang ngadat
""".strip().splitlines()


@pytest.mark.parametrize("forms", ONE_WORD)
def test_the_forms_of_a_word_are_one_word(forms):
    assert len({tuple(terms(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("media", "dia"), ("menara", "tara"), ("perangkat", "angkat"), ("terminal", "minal"),
        ("rusak", "rusa"), ("penduduk", "dudukan"), ("perhubungan", "terhubung"),
    ],
)  # fmt: skip
def test_words_that_only_look_like_forms_of_another_stay_apart(one, other):
    assert terms(one) != terms(other)


@pytest.mark.parametrize(
    "name",
    ["2026-0012", "SG350-28", "10.20.4.1", "ether1", "aa:bb:cc:00:11:22", "simrs.rsud.go.id", "eth0/1", "cat6"],
)  # fmt: skip
def test_identifiers_stay_whole(name):
    assert name.lower() in terms(f"Lihat ({name}), segera.")


def test_what_is_held_together_by_a_hyphen_is_found_by_its_parts():
    assert terms("putus-sambung") == ["putus", "sambung"]
    assert terms("SG350-28") == ["sg350-28", "sg350"]
    assert terms("10.20.4.1") == ["10.20.4.1"]


def test_words_that_say_nothing_are_left_out_however_they_are_written():
    assert terms("Yg tdk bisa, gak bs, dan adanya di situ!") == ["situ"]


def test_letters_with_accents_are_found_without():
    assert terms("Café ﬁber ÉTAGE") == ["cafe", "serat", "etage"]


def test_a_spelling_leads_to_words_that_lead_nowhere_else():
    said = {word for words in SPELLINGS.values() for word in words}

    assert said.isdisjoint(SPELLINGS.keys() | STOPS)
    assert {word for word in said if stem(word) != word} == set()
    assert ROOTS.isdisjoint(STOPS & {"mati", "putus", "rusak"})


@given(st.text(max_size=200))
def test_any_text_has_terms_that_are_their_own_terms_when_they_are_words(text):
    for term in terms(text):
        assert 0 < len(term) <= 64
        assert " " not in term
        assert "\n" not in term


# ---- The index ------------------------------------------------------------------------------


def read(files: dict[str, str]) -> dict[str, set[str]]:
    """Read the index as the browser does: term -> numbers."""
    value = {
        c: n
        for n, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    }

    def numbers(letters):
        total, unit = 0, 1
        for letter in letters:
            total += value[letter] % 32 * unit
            unit *= 32
            if value[letter] < 32:
                yield total
                total, unit = 0, 1

    found: dict[str, set[str]] = {}
    (listed,) = told(files[f"{FOLDER}daftar.js"])
    for name, mark, parts, year, gaps, odd, *_columns in listed["segmen"]:
        seq, members, odd_ones = -1, [], dict(odd)
        for n, gap in enumerate(numbers(gaps)):
            seq += gap + 1
            members.append(odd_ones.get(n, f"{year}-{seq - n:04d}"))
        latest = name.endswith("-baru")
        for k in range(parts):
            file = f"{FOLDER}{name}.js" if latest else f"{FOLDER}{name}/{k}.js"
            said, its_mark, part, words, rows = told(files[file])
            assert (said, its_mark, part) == (name, mark, k)
            for word, codes in zip(words.split(" "), rows.split(" "), strict=True):
                if not word:
                    continue
                row = -1
                assert bucket(word, parts) == k
                for code in numbers(codes):
                    row += code // 4 + 1
                    found.setdefault(word, set()).add(members[row])
    return found


def test_every_case_is_found_by_every_word_of_it_and_by_no_other(archive):
    found = read(made(edition(archive)))

    for article in archive:
        own = set(terms(f"{article.title}\n{article.symptom}\n{article.cause}\n{article.settings}"))
        assert own <= {word for word, numbers in found.items() if article.number in numbers}
    assert found["2024-0003"] == {a.number for a in archive if a.recurrence_of == "2024-0003"}


def test_hostile_words_stay_values(archive):
    for address, script in made(edition(archive)).items():
        assert told(script), address


def test_the_order_of_the_cases_does_not_matter(archive):
    mixed = list(archive)
    random.Random(4).shuffle(mixed)

    assert made(edition(mixed)) == made(edition(archive))


def test_a_new_case_changes_three_small_files(make):
    cases = [make(n, year) for year in (2024, 2025, 2026) for n in range(1, 400)]
    before = made(edition(cases))
    one = make(400, title="Antena tersambar petir")

    after = made(edition([*cases, one]))

    changed = {address for address, text in after.items() if before.get(address) != text}
    assert before.keys() <= after.keys()
    assert changed == {f"{FOLDER}daftar.js", f"{FOLDER}2026-baru.js", f"{FOLDER}isi/2026/100.js"}
    assert "2026-0400" in read(after)["antena"]


def test_only_what_may_have_changed_is_made_again(make):
    cases = [make(n, year) for year in (2025, 2026) for n in range(1, 300)]
    known = Analyses()
    before = sheets_of(edition(cases), known)

    after = sheets_of(edition([*cases, make(300)]), known)

    due = {
        address
        for address, sheet in after.items()
        if address not in before or sheet.of != before[address].of
    }
    assert due == {f"{FOLDER}daftar.js", f"{FOLDER}2026-baru.js", f"{FOLDER}isi/2026/75.js"}


CHANGES = st.lists(
    st.tuples(st.sampled_from("add correct retract rename note".split()), st.integers(1, 300), st.integers(2024, 2026)),  # noqa: SIM905 - as words
    min_size=1, max_size=8,
)  # fmt: skip


@pytest.mark.slow
@given(CHANGES)
def test_what_is_said_to_be_the_same_is_the_same(make, changes):
    cases = {f"2025-{n:04d}": Case(make(n, 2025)) for n in range(1, 200, 9)}
    names, known = Names(), Analyses()
    before: dict[str, tuple[str, str]] = {}
    for deed, number, year in changes:
        key = f"{year}-{number:04d}"
        if deed == "add":
            cases[key] = Case(make(number, year))
        elif deed == "retract":
            cases.pop(key, None)
        elif deed == "rename":
            names = Names({"rsud": f"RSUD {number}"}, {"kabel-putus": f"Kabel {year}"})
        elif key in cases:
            one = cases[key]
            note = Note(
                "0" * 32, key, "x", "X", datetime(2026, 1, 1, tzinfo=UTC), f"catatan{number}"
            )
            cases[key] = (
                replace(one, notes=(note,)) if deed == "note"
                else replace(one, article=replace(one.article, cause=f"Sebab lain {number}", agency="lain"))
            )  # fmt: skip
        now = Edition(tuple(cases.values()), names)
        after = {
            address: (sheet.of, sheet.make()) for address, sheet in sheets_of(now, known).items()
        }
        for address in before.keys() & after.keys():
            assert before[address][0] != after[address][0] or before[address] == after[address]
        assert {address: text for address, (_, text) in after.items()} == made(now)
        before = after


def test_a_case_that_closes_late_stands_where_its_number_does(make):
    cases = [make(n, 2026) for n in range(1, 500) if n != 7]
    before = made(edition(cases))

    after = made(edition([*cases, make(7)]))

    assert before[f"{FOLDER}2026-baru.js"] == after[f"{FOLDER}2026-baru.js"]
    assert "2026-0007" in read(after)["tikus"]


def test_the_last_weeks_of_a_year_stay_small_until_the_next_one_is_under_way(make):
    old = [Case(make(n, 2025)) for n in range(1, 300)]
    young = [Case(make(n, 2026)) for n in range(1, 65)]

    names = [[s.name for s in segments([*old, *young[:many]])] for many in (0, 1, 63, 64)]

    assert names == [
        ["2025-0", "2025-baru"],
        ["2025-0", "2025-baru", "2026-baru"],
        ["2025-0", "2025-baru", "2026-baru"],
        ["2025-0", "2026-baru"],
    ]


def test_odd_numbers_have_a_place_of_their_own(make):
    odd = [
        replace(make(n), number=number)
        for n, number in enumerate(("12", "2026-12", "2026-0012x", "%", "2026-"))
    ]

    found = read(made(edition([*odd, make(12)])))

    assert found["tikus"] == {"12", "2026-12", "2026-0012x", "%", "2026-", "2026-0012"}


def test_an_office_without_a_case_has_a_search_of_its_pages():
    files = made(Edition())

    assert told(files[f"{FOLDER}daftar.js"])[0]["segmen"] == []
    assert sorted(files) == [
        f"{FOLDER}{name}.js"
        for name in (
            "daftar",
            "isi/panduan/glosarium",
            "isi/panduan/panduan/tim",
            "kata",
            "panduan",
        )
    ]


def test_long_stories_do_not_make_a_result_expensive(make):
    long = dict.fromkeys(
        ("symptom", "cause", "actions", "result", "on_site"), "Kabel putus lagi. " * 900
    )
    files = made(edition([make(n, title="Judul " * 400, **long) for n in range(8, 12)]))

    assert (
        len(files[f"{FOLDER}isi/2026/2.js"].encode()) < 4 * 2_800
    )  # ten results stay below 120 KB at the very worst


def test_a_renamed_agency_is_called_by_its_new_name(make):
    (told_now,) = told(made(edition([make()], Names({"rsud": "RSUD Baru"})))[f"{FOLDER}daftar.js"])

    assert told_now["opd"] == [["rsud", "RSUD Baru"]]


# ---- Hand-written pages ---------------------------------------------------------------------


def test_a_page_is_found_by_its_sections():
    found = [(s.page, s.anchor, s.title) for s in sections(GUIDES)]

    assert found == [
        ("glosarium.md", "", "Glosarium"),
        ("panduan/tim.md", "", "Panduan"),
        ("panduan/tim.md", "mengukur-redaman-db", "Panduan › Mengukur redaman (dB)"),
        ("panduan/tim.md", "mengukur-redaman-db_1", "Panduan › Mengukur redaman (dB)"),
    ]


def test_anchors_are_those_of_the_built_pages(rendered, office):
    wiki = office / "wiki"
    written = {
        p.relative_to(wiki).as_posix(): p.read_text(encoding="utf-8") for p in wiki.rglob("*.md")
    }

    for section in sections(written):
        ids = {node.attributes.get("id") for node in rendered(written[section.page])}
        assert not section.anchor or section.anchor in ids, section[:3]
