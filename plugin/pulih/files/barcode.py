"""Reads the code out of a photograph of a QR. The only module that knows zxing-cpp."""

from __future__ import annotations

from collections.abc import Callable

from pulih.errors import Invalid, Problem
from pulih.wording import sentence

_SIDE = 1600  # pixels: enough for a QR that fills a tenth of a photograph
_LONGEST = 60

# Grey pixels row by row, their width and height; None where the content is no picture that can be trusted.
Grey = Callable[[bytes, int], tuple[bytes, int, int] | None]


def code_in(content: bytes, grey: Grey) -> str:
    """Return what the only QR in a picture says.

    Raises:
        Invalid: There is none, or more than one (field `photo`).
    """
    pixels = grey(content, _SIDE)
    found = _read(*pixels) if pixels else set()
    if len(found) != 1:
        cure = sentence(
            "Kode QR-nya tidak terbaca. Foto lebih dekat dan tegak, atau ketik angkanya."
        )
        raise Invalid([Problem("photo", cure)])
    return found.pop()


def _read(pixels: bytes, width: int, height: int) -> set[str]:
    import zxingcpp  # noqa: PLC0415 - most who open an office read no picture

    rows = memoryview(pixels).cast("B", (height, width))
    codes = zxingcpp.read_barcodes(rows, formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return {code.text for code in codes if code.valid and len(code.text) <= _LONGEST}
