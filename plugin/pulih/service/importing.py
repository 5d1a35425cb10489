"""Taking agencies, devices and their places in from a spreadsheet: read everything, show it, then all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, cast

from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.errors import Duplicate, Invalid, NotFound, Problem
from pulih.ports import Records, Registry, Tools
from pulih.service import placing
from pulih.service.csv_table import MOST_BYTES, table
from pulih.service.registry import Item, add, problems_of, tidy
from pulih.wording import N_, Sentence, sentence

__all__ = ["MOST_BYTES", "ImportDesk", "Line", "Preview", "Sheet"]


class Sheet(StrEnum):
    """What a spreadsheet lists."""

    AGENCIES = "opd"
    DEVICES = "perangkat"
    PATHS = "jalur"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _LABELS[self]

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a sheet must have."""
        return self.columns[: 3 if self is Sheet.DEVICES else 1]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, the required ones first."""
        if self is Sheet.AGENCIES:
            return ("nama", "kode", "singkatan", "alamat")
        if self is Sheet.PATHS:
            return ("kode", *placing.COLUMNS)
        return (
            "opd",
            "jenis",
            "nama",
            "kode",
            "lokasi",
            "merek",
            "model",
            "nomor_seri",
            "inventaris",
            "alamat_ip",
            *placing.COLUMNS,
        )


_LABELS = {
    Sheet.AGENCIES: N_("OPD"),
    Sheet.DEVICES: N_("Perangkat"),
    Sheet.PATHS: N_("Jalur perangkat"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: its number as the spreadsheet counts, its cells, and what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    problems: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do."""

    sheet: Sheet
    lines: tuple[Line, ...]

    @property
    def wrong(self) -> int:
        """How many rows cannot be taken."""
        return sum(1 for line in self.lines if line.problems)


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """Reads spreadsheets."""

    tools: Tools

    def preview(self, by: Person, sheet: Sheet, content: bytes) -> Preview:
        """Return what an import would do, without doing it. Raises NotAllowed, Invalid, TooLarge.

        Nobody waits for it: it asks for no transaction.
        """
        require(by, Deed.KEEP_REGISTRY)
        rows = table(sheet.columns, sheet.required, content)
        with self.tools.store.reading() as records:
            return _tried(records, sheet, rows).preview

    def take(self, by: Person, sheet: Sheet, content: bytes) -> Preview:
        """Take the whole sheet in, or nothing of it. Raises NotAllowed, TooLarge; Invalid when a row is wrong."""
        require(by, Deed.KEEP_REGISTRY)
        rows = table(sheet.columns, sheet.required, content)
        while True:
            with self.tools.store.reading() as records:
                trial = _tried(records, sheet, rows)
            if trial.preview.wrong:
                raise _refused(trial.preview.wrong)
            # Where somebody took a code in between, nothing is kept and the sheet is tried on what stands then. That
            # is all that can come in between: agencies and sites are never removed.
            with suppress(Duplicate):
                self.tools.store.write(trial.keep)
                self.tools.jobs.publish()  # as `RegistryDesk.add`
                return trial.preview


@dataclass(frozen=True, slots=True)
class _Trial:
    """What came of trying a sheet, what it would add, and what it would move to another place of the way."""

    preview: Preview
    agencies: tuple[Agency, ...]
    devices: tuple[Device, ...]
    moved: tuple[Device, ...]

    def keep(self, records: Records) -> None:
        """Add it. Raises Duplicate."""
        for agency in self.agencies:
            records.agencies.add(agency)
        for device in self.devices:
            records.devices.add(device)
        for device in self.moved:
            now = records.devices.get(device.id)  # something else of it may have changed meanwhile
            records.devices.save(placing.moved(now, device))


class _Tried(Generic[Item]):
    """As much of a `Registry` as `add` asks for: what is new stays here, and each item is looked up once."""

    def __init__(self, kept: Registry[Item]) -> None:
        self._kept: Registry[Item] = kept
        self._known: dict[str, Item | None] = {}
        self._of: dict[str, list[Item]] = {}
        self.added: list[Item] = []
        self.saved: list[Item] = []

    def get(self, key: str) -> Item:
        item = self._look_up(key)
        if item is None:
            raise NotFound("Tidak ada data dengan kode {key}. Pilih dari daftar.", key=key)
        return item

    def add(self, item: Item) -> None:
        if self._look_up(item.id):
            raise Duplicate("Kode {id} sudah dipakai. Pilih yang lain.", field="id", id=item.id)
        self._known[item.id] = item
        self.added.append(item)

    def save(self, item: Item) -> None:
        self._known[item.id] = item
        self.saved.append(item)

    def all(self, agency: str) -> list[Item]:
        """Return what is kept and what is added of an agency, in no order."""
        if agency not in self._of:
            self._of[agency] = self._kept.all(agency)
        known = [self._known.get(one.id) or one for one in self._of[agency]]
        return known + [one for one in self.added if getattr(one, "agency", "") == agency]

    def _look_up(self, key: str) -> Item | None:
        if key not in self._known:
            try:
                self._known[key] = self._kept.get(key)
            except NotFound:
                self._known[key] = None
        return self._known[key]


def _tried(records: Records, sheet: Sheet, numbered: Sequence[tuple[int, list[str]]]) -> _Trial:
    """Try every row on what the records hold, and change nothing."""
    trial = copy(records)
    agencies, devices = _Tried(records.agencies), _Tried(records.devices)
    trial.agencies = cast("Registry[Agency]", agencies)
    trial.sites = cast("Registry[Site]", _Tried(records.sites))
    trial.devices = cast("Registry[Device]", devices)
    rows = [dict(zip(sheet.columns, cells, strict=True)) for _number, cells in numbered]
    problems = {place: _try(trial, sheet, rows[place]) for place in placing.parents_first(rows)}
    lines = tuple(
        Line(number, tuple(cells), problems[place])
        for place, (number, cells) in enumerate(numbered)
    )
    added = tuple(agencies.added), tuple(devices.added)
    return _Trial(Preview(sheet, lines), *added, tuple(devices.saved))


def _refused(wrong: int) -> Invalid:
    told = sentence("{count} baris keliru; tidak ada yang diimpor.", count=wrong)
    return Invalid([Problem("file", told)])


def _try(records: Records, sheet: Sheet, row: dict[str, str]) -> tuple[Sentence, ...]:
    try:
        if sheet is Sheet.AGENCIES:
            add(records, _agency(row))
        elif sheet is Sheet.DEVICES:
            add(records, _device(row))
        else:
            _move(records, row)
    except Invalid as error:
        return tuple(problem.sentence for problem in error.problems)
    except (Duplicate, NotFound) as error:
        return (error.sentence,)
    return ()


def _move(records: Records, row: dict[str, str]) -> None:
    """Put a device to the place that a row tells. Raises NotFound, Invalid."""
    if not row["kode"]:
        raise Invalid([Problem("id", sentence("Isian ini wajib."))])
    device = tidy(placing.placed(records.devices.get(row["kode"]), row))
    if problems := problems_of(records, device):
        raise Invalid(problems)
    records.devices.save(device)


def _agency(row: dict[str, str]) -> Agency:
    return Agency(row["kode"], row["nama"], row["singkatan"], row["alamat"])


def _device(row: dict[str, str]) -> Device:
    word = row["jenis"].strip().casefold()
    kind = next((kind for kind in DeviceKind if word in (kind.value, kind.label.casefold())), None)
    if kind is None:
        kinds = ", ".join(kind.value for kind in DeviceKind)
        raise Invalid(
            [
                Problem(
                    "kind",
                    sentence(
                        "Jenis {word} tidak dikenal. Pakai: {kinds}.", word=word[:40], kinds=kinds
                    ),
                )
            ]
        )
    device = Device(
        id=row["kode"],
        agency=row["opd"],
        kind=kind,
        name=row["nama"],
        site=row["lokasi"],
        brand=row["merek"],
        model=row["model"],
        serial=row["nomor_seri"],
        inventory=row["inventaris"],
        address=row["alamat_ip"],
    )
    return placing.placed(device, row)
