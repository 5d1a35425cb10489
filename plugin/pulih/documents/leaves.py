"""Pages of finished PDFs: counted, numbered, cut to size, joined. Only this module and `tagging` touch pypdf."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import zip_longest

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    BooleanObject,
    DictionaryObject,
    NameObject,
    RectangleObject,
    TextStringObject,
)

from pulih.documents.tagging import Joined, keep_tags
from pulih.errors import Unavailable

_POINTS = 72 / 25.4


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has. Raises Unavailable where it cannot be read."""
    return len(_read(pdf).pages)


def finished(
    pdf: bytes,
    under: bytes | None,
    millimetres: tuple[float, float],
    *,
    title: str,
    language: str,
) -> bytes:
    """Return a PDF with what is laid under each of its pages, cut to a size, with its title and language.

    Args:
        under: A PDF of as many pages; None for nothing. Under, since wkhtmltopdf paints every page white.

    The same arguments give the same bytes: no moment is noted.

    Raises:
        Unavailable: One of them cannot be read.
    """
    wide, high = (length * _POINTS for length in millimetres)
    writer = PdfWriter()
    writer.append(_read(pdf))  # its pages alone: what its maker noted, the moment too, stays behind
    unders = _read(under).pages if under is not None else ()
    for page, below in zip_longest(writer.pages, unders):
        if below is not None:
            page.merge_page(below, over=False)
            page.compress_content_streams()
        # What is drawn hangs from the upper left corner; some sizes come out a little larger than asked.
        left, top = float(page.mediabox.left), float(page.mediabox.top)
        box = RectangleObject((left, top - high, left + wide, top))
        page.mediabox = page.cropbox = page.trimbox = box
    return _written(writer, title, language)


def joined(title: str, parts: Sequence[tuple[str, bytes]], *, language: str = "id") -> bytes:
    """Return one PDF of many, each with its name in the outline. The same arguments give the same bytes.

    Raises:
        Unavailable: One of them cannot be read.
    """
    writer, whole = PdfWriter(), []
    for name, pdf in parts:
        first, reader = len(writer.pages), _read(pdf)
        pages = [writer.add_page(page) for page in reader.pages]
        whole.append(Joined(name, reader, pages))
        writer.add_outline_item(title=name, page_number=first)
    keep_tags(writer, whole)
    return _written(writer, title, language)


def _read(pdf: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(pdf))
        len(reader.pages)
    except (PyPdfError, ValueError, KeyError) as error:
        raise Unavailable(
            "Sebuah berkas PDF tidak dapat dibaca. Minta administrator menjalankan pulih verify."
        ) from error
    return reader


def _written(writer: PdfWriter, title: str, language: str) -> bytes:
    writer.metadata = {"/Title": title, "/Producer": "Pulih"}
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(language)
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(value=True)}
    )
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
