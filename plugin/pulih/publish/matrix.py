"""The matrix of agencies and fault types, each count a link to the cases of that pair. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from pulih.publish import addresses
from pulih.publish.groups import Groups
from pulih.publish.lists import NOTHING_YET, Entry, Listing, list_sheets, page, trail, words
from pulih.publish.literal import link
from pulih.publish.sheet import Sheet, made_of

_LONGEST = 90  # letters of a name that still fit
_NAME = "Matriks OPD dan gangguan"
_ABOVE = (("Kasus", addresses.CASES),)
_ABOUT = (
    "Berapa kasus ada di tiap OPD, menurut jenis gangguannya; yang tersering di kiri. Setiap angka membuka daftar "
    "kasusnya. OPD dan gangguan tanpa kasus tidak ditampilkan."
)


class _Line(NamedTuple):
    """A row or a column: what it is called, where its name leads, how many cases it has."""

    key: str
    words: str
    address: str
    cases: int


def matrix_sheets(groups: Groups) -> Iterator[Sheet]:
    """Yield the matrix, and the list of each pair in it."""
    for (agency, fault), rows in groups.pairs.items():
        of_agency = Entry(groups.agency_names[agency], addresses.agency(agency))
        of_fault = Entry(groups.fault_names[fault], addresses.fault(fault))
        yield from list_sheets(
            Listing(
                addresses.pair(agency, fault),
                f"{of_fault.words} di {of_agency.words}",
                (*_ABOVE, ("Matriks", addresses.MATRIX)),
                rows,
                (("OPD", of_agency), ("Gangguan", of_fault)),
                said=("agency_name", "fault_name"),
            )
        )
    counts = {pair: len(rows) for pair, rows in groups.pairs.items()}
    by_agency, by_fault = Counter[str](), Counter[str]()
    for (agency, fault), count in counts.items():
        by_agency[agency] += count
        by_fault[fault] += count
    agencies = sorted(
        (_Line(a, groups.agency_names[a], addresses.agency(a), n) for a, n in by_agency.items()),
        key=lambda line: (line.words.casefold(), line.key),
    )
    faults = sorted(
        (_Line(f, groups.fault_names[f], addresses.fault(f), n) for f, n in by_fault.items()),
        key=lambda line: (-line.cases, line.words.casefold(), line.key),
    )
    yield Sheet(
        addresses.MATRIX,
        made_of(repr(agencies), repr(faults), repr(sorted(counts.items()))),
        partial(_matrix, agencies, faults, counts),
    )


def _matrix(
    agencies: Sequence[_Line], faults: Sequence[_Line], counts: dict[tuple[str, str], int]
) -> str:
    body = [trail(addresses.MATRIX, _ABOVE), f"# {_NAME}"]
    if not counts:
        return page(_NAME, [*body, NOTHING_YET])
    rows = [
        ["OPD", "Jumlah", *map(_named, faults)],
        ["---"] * (len(faults) + 2),
        *(_row(agency, faults, counts) for agency in agencies),
        ["Jumlah {: role=rowheader }", str(sum(counts.values())), *(str(f.cases) for f in faults)],
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    # Whoever has no mouse scrolls it with the arrow keys: hence the place in the order of the Tab key.
    frame = f'<div class="pulih-matriks" role="region" aria-label="{_NAME}" tabindex="0" markdown="block">'
    return page(_NAME, [*body, _ABOUT, f"{frame}\n\n{table}\n\n</div>"], hide=["navigation", "toc"])


def _row(
    agency: _Line, faults: Sequence[_Line], counts: dict[tuple[str, str], int]
) -> Iterator[str]:
    yield f"{_named(agency)} {{: role=rowheader }}"
    yield str(agency.cases)
    for fault in faults:
        count = counts.get((agency.key, fault.key), 0)
        target = addresses.relative(addresses.MATRIX, addresses.pair(agency.key, fault.key))
        yield link(str(count), target) if count else ""


def _named(line: _Line) -> str:
    name = line.words
    shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()} …"
    return link(words(shown), addresses.relative(addresses.MATRIX, line.address))
