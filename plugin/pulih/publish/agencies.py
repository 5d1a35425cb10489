"""The pages of the agencies: what happens there, the way to the service, the sites and what stands in them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pulih.domain.agency import Device, Site
from pulih.domain.segment import Segment, likely
from pulih.publish import addresses
from pulih.publish.devices import agencys_device
from pulih.publish.groups import Groups
from pulih.publish.lists import Chain, Entry, Listing, Section, most_first, overview
from pulih.publish.literal import one_line

_TOP = ("OPD", addresses.AGENCIES)
_EMPTY = (
    "Belum ada kasus dari OPD ini. Halaman ini terisi begitu tiketnya selesai sampai langkah 14."
)
_RETIRED = "tidak dipakai lagi"
_MOST_AT_A_STOP = 6


def agency_listings(groups: Groups) -> Iterator[Listing]:
    """Yield a listing for each agency, then the one that leads to them."""
    faults: dict[str, list[Entry]] = {}
    for (agency, fault), rows in groups.pairs.items():
        entry = Entry(groups.fault_names[fault], addresses.pair(agency, fault), len(rows))
        faults.setdefault(agency, []).append(entry)
    sites: dict[str, list[Site]] = {}
    for _, site in sorted(groups.edition.sites.items()):
        sites.setdefault(site.agency, []).append(site)
    devices: dict[str, list[Device]] = {}
    for _, device in sorted(groups.edition.devices.items()):
        devices.setdefault(device.agency, []).append(device)
    listed = []
    for agency, rows in groups.agencies.items():
        name, here = groups.agency_names[agency], addresses.agency(agency)
        listed.append(Entry(name, here, len(rows)))
        often = Section("Gangguan di sini", most_first(faults.get(agency, ())))
        theirs = devices.get(agency, [])
        yield Listing(
            here,
            name,
            (_TOP,),
            rows,
            after=(
                often,
                *_way(theirs),
                *_places(groups, agency, sites.get(agency, []), theirs),
            ),
            feed=addresses.agency_feed(agency),
            empty=_EMPTY,
            said=("agency_name",),
        )
    yield overview(*_TOP, "Semua kasus, menurut OPD yang melaporkannya.", listed)


def _places(
    groups: Groups, agency: str, sites: list[Site], devices: list[Device]
) -> Iterator[Section]:
    """Yield the agency's sites, each with its devices; what cases name as their site and nobody registered too."""
    counts = Counter[str]()
    for typed, count in Counter(row.case.article.site for row in groups.agencies[agency]).items():
        counts[one_line(typed)] += count
    if not (sites or devices or counts.keys() - {""}):
        return
    yield Section("Lokasi dan perangkat", leads=True)
    known = {site.id for site in sites}
    for site in sorted(sites, key=lambda s: (not s.active, s.name.casefold(), s.id)):
        standing = tuple(agencys_device(groups, d) for d in _ordered(devices) if d.site == site.id)
        count = counts.pop(one_line(site.name), 0)
        yield Section(_site(site, count), standing, level=3, leads=True)
    for name, count in sorted(counts.items()):
        if name:
            yield Section(f"{name} ({count} kasus)", level=3, leads=True)
    elsewhere = tuple(agencys_device(groups, d) for d in _ordered(devices) if d.site not in known)
    yield Section("Tempatnya belum dicatat", elsewhere, level=3)


def _site(site: Site, count: int) -> str:
    said = f"{count} kasus" if count else "belum ada kasus"
    return f"{site.name} ({said}{'' if site.active else f', {_RETIRED}'})"


def _way(devices: Iterable[Device]) -> Iterator[Chain]:
    """Yield the way from a computer of the agency to the service, as far as it is on record; nothing for nothing."""
    found: dict[Segment, list[Entry]] = {}
    for device in _ordered(devices):
        segment = likely(device.kind, "") if device.active else None
        if segment is not None:
            entry = Entry(device.name or device.id, addresses.device(device.id))
            found.setdefault(segment, []).append(entry)
    if found:
        stops = ((segment.label, _shortened(found.get(segment, []))) for segment in Segment)
        yield Chain("Jalur jaringan", tuple(stops))


def _shortened(entries: list[Entry]) -> tuple[Entry, ...]:
    more = len(entries) - _MOST_AT_A_STOP
    rest = (Entry(f"{more} lainnya"),) if more > 0 else ()
    return (*entries[:_MOST_AT_A_STOP], *rest)


def _ordered(devices: Iterable[Device]) -> list[Device]:
    return sorted(devices, key=lambda d: (not d.active, d.kind, d.name.casefold(), d.id))
