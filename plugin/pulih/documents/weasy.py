"""The engine with WeasyPrint, in this process: `apart` calls it from its own. The only module that touches it.

It fetches nothing: an address that is not `data:` is not followed, whoever wrote it; files are not read.
"""

from __future__ import annotations

import hashlib
import io
import logging
import threading
from dataclasses import dataclass
from typing import Any

from pulih.documents.engine import Sheet
from pulih.documents.fonts import faces
from pulih.errors import Unavailable
from pulih.wording import N_

MISSING = N_(
    "Pustaka Pango belum terpasang, padahal WeasyPrint memerlukannya. Pasang: "
    "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
# Tagged, with every letter in the file, made to be kept for decades and to take a signature.
_VARIANT = "pdf/a-2a"
_ALLOWED = ("data",)


@dataclass(frozen=True, slots=True)
class Weasy:
    """Renders with WeasyPrint.

    Attributes:
        library: The module; read only where Pango is there.
        fonts: What holds the letters, read once; `styles` names them.
        lock: One sheet at a time: Pango's font map is not made for several threads.
    """

    library: Any
    fonts: Any
    styles: Any
    lock: threading.Lock

    @property
    def name(self) -> str:
        """The engine and its version."""
        return f"weasyprint {self.library.__version__}"

    def render(self, sheet: Sheet) -> bytes:
        """Return the sheet as a tagged PDF/A-2a. The same sheet gives the same bytes.

        Raises:
            Unavailable: WeasyPrint cannot lay the sheet out.
        """
        fetcher = self.library.urls.URLFetcher(allowed_protocols=_ALLOWED, allow_redirects=False)
        file = io.BytesIO()
        with self.lock:
            try:
                page = self.library.HTML(string=sheet.html, base_url="", url_fetcher=fetcher)
                page.write_pdf(
                    file,
                    font_config=self.fonts,
                    stylesheets=[self.styles],
                    pdf_variant=_VARIANT,
                    pdf_identifier=hashlib.sha256(sheet.html.encode()).digest()[:16],
                )
            except Exception as error:
                raise failed() from error
        return file.getvalue()


def failed() -> Unavailable:
    """Return what is said of a sheet that cannot be drawn."""
    return Unavailable(
        'Dokumen tidak dapat disusun oleh WeasyPrint. Coba lagi; bila tetap gagal, pilih pdf = "pdfkit" '
        "di pulih.toml dan laporkan kepada administrator."
    )


def open_weasy() -> Weasy:
    """Return the engine, its letters read.

    Raises:
        Unavailable: A library of the system is missing; the sentence says how to install it.
    """
    try:
        import weasyprint  # noqa: PLC0415 - it looks for Pango at once, and may not find it
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as above
    except OSError as error:
        raise Unavailable(MISSING) from error
    # Being loaded it told Pillow, for the whole process, to take half a picture for a whole one.
    weasyprint.images.ImageFile.LOAD_TRUNCATED_IMAGES = False
    logging.getLogger("weasyprint").setLevel(
        logging.CRITICAL
    )  # every refused address, word by word
    fonts = FontConfiguration()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=_ALLOWED, allow_redirects=False)
    styles = weasyprint.CSS(string=faces(), font_config=fonts, url_fetcher=fetcher)
    return Weasy(weasyprint, fonts, styles, threading.Lock())
