"""QR codes. The only module that touches segno."""

from __future__ import annotations

import segno


def code(text: str) -> str:
    """Return a QR code as a `data:` address of an SVG; a quarter of it may be spoilt and it is still read."""
    return segno.make(text, error="q", micro=False).svg_data_uri(border=2, omitsize=True)
