"""Papers as PDFs, looked at with other programs: their order, letters, tags, pages and codes."""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import replace
from functools import partial

import pytest
from pypdf import PdfReader

from pulih.documents.html import sample
from pulih.documents.press import Press
from pulih.documents.weasy import open_weasy
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Corner, Layout, Size
from pulih.domain.papers.making import make
from pulih.domain.papers.material import Material
from pulih.domain.papers.paper import Said
from pulih.domain.papers.settings import PaperSettings
from pulih.domain.passed import Passed
from pulih.publish.looked import drawn
from pulih.publish.photograph import photograph

pytestmark = pytest.mark.slow

EVERY_KIND = pytest.mark.parametrize("kind", list(PaperKind))
MILLIMETRE = 72 / 25.4
NAME = "Prof. Dr. Ir. H. Muhammad Abdurrahman Kusumawardhani Natanegara, S.Kom., M.T., M.M., Ph.D."
# What each says, from its head to its foot.
ORDER = {
    PaperKind.LETTER: ("UPT PUSKESMAS", "Nomor", "Dengan hormat", "Modem putih", "Kepala UPT"),
    PaperKind.RECEIPT: ("PEMERINTAH", "TANDA TERIMA", "Surat dari", "Nomor tiket", "Yang menerima"),
    PaperKind.DISPOSITION: (
        "PEMERINTAH",
        "LEMBAR DISPOSISI",
        "Perihal",
        "DISPOSISI KEPALA DINAS",
        "DISPOSISI KEPALA BIDANG",
        "Kode QR ini",
    ),
    PaperKind.ASSIGNMENT: (
        "SURAT TUGAS",
        "Dasar",
        "MEMERINTAHKAN",
        "Kepada",
        "Untuk",
        "Baiq Ratna",
    ),
    PaperKind.REPORT: (
        "A. PENDAHULUAN",
        "B. KEGIATAN",
        "C. HASIL",
        "D. SIMPULAN",
        "E. PENUTUP",
        "Mengetahui",
        "Baiq Ratna",
    ),
    PaperKind.REPLACEMENT: (
        "BERITA ACARA",
        "Pada hari ini",
        "PIHAK PERTAMA",
        "Nomor inventaris",
        "Demikian",
    ),
    PaperKind.WORK: ("BERITA ACARA", "Pada hari ini", "Hasil uji coba", "Demikian", "Mengetahui"),
}


@pytest.fixture(scope="session")
def press():
    return Press(open_weasy(), photograph)


@pytest.fixture
def printed(press, tmp_path):
    def print_(paper):
        file = tmp_path / "paper.pdf"
        file.write_bytes(press.pdf(paper))
        return file

    return print_


def ran(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def crowded(paper):
    """Return the paper with names of ninety letters and forty lines in each table."""
    long = Said(NAME)
    return replace(
        paper,
        parties=tuple(replace(party, name=long) for party in paper.parties),
        signatures=tuple(tuple(replace(s, name=long) for s in row) for row in paper.signatures),
        tables={
            name: replace(table, rows=tuple(table.rows[n % len(table.rows)] for n in range(40)))
            for name, table in paper.tables.items()
        },
    )


def sized(paper, size):
    return replace(paper, layout=replace(paper.layout, size=size))


def tags(reader):
    """Return the kinds of all structure elements of a PDF, in order."""

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield node["/S"]
            if "/K" in node:
                yield from walk(node["/K"])

    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]))


def flat(text):
    return " ".join(text.split())


@EVERY_KIND
def test_the_text_comes_out_in_the_order_in_which_one_reads(kind, printed):
    text = flat(ran("pdftotext", str(printed(sample(kind))), "-"))
    found = [text.find(words) for words in ORDER[kind]]

    assert -1 not in found
    assert found == sorted(found)


@EVERY_KIND
def test_every_letter_is_in_the_file(kind, printed):
    fonts = ran("pdffonts", str(printed(sample(kind)))).splitlines()[2:]

    assert fonts
    for line in fonts:
        assert "Pulih-Sans" in line
        assert re.search(r"yes\s+yes\s+yes", line)  # embedded, subset, with its letters' meaning


@EVERY_KIND
def test_another_program_finds_the_file_sound(kind, printed):
    assert "No syntax or stream encoding errors found" in ran(
        "qpdf", "--check", str(printed(sample(kind)))
    )


@EVERY_KIND
def test_a_reading_machine_is_told_title_language_and_headings(kind, printed):
    paper = sample(kind)
    reader = PdfReader(printed(paper))
    root, found = reader.trailer["/Root"], tags(reader)

    assert reader.metadata.title == paper.name
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.count("/H1") == 1
    # A table that goes over a page is two; one that only lays things out is none.
    assert len(paper.tables) <= found.count("/Table") < len(paper.tables) + len(reader.pages)
    assert found.count("/TD") == sum(len(row) for one in paper.tables.values() for row in one.rows)
    assert found.count("/TH") >= sum(len(one.heads) for one in paper.tables.values())


@EVERY_KIND
def test_every_picture_is_told_in_words(kind, printed):
    reader = PdfReader(printed(sample(kind)))

    def figures(node):
        node = node.get_object()
        if isinstance(node, list):
            return [found for child in node for found in figures(child)]
        if not isinstance(node, dict):
            return []
        here = [node] if node.get("/S") == "/Figure" else []
        return here + (figures(node["/K"]) if "/K" in node else [])

    found = figures(reader.trailer["/Root"]["/StructTreeRoot"])

    assert found
    assert all(figure["/Alt"] for figure in found)


@pytest.mark.parametrize("kind", [PaperKind.REPORT, PaperKind.WORK])
def test_the_picture_of_a_way_that_was_looked_at_is_drawn(kind, press, printed):
    way = (
        Passed("Router RSUD", "router", to=1, link="radio", tone="bad", said="Di sini: mati"),
        Passed("Router inti", "inti", tone="good", said="menjawab, 1,2 ms"),
    )
    drawing = replace(press, draw=partial(drawn, printed=True))

    text = ran("pdftotext", str(printed(replace(sample(kind), diagram=drawing.picture(way)))), "-")

    for words in ("Router RSUD", "Di sini: mati", "Router inti", "Gambar diagnosis: jalur"):
        assert words in flat(text)


def test_the_file_calls_itself_pdf_a_2a(printed):
    content = PdfReader(printed(sample(PaperKind.WORK))).xmp_metadata

    assert (content.pdfaid_part, content.pdfaid_conformance) == ("2", "A")


@EVERY_KIND
def test_the_code_on_the_paper_is_read_as_its_address(kind, printed, tmp_path):
    address = "https://meja.sumbawakab.example/dokumen/3f9a1c5be2704d7d8a0f6c2e1b9d4a73"
    file = printed(replace(sample(kind), address=address))
    last = str(len(PdfReader(file).pages))
    ran(
        "pdftoppm",
        "-f",
        last,
        "-r",
        "150",
        "-png",
        "-singlefile",
        str(file),
        str(tmp_path / "page"),
    )

    read = ran("zbarimg", "--nodbus", "--quiet", "--raw", str(tmp_path / "page.png"))

    assert read.split() == [address]


@EVERY_KIND
def test_the_same_paper_gives_the_same_bytes_in_another_process_too(kind, printed, child):
    code = (
        "import sys; from pulih.documents.html import sample; from pulih.documents.press import Press; "
        "from pulih.documents.weasy import open_weasy; from pulih.domain.papers.kinds import PaperKind; "
        "import hashlib; pdf = Press(open_weasy(), lambda *_: None).pdf(sample(PaperKind(sys.argv[1]))); "
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    here = hashlib.sha256(printed(sample(kind)).read_bytes()).hexdigest()
    there, _ = child(code, kind.value).communicate(timeout=60)

    assert there.strip() == here


@pytest.mark.parametrize("size", list(Size))
def test_the_sheet_has_the_size_that_the_office_decided(size, printed):
    page = PdfReader(printed(sized(sample(PaperKind.WORK), size))).pages[0]
    wide, high = size.millimetres

    assert float(page.mediabox.width) == pytest.approx(wide * MILLIMETRE, abs=0.5)
    assert float(page.mediabox.height) == pytest.approx(high * MILLIMETRE, abs=0.5)


@pytest.mark.parametrize("size", [Size.F4, Size.A4])
@pytest.mark.parametrize(
    "kind", [PaperKind.ASSIGNMENT, PaperKind.REPORT, PaperKind.REPLACEMENT, PaperKind.WORK]
)
def test_forty_devices_go_over_pages_with_their_heads_again_and_signatures_stay_whole(
    kind, size, printed
):
    paper = crowded(sized(sample(kind), size))
    pages = [flat(page.extract_text()) for page in PdfReader(printed(paper)).pages]
    table = next(iter(paper.tables.values()))
    last = paper.signatures[-1][-1]

    assert len(pages) > 2
    assert sum(flat(table.heads[-1]) in page for page in pages) > 1
    assert all(f"Halaman {n} dari {len(pages)}" in page for n, page in enumerate(pages, 1))
    signed = [page for page in pages if "Demikian" in page]
    assert len(signed) == 1  # the closing words are on the page of every place to sign
    assert signed[0].count(flat(NAME)) == sum(map(len, paper.signatures))
    assert last.above[-1] in signed[0]


@pytest.mark.parametrize("lines", range(16, 26, 2))
def test_the_place_to_sign_a_letter_is_on_no_page_of_its_own(lines, printed):
    paper = sample(PaperKind.LETTER)
    told = Said("\n".join("Jaringan putus." for _ in range(lines)))
    pages = PdfReader(printed(replace(paper, texts={**paper.texts, "disturbed": told}))).pages

    last = flat(pages[-1].extract_text())
    assert "NIP." in last
    assert "Demikian permohonan" in last


def test_a_disposition_sheet_is_one_half_sheet_also_with_names_of_ninety_letters(printed):
    assert len(PdfReader(printed(crowded(sample(PaperKind.DISPOSITION)))).pages) == 1


@EVERY_KIND
def test_there_are_two_centimetres_to_sign(kind, press):
    """The rule is in the style; an engine that gave less would lay out another page."""
    rules = re.findall(r"\.signature \.space \{ height: (\d+)mm", press.page(sample(kind)))

    assert rules
    assert min(map(int, rules)) >= 20


@EVERY_KIND
def test_an_empty_form_is_printed_too(kind, printed):
    form = make(kind, Material(), PaperSettings(lines=("KOP",), place="X"), None)

    file = printed(form)
    assert PdfReader(file).pages
    assert file.stat().st_size < 48 * 1024  # lines to write on are lines, and not thousands of dots


@pytest.mark.parametrize("corner", list(Corner))
def test_the_page_number_stands_where_the_office_decided(corner, printed):
    paper = replace(sample(PaperKind.RECEIPT), layout=Layout(Size.A4, pages=corner))
    text = ran("pdftotext", "-bbox", str(printed(paper)), "-")
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>Halaman<', text)

    assert len(words) == (corner is not Corner.NONE)
    for x, y in words:
        assert (float(y) < 100) is corner.value.startswith("top")
        assert (float(x) > 400) is corner.value.endswith("right")
        assert (float(x) < 150) is corner.value.endswith("left")
