"""The page of a case."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.article import Reading
from pulih.publish.literal import lines
from pulih.publish.page import case_page

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "publish" / "case.md"
PROSE = {
    "Gejala": "symptom",
    "Hasil": "result",
    "Pencegahan": "prevention",
}
ALLOWED = {"page", "h1", "h2", "p", "br", "strong", "a", "dl", "dt", "dd", "ul", "li"} | {
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def test_a_full_case_gives_the_recorded_page(case):
    page = case_page(replace(case, observed="34 % paket ke pendaftaran hilang."))
    if os.environ.get("UPDATE_RECORDED"):
        RECORDED.write_text(page, encoding="utf-8")

    assert page == RECORDED.read_text(encoding="utf-8")


def test_the_same_case_gives_the_same_bytes(case):
    assert case_page(case) == case_page(replace(case))


def test_symptom_comes_first_then_cause_and_cure(case, rendered):
    headings = [node.text.removesuffix("#") for node in rendered(case_page(case)).all("h2")]

    assert headings[:3] == ["Gejala", "Penyebab", "Tindakan"]
    assert headings[3:] == [
        "Hasil", "Pencegahan", "Lingkungan", "Pemeriksaan", "Uji coba", "Kasus terkait",
    ]  # fmt: skip


@pytest.mark.parametrize(("confirmed", "word"), [(True, "Terbukti."), (False, "Dugaan.")])
def test_a_cause_is_said_to_be_proven_or_suspected(case, rendered, confirmed, word):
    page = rendered(case_page(replace(case, cause_confirmed=confirmed)))

    assert page.all("strong")[0].text == word


def test_what_the_report_repeats_is_not_said_twice(case):
    page = case_page(replace(case, remote=case.actions, on_site=""))

    assert page.count("Kabel Cat6 20 meter") == 1
    assert "Dari jarak jauh" not in page


def test_the_reporters_words_come_before_the_technicians(case, rendered):
    page = rendered(case_page(replace(case, symptom="SIAK lemot", observed="Latensi tinggi.")))

    assert shown_under(page, "Gejala") == "SIAK lemot"
    assert "Menurut teknisi: Latensi tinggi." in [node.text for node in page.all("p")]


@pytest.mark.parametrize("observed", ["", "SIAK lemot", " SIAK  lemot\n"])
def test_what_the_technician_says_is_shown_only_where_it_differs(case, observed):
    page = case_page(replace(case, symptom="SIAK lemot", observed=observed))

    assert "Menurut teknisi" not in page


def test_sections_without_content_are_left_out(case, rendered):
    bare = replace(
        case, prevention="", result="", checks=(), tests=(), related=(), settings="", remote=""
    )
    headings = {node.text.removesuffix("#") for node in rendered(case_page(bare)).all("h2")}

    assert headings == {"Gejala", "Penyebab", "Tindakan", "Lingkungan"}


def test_only_cases_with_a_page_are_linked_and_called_by_their_titles(case, make):
    earlier = make(31, 2025, title="Wi-Fi [lambat]")
    page = case_page(case, {earlier.number: earlier})

    assert "(../2025/2025-0031.md) (2025-0031)" in page
    assert "Wi-Fi &#91;lambat&#93;" in page
    assert "2026-0007.md" not in page
    assert "- 2026-0007\n" in page


def test_a_number_without_a_year_is_no_link(case):
    page = case_page(replace(case, related=("x", "20260007", "2026-0007"), recurrence_of="lama"))

    assert (
        page.count(".md)")
        == case_page(replace(case, related=(), recurrence_of="")).count(".md)") + 1
    )


@given(data=st.data())
def test_every_text_of_a_case_is_shown_as_it_was_typed(data, case, hostile, rendered):
    texts = {name: data.draw(hostile) for name in PROSE.values()}
    others = {
        name: data.draw(hostile)
        for name in (
            "title", "agency_name", "site", "place", "device_make", "device_kind", "fault_name",
            "location", "cause", "remote", "on_site", "actions", "installed", "settings",
            "solution_class", "recurrence_of", "observed",
        )
    }  # fmt: skip
    reading = Reading(data.draw(hostile), data.draw(hostile), data.draw(hostile))
    page = rendered(
        case_page(replace(case, **texts, **others, checks=(reading,), related=(texts["result"],)))
    )

    assert page.tags <= ALLOWED
    for heading, name in PROSE.items():
        typed = "\n".join(lines(texts[name])).replace("\u00a0", " ")
        assert not typed or shown_under(page, heading) == typed


def shown_under(page, heading: str) -> str:
    """Return what stands right under a heading."""
    parts = [part for part in page.parts if not isinstance(part, str)]
    at = next(i for i, part in enumerate(parts) if part.tag == "h2" and part.text == f"{heading}#")
    return parts[at + 1].text
