"""A page of text as a PDF, for who wants to have it on paper: no form, no letterhead, no number."""

from __future__ import annotations

from html import escape

from pulih.documents.engine import Engine, Sheet
from pulih.domain.papers.layout import Corner, Layout, Size

_LAYOUT = Layout(size=Size.A4, pages=Corner.BOTTOM_RIGHT)
_STYLES = (
    'body{font:10.5pt/1.4 "Pulih Sans",sans-serif}h1{font-size:16pt;margin:0 0 3mm}'
    "h2{font-size:12.5pt;margin:6mm 0 2mm}h3{font-size:11pt;margin:4mm 0 1mm}"
    "h1,h2,h3{page-break-after:avoid}table{width:100%;border-collapse:collapse;margin:2mm 0}"
    "th,td{text-align:left;vertical-align:top;padding:1mm 2mm;border-bottom:.3mm solid #888}"
    "tr,figure{page-break-inside:avoid}figure{margin:4mm 0}img{max-width:100%;max-height:120mm}"
    "figcaption{font-size:9pt}pre,code{font-size:9pt;white-space:pre-wrap;overflow-wrap:anywhere}"
    "a{color:inherit;text-decoration:none}"
)


def leaflet(engine: Engine, title: str, body: str) -> bytes:
    """Return a title and clean HTML as a PDF; the only addresses that are fetched are `data:`. Raises Unavailable."""
    wide, high = _LAYOUT.size.millimetres
    around = _LAYOUT.margins
    margins = f"{around.top}mm {around.right}mm {around.bottom}mm {around.left}mm"
    sheet = (
        f"@page{{size:{wide}mm {high}mm;margin:{margins};"
        f'@{_LAYOUT.pages.value}{{content:counter(page) " / " counter(pages);font-size:8pt}}}}'
    )
    page = (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{sheet}{_STYLES}</style></head><body><h1>{escape(title)}</h1>{body}</body></html>"
    )
    return engine.render(Sheet(page, title, _LAYOUT))
