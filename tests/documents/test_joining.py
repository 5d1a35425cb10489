from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from pulih.documents.choosing import Chosen
from pulih.documents.engine import Sheet
from pulih.documents.joining import bind
from pulih.documents.leaves import joined, page_count
from pulih.domain.bundle import Bound
from pulih.domain.papers.layout import Layout, Size
from pulih.errors import Unavailable

pytestmark = pytest.mark.slow
_LONG = 90


@pytest.fixture(scope="module")
def engine():
    return Chosen("weasyprint")


def leaf(engine, text, pages=1, size=Size.A4):
    wide, high = size.millimetres
    body = "<p style='page-break-after:always'>x</p>" * (pages - 1) + f"<p>{text}</p>"
    html = f"<!doctype html><html lang=id><head><style>@page{{size:{wide}mm {high}mm}}</style></head><body>{body}"
    return engine.render(Sheet(html, text, Layout(size)))


def pages(pdf):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_contents_name_the_page_on_which_each_paper_begins(engine):
    parts = (
        ("Surat Tugas 001/ST", leaf(engine, "SATU", 2)),
        ("Berita Acara 002/BA", leaf(engine, "DUA", 3)),
        ("Laporan 003/LAP", leaf(engine, "TIGA")),
    )

    text = pages(bind(engine, Bound("Dokumen tiket 2026-0001", parts)))

    contents = " ".join(text[0].split())
    for (name, _), start in zip(parts, (2, 4, 7), strict=True):
        assert f"{name} {start}" in contents
    assert [at for at, page in enumerate(text, 1) if page.strip() in {"SATU", "DUA", "TIGA"}] == [
        3,
        6,
        7,
    ]


def test_contents_of_more_than_a_page_count_themselves(engine):
    part = leaf(engine, "ISI")
    parts = tuple((f"Surat nomor {n:03}", part) for n in range(1, _LONG + 1))

    text = pages(bind(engine, Bound("Banyak", parts)))

    own = len(text) - _LONG
    assert own > 1
    assert f"Surat nomor 001 {own + 1}" in " ".join(text[0].split())
    assert f"Surat nomor {_LONG:03} {own + _LONG}" in " ".join(text[own - 1].split())


def test_what_a_paper_is_called_is_text_in_the_contents(engine):
    name = '<img src="http://127.0.0.1/x">{title}&amp;'

    text = pages(bind(engine, Bound("<b>judul</b>", ((name, leaf(engine, "ISI")),))))

    assert name.replace(" ", "") in text[0].replace(" ", "").replace("\n", "")
    assert "<b>judul</b>" in text[0]


def test_each_paper_stands_in_the_outline_and_keeps_its_size(engine):
    pdf = joined(
        "Judul",
        [("A4", leaf(engine, "a")), ("Disposisi", leaf(engine, "b", size=Size.HALF_FOLIO))],
    )

    reader = PdfReader(io.BytesIO(pdf))
    assert [item.title for item in reader.outline] == ["A4", "Disposisi"]
    assert reader.trailer["/Root"]["/Lang"] == "id"
    assert float(reader.pages[1].mediabox.width) < float(reader.pages[0].mediabox.width)


def elements(node):
    """Yield each element of a tree of tags with the page that it is on, in order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict) and "/S" in node:
        yield node
        yield from elements(node.get("/K", []))


def test_a_reading_machine_is_led_through_all_papers_in_their_order(engine):
    parts = [("Satu", leaf(engine, "a", 2)), ("Dua", leaf(engine, "b"))]
    reader = PdfReader(io.BytesIO(joined("Judul", parts)))
    root = reader.trailer["/Root"]
    tree = root["/StructTreeRoot"]
    found = list(elements(tree["/K"]))
    pages = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}

    assert root["/MarkInfo"]["/Marked"]
    assert [one["/T"] for one in found if one["/S"] == "/Part"] == ["Satu", "Dua"]
    marked = [pages[one.raw_get("/Pg").idnum] for one in found if "/Pg" in one]
    assert marked == sorted(marked)
    assert set(marked) == {0, 1, 2}
    numbers = tree["/ParentTree"]["/Nums"]
    for n, page in enumerate(reader.pages):
        assert numbers[2 * page["/StructParents"]] == page["/StructParents"]
        owners = numbers[2 * page["/StructParents"] + 1].get_object()
        assert {pages[owner.get_object().raw_get("/Pg").idnum] for owner in owners} == {n}


def test_a_cell_is_told_with_the_head_of_its_own_papers_table(engine):
    table = "<table><thead><tr><th>{0}</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    parts = [(name, leaf(engine, table.format(name))) for name in ("Satu", "Dua")]
    reader = PdfReader(io.BytesIO(joined("Judul", parts)))

    found = list(elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))
    heads = [one["/ID"] for one in found if one["/S"] == "/TH"]
    cells = [one["/A"]["/Headers"][0] for one in found if one["/S"] == "/TD"]

    assert len(set(heads)) == 2
    assert cells == heads


def test_a_paper_without_tags_leaves_the_whole_without(engine):
    bare = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(bare)

    whole = joined("Judul", [("Satu", leaf(engine, "a")), ("Dua", bare.getvalue())])

    assert "/MarkInfo" not in PdfReader(io.BytesIO(whole)).trailer["/Root"]


def test_the_same_papers_give_the_same_bytes(engine):
    bound = Bound("Judul", (("A", leaf(engine, "a")), ("B", leaf(engine, "b"))))

    assert bind(engine, bound) == bind(engine, bound)


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"<html>", b"%PDF-1.7\n1 0 obj<</Type/Catalog"]
)
def test_what_is_no_pdf_is_said_to_be_none(content):
    with pytest.raises(Unavailable, match="tidak dapat dibaca"):
        page_count(content)
