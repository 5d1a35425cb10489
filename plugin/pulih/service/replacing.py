"""Keeping the list of devices true when a ticket replaces one (step 10)."""

from __future__ import annotations

from dataclasses import replace

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.ticket import Ticket, text
from pulih.ports import Records
from pulih.service.registry import add

_NONE = frozenset({"", "-", "–", "—"})


def replace_device(records: Records, ticket: Ticket) -> None:
    """Put the replaced device out of use and its successor, at its place and address, into the list.

    Does nothing where the damaged device (step 8) is not on record. A successor whose serial number is on record
    already is not listed twice. Works in the transaction of the step.
    """
    key = text(ticket.facts_of("damage"), "device")
    if not key:
        return
    old, new = records.devices.get(key), ticket.facts_of("installation")
    serial = _plain(text(new, "new_serial"))
    known = {d.serial.casefold() for d in records.devices.all(ticket.agency, active=None)}
    if not serial or serial.casefold() not in known:
        successor = Device(
            id="",
            agency=old.agency,
            kind=DeviceKind(text(new, "new_kind")),
            name=old.name,
            site=old.site,
            brand=text(new, "new_make"),
            model=text(new, "new_model"),
            serial=serial,
            inventory=_plain(text(new, "new_inventory")),
            address=old.address,
        )
        add(records, successor)
    if old.serial.casefold() != serial.casefold() or not serial:
        records.devices.save(replace(old, active=False))


def _plain(typed: str) -> str:
    return "" if typed in _NONE else typed
