"""A line of an export: a JSON object in one spelling, with a sum of its own.

The sum (`crc`, CRC-32 in hexadecimal) stands first and is that of the same object without it. So whoever reads a
damaged export can be told which line is wrong, and not only that one of them is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import BinaryIO, NoReturn
from zlib import crc32

from pulih.errors import Invalid
from pulih.ports import Document
from pulih.wording import N_, sentence

LONGEST = (
    64 << 20
)  # bytes; a ticket has a few thousand, and a part of a content less than two million
_OPENING, _AFTER = b'{"crc":"', b'",'
_BODY = len(_OPENING) + 8 + len(_AFTER)
_TORN = N_("baris ini terpotong.")
_CHANGED = N_("isi baris ini tidak cocok dengan jumlah periksanya.")


def canonical(document: Document) -> bytes:
    """Return the one spelling of a document: keys in order, no spaces, ASCII only.

    Raises ValueError for what is no JSON: a number that is none, an object of ours.
    """
    text = json.dumps(
        document, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("ascii")


def line_of(record: Document) -> bytes:
    """Return the line of a record, which must not be empty.

    Raises:
        Invalid: It is longer than a line may be, or says what no JSON can say.
    """
    try:
        body = canonical(record)
    except (ValueError, RecursionError) as error:
        raise Invalid(
            [],
            sentence(
                "Catatan {key} di tabel {table} tidak dapat ditulis sebagai JSON, misalnya karena memuat bilangan "
                "tak hingga. Cari semua yang rusak dengan pulih verify, lalu pulihkan dari cadangan yang utuh.",
                key=record.get("key", ""),
                table=record.get("table", ""),
            ),
        ) from error
    line = b"%b%08x%b%b\n" % (_OPENING, crc32(body), _AFTER, body[1:])
    if len(line) > LONGEST:
        raise Invalid(
            [],
            sentence(
                "Catatan {key} lebih besar dari {most} MB dan tidak dapat diekspor. Hubungi pembuat Pulih.",
                key=record.get("key", ""),
                most=LONGEST >> 20,
            ),
        )
    return line


def lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the whole lines of a stream, numbered from 1.

    Raises:
        Invalid: A line has no end, or none within `LONGEST` bytes; the sentence names it.
    """
    number = 0
    while line := source.readline(LONGEST + 1):
        number += 1
        if not line.endswith(b"\n"):
            raise wrong(number, _TORN)
        yield number, line


def record_of(number: int, line: bytes) -> Document:
    """Return the record of a line. Raises Invalid naming the line."""
    body = b"{" + line[_BODY:-1]
    sums = b"%b%08x%b" % (_OPENING, crc32(body), _AFTER)
    if line[:_BODY] != sums:
        raise wrong(number, _CHANGED)
    try:
        record = json.loads(body, parse_float=_finite, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise wrong(number, _CHANGED) from error
    return dict(record)


def wrong(line: int, why: str) -> Invalid:
    """Return the refusal of an export, naming the line that it is for."""
    return Invalid(
        [],
        sentence(
            "Ekspor ini rusak atau bukan buatan Pulih. Baris {line}: {why} "
            "Tidak ada yang dimasukkan; pakai salinan yang utuh.",
            line=line,
            why=sentence(why),
        ),
    )


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):  # as 1e999
        raise ValueError(text)
    return number


def _refuse(_name: str) -> NoReturn:
    raise ValueError
