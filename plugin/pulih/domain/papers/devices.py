"""Tables of devices and of tests, as several papers show them."""

from __future__ import annotations

from pulih.domain.article import named_device
from pulih.domain.facts import Facts
from pulih.domain.papers.paper import Said, Table
from pulih.domain.papers.telling import NOTHING, Telling, kind_of, plain
from pulih.domain.ticket import text

_HEADS = ("No.", "Jenis", "Merek dan tipe", "Nomor seri", "Nomor inventaris", "Keterangan")
_WIDTHS = (6, 16, 24, 20, 18, 16)
_TESTS = ("Yang diuji", "Sebelum", "Sesudah")
_TEST_WIDTHS = (40, 30, 30)


def devices(telling: Telling) -> Table:
    """Return every device that was taken out and put in, in order; without any, the one that was at fault."""
    ticket, lines = telling.ticket, list[tuple[Said, ...]]()
    for entry in ticket.history if ticket else ():
        if entry.stage == "replacement-record":
            lines.append(_device(telling, entry.stage, entry.facts, "old", "Dilepas"))
        elif entry.stage == "installation":
            lines.append(_device(telling, entry.stage, entry.facts, "new", "Dipasang"))
    told = [(Said(f"{n}."), *line) for n, line in enumerate(lines or _at_fault(telling), start=1)]
    return telling.table("Perangkat", _HEADS, told, _WIDTHS)


def old_device(telling: Telling) -> Table:
    """Return the device that the agency asks to have replaced."""
    line = _device(
        telling, "replacement-record", telling.facts("replacement-record"), "old", "Diganti"
    )
    return telling.table("Perangkat yang diganti", _HEADS, [(Said("1."), *line)], _WIDTHS)


def tests(telling: Telling) -> Table:
    """Return the last trial, before and after."""
    lines = telling.rows("trial", "tests", "what", "note", "value")
    missing = telling.fact("trial", "tests")
    return telling.table(
        "Hasil uji coba", _TESTS, lines or [(missing,) * len(_TESTS)], _TEST_WIDTHS
    )


def checks(telling: Telling) -> Table:
    """Return what was measured, by people and by machine."""
    lines = telling.rows("examination", "readings", "what", "value", "note")
    lines += [
        (plain(one.what), plain(one.value), plain(one.note)) for one in telling.material.checks
    ]
    return telling.table(
        "Hasil pemeriksaan",
        ("Yang diperiksa", "Hasil", "Catatan"),
        lines or [(NOTHING,) * 3],
        (35, 35, 30),
    )


def _device(telling: Telling, stage: str, facts: Facts, age: str, note: str) -> tuple[Said, ...]:
    make, model = (telling.fact_of(stage, facts, f"{age}_{name}") for name in ("make", "model"))
    named = make if make.missing else model if model.missing else Said(f"{make.text} {model.text}")
    return (
        telling.fact_of(stage, facts, f"{age}_kind"),
        named,
        telling.fact_of(stage, facts, f"{age}_serial"),
        telling.fact_of(stage, facts, f"{age}_inventory"),
        Said(note),
    )


def _at_fault(telling: Telling) -> list[tuple[Said, ...]]:
    ticket = telling.ticket
    named = named_device(ticket) if ticket else None
    device = telling.material.devices.get(named.key) if named else None
    if device:
        return [
            (
                Said(device.kind.label),
                Said(device.make),
                plain(device.serial),
                plain(device.inventory),
                Said("Diperiksa"),
            )
        ]
    if named and named.note:
        return [(plain(kind_of(named.kind)), Said(named.note), NOTHING, NOTHING, Said("Diperiksa"))]
    return [(NOTHING,) * (len(_HEADS) - 1)]


def installed(telling: Telling) -> str:
    """Return what was put in, in a few words."""
    found = (telling.facts(e.stage) for e in telling.entries("installation"))
    return ", ".join(
        " ".join(filter(None, (text(f, "new_make"), text(f, "new_model")))) for f in found
    )
