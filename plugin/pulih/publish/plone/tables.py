"""Tables in plain HTML. Pure; cells are HTML already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with its columns' names in its first row; the first cell of a row names the others."""
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = "\n".join(f"<tr>{_row(cells)}</tr>" for cells in rows)
    return _framed(f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>")


def facts(rows: Mapping[str, str]) -> str:
    """Return a table of terms; what is not known has no row."""
    body = "\n".join(f"<tr>{_row((name, value))}</tr>" for name, value in rows.items() if value)
    return _framed(f"<tbody>\n{body}\n</tbody>")


def _row(cells: Sequence[str]) -> str:
    first, *others = cells
    return f'<th scope="row">{first}</th>' + "".join(f"<td>{one}</td>" for one in others)


def _framed(inside: str) -> str:
    # On a telephone the table moves to and fro, not the page.
    return f'<div class="table-responsive"><table class="table">\n{inside}\n</table></div>'
