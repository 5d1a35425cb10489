"""The pages of papers: as recorded, and nothing that was typed is ever more than text in them."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pulih.documents.html import html, sample
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Corner, Margins, Size
from pulih.domain.papers.making import make
from pulih.domain.papers.material import Material
from pulih.domain.papers.paper import (
    Choice,
    Field,
    Letterhead,
    Party,
    Picture,
    Said,
    Signature,
    Table,
)
from pulih.domain.papers.settings import Official, PaperSettings
from pulih.domain.people import Role
from pulih.wording import sentence

RECORDED = Path(__file__).resolve().parents[1] / "recorded" / "documents"
EVERY_KIND = pytest.mark.parametrize("kind", list(PaperKind))
HOSTILE = "</title></style><script>alert(1)</script><img src=x onerror=y>\"'{{ 7*7 }}&#60;"


class Page(HTMLParser):
    """Tags, addresses and text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.addresses, self.words, self._style = [], [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._style = tag == "style"
        self.addresses += [v for k, v in attrs if k in ("src", "href", "data", "action") and v]

    def handle_endtag(self, _tag):
        self._style = False

    def handle_data(self, data):
        if not self._style:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def filled(paper, text):
    """Return the paper with a text in every place that takes one."""
    said = Said(text)
    return replace(
        paper,
        ticket=text,
        title=(text,),
        number=said,
        dated=said,
        letterhead=Letterhead((said,), (text,), paper.letterhead.arms),
        texts=dict.fromkeys(paper.texts, said),
        lists=dict.fromkeys(paper.lists, (said,)),
        ticks={name: (Choice(text, ticked=True),) for name in paper.ticks},
        fields={
            name: tuple(Field(text, said) for _ in rows) for name, rows in paper.fields.items()
        },
        tables={
            name: Table(text, (text,) * len(table.heads), ((said,) * len(table.heads),))
            for name, table in paper.tables.items()
        },
        parties=tuple(Party(text, said, said, said, said, said) for _ in paper.parties),
        pictures=tuple(Picture(text, picture.source) for picture in paper.pictures),
        signatures=tuple(
            tuple(Signature((text,), said, said, said) for _ in row) for row in paper.signatures
        ),
        copies=(text,),
        address=text,
        replaces=text,
        reason=text,
    )


def shape(page):
    """Return the tags of a page, the same for pages that differ in text alone."""
    return [tag for tag in Page(page).tags if tag != "br"]


@EVERY_KIND
def test_the_sample_gives_the_recorded_page(kind):
    page, recorded = html(sample(kind)), RECORDED / f"{kind.value}.html"
    if os.environ.get("UPDATE_RECORDED"):
        recorded.write_text(page, encoding="utf-8")

    assert page == recorded.read_text(encoding="utf-8")


@EVERY_KIND
def test_markup_that_was_typed_anywhere_is_only_text(kind):
    hostile, harmless = (html(filled(sample(kind), text)) for text in (HOSTILE, "x"))

    assert shape(hostile) == shape(harmless)
    assert "{{ 7*7 }}" in Page(hostile).text
    assert "<script" not in hostile
    assert "onerror=y>" not in hostile


@EVERY_KIND
def test_a_page_has_no_address_but_data(kind):
    assert all(address.startswith("data:") for address in Page(html(sample(kind))).addresses)


@EVERY_KIND
def test_every_place_of_a_paper_is_shown_on_its_page(kind):
    """A fact that a paper gathers and its page forgets would be missed by nobody."""
    paper = sample(kind)
    shown = " ".join(Page(html(paper).replace("<wbr>", "")).text.split())

    for one in [*paper.texts.values(), *(f.said for rows in paper.fields.values() for f in rows)]:
        assert " ".join(one.text.split()) in shown
    for table in paper.tables.values():
        assert all(cell.text in shown for row in table.rows for cell in row)
    assert all(name in shown for name in paper.named)


def test_the_number_of_an_inventory_goes_over_to_the_next_line_at_its_dots_alone():
    page = html(sample(PaperKind.WORK))

    assert "1.<wbr>3.<wbr>2.<wbr>10.<wbr>02.<wbr>04.<wbr>002.<wbr>0130/<wbr>2018" in page
    assert "loss 0%, 19 ms" in page


def test_an_assignment_says_where_and_when_it_was_decided_also_to_be_written_by_hand():
    decided = Page(html(sample(PaperKind.ASSIGNMENT))).text
    empty = html(make(PaperKind.ASSIGNMENT, Material(), PaperSettings(), None))

    assert "Ditetapkan di Sumbawa Besar pada tanggal 6 Maret 2024" in decided
    assert re.search(r'Ditetapkan di\s*<span class="hand">', empty)
    assert re.search(r'pada tanggal\s*<span class="hand short">', empty)


def test_a_disposition_sheet_says_when_it_was_issued_beside_its_code():
    assert (
        "Diterbitkan: Sumbawa Besar, 6 Maret 2024" in Page(html(sample(PaperKind.DISPOSITION))).text
    )


@EVERY_KIND
def test_what_is_missing_is_red_and_named(kind):
    paper = sample(kind)
    missing = Said(missing=sentence("NIP Rina"))
    places = dict.fromkeys(paper.texts, missing)
    rows = tuple(tuple(replace(s, nip=missing) for s in row) for row in paper.signatures)
    page = html(replace(paper, texts=places, signatures=rows))

    assert '<span class="missing">[belum ada: NIP Rina]</span>' in page


@EVERY_KIND
def test_a_draft_says_that_it_is_one_and_an_issued_paper_does_not(kind):
    issued = sample(kind)
    draft = replace(issued, draft=True, number=Said())

    assert "KONSEP – belum diterbitkan" in Page(html(draft)).text
    assert "KONSEP" not in html(issued)
    assert "diberikan saat diterbitkan" in html(draft) or kind is PaperKind.LETTER


@EVERY_KIND
def test_a_paper_that_can_be_checked_has_its_code_and_says_what_that_is_not(kind):
    checked = replace(sample(kind), address="https://meja.example/dokumen/abc")
    page = Page(html(checked))

    assert "Kode QR ini bukan tanda tangan elektronik tersertifikasi." in page.text
    assert "https://meja.example/dokumen/abc" in page.text
    assert "BSrE" not in page.text
    assert "Kode QR" not in Page(html(replace(checked, address=""))).text


@EVERY_KIND
def test_a_correction_says_what_it_replaces_and_why(kind):
    paper = replace(sample(kind), replaces="Nomor 1 tanggal 2 Maret 2026", reason="Salah nama.")
    said = "Dokumen ini menggantikan Nomor 1 tanggal 2 Maret 2026. Alasan: Salah nama."

    assert said in Page(html(paper)).text


@EVERY_KIND
def test_an_empty_form_is_drawn_with_lines_to_write_on(kind):
    page = html(make(kind, Material(), PaperSettings(lines=("KOP",), place="X"), None))

    assert '<span class="hand"></span>' in page
    assert "missing" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "KONSEP" not in page


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("corner", list(Corner))
def test_the_sheet_is_as_the_office_decided(size, corner):
    paper = sample(PaperKind.WORK)
    layout = replace(
        paper.layout, size=size, pages=corner, margins=Margins(11, 12, 13, 14), points=12
    )
    page = html(replace(paper, layout=layout))
    wide, high = size.millimetres

    assert f"@page{{size:{wide}mm {high}mm;margin:11mm 12mm 13mm 14mm;" in page
    assert "body{font-size:12pt}" in page
    assert (f'@{corner.value}{{content:"Halaman "' in page) is (corner is not Corner.NONE)


@EVERY_KIND
def test_a_sample_is_dressed_in_the_offices_settings(kind):
    settings = PaperSettings(
        lines=("PEMERINTAH KABUPATEN DOMPU", "DINAS KOMINFO"),
        place="Dompu",
        officials={role: Official("Fulan", "1" * 18, "Pembina (IV/a)", "Plt.") for role in Role},
    )
    paper = sample(kind, settings)

    assert paper.letterhead.lines[0].text == "PEMERINTAH KABUPATEN DOMPU"
    assert paper.missing == ()
    assert html(paper)
    if kind in (PaperKind.WORK, PaperKind.REPORT, PaperKind.ASSIGNMENT, PaperKind.DISPOSITION):
        assert "Fulan" in paper.named


@EVERY_KIND
def test_a_word_longer_than_any_can_be_broken_everywhere(kind):
    """An engine takes minutes over what it may not break."""
    page = Page(html(replace(filled(sample(kind), "x" * 4000), address="https://meja.example/a")))

    assert max(map(len, re.split(r"[\s\u200b]+", page.text))) <= 100 + len("NIP.[belum ada: ]")


def test_a_picture_from_elsewhere_is_no_picture():
    paper = sample(PaperKind.WORK)
    elsewhere = "https://example.com/x.png"
    head = replace(paper.letterhead, arms="file:///etc/passwd")
    pictures = (Picture("Foto", elsewhere),)

    page = html(replace(paper, letterhead=head, pictures=pictures, diagram=elsewhere))

    assert elsewhere not in page
    assert "/etc/passwd" not in page
