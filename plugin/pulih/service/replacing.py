"""Keeping the list of devices true when a ticket replaces one (step 10)."""

from __future__ import annotations

from dataclasses import replace

from pulih.domain.agency import Device, DeviceKind
from pulih.domain.ticket import Ticket, text
from pulih.domain.wiring import PathRole
from pulih.ports import Records
from pulih.service import placing
from pulih.service.registry import add

_NONE = frozenset({"", "-", "–", "—"})


def replace_device(records: Records, ticket: Ticket) -> None:
    """Put the replaced device out of use and its successor, at its place and address, into the list.

    What hung off the one hangs off the other.

    Does nothing where the damaged device (step 8) is not on record. A successor whose serial number is on record
    already is not listed twice. Works in the transaction of the step.
    """
    key = text(ticket.facts_of("damage"), "device")
    if not key:
        return
    old, new = records.devices.get(key), ticket.facts_of("installation")
    serial = _plain(text(new, "new_serial"))
    known = {
        d.serial.casefold(): d for d in records.devices.all(ticket.agency, active=None) if d.serial
    }
    successor = known.get(serial.casefold())
    if successor is None:
        fresh = Device(
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
        successor = add(records, placing.moved(fresh, old))
    if successor.id != old.id:
        _take_over(records, old, successor)
    if old.serial.casefold() != serial.casefold() or not serial:
        records.devices.save(replace(old, active=False))


def _take_over(records: Records, old: Device, successor: Device) -> None:
    """Let the successor hang where the old device hung, and what hung off the old one hang off it."""
    if not successor.parent and successor.place is not PathRole.CORE:
        records.devices.save(placing.moved(successor, old))
    for below in records.devices.all(active=None):
        parent = successor.id if below.parent == old.id else below.parent
        spare = successor.id if below.spare == old.id else below.spare
        hung = replace(below, parent=parent, spare=spare)
        if hung != below and below.id != successor.id:
            records.devices.save(hung)


def _plain(typed: str) -> str:
    return "" if typed in _NONE else typed
