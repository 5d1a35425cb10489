"""The engine with pdfkit, which runs wkhtmltopdf: for offices that ask for it. The only module that touches pdfkit.

What it is given is not trusted, though it comes from our own pages. pdfkit reads options out of meta tags: theirs would
need a prefix that nobody knows. wkhtmltopdf runs no script, reads no file, and every address leads to a port where
nobody can listen. Debian's own has no page numbers and sets everything too small: see `_ZOOM` and `numbered`.
"""

from __future__ import annotations

import functools
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pdfkit

from pulih.documents.engine import Sheet
from pulih.documents.fonts import FAMILY, folder
from pulih.documents.leaves import finished, page_count
from pulih.domain.papers.layout import Corner, Layout
from pulih.errors import Refused, Unavailable

PROGRAM = "wkhtmltopdf"
SECONDS = 60.0
# Without Qt's patches a CSS millimetre is drawn as 96/125 of one, and there is no option against it.
_ZOOM = 1.302
_HELD = f"<style>html{{margin:0}}body{{margin:0;zoom:{_ZOOM}}}</style>"
_OUTSIDE = (
    "network error"  # in what wkhtmltopdf says when it was asked for any address, of a file too
)
_LETTERS = 8  # points, of a page number
_NUMBER_GAP = 8  # millimetres from the text to the page number
_FONTS = "fonts.conf"
_EDGE = 5.0  # millimetres, the least white above a page number


@dataclass(frozen=True, slots=True)
class Kit:
    """Renders with pdfkit. Each sheet is a process of its own.

    Attributes:
        program: The path of wkhtmltopdf.
        seconds: How long one sheet may take.
    """

    program: str
    seconds: float = SECONDS

    @property
    def name(self) -> str:
        """What is kept with each paper."""
        return f"pdfkit {_version(self.program)}"

    def render(self, sheet: Sheet) -> bytes:
        """Return the sheet as a PDF, with page numbers and of the size that was asked for.

        Raises:
            Refused: The sheet names a file or an address; nothing was fetched.
            Unavailable: wkhtmltopdf takes too long, or does not work.
        """
        layout = sheet.layout
        html = _with_head(sheet.html, _HELD)
        body = self._run(html, sheet.title, _box(layout))
        pages = page_count(body)
        under = self._numbers(pages, layout) if layout.pages is not Corner.NONE else None
        return finished(
            body, under, layout.size.millimetres, title=sheet.title, language=sheet.language
        )

    def _numbers(self, pages: int, layout: Layout) -> bytes:
        return _numbered(self, pages, layout)

    def _run(self, html: str, title: str, box: Mapping[str, str]) -> bytes:
        with socket.socket() as dead, tempfile.TemporaryDirectory(prefix="pulih-") as place:
            dead.bind(("127.0.0.1", 0))  # and never listens, so that nobody else can
            port = dead.getsockname()[1]
            Path(place, _FONTS).write_text(_letters(), encoding="utf-8")
            options = {**_CLOSED, **box, "proxy": f"http://127.0.0.1:{port}", "title": title}
            try:
                kit = pdfkit.configuration(
                    wkhtmltopdf=self.program, meta_tag_prefix=f"{secrets.token_hex(16)}-"
                )
                command = pdfkit.PDFKit(html, "string", options, configuration=kit).command()
                done = self._finished(command, html, place)
            except OSError as error:
                raise missing() from error
        told = done.stderr.decode(errors="replace")
        if _OUTSIDE in told:
            raise Refused(
                "Dokumen ini menunjuk berkas atau alamat di luar dirinya, maka tidak dicetak. "
                "Tidak ada yang diambil dari sana."
            )
        if done.returncode or not done.stdout.startswith(b"%PDF"):
            raise Unavailable(
                "wkhtmltopdf tidak dapat mencetak dokumen ini. Coba lagi, atau isi pdf dengan weasyprint di pulih.toml."
            ) from RuntimeError(told[-2000:])
        return done.stdout

    def _finished(
        self, command: list[str], html: str, place: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run it by ourselves: pdfkit waits for ever, and hands on our whole environment."""
        with subprocess.Popen(  # noqa: S603 - a list, with no shell; the page goes in by its input
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=place,
            env=_surroundings(place),
            start_new_session=True,
        ) as running:
            try:
                pdf, said = running.communicate(html.encode(), timeout=self.seconds)
            except subprocess.TimeoutExpired as error:
                raise Unavailable(
                    "Dokumen ini tidak selesai dicetak dalam {seconds} detik. Kurangi foto atau isinya, lalu ulangi.",
                    seconds=round(self.seconds),
                ) from error
            finally:
                _end(running)
        return subprocess.CompletedProcess(command, running.returncode, pdf, said)


def open_kit(seconds: float = SECONDS) -> Kit:
    """Return the engine. Raises Unavailable where wkhtmltopdf is not installed."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise missing()
    return Kit(program, seconds)


def missing() -> Unavailable:
    """Return what is said where there is no wkhtmltopdf."""
    return Unavailable(
        "Program wkhtmltopdf tidak ada di mesin ini. Di Debian 12 dan Ubuntu 24.04: sudo apt install wkhtmltopdf. "
        "Sistem yang lebih baru tidak punya lagi: isi pdf dengan auto atau weasyprint di pulih.toml."
    )


# What pdfkit takes: an option without a value is an empty one.
_CLOSED: Mapping[str, Any] = {
    "disable-javascript": "",
    "disable-local-file-access": "",
    "disable-plugins": "",
    "disable-external-links": "",
    "proxy-hostname-lookup": "",
    "load-error-handling": "abort",
    "load-media-error-handling": "abort",
    "encoding": "UTF-8",
    "no-outline": "",
    "print-media-type": "",
}


def _box(layout: Layout) -> Mapping[str, str]:
    wide, high = layout.size.millimetres
    margins = layout.margins
    return {
        "page-width": f"{wide}mm",
        "page-height": f"{high}mm",
        "margin-top": f"{margins.top}mm",
        "margin-right": f"{margins.right}mm",
        "margin-bottom": f"{margins.bottom}mm",
        "margin-left": f"{margins.left}mm",
    }


@functools.lru_cache(maxsize=64)
def _numbered(kit: Kit, pages: int, layout: Layout) -> bytes:
    """Return so many sheets with nothing on them but their page numbers."""
    where, _, side = layout.pages.value.partition("-")
    high = layout.size.millimetres[1]
    from_top = (
        high - layout.margins.bottom + _NUMBER_GAP
        if where == "bottom"
        else max(_EDGE, layout.margins.top - _NUMBER_GAP)
    )
    # As white within the page: Qt does not know margins that are larger than an A4 sheet.
    box = {**_box(layout), "margin-top": f"{_EDGE}mm", "margin-bottom": "0mm"}
    style = f"font:{_LETTERS}pt 'Pulih Sans';text-align:{side};padding-top:{from_top - _EDGE}mm"
    lines = "".join(
        f'<div style="{style};{"page-break-before:always" if page > 1 else ""}">Halaman {page} dari {pages}</div>'
        for page in range(1, pages + 1)
    )
    html = (
        f"<!doctype html><html><head><meta charset=utf-8>{_HELD}</head><body>{lines}</body></html>"
    )
    return kit._run(html, "", box)  # noqa: SLF001 - a function, as a method's cache would hold its object


@functools.lru_cache(maxsize=4)
def _version(program: str) -> str:
    """Return pdfkit's version and that of the program, as the program tells it."""
    told = subprocess.run(  # noqa: S603 - the program's own path, no shell
        [program, "--version"], capture_output=True, check=False, timeout=SECONDS
    )
    return f"{pdfkit.__version__}, {told.stdout.decode(errors='replace').strip()}"


def _letters() -> str:
    """Return how fontconfig finds our letters. What a page brings along itself is drawn as lines, not as text."""
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{escape(str(folder()))}</dir><cachedir>cache</cachedir>"
        f'<alias binding="same"><family>{FAMILY}</family><prefer><family>Liberation Sans</family></prefer></alias>'
        "</fontconfig>"
    )


def _with_head(html: str, more: str) -> str:
    before, head, after = html.partition("</head>")
    return f"{before}{more}{head}{after}" if head else more + html


def _surroundings(place: str) -> dict[str, str]:
    """Return an environment that tells nothing of ours: no proxies, no passwords, no home."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "HOME": place,
        "XDG_RUNTIME_DIR": place,
        "TMPDIR": place,
        "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(Path(place, _FONTS)),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_HASH_SEED": "0",  # or the same page gives other bytes each time
    }


def _end(running: subprocess.Popen[bytes]) -> None:
    """Make sure that nothing of it goes on, with whatever it began, where it was not waited for to its end."""
    if running.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
