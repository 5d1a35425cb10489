"""The lists that lead to the cases: by year, by agency, by device and by fault, and those that came back. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from pulih.domain.edition import Edition
from pulih.publish import addresses
from pulih.publish.agencies import agency_listings
from pulih.publish.devices import device_listings
from pulih.publish.groups import Groups, grouped
from pulih.publish.lists import FULL, Entry, Listing, Section, list_sheets, most_first, overview
from pulih.publish.matrix import matrix_sheets
from pulih.publish.sheet import Sheet

_MOST_OFTEN = 10
_CASES = ("Kasus", addresses.CASES)
_NO_YEAR = "Tidak ada kasus dari tahun ini. Kasus dihitung ke tahun surat permohonannya masuk."
_NOT_YET_BACK = (
    "Belum ada gangguan yang kambuh. Kasus tercatat di sini bila gangguan yang sama, di OPD atau perangkat yang sama, "
    "dilaporkan lagi tidak lama setelah diperbaiki."
)
_NO_FAULT = "Belum ada kasus dengan gangguan ini. Halaman ini terisi begitu tiketnya selesai sampai langkah 14."


def index_sheets(
    edition: Edition, digests: Mapping[str, str], groups: Groups | None = None
) -> Iterator[Sheet]:
    """Yield every page of every list. Each case is in a list of each kind that it names something of.

    Args:
        digests: Case number -> `Case.digest`.
        groups: What `grouped` says of them, where that is known.
    """
    groups = groups or grouped(edition, digests)
    listings = chain(
        _years(groups),
        [_recurring(groups)],
        agency_listings(groups),
        device_listings(groups),
        _faults(groups),
    )
    for listing in listings:
        yield from list_sheets(listing)
    yield from matrix_sheets(groups)


def _years(groups: Groups) -> Iterator[Listing]:
    years = []
    for year, rows in sorted(groups.years.items(), reverse=True):
        here = addresses.year_of_cases(year)
        years.append(Entry(f"Kasus {year}", here, len(rows)))
        yield Listing(here, f"Kasus {year}", (_CASES,), rows, empty=_NO_YEAR, monthly=True)
    ways = (
        Entry("Kasus yang kambuh", addresses.RECURRING, len(groups.recurring)),
        Entry("Matriks OPD dan gangguan", addresses.MATRIX),
    )
    yield Listing(
        addresses.CASES,
        "Kasus",
        rows=groups.all[:FULL],
        about="Gangguan yang selesai ditangani: gejalanya, penyebabnya, tindakannya.",
        after=(Section("Menurut tahun", tuple(years)), Section("Jalan lain", ways)),
        feed=addresses.FEED,
        total=len(groups.all),
    )


def _recurring(groups: Groups) -> Listing:
    return Listing(
        addresses.RECURRING,
        "Kasus yang kambuh",
        (_CASES,),
        groups.recurring,
        about="Gangguan yang datang lagi di OPD atau perangkat yang sama tidak lama setelah diperbaiki.",
        empty=_NOT_YET_BACK,
    )


def _faults(groups: Groups) -> Iterator[Listing]:
    top = ("Gangguan", addresses.FAULTS)
    agencies: dict[str, list[Entry]] = {}
    for (agency, fault), rows in groups.pairs.items():
        entry = Entry(groups.agency_names[agency], addresses.pair(agency, fault), len(rows))
        agencies.setdefault(fault, []).append(entry)
    faults = []
    for fault, rows in groups.faults.items():
        name, here = groups.fault_names[fault], addresses.fault(fault)
        often = most_first(agencies.get(fault, ()))[:_MOST_OFTEN]
        faults.append(Entry(name, here, len(rows)))
        yield Listing(
            here,
            name,
            (top,),
            rows,
            after=(Section("Paling sering di", often),),
            feed=addresses.fault_feed(fault),
            empty=_NO_FAULT,
            said=("fault_name",),
        )
    yield overview(*top, "Semua kasus, menurut jenis gangguannya.", faults)
