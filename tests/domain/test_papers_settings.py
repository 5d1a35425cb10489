"""What the office decides about its papers: typed, kept, and read again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Corner, Layout, Margins, Size
from pulih.domain.papers.settings import Head, KindSettings, Official, PaperSettings
from pulih.domain.papers.stored import from_document, to_document
from pulih.domain.papers.typed import raw, read
from pulih.domain.people import Role
from pulih.errors import Invalid

NEW = PaperSettings()
DECIDED = PaperSettings(
    lines=("PEMERINTAH KABUPATEN SUMBAWA", "DINAS KOMUNIKASI"),
    address=("Jalan Garuda 1",),
    arms="data:image/jpeg;base64,AAAA",
    place="Sumbawa Besar",
    officials={
        Role.HEAD_OF_DEPARTMENT: Official(
            "Irawan", "196805121994031005", "Pembina (IV/a)", "Plt. Kepala"
        ),
        Role.HEAD_OF_DIVISION: Official(),
        Role.SECTION_HEAD: Official(position="a.n. Kepala Dinas"),
    },
    kinds={
        **NEW.kinds,
        PaperKind.WORK: KindSettings(
            Layout(Size.A4, Margins(10.5, 20.0, 30.0, 40.0), Corner.TOP_CENTRE, 12.0),
            {0: "{urut}/{tahun}", 2027: "{urut3}/BA/{tahun}"},
            Role.SECTION_HEAD,
            Head.NONE,
            ("Bupati", "Inspektorat"),
        ),
    },
    version=4,
)


@pytest.mark.parametrize("settings", [NEW, DECIDED], ids=["new", "decided"])
def test_settings_come_back_from_json_as_they_were(settings):
    assert from_document(json.loads(json.dumps(to_document(settings)))) == settings


def test_settings_of_an_office_that_decided_nothing_are_those_of_a_new_one():
    assert from_document({}) == NEW


def test_a_form_sent_back_as_it_was_shown_changes_nothing():
    assert read(raw(DECIDED), DECIDED) == DECIDED


def test_a_field_that_was_not_sent_stays_as_it_was():
    assert read({"place": " Taliwang "}, DECIDED) == replace(DECIDED, place="Taliwang")


def test_the_pattern_of_a_year_holds_from_that_year_on():
    decided = DECIDED.kinds[PaperKind.WORK]

    assert [decided.pattern(year) for year in (2026, 2027, 2030)] == [
        "{urut}/{tahun}",
        "{urut3}/BA/{tahun}",
        "{urut3}/BA/{tahun}",
    ]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("ba-pekerjaan.left", "4", "dari 5 sampai 60"),
        ("ba-pekerjaan.left", "61", "dari 5 sampai 60"),
        ("ba-pekerjaan.top", "-20", "dari 5 sampai 60"),
        ("ba-pekerjaan.top", "2e1", "dari 5 sampai 60"),
        ("ba-pekerjaan.top", "nan", "dari 5 sampai 60"),
        ("ba-pekerjaan.top", "٢٠", "dari 5 sampai 60"),
        ("ba-pekerjaan.points", "40", "dari 8 sampai 14"),
        ("ba-pekerjaan.size", "a3", "dari daftar"),
        ("ba-pekerjaan.pages", "middle", "dari daftar"),
        ("ba-pekerjaan.signs", "bupati", "dari daftar"),
        ("ba-pekerjaan.head", "", "dari daftar"),
        ("ba-pekerjaan.patterns", "", "Baris pertama"),
        ("ba-pekerjaan.patterns", "2027: {urut}/{tahun}", "Baris pertama"),
        ("ba-pekerjaan.patterns", "{urut}/{tahun}\n{urut3}/{tahun}", "dua pola"),
        ("ba-pekerjaan.patterns", "{urut}", "tahunnya harus ada"),
        ("ba-pekerjaan.copies", "\n".join("abcdefghi"), "Paling banyak 8 baris"),
        ("lines", "x" * 121, "masing-masing 120 huruf"),
        ("place", "x" * 121, "paling banyak 120 huruf"),
        ("place", " ", "Isi tempat penandatanganan"),
        ("lines", "\n", "Isi baris kop"),
        ("kepala-dinas.nip", "123", "18 angka"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(field, typed, said):
    with pytest.raises(Invalid) as refused:
        read({field: typed}, DECIDED)

    (problem,) = refused.value.problems
    assert problem.field == field
    assert said in str(problem.sentence)


@pytest.mark.parametrize(
    "pattern",
    ["{urut3}/ST/DKISP/{bulan_romawi}/{tahun}", " {urut}/st/DKISP/{bulan_romawi}/ {tahun}"],
)
def test_two_kinds_may_not_be_numbered_alike(pattern):
    for typed in (pattern, "{urut}/BA/{tahun}\n2030: " + pattern):
        with pytest.raises(Invalid) as refused:
            read({"ba-pekerjaan.patterns": typed}, DECIDED)

        (problem,) = refused.value.problems
        assert problem.field == "ba-pekerjaan.patterns"
        assert "juga pola Surat Tugas" in str(problem.sentence)


def test_the_letters_pattern_which_nothing_is_numbered_by_is_in_nobodys_way():
    letters = DECIDED.kinds[PaperKind.LETTER].patterns[0]

    assert read({"ba-pekerjaan.patterns": letters}, DECIDED).kinds[PaperKind.WORK].patterns == {
        0: letters
    }


def test_all_that_does_not_fit_is_told_at_once():
    with pytest.raises(Invalid) as refused:
        read({"ba-pekerjaan.left": "", "kepala-dinas.nip": "x", "place": "y" * 500}, DECIDED)

    told = {problem.field for problem in refused.value.problems}
    assert told == {"ba-pekerjaan.left", "kepala-dinas.nip", "place"}


def test_millimetres_may_be_typed_with_a_comma_and_a_nip_with_spaces():
    typed = {"ba-pekerjaan.left": "27,5", "kepala-dinas.nip": "19680512 199403 1 005"}
    settings = read(typed, DECIDED)

    assert settings.kinds[PaperKind.WORK].layout.margins.left == pytest.approx(27.5)
    assert settings.officials[Role.HEAD_OF_DEPARTMENT].nip == "196805121994031005"


def test_no_form_can_change_the_arms_or_the_version():
    assert read({"arms": "https://example.com/x.png", "version": "9"}, DECIDED) == DECIDED
