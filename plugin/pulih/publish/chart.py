"""What plots are drawn with: a scale of months, bars, a legend, and the table that says the same. Pure.

Colours come from the page around (`wiki/assets/pulih.css`). Each kind of bar has a hatching too, so that neither colour
nor print decides what is read.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Iterator, Sequence

_WIDTH, _HEIGHT = 360, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 28, 350, 12, 176
_LINES, _FULL_YEAR = 4, 12
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
# What lies on the colour of each kind, in a square of six; the first is plain.
_HATCHES = ("", "M0 6L6 0", "M0 3H6", "M0 0L6 6", "M3 0V6", "M0 0L6 6M0 6L6 0")
KINDS = len(_HATCHES)

Month = int
"""Months since the year 0."""


class Scale:
    """Where things stand: months from left to right, a count from the bottom up."""

    def __init__(self, months: range, most: float) -> None:
        """Take the months, and the largest value to be shown."""
        most = max(most, _LINES)
        self._months = months
        self._step = _round(most / _LINES)
        self._top = self._step * math.ceil(most / self._step)
        self._pitch = (_RIGHT - _LEFT) / len(months)
        self.bar = self._pitch * 0.72

    def left(self, month: Month) -> float:
        """Return where a month's bar begins."""
        return _LEFT + (month - self._months[0]) * self._pitch + (self._pitch - self.bar) / 2

    def y(self, value: float) -> float:
        """Return the height at which a value stands."""
        return _BOTTOM - (_BOTTOM - _TOP) * value / self._top

    def frame(self) -> Iterator[str]:
        """Yield lines and figures, and the names of as many months as there is room for, the newest among them."""
        for value in range(0, self._top + 1, self._step):
            yield f'<path class="garis" d="M{_LEFT} {_n(self.y(value))}H{_RIGHT}"/>'
            yield f'<text class="kiri" x="{_LEFT - 4}" y="{_n(self.y(value) + 4)}">{value}</text>'
        for month in self._months[:: -2 if len(self._months) <= _FULL_YEAR else -3]:
            middle = _n(self.left(month) + self.bar / 2)
            yield f'<text x="{middle}" y="{_BOTTOM + 15}">{_MONTHS[month % 12]}</text>'
            yield f'<text x="{middle}" y="{_BOTTOM + 28}">{month // 12}</text>'


def box(x: float, y: float, width: float, height: float, kind: int | None = None) -> str:
    """Return a bar of a kind, or of none."""
    look = 'class="rentang"' if kind is None else f'fill="url(#pulih-pola-{kind})"'
    return f'<rect {look} x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"/>'


def dot(x: float, y: float) -> str:
    """Return a dot."""
    return f'<circle class="tengah" cx="{_n(x)}" cy="{_n(y)}" r="2.6"/>'


def patterns() -> str:
    """Return what the kinds of bars look like; one drawing of a page must hold it."""
    drawn = (
        f'<pattern id="pulih-pola-{kind}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect class="w{kind}" width="6" height="6"/><path class="pola" d="{hatch}"/></pattern>'
        for kind, hatch in enumerate(_HATCHES)
    )
    return f"<defs>{''.join(drawn)}</defs>"


def legend(names: Iterable[str]) -> str:
    """Return a list that says which kind of bar is which; the names are plain text."""
    rows = (
        '<li><svg viewBox="0 0 12 12" aria-hidden="true">'
        f'<rect width="12" height="12" fill="url(#pulih-pola-{kind})"/></svg> {html.escape(name)}</li>'
        for kind, name in enumerate(names)
    )
    return f"<ul>{''.join(rows)}</ul>"


def figure(name: str, about: str, drawn: Iterable[str], beside: str, table: str) -> str:
    """Return a plot as HTML that stands alone in a page.

    Args:
        name, about: Plain text over the drawing.
        drawn: The parts of the drawing.
        beside: HTML under it.
        table: What it shows, as HTML, to be unfolded.
    """
    title = html.escape(name)
    return (
        f'<figure class="pulih-grafik">\n'
        f"<figcaption><strong>{title}</strong><br>{html.escape(about)}</figcaption>\n"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}. Angkanya ada pada tabel.">'
        f"{''.join(drawn)}</svg>\n{beside}\n"
        f"<details>\n<summary>Tabel: {title}</summary>\n"
        f'<div class="pulih-gulir" tabindex="0" role="region" aria-label="Tabel: {title}">\n{table}\n</div>\n'
        "</details>\n</figure>"
    )


def table_of(columns: Sequence[str], months: range, rows: Iterable[Sequence[str]]) -> str:
    """Return a table of months, the newest first.

    Args:
        columns: What the cells of a row are, as plain text.
        rows: A row a month, the oldest first.
    """
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in ("Bulan", *columns))
    body = [
        f'<tr><th scope="row">{_MONTHS[month % 12]} {month // 12}</th>'
        f"{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"
        for month, cells in zip(months, rows, strict=True)
    ]
    told = (f"<thead><tr>{head}</tr></thead>", "<tbody>", *reversed(body), "</tbody>")
    return "\n".join(('<table class="pulih-angka">', *told, "</table>"))


def _round(step: float) -> int:
    """Return the next round step; round are 1, 2, 5, 10, 20, 25, 50 and so on."""
    size = 10 ** math.floor(math.log10(step))
    steps = (size * n for n in (1, 2, 2.5, 5, 10))
    return next(int(n) for n in steps if n >= step and n == int(n))


def _n(value: float) -> str:
    """Return a coordinate with no more digits than the eye needs."""
    return f"{value:.1f}".removesuffix(".0")
