"""A process that receives letters through a door: `receivers.main(STORE, FILES, FORM, REQUEST)`, or `many`."""

from __future__ import annotations

import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pulih.domain.calendar import Calendar
from pulih.domain.door import Door
from pulih.domain.posted import read_posted
from pulih.domain.scrub import Audience
from pulih.errors import Refused
from pulih.files.sniff import sniff
from pulih.ports import Store, Tools
from pulih.service.admitting import AdmitDesk
from pulih.service.attachments import AttachmentDesk
from pulih.service.receiving import ReceiveDesk
from pulih.service.tickets import TicketDesk
from pulih.store import open_postgres, open_tiny
from pulih.store.files import FolderFiles

NOW = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
DOOR = Door("portal", "Portal Kabupaten", "", Audience.PUBLIC, "Administrator", NOW)


class NoVault:
    """Nothing is sealed here."""

    def seal(self, plain: str) -> str:
        return plain

    def unseal(self, sealed: str) -> str:
        return sealed


def open_store(place: str) -> Store:
    """Open a store by its path or address."""
    return open_postgres(place) if "://" in place else open_tiny(Path(place))


def desk(store: Store, folder: str) -> ReceiveDesk:
    """Return a desk that receives letters, with the same clock in each process."""
    calendar = Calendar(ZoneInfo("Asia/Makassar"), {})
    tools = Tools(store, FolderFiles(Path(folder)), *[None] * 5, calendar, lambda: NOW)
    return ReceiveDesk(
        tools, AdmitDesk(tools, NoVault()), TicketDesk(tools), AttachmentDesk(tools, sniff)
    )


def main(place: str, folder: str, form: str, key: str) -> None:
    """Receive a letter, and print its number and whether it is new."""
    store = open_store(place)
    letter = read_posted(Path(form).read_bytes(), ZoneInfo("Asia/Makassar"))
    try:
        receipt = desk(store, folder).receive(DOOR, key, letter)
        told = f"{receipt.ticket.number} {receipt.fresh}"
    except Refused as refused:
        told = type(refused).__name__
    sys.stdout.write(told + "\n")
    store.close()


def many(place: str, folder: str, *forms: str) -> None:
    """Receive letters one after the other, each with a new request, and tell each that is registered."""
    store = open_store(place)
    receiving = desk(store, folder)
    for form in forms:
        letter = read_posted(Path(form).read_bytes(), ZoneInfo("Asia/Makassar"))
        receipt = receiving.receive(DOOR, secrets.token_hex(16), letter)
        sys.stdout.write(f"{letter.submission} {receipt.ticket.number}\n")
        sys.stdout.flush()
    store.close()
