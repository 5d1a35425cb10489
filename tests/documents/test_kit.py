"""What pdfkit prints, put right: size, page numbers, letters, language."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace

import pytest
from pypdf import PdfReader

from pulih.documents.engine import Sheet
from pulih.documents.html import html, sample
from pulih.documents.kit import open_kit
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Corner, Layout, Size

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("wkhtmltopdf") is None,
        reason="wkhtmltopdf is not in this system's packages any more",
    ),
]
_PLACE = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')


@pytest.fixture(scope="module")
def kit():
    return open_kit()


def printed(kit, body, layout):
    style = '<style>p{margin:0;font:11pt "Pulih Sans"}</style>'
    head = f'<!doctype html><html lang="id"><head><meta charset="utf-8">{style}</head>'
    return kit.render(Sheet(f"{head}<body>{body}</body></html>", "Judul é", layout))


def told(command, pdf):
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def words(pdf):
    """Return each word of the first page with its place in points."""
    page = told(["pdftotext", "-bbox", "-l", "1", "-", "-"], pdf)
    return {word: tuple(map(float, place)) for *place, word in _PLACE.findall(page)}


def test_a_millimetre_is_a_millimetre(kit):
    body = '<p style="width:100mm;text-align:right">ujung</p><p style="margin-top:100mm">bawah</p>'

    at = words(printed(kit, f"<p>awal</p>{body}", Layout(pages=Corner.NONE)))

    assert (at["ujung"][2] - at["awal"][0]) / 72 * 25.4 == pytest.approx(100, abs=1)
    assert (at["bawah"][1] - at["ujung"][3]) / 72 * 25.4 == pytest.approx(100, abs=1.5)


def test_letters_are_as_large_as_they_should_be(kit):
    at = words(printed(kit, "<p>Troubleshooting</p>", Layout(pages=Corner.NONE)))["Troubleshooting"]

    # So many em in Liberation Sans, by its own table of widths; sizes are rounded to whole pixels.
    assert (at[2] - at[0]) / 7.171 == pytest.approx(11, abs=0.3)


def test_the_text_begins_where_the_margins_say(kit):
    layout = Layout(pages=Corner.NONE)
    at = words(printed(kit, "<p>awal</p>", layout))["awal"]

    assert at[0] / 72 * 25.4 == pytest.approx(layout.margins.left, abs=0.5)
    assert at[1] / 72 * 25.4 == pytest.approx(layout.margins.top, abs=1.5)


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("corner", [corner for corner in Corner if corner is not Corner.NONE])
def test_page_numbers_stand_where_they_were_asked_for_and_off_the_text(kit, size, corner):
    layout = Layout(size, pages=corner)
    pdf = printed(kit, "<p>isi</p>" * 150, layout)

    pages = PdfReader(io.BytesIO(pdf)).pages
    for at, page in enumerate(pages, 1):
        assert f"Halaman {at} dari {len(pages)}" in " ".join(page.extract_text().split())
    wide, high = (side / 25.4 * 72 for side in size.millimetres)
    left, top, right, _ = words(pdf)["Halaman"]
    bottom = corner.value.startswith("bottom")
    edge = layout.margins.bottom if bottom else layout.margins.top
    assert (high - top if bottom else top) < edge / 25.4 * 72
    middle = {"left": wide * 0.25, "center": wide * 0.5, "right": wide * 0.8}
    assert abs((left + right) / 2 - middle[corner.value.partition("-")[2]]) < wide * 0.2


def test_every_letter_is_in_the_file_and_can_be_searched(kit):
    pdf = kit.render(sheet_of(PaperKind.WORK))

    rows = [line.split() for line in told(["pdffonts", "-"], pdf).splitlines()[2:]]
    assert {row[-5] for row in rows} == {"yes"}
    assert all("LiberationSans" in row[0] for row in rows)
    assert "BERITA ACARA PEKERJAAN" in " ".join(told(["pdftotext", "-", "-"], pdf).split())


def sheet_of(kind):
    paper = sample(kind)
    return Sheet(html(paper), paper.name, paper.layout)


@pytest.mark.parametrize("kind", PaperKind)
def test_every_paper_is_printed_whole_with_title_and_language(kit, kind, tmp_path):
    page = sheet_of(kind)
    pdf = kit.render(page)
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf)

    subprocess.run(["qpdf", "--check", file], capture_output=True, check=True)
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata.title == page.title
    assert reader.trailer["/Root"]["/Lang"] == "id"


def test_the_code_is_read_from_the_paper(kit, tmp_path):
    paper = replace(sample(PaperKind.WORK), address="https://meja.example/dokumen/abc123")
    file = tmp_path / "a.pdf"
    file.write_bytes(kit.render(Sheet(html(paper), paper.name, paper.layout)))
    subprocess.run(["pdftoppm", "-r", "150", "-png", file, tmp_path / "a"], check=True)

    read = subprocess.run(
        ["zbarimg", "-q", "--raw", *sorted(tmp_path.glob("a-*.png"))],
        capture_output=True,
        check=False,  # it is said where one page has no code
    )

    assert read.stdout.decode().strip() == paper.address
