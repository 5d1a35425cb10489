"""Many papers as one PDF, with a list of contents in front."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from markupsafe import Markup

from pulih.documents.engine import Engine, Sheet
from pulih.documents.leaves import joined, page_count
from pulih.domain.bundle import Bound
from pulih.domain.papers.layout import Corner, Layout

_CONTENTS = "Daftar isi"
_PAGE = Markup(
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title><style>'
    "@page{{size:{wide}mm {high}mm;margin:{top}mm {right}mm {bottom}mm {left}mm}}"
    'body{{font:11pt/1.35 "Pulih Sans",sans-serif}}h1{{font-size:15pt;margin:0 0 2mm}}'
    "h2{{font-size:12pt;margin:6mm 0 2mm}}table{{width:100%;border-collapse:collapse}}"
    "th,td{{text-align:left;vertical-align:top;padding:1.5mm 2mm;border-bottom:.3mm solid #888}}"
    "tr{{page-break-inside:avoid}}.n{{text-align:right;white-space:nowrap;width:18mm}}p{{font-size:9pt}}"
    "</style></head><body><h1>{title}</h1><h2>{contents}</h2><table><thead><tr><th>Dokumen</th>"
    '<th class="n">Halaman</th></tr></thead><tbody>{rows}</tbody></table>{notes}</body></html>'
)
_ROW = Markup('<tr><td>{name}</td><td class="n">{page}</td></tr>')
_NOTE = Markup("<p>{note}</p>")
_ROUNDS = 4  # a list that grows by a page moves all page numbers once


def bind(engine: Engine, bound: Bound, layout: Layout | None = None) -> bytes:
    """Return all parts as one PDF; the contents say at which page of the file each begins.

    Raises:
        Unavailable: A part cannot be read, or the contents cannot be printed.
    """
    counts = [page_count(pdf) for _, pdf in bound.parts]
    layout = layout or Layout(pages=Corner.NONE)
    front, own = b"", 1
    for _ in range(_ROUNDS):
        front = engine.render(Sheet(_html(bound, counts, own, layout), bound.title, layout))
        before, own = own, page_count(front)
        if own == before:
            break
    return joined(bound.title, [(_CONTENTS, front), *bound.parts])


def _html(bound: Bound, counts: Sequence[int], own: int, layout: Layout) -> str:
    starts = accumulate(counts[:-1], initial=own + 1) if counts else ()
    rows = (
        _ROW.format(name=name, page=page)
        for (name, _), page in zip(bound.parts, starts, strict=True)
    )
    wide, high = layout.size.millimetres
    margins = layout.margins
    return _PAGE.format(
        title=bound.title,
        contents=_CONTENTS,
        rows=Markup().join(rows),
        notes=Markup().join(_NOTE.format(note=note) for note in bound.notes),
        wide=wide,
        high=high,
        top=margins.top,
        right=margins.right,
        bottom=margins.bottom,
        left=margins.left,
    )
