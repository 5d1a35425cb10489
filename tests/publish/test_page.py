"""The page of a case."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.article import Reading
from pulih.domain.edition import Case, Note, Picture, Review
from pulih.publish import addresses
from pulih.publish.literal import lines
from pulih.publish.page import case_page

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "publish" / "case.md"
PROSE = {
    "Gejala": "symptom",
    "Hasil": "result",
    "Pencegahan": "prevention",
}
ALLOWED = {
    "page", "h1", "h2", "p", "br", "strong", "em", "span", "a", "img", "dl", "dt", "dd", "ul", "ol", "li", "div",
    "section", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"id", "href", "src", "alt", "class", "title", "aria-label", "hidden", "data-number"}
NOTE = Note(
    "1" * 32, "2026-0012", "rina", "Rina Wulandari", datetime(2026, 9, 3, 2, tzinfo=UTC), "Stabil."
)
PHOTO = Picture("ab" * 32, "Kabel di plafon")


def page_of(article, *others, **added) -> str:
    return case_page(Case(article, **added), *others)


# ---- The record -------------------------------------------------------------------------------


def test_a_full_case_gives_the_recorded_page(case, make):
    told = replace(
        case,
        observed="34 % paket ke pendaftaran hilang.",
        segment="switch-ap",
        related=("2025-0031",),
    )
    full = Case(told, ("2026-0031", "2026-0040"), (NOTE,), (Review.OLD,), (PHOTO,))
    others = {one.number: one for one in (make(31, 2025, title="Kabel lama"), make(31, 2026))}
    page = case_page(full, others, ("2025-0031",), ("2026-0031",))
    if os.environ.get("UPDATE_RECORDED"):
        RECORDED.write_text(page, encoding="utf-8")

    assert page == RECORDED.read_text(encoding="utf-8")


def test_the_same_case_gives_the_same_bytes(case):
    assert page_of(case) == page_of(replace(case))


def test_symptom_comes_first_then_cause_and_cure(case, rendered):
    headings = [node.text.removesuffix("#") for node in rendered(page_of(case)).all("h2")]

    assert headings[:3] == ["Gejala", "Penyebab", "Tindakan"]
    assert headings[3:] == ["Hasil", "Pencegahan", "Pemeriksaan", "Uji coba", "Kasus terkait"]


@pytest.mark.parametrize(("confirmed", "word"), [(True, "Terbukti."), (False, "Dugaan.")])
def test_a_cause_is_said_to_be_proven_or_suspected(case, rendered, confirmed, word):
    page = rendered(page_of(replace(case, cause_confirmed=confirmed)))

    assert page.all("strong")[0].text == word


def test_what_the_report_repeats_is_not_said_twice(case):
    page = page_of(replace(case, remote=case.actions, on_site=""))

    assert page.count("Kabel Cat6 20 meter") == 1
    assert "Dari jarak jauh" not in page


def test_the_reporters_words_come_before_the_technicians(case, rendered):
    page = rendered(page_of(replace(case, symptom="SIAK lemot", observed="Latensi tinggi.")))

    assert shown_under(page, "Gejala") == "SIAK lemot"
    assert "Menurut teknisi: Latensi tinggi." in [node.text for node in page.all("p")]


@pytest.mark.parametrize("observed", ["", "SIAK lemot", " SIAK  lemot\n"])
def test_what_the_technician_says_is_shown_only_where_it_differs(case, observed):
    page = page_of(replace(case, symptom="SIAK lemot", observed=observed))

    assert "Menurut teknisi" not in page


def test_sections_without_content_are_left_out(case, rendered):
    bare = replace(
        case, prevention="", result="", checks=(), tests=(), related=(), settings="", remote="",
        recurrence_of="",
    )  # fmt: skip
    headings = {node.text.removesuffix("#") for node in rendered(page_of(bare)).all("h2")}

    assert headings == {"Gejala", "Penyebab", "Tindakan"}


def test_the_panel_leads_to_the_agency_the_fault_and_the_device_with_its_history(case, rendered):
    page = rendered(page_of(case))
    panel = page.one("section", class_="pulih-fakta")
    led = {node.attributes["href"] for node in panel.all("a")}

    assert led >= {
        "../../opd/rsud.md", "../../gangguan/kabel-putus.md", "../../perangkat/switch.md",
        "../../perangkat/switch/cisco-sg350-28.md",
        addresses.relative("kasus/2026/x.md", addresses.device("rsud-sw-2")),
    }  # fmt: skip


# ---- Other cases and tickets ------------------------------------------------------------------


def test_only_cases_with_a_page_are_linked_and_called_by_their_titles(case, make):
    earlier = make(31, 2025, title="Wi-Fi [lambat]")
    page = page_of(case, {earlier.number: earlier})

    assert "(../2025/2025-0031.md) (2025-0031)" in page
    assert "Wi-Fi &#91;lambat&#93;" in page
    assert "2026-0007.md" not in page
    assert "- 2026-0007\n" in page


def test_a_number_without_a_year_is_no_link(case):
    related = replace(case, related=("x", "20260007", "2026-0007"), recurrence_of="lama")
    alone = replace(case, related=(), recurrence_of="")

    assert page_of(related).count(".md)") == page_of(alone).count(".md)") + 1


def test_a_case_names_what_it_came_back_from_and_what_came_back(case, make, rendered):
    first, later = make(3), make(40)
    others = {one.number: one for one in (first, later)}
    page = rendered(
        case_page(Case(replace(case, recurrence_of="")), others, (first.number,), (later.number,))
    )

    assert term(page, "Kambuh dari") == first.number
    assert term(page, "Kambuh lagi") == later.number
    assert [node.text.rpartition(" – ")[2] for node in page.all("li")[-4:-2]] == [
        "kasus ini kambuh darinya", "kambuh dari kasus ini",
    ]  # fmt: skip


def test_the_letters_word_that_a_case_came_back_and_ours_are_said_once(case, rendered):
    page = rendered(case_page(Case(case), None, (case.recurrence_of,)))

    assert term(page, "Kambuh dari") == case.recurrence_of
    assert page.text.count("kambuh darinya") == 1


def test_the_tickets_that_a_case_helped_with_are_counted_and_lead_to_their_own_cases(
    case, make, rendered
):
    used = make(31, 2026)
    page = rendered(page_of(case, {used.number: used}, helped=("2026-0031", "2026-0099")))

    assert term(page, "Membantu") == "2 tiket: 2026-0099, 2026-0031"
    assert page.one("a", href="2026-0031.md").text == "2026-0031"


def test_of_many_tickets_only_the_newest_are_named(case, rendered):
    page = rendered(page_of(case, {}, helped=tuple(f"2026-{n:04d}" for n in range(1, 41))))

    assert term(page, "Membantu").startswith("40 tiket: 2026-0040, 2026-0039,")
    assert term(page, "Membantu").endswith(", dan 34 lagi")


def test_the_way_to_the_ticket_is_hidden_until_a_desk_says_who_reads(case, rendered):
    link = rendered(page_of(case)).one("a", class_="pulih-tiket")

    assert "hidden" in link.attributes
    assert link.attributes["data-number"] == case.number
    assert "href" not in link.attributes


# ---- What was added later ---------------------------------------------------------------------


def test_a_note_stands_apart_from_the_record_with_name_and_date(case, rendered):
    page = rendered(page_of(case, notes=(replace(NOTE, text="Stabil.\n<b>Benar</b>"),)))
    apart = page.one("div", class_="pulih-kemudian")

    assert "Rina Wulandari, 3 September 2026" in apart.text
    assert "Stabil.\n<b>Benar</b>" in apart.text
    assert "bukan bagian dari catatan resmi" in apart.text
    assert page.text.index("Uji coba") < page.text.index("Catatan kemudian")


@pytest.mark.parametrize(
    ("reason", "said"), [(Review.OLD, "sudah lama"), (Review.RETIRED, "tidak dipakai lagi")]
)
def test_a_page_to_be_looked_at_again_says_so_first_and_why(case, rendered, reason, said):
    page = rendered(page_of(case, review=(reason,)))
    warning = page.one("div", class_="admonition warning")

    assert warning.one("p", class_="admonition-title").text == "Perlu ditinjau"
    assert said in warning.text
    assert page.text.index("Perlu ditinjau") < page.text.index("Gejala")
    assert {*Review} == {Review.OLD, Review.RETIRED}


def test_a_photograph_is_small_and_leads_to_the_large_one(case, rendered):
    page = rendered(page_of(case, pictures=(PHOTO, Picture("cd" * 32))))
    link = page.one("div", class_="pulih-foto").all("a")[0]

    assert link.attributes["href"] == f"../../{addresses.picture(PHOTO.digest)}"
    assert link.one("img").attributes["src"] == f"../../{addresses.thumbnail(PHOTO.digest)}"
    assert [image.attributes["alt"] for image in page.all("img")] == [
        "Foto 1, buka ukuran besar", "Foto 2, buka ukuran besar",
    ]  # fmt: skip


# ---- Hostile ----------------------------------------------------------------------------------


@pytest.mark.slow
@given(data=st.data())
def test_every_text_of_a_case_is_shown_as_it_was_typed(data, case, hostile, rendered):
    texts = {name: data.draw(hostile) for name in PROSE.values()}
    others = {
        name: data.draw(hostile)
        for name in (
            "number", "title", "agency_name", "site", "place", "device", "device_make", "device_kind", "fault_name",
            "location", "cause", "remote", "on_site", "actions", "installed", "settings",
            "solution_class", "recurrence_of", "observed", "segment",
        )
    }  # fmt: skip
    reading = Reading(data.draw(hostile), data.draw(hostile), data.draw(hostile))
    told = replace(case, **texts, **others, checks=(reading,), related=(texts["result"],))
    note = replace(NOTE, name=data.draw(hostile), text=data.draw(hostile))
    photo = replace(PHOTO, caption=data.draw(hostile))
    page = rendered(
        page_of(
            told,
            notes=(note,),
            pictures=(photo,),
            helped=(data.draw(hostile),),
            review=tuple(Review),
        )
    )

    assert page.tags <= ALLOWED
    assert {key for node in page for key in node.attributes} <= ATTRIBUTES
    for heading, name in PROSE.items():
        typed = "\n".join(lines(texts[name])).replace("\u00a0", " ")
        assert not typed or shown_under(page, heading) == typed


def shown_under(page, heading: str) -> str:
    """Return what stands right under a heading."""
    story = page.one("div", class_="pulih-cerita")
    parts = [part for part in story.parts if not isinstance(part, str)]
    at = next(i for i, part in enumerate(parts) if part.tag == "h2" and part.text == f"{heading}#")
    return parts[at + 1].text


def term(page, name: str) -> str:
    """Return what the panel says of something."""
    rows = page.one("dl").all("dt", "dd")
    return next(rows[i + 1].text for i, row in enumerate(rows) if row.text == name)
