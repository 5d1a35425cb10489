"""The columns of a spreadsheet that say where devices stand on the way of packets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import TypeVar

from pulih.domain.agency import Device
from pulih.domain.wiring import LinkKind, PathRole, Said
from pulih.errors import Invalid, Problem
from pulih.wording import sentence

# Of the sheet, and of the device.
COLUMNS = {
    "peran": "role",
    "induk": "parent",
    "port": "port",
    "port_induk": "parent_port",
    "antarmuka": "interfaces",
    "sambungan": "link",
    "laju": "rate",
    "nat": "nat",
    "dhcp": "dhcp",
    "cadangan": "backup",
    "jalur_cadangan": "spare",
}
YES_NO = ("nat", "dhcp", "backup")
ROLES = tuple(role for role in PathRole if role not in (PathRole.BY_KIND, PathRole.INTERNET))
LINKS = tuple(kind for kind in LinkKind if kind)
EMPTY = "-"  # a cell that takes away what stands

Word = TypeVar("Word", PathRole, LinkKind)


def placed(device: Device, row: Mapping[str, str]) -> Device:
    """Return the device where a row puts it; an empty cell leaves what stands, a hyphen takes it away.

    Raises:
        Invalid: A role or a kind of link that there is not.
    """
    told = {name: row.get(column, "") for column, name in COLUMNS.items()}
    told = {name: "" if text == EMPTY else text for name, text in told.items() if text}
    changes: dict[str, object] = dict(told)
    if told.get("role"):
        changes["role"] = _word("role", told["role"], ROLES)
    if told.get("link"):
        changes["link"] = _word("link", told["link"], LINKS)
    for name in YES_NO:
        if name in told:
            changes[name] = _said(name, told[name])
    changes |= {"role": PathRole.BY_KIND} if told.get("role") == "" else {}
    changes |= {"link": LinkKind.UNKNOWN} if told.get("link") == "" else {}
    return replace(device, **changes)  # type: ignore[arg-type] # the names are those of COLUMNS


def moved(device: Device, there: Device) -> Device:
    """Return the device at the place of another record of it; all else stays."""
    names = {field.name for field in fields(Device)} & set(COLUMNS.values())
    return replace(device, **{name: getattr(there, name) for name in names})


def parents_first(rows: Sequence[Mapping[str, str]]) -> list[int]:
    """Return the places of the rows, each after those that it hangs off, as far as they form no circle."""
    owner = {row["kode"]: place for place, row in enumerate(rows) if row["kode"]}
    order: dict[int, None] = {}
    begun: set[int] = set()
    for start in range(len(rows)):
        waiting = [start]
        while waiting:
            place = waiting[-1]
            above = [owner.get(rows[place].get(name, "")) for name in ("induk", "jalur_cadangan")]
            fresh = [up for up in above if up is not None and up not in begun]
            if place not in begun:
                begun.add(place)
                waiting += [up for up in fresh if up != place]
            else:
                order.setdefault(waiting.pop())
    return list(order)


def _said(name: str, word: str) -> Said:
    if word.casefold() in ("", "tidak"):
        return Said.NOT
    if word.casefold() == Said.YES:
        return Said.YES
    raise Invalid(
        [Problem(name, sentence("{word} tidak dikenal. Pakai: ya, tidak.", word=word[:40]))]
    )


def _word(name: str, word: str, known: Sequence[Word]) -> Word:
    said = word.casefold()
    for one in known:
        label = one.label.casefold()
        if said in (one.value, label, label.split(":")[0]):
            return one
    raise Invalid(
        [
            Problem(
                name,
                sentence(
                    "{word} tidak dikenal. Pakai: {kinds}.",
                    word=word[:40],
                    kinds=", ".join(one.value for one in known),
                ),
            )
        ]
    )
