"""Offices on disk with people in them, for tests that look at them with real commands and processes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pulih.bootstrap import Office, open_office
from pulih.cli import new_office
from pulih.config import read_settings
from pulih.domain.agency import Agency
from pulih.domain.people import Person
from pulih.jobs import Collected
from pulih.passwords import Argon2Passwords

PASSWORD = "sandi yang panjang"
_AGENCIES = (Agency("dukcapil", "Dinas Kependudukan"), Agency("dikbud", "Dinas Pendidikan"))


def found(folder: Path, cast: Iterable[Person], **settings: Any) -> Office:
    """Make an office whose accounts are the cast; return it open, with a clock that goes on five minutes a look.

    It began half a day ago, so that whoever works in it afterwards is later.
    """
    new_office(folder, **settings)
    moment = datetime.now(UTC) - timedelta(hours=12)

    def now() -> datetime:
        nonlocal moment
        moment = min(moment + timedelta(minutes=5), datetime.now(UTC))
        return moment

    office = open_office(
        read_settings(folder, {}), now=now, jobs=Collected(), passwords=Argon2Passwords(1, 8, 1)
    )
    people = {person.id: person for person in cast}
    admin = people.pop("admin")
    office.accounts.first_admin(admin, PASSWORD)
    for agency in _AGENCIES:
        office.registry.add(admin, agency)
    for person in people.values():
        office.accounts.add(admin, person, PASSWORD)
    return office


def bring(office: Office, cast: Any, facts_for: Any, to: str) -> str:
    """Bring a ticket by the longest way to where a stage is due; return its number."""
    ticket = office.tickets.register(cast.contact, facts_for("letter"))
    while ticket.due and ticket.due.id != to:
        stage, changes = ticket.due.id, {}
        if stage == "damage":
            scan = io.BytesIO(b"%PDF-1.7\n")
            kept = office.attachments.keep(
                cast.lead, "photos", "foto.pdf", scan, number=ticket.number
            )
            changes = {"photos": [kept.id]}
        ticket = office.tickets.take(
            cast.actor(stage), ticket.number, stage, facts_for(stage, **changes), seen=ticket.version
        )  # fmt: skip
    return ticket.number
