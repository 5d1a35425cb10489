"""A spreadsheet as CSV: rows below a heading, whatever the spreadsheet separates and encodes them with."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from pulih.errors import Invalid, Problem, TooLarge
from pulih.wording import Sentence, sentence

MOST_BYTES = 2 * 1024 * 1024
_MOST_ROWS = 5000


def table(
    columns: Sequence[str], required: Sequence[str], content: bytes
) -> list[tuple[int, list[str]]]:
    """Return the rows below the heading, each with its number and one cell a column.

    Raises:
        TooLarge: More than MOST_BYTES.
        Invalid: It is no such sheet, has too many rows or none, or lacks a column that is required.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge(
            [
                Problem(
                    "file",
                    sentence("Berkas lebih dari {most} MB. Bagi menjadi beberapa berkas.", most=2),
                )
            ]
        )
    text = _decode(content)
    # Spreadsheets set to Indonesian write semicolons, because the comma is their decimal mark.
    head = text.split("\n", 1)[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise _unreadable(sentence("Berkas CSV rusak: {reason}", reason=str(error))) from error
    if not rows:
        raise _unreadable(
            sentence("Berkas ini kosong. Isi paling sedikit satu baris di bawah judul kolom.")
        )
    places = _places(columns, required, rows[0])
    found = [
        (
            number,
            [
                row[place].strip() if place is not None and place < len(row) else ""
                for place in places
            ],
        )
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    if not found:
        raise _unreadable(
            sentence("Berkas ini kosong. Isi paling sedikit satu baris di bawah judul kolom.")
        )
    if len(found) > _MOST_ROWS:
        raise _unreadable(
            sentence("Lebih dari {most} baris. Bagi menjadi beberapa berkas.", most=_MOST_ROWS)
        )
    return found


def _places(
    columns: Sequence[str], required: Sequence[str], heading: Sequence[str]
) -> list[int | None]:
    names = [cell.strip().casefold().replace(" ", "_") for cell in heading]
    missing = [name for name in required if name not in names]
    if missing:
        raise _unreadable(
            sentence(
                "Judul kolom {missing} tidak ada. Kolom yang dikenal: {known}.",
                missing=missing,
                known=list(columns),
            )
        )
    return [names.index(name) if name in names else None for name in columns]


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise _unreadable(
            sentence("Ini bukan berkas CSV. Simpan dari spreadsheet sebagai CSV (UTF-8).")
        )
    return text


def _unreadable(reason: Sentence) -> Invalid:
    return Invalid([Problem("file", reason)])
