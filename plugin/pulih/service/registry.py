"""Agencies, sites, devices and fault types: what tickets refer to. Nothing is removed; it is put out of use."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from pulih.domain.agency import Agency, Device, FaultType, Site
from pulih.domain.authority import Deed, require
from pulih.domain.hanging import refusal, second_refusal
from pulih.domain.people import Person
from pulih.domain.reading import clean
from pulih.domain.records import Page, RegistryFilter, mark_of
from pulih.domain.scrub import MASKED, scrubbed
from pulih.domain.wiring import PathRole, kbit_of, ports_of, rate_written, written
from pulih.errors import Conflict, Duplicate, Invalid, NotFound, Problem
from pulih.ports import Records, Registry, Tools
from pulih.wording import sentence

Item = TypeVar("Item", Agency, Site, Device, FaultType)
_LIMITS = {
    "id": 60,
    "name": 160,
    "short": 30,
    "address": 200,
    "brand": 60,
    "model": 60,
    "serial": 60,
    "inventory": 60,
    "description": 400,
    "parent": 60,
    "port": 60,
    "parent_port": 60,
    "interfaces": 1000,
    "rate": 30,
    "spare": 60,
}
_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_NEVER = "baru"  # the address of the form for a new item


@dataclass(frozen=True, slots=True)
class RegistryDesk:
    """Keeps the lists that the administrator is responsible for."""

    tools: Tools

    def page(
        self, by: Person, kind: type[Item], wanted: RegistryFilter, *, page: int = 1, size: int = 25
    ) -> Page[Item]:
        """Return a page of a list. Raises NotAllowed for people outside the office."""
        require(by, Deed.SEE_REGISTRY)
        with self.tools.store.reading() as records:
            return _shelf(records, kind).list(wanted, page=page, size=size)

    def get(self, by: Person, kind: type[Item], key: str) -> Item:
        """Return an item. Raises NotAllowed, NotFound."""
        require(by, Deed.SEE_REGISTRY)
        with self.tools.store.reading() as records:
            return _shelf(records, kind).get(key)

    def choices(self, kind: type[Item], agency: str = "") -> list[Item]:
        """Return what a form offers: the active items by name."""
        with self.tools.store.reading() as records:
            return _shelf(records, kind).all(agency)

    def add(self, by: Person, item: Item) -> Item:
        """Keep a new item; without an identifier it gets one from its name.

        Raises:
            NotAllowed: Not an administrator.
            Invalid, Duplicate: As they say.
        """
        require(by, Deed.KEEP_REGISTRY)
        kept = self.tools.store.write(lambda records: add(records, item))
        self.tools.jobs.publish()  # an agency's page lists what stands there
        return kept

    def save(self, by: Person, item: Item, *, seen: str | None = None) -> Item:
        """Change an item; `active=False` puts it out of use.

        Args:
            seen: The mark (`mark_of`) of the item that the person was looking at; None where nobody looked.

        Raises:
            Conflict: It has changed since.
            NotAllowed, NotFound, Invalid: As they say.
        """
        require(by, Deed.KEEP_REGISTRY)
        item = tidy(item)

        def keep(records: Records) -> None:
            hold_seen(_shelf(records, type(item)).get(item.id), seen)
            if problems := problems_of(records, item):
                raise Invalid(problems)
            _shelf(records, type(item)).save(item)

        self.tools.store.write(keep)
        self.tools.jobs.publish()  # pages have its name
        return item


def hold_seen(stands: Agency | Site | Device | FaultType | Person, seen: str | None) -> None:
    """Do nothing where what stands is what was seen. Raises Conflict."""
    if seen is not None and mark_of(stands) != seen:
        raise Conflict(
            "{name} sudah diubah sejak formulir ini dibuka. "
            "Lihat isinya sekarang, lalu simpan lagi bila masih perlu.",
            now=0,
            name=stands.name,
        )


def add(records: Records, item: Item) -> Item:
    """Keep a new item in a transaction that is open. Raises Invalid, Duplicate (field `id`)."""
    item = tidy(item)
    if not item.id:
        item = replace(item, id=_free_id(records, item))
    if problems := problems_of(records, item):
        raise Invalid(problems)
    try:
        _shelf(records, type(item)).add(item)
    except Duplicate:
        raise Duplicate(
            "Kode {id} sudah dipakai. Pilih yang lain.", field="id", id=item.id
        ) from None
    return item


def slug(name: str) -> str:
    """Return a name as an identifier: `Dinas Kesehatan` -> `dinas-kesehatan`. May be empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:50].strip("-")


def tidy(item: Item) -> Item:
    """Return the item with its texts cleaned."""
    texts: dict[str, Any] = {
        f.name: clean(value, lines=False)
        for f in fields(item)
        if f.name in _LIMITS and isinstance(value := getattr(item, f.name), str)
    }
    if isinstance(item, Device):
        texts |= _spelled(texts)
    return replace(item, **texts)


def _spelled(texts: Mapping[str, str]) -> dict[str, str]:
    """Return ports and rate in their one spelling; what cannot be read stays, for `problems_of` to tell."""
    found = {}
    with suppress(ValueError):
        found["interfaces"] = written(ports_of(texts["interfaces"]))
    with suppress(ValueError):
        found["rate"] = rate_written(kbit_of(texts["rate"]))
    return found


def problems_of(records: Records, item: Item) -> list[Problem]:
    """Return what is wrong with an item, a problem a field."""
    problems = [
        Problem(name, sentence("Terlalu panjang; paling banyak {limit} huruf.", limit=limit))
        for name, limit in _LIMITS.items()
        if len(getattr(item, name, "")) > limit
    ]
    if not item.name:
        problems.append(Problem("name", sentence("Isian ini wajib.")))
    if item.id == _NEVER:
        problems.append(Problem("id", sentence("Kode ini tidak dapat dipakai. Pilih yang lain.")))
    elif item.id and not _ID.match(item.id):
        problems.append(Problem("id", sentence("Pakai huruf kecil, angka, dan tanda hubung.")))
    if isinstance(item, Site | Device):
        problems += _belonging(records, item)
    return problems


def _belonging(records: Records, item: Site | Device) -> list[Problem]:
    problems = []
    if _find(records.agencies, item.agency) is None:
        who = item.agency[:60] or "–"
        cure = sentence("OPD {id} tidak dikenal. Daftarkan OPD-nya dahulu.", id=who)
        problems.append(Problem("agency", cure))
    if not isinstance(item, Device):
        return problems
    site = _find(records.sites, item.site) if item.site else None
    if item.site and (site is None or site.agency != item.agency):
        cure = sentence("Lokasi {id} bukan lokasi OPD ini.", id=item.site[:60])
        problems.append(Problem("site", cure))
    if item.address and not is_host(item.address):
        problems.append(
            Problem(
                "address",
                sentence("{address} bukan alamat IP sebuah perangkat.", address=item.address[:60]),
            )
        )
    return [*problems, *_placed(records, item)]


def _placed(records: Records, item: Device) -> Iterator[Problem]:
    """Yield what is wrong with the place of a device on the way of packets."""
    try:
        ports_of(item.interfaces)
    except ValueError as error:
        cure = sentence(
            "Tidak terbaca: {part}. Tulis seperti: wan 10.9.1.2/30, lan 10.1.0.1/24.",
            part=str(error)[:60],
        )
        yield Problem("interfaces", cure)
    try:
        kbit_of(item.rate)
    except ValueError:
        yield Problem("rate", sentence("Tulis laju seperti 20 Mbit/s atau 512 kbit/s."))
    for name in ("port", "parent_port"):
        if " " in getattr(item, name):
            yield Problem(name, sentence("Nama port ditulis tanpa spasi."))

    def central(agency: str) -> bool:
        return any(one.place is PathRole.CORE for one in records.devices.all(agency))

    def find(key: str) -> Device | None:
        return _find(records.devices, key)

    stands = find(item.id)
    kept = stands and stands.spare == item.spare
    if item.active and not kept and (why := second_refusal(item, find)):
        yield Problem("spare", why)
    if not item.active or (stands and stands.parent == item.parent):
        return  # what stands is followed as far as it goes; see `domain.tree`
    if why := refusal(item, find, central):
        yield Problem("parent", why)


def is_host(text: str) -> bool:
    """Tell whether a text is the IP address of a single host, without a zone: what follows a `%` may be anything."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text and not (
        address.is_multicast or address.is_unspecified or text == "255.255.255.255"
    )


def _free_id(records: Records, item: Item) -> str:
    # It stands in addresses, where nothing can be masked any more.
    base = slug(MASKED.sub(" ", scrubbed(item.name))) or "tanpa-nama"
    if isinstance(item, Site | Device):
        base = slug(f"{item.agency}-{base}")
    shelf = _shelf(records, type(item))
    if base != _NEVER and _find(shelf, base) is None:
        return base
    # Twice as far until a number is free, then back by halves: a sheet may bring thousands of one name.
    taken, free = 1, 2
    while _find(shelf, f"{base}-{free}"):
        taken, free = free, free * 2
    while free - taken > 1:
        middle = (taken + free) // 2
        taken, free = (middle, free) if _find(shelf, f"{base}-{middle}") else (taken, middle)
    return f"{base}-{free}"


def _find(shelf: Registry[Item], key: str) -> Item | None:
    try:
        return shelf.get(key)
    except NotFound:
        return None


def _shelf(records: Records, kind: type[Item]) -> Registry[Item]:
    shelves: dict[type, Any] = {
        Agency: records.agencies,
        Site: records.sites,
        Device: records.devices,
        FaultType: records.fault_types,
    }
    shelf: Registry[Item] = shelves[kind]
    return shelf
