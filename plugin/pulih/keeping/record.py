"""Where all chains stood and what was sealed, written down to be kept elsewhere: a line of JSON each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from pulih.errors import Invalid
from pulih.keeping.export import Sink
from pulih.keeping.lines import canonical
from pulih.keeping.shape import SEALED
from pulih.keeping.verify import Head, Sealed, heads, seals
from pulih.ports import Documents
from pulih.wording import sentence

_LONGEST = 1 << 16


def write_record(view: Documents, out: Sink) -> int:
    """Write a line for each ticket, and for each article and attachment; return how many tickets."""
    count = 0
    for head in heads(view):
        out.write(canonical(head._asdict()) + b"\n")
        count += 1
    for seal in seals(view):
        out.write(canonical(seal._asdict()) + b"\n")
    return count


def read_record(source: BinaryIO) -> Iterator[Head | Sealed]:
    """Yield what was written down. Raises Invalid naming a line that is something else."""
    number = 0
    while line := source.readline(_LONGEST):
        number += 1
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        match said:
            case {"number": str(ticket), "version": int(version), "digest": str(digest)}:
                yield Head(ticket, version, digest)
            case {"table": str(table), "key": str(key), "seal": str(seal)} if table in SEALED:
                yield Sealed(table, key, seal)
            case _:
                raise Invalid(
                    [],
                    sentence(
                        "Baris {line} bukan catatan dari pulih verify --record. Pakai berkas yang utuh.",
                        line=number,
                    ),
                )
