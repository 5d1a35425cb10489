"""Taking agencies and devices in from a spreadsheet (CSV): read everything, show it, then all or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, cast

from pulih.domain.agency import Agency, Device, DeviceKind, Site
from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.errors import Duplicate, Invalid, NotFound, Problem, TooLarge
from pulih.ports import Records, Registry, Tools
from pulih.service.registry import Item, add
from pulih.wording import N_, Sentence, sentence

MOST_BYTES = 2 * 1024 * 1024
_MOST_ROWS = 5000


class Sheet(StrEnum):
    """What a spreadsheet lists."""

    AGENCIES = "opd"
    DEVICES = "perangkat"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return N_("OPD") if self is Sheet.AGENCIES else N_("Perangkat")

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a sheet must have."""
        return self.columns[: 1 if self is Sheet.AGENCIES else 3]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, the required ones first."""
        if self is Sheet.AGENCIES:
            return ("nama", "kode", "singkatan", "alamat")
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
        )


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
        table = _table(sheet, content)
        with self.tools.store.reading() as records:
            return _tried(records, sheet, table).preview

    def take(self, by: Person, sheet: Sheet, content: bytes) -> Preview:
        """Take the whole sheet in, or nothing of it. Raises NotAllowed, TooLarge; Invalid when a row is wrong."""
        require(by, Deed.KEEP_REGISTRY)
        table = _table(sheet, content)
        while True:
            with self.tools.store.reading() as records:
                trial = _tried(records, sheet, table)
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
    """What came of trying a sheet, and what it would add."""

    preview: Preview
    agencies: tuple[Agency, ...]
    devices: tuple[Device, ...]

    def keep(self, records: Records) -> None:
        """Add it. Raises Duplicate."""
        for agency in self.agencies:
            records.agencies.add(agency)
        for device in self.devices:
            records.devices.add(device)


class _Tried(Generic[Item]):
    """As much of a `Registry` as `add` asks for: what is added stays here, and each item is looked up once."""

    def __init__(self, kept: Registry[Item]) -> None:
        self._kept: Registry[Item] = kept
        self._known: dict[str, Item | None] = {}
        self.added: list[Item] = []

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

    def _look_up(self, key: str) -> Item | None:
        if key not in self._known:
            try:
                self._known[key] = self._kept.get(key)
            except NotFound:
                self._known[key] = None
        return self._known[key]


def _tried(records: Records, sheet: Sheet, table: Sequence[tuple[int, list[str]]]) -> _Trial:
    """Try every row on what the records hold, and change nothing."""
    trial = copy(records)
    agencies, devices = _Tried(records.agencies), _Tried(records.devices)
    trial.agencies = cast("Registry[Agency]", agencies)
    trial.sites = cast("Registry[Site]", _Tried(records.sites))
    trial.devices = cast("Registry[Device]", devices)
    lines = tuple(Line(number, tuple(cells), _try(trial, sheet, cells)) for number, cells in table)
    return _Trial(Preview(sheet, lines), tuple(agencies.added), tuple(devices.added))


def _refused(wrong: int) -> Invalid:
    told = sentence("{count} baris keliru; tidak ada yang diimpor.", count=wrong)
    return Invalid([Problem("file", told)])


def _try(records: Records, sheet: Sheet, cells: Sequence[str]) -> tuple[Sentence, ...]:
    row = dict(zip(sheet.columns, cells, strict=True))
    try:
        add(records, _agency(row)) if sheet is Sheet.AGENCIES else add(records, _device(row))
    except Invalid as error:
        return tuple(problem.sentence for problem in error.problems)
    except Duplicate as error:
        return (error.sentence,)
    return ()


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
    return Device(
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


def _table(sheet: Sheet, content: bytes) -> list[tuple[int, list[str]]]:
    """Return the rows below the heading, each with its number and one cell a column of the sheet."""
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
    places = _places(sheet, rows[0])
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


def _places(sheet: Sheet, heading: Sequence[str]) -> list[int | None]:
    names = [cell.strip().casefold().replace(" ", "_") for cell in heading]
    missing = [name for name in sheet.required if name not in names]
    if missing:
        raise _unreadable(
            sentence(
                "Judul kolom {missing} tidak ada. Kolom yang dikenal: {known}.",
                missing=missing,
                known=list(sheet.columns),
            )
        )
    return [names.index(name) if name in names else None for name in sheet.columns]


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
