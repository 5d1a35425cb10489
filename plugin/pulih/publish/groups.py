"""The cases of an edition, newest first, by each of the ways that lead to them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pulih.domain.agency import Device
from pulih.domain.edition import Case, Edition
from pulih.publish import addresses
from pulih.publish.literal import one_line
from pulih.publish.naming import model_name


class Row(NamedTuple):
    """A case in a list.

    Attributes:
        key: Another one when the row shows anything else.
        earlier: What it came back from: number and, where that has a page, the page's address.
    """

    key: str
    case: Case
    earlier: tuple[tuple[str, str], ...] = ()


Rows = list[Row]


@dataclass(frozen=True, slots=True)
class Groups:
    """Each list is newest first.

    Attributes:
        agencies, faults: By identifier; also those without a case.
        kinds: By identifier, `addresses.NO_DEVICE` among them.
        models: By address; those of the devices on record too.
        devices: By identifier; those on record, and those that only a case names.
        pairs: By agency and fault type; only those with cases.
        agency_names, fault_names: What they are called, no two the same.
    """

    edition: Edition
    all: Rows
    recurring: Rows
    years: dict[int, Rows] = field(default_factory=dict)
    agencies: dict[str, Rows] = field(default_factory=dict)
    faults: dict[str, Rows] = field(default_factory=dict)
    kinds: dict[str, Rows] = field(default_factory=dict)
    models: dict[str, Rows] = field(default_factory=dict)
    devices: dict[str, Rows] = field(default_factory=dict)
    pairs: dict[tuple[str, str], Rows] = field(default_factory=dict)
    agency_names: dict[str, str] = field(default_factory=dict)
    fault_names: dict[str, str] = field(default_factory=dict)


def newest_first(cases: Iterable[Case]) -> list[Case]:
    """Return the cases as every list has them: by the moment of closing."""
    return sorted(cases, key=lambda c: (c.article.closed_at, c.article.number), reverse=True)


def grouped(edition: Edition, digests: Mapping[str, str]) -> Groups:
    """Return all lists of an edition.

    Args:
        digests: Case number -> `Case.digest`.
    """
    rows = _rows(edition, digests)
    groups = Groups(edition, rows, [row for row in rows if row.earlier])
    for row in rows:
        article = row.case.article
        kind, make = addresses.kind_of(article), model_name(article)
        groups.years.setdefault(article.year, []).append(row)
        groups.agencies.setdefault(article.agency, []).append(row)
        groups.faults.setdefault(article.fault_type, []).append(row)
        groups.pairs.setdefault((article.agency, article.fault_type), []).append(row)
        groups.kinds.setdefault(kind, []).append(row)
        if make:
            groups.models.setdefault(addresses.model(kind, make), []).append(row)
        if article.device:
            groups.devices.setdefault(article.device, []).append(row)
    _add_the_empty(groups)
    names = edition.names
    groups.agency_names.update(
        called({a: agency_name(names.agencies, a, found) for a, found in groups.agencies.items()})
    )
    groups.fault_names.update(
        called({f: fault_name(names.fault_types, f, found) for f, found in groups.faults.items()})
    )
    return groups


def agency_name(names: Mapping[str, str], identifier: str, rows: Rows) -> str:
    """Return what an agency is called today, or was when its newest case was closed."""
    return names.get(identifier) or (rows[0].case.article.agency_name if rows else "")


def fault_name(names: Mapping[str, str], identifier: str, rows: Rows) -> str:
    """Return what a fault type is called today, or was when its newest case was closed."""
    return names.get(identifier) or (rows[0].case.article.fault_name if rows else "")


def called(names: Mapping[str, str]) -> dict[str, str]:
    """Return identifier -> what to call it: its name, with the identifier where another is called the same."""
    plain = {
        identifier: one_line(name) or one_line(identifier) for identifier, name in names.items()
    }
    often = Counter(name.casefold() for name in plain.values())
    return {
        identifier: name if often[name.casefold()] == 1 else f"{name} ({identifier})"
        for identifier, name in plain.items()
    }


def make_of(device: Device) -> str:
    """Return a device's brand and model; empty when only its kind is known."""
    return " ".join(filter(None, (device.brand, device.model)))


def _rows(edition: Edition, digests: Mapping[str, str]) -> Rows:
    years = {case.number: case.article.year for case in edition.cases}

    def row(case: Case) -> Row:
        number = case.article.number
        numbers = edition.recurring.get(number)
        if not numbers:
            return Row(digests[number], case)
        earlier = tuple((n, addresses.case(n, years[n]) if n in years else "") for n in numbers)
        return Row(f"{digests[number]} {earlier}", case, earlier)

    return [row(case) for case in newest_first(edition.cases)]


def _add_the_empty(groups: Groups) -> None:
    """Add what has no case (yet): a link to it must lead somewhere."""
    edition = groups.edition
    owners = (
        *(site.agency for site in edition.sites.values()),
        *(device.agency for device in edition.devices.values()),
    )
    for agency in (*edition.names.agencies, *owners):
        groups.agencies.setdefault(agency, [])
    for fault in edition.names.fault_types:
        groups.faults.setdefault(fault, [])
    for identifier, device in edition.devices.items():
        groups.devices.setdefault(identifier, [])
        groups.kinds.setdefault(device.kind.value, [])
        if make := make_of(device):
            groups.models.setdefault(addresses.model(device.kind.value, make), [])
    if groups.years:
        for year in range(min(groups.years), max(groups.years)):
            groups.years.setdefault(year, [])
