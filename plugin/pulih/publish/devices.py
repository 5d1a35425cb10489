"""The way by device: kind, then model, then the single device with its history. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from pulih.domain.agency import Device
from pulih.publish import addresses
from pulih.publish.groups import Groups, Rows, make_of
from pulih.publish.lists import Entry, Listing, Section, most_first, overview
from pulih.publish.literal import one_line
from pulih.publish.naming import kind_label, model_name

_TOP = ("Perangkat", addresses.DEVICES)
_RETIRED = "tidak dipakai lagi"
_UNKNOWN = "tidak ada dalam daftar perangkat"
_EMPTY = "Belum ada kasus. Halaman ini terisi begitu sebuah tiket yang menyebutnya selesai sampai langkah 14."


def device_listings(groups: Groups) -> Iterator[Listing]:
    """Yield a listing for each device, model and kind, then the one that leads to them."""
    models: dict[str, dict[str, str]] = {}  # kind -> the models' addresses and names
    units: dict[str, list[Entry]] = {}  # model, or kind where no model is known
    for row in groups.all:
        article = row.case.article
        if make := model_name(article):
            kind = addresses.kind_of(article)
            models.setdefault(kind, {}).setdefault(addresses.model(kind, make), make)
    for identifier, rows in sorted(groups.devices.items()):
        device = groups.edition.devices.get(identifier)
        kind, make = _kind_and_make(device, rows)
        at = addresses.model(kind, make) if make else addresses.kind(kind)
        if make:
            models.setdefault(kind, {}).setdefault(at, make)
        entry = _models_device(groups, device) if device else _unknown(identifier, rows)
        units.setdefault(at, []).append(entry)
        yield _unit(groups, identifier, device)
    kinds = []
    for kind, rows in groups.kinds.items():
        here = addresses.kind(kind)
        kinds.append(Entry(kind_label(kind), here, len(rows)))
        known = models.get(kind, {})
        yield Listing(
            here,
            kind_label(kind),
            (_TOP,),
            rows,
            after=(
                Section(
                    "Merek dan model",
                    most_first(
                        Entry(make, at, len(groups.models[at])) for at, make in known.items()
                    ),
                ),
                Section("Perangkat tanpa merek", most_first(units.get(here, ()))),
            ),
            empty=_EMPTY,
        )
        for at, make in known.items():
            yield Listing(
                at,
                make,
                (_TOP, (kind_label(kind), here)),
                groups.models[at],
                after=(Section("Perangkat", most_first(units.get(at, ()))),),
                empty=_EMPTY,
            )
    yield overview(*_TOP, "Semua kasus, menurut perangkat yang terlibat.", kinds)


def agencys_device(groups: Groups, device: Device) -> Entry:
    """Return the line that leads to a device on record from the page of its agency."""
    return _entry(groups, device, _described(device))


def _models_device(groups: Groups, device: Device) -> Entry:
    return _entry(groups, device, groups.agency_names[device.agency])


def _entry(groups: Groups, device: Device, said: str) -> Entry:
    note = " · ".join(filter(None, (said, "" if device.active else _RETIRED)))
    count = len(groups.devices[device.id])
    return Entry(one_line(device.name) or device.id, addresses.device(device.id), count, note)


def _unknown(identifier: str, rows: Rows) -> Entry:
    return Entry(identifier, addresses.device(identifier), len(rows), _UNKNOWN)


def _described(device: Device) -> str:
    return " ".join(filter(None, (kind_label(device.kind.value), make_of(device))))


def _kind_and_make(device: Device | None, rows: Rows) -> tuple[str, str]:
    """Return under which kind and model a device is listed: as it is on record, or as its newest case has it."""
    if device:
        return device.kind.value, make_of(device)
    article = rows[0].case.article
    return addresses.kind_of(article), model_name(article)


def _unit(groups: Groups, identifier: str, device: Device | None) -> Listing:
    rows = groups.devices[identifier]
    kind, make = _kind_and_make(device, rows)
    above = [_TOP, (kind_label(kind), addresses.kind(kind))]
    if make:
        above.append((make, addresses.model(kind, make)))
    here = addresses.device(identifier)
    if device is None:
        facts = [("Keterangan", Entry(_UNKNOWN))]
        return Listing(here, identifier, tuple(above), rows, tuple(facts), empty=_EMPTY)
    site = groups.edition.sites.get(device.site)
    agency = Entry(groups.agency_names[device.agency], addresses.agency(device.agency))
    said = {
        "Keadaan": Entry("" if device.active else _RETIRED),
        "Jenis": Entry(kind_label(kind), addresses.kind(kind)),
        "Merek dan model": Entry(make, addresses.model(kind, make) if make else ""),
        "OPD": agency,
        "Lokasi": Entry(site.name if site else ""),
        "Alamat": Entry(device.address),
        "Nomor seri": Entry(device.serial),
        "Nomor inventaris": Entry(device.inventory),
    }
    facts = [(label, entry) for label, entry in said.items() if one_line(entry.words)]
    return Listing(
        here, one_line(device.name) or identifier, tuple(above), rows, tuple(facts), empty=_EMPTY
    )
