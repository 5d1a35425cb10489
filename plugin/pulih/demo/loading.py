"""Fills a demo office through the services, as people would have: nothing is written past them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pulih.demo import beside
from pulih.demo.data import DemoData, DemoEntry, DemoExtra
from pulih.domain import sop
from pulih.domain.people import Person, Role
from pulih.domain.ticket import Ticket
from pulih.service.accounts import AccountDesk
from pulih.service.attachments import AttachmentDesk
from pulih.service.placing import parents_first
from pulih.service.registry import RegistryDesk
from pulih.service.tickets import TicketDesk

PASSWORD = "pulih-percontohan"  # noqa: S105 - shown on the sign-in page of a demo office, and only there

SHOWN = ("rian", "kasi", "kabid", "kadis", "opd-dukcapil", "admin")

# The desk says it on every page by itself; the wiki is plain MkDocs and says it through its own style sheet.
WIKI_SAYS_SO = """
.md-main::before {
  content: "Kantor percontohan: semua nama, surat, dan alamat di sini rekaan.";
  display: block; padding: .15rem .8rem; margin-bottom: .2rem;
  background: #f2b84b; color: #2d2000; text-align: center; font-size: .65rem;
}
"""


class SetClock:
    """A clock that says what it was set to."""

    def __init__(self) -> None:
        """Begin before everything."""
        self.at = datetime(2020, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the moment that was set."""
        return self.at


@dataclass(frozen=True, slots=True)
class Desks:
    """The services that the loading goes through; they must all read `clock`."""

    accounts: AccountDesk
    registry: RegistryDesk
    tickets: TicketDesk
    attachments: AttachmentDesk
    knowing: beside.KnowledgeDesks
    clock: SetClock


def fill(
    desks: Desks, data: DemoData, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> None:
    """Load people, registry and cases into an empty office, in the order in which it all happened.

    Args:
        tell: Called with how many deeds are done, and how many there are.
    """
    people = _people(desks, data)
    admin = next(person for person in people.values() if person.role is Role.ADMIN)
    for agency in data.agencies:
        desks.registry.add(admin, agency)
    for site in data.sites:
        desks.registry.add(admin, site)
    hung = [{"kode": device.id, "induk": device.parent} for device in data.devices]
    for place in parents_first(hung):
        desks.registry.add(admin, data.devices[place])
    for person in people.values():
        if person.role is not Role.ADMIN:
            desks.accounts.add(admin, person, PASSWORD)
    deeds = sorted(_deeds(data), key=lambda deed: deed[1].on)
    numbers: dict[str, str] = {"": ""}
    for done, (key, deed) in enumerate(deeds, start=1):
        desks.clock.at = deed.on.astimezone(UTC)
        if isinstance(deed, DemoEntry):
            _do(desks, people[deed.by], key, deed, numbers)
        else:
            beside.do(desks.knowing, people[deed.by], numbers[key], deed, numbers)
        tell(done, len(deeds))


def _people(desks: Desks, data: DemoData) -> dict[str, Person]:
    people = {person.id: person for person in data.people}
    for person in people.values():
        if person.role is Role.ADMIN:
            desks.accounts.first_admin(person, PASSWORD)
    return people


def _deeds(data: DemoData) -> Iterator[tuple[str, DemoEntry | DemoExtra]]:
    """Yield everything that is done, each with the key of its case, where it has one."""
    for case in data.cases:
        for entry in case.entries:
            yield case.key, entry
        for extra in case.beside:
            yield case.key, extra
    for extra in data.wanted:
        yield "", extra


def _do(desks: Desks, by: Person, key: str, entry: DemoEntry, numbers: dict[str, str]) -> Ticket:
    facts = dict(entry.facts)
    number = numbers.get(key, "")
    for file in entry.files:
        kept = desks.attachments.keep(
            by, file.fact, file.name, io.BytesIO(file.content), number=number
        )
        earlier = facts.get(file.fact)
        facts[file.fact] = [*(earlier if isinstance(earlier, list) else []), kept.id]
    if before := facts.get("recurrence_of"):
        facts["recurrence_of"] = numbers[str(before)]
    if not number:
        ticket = desks.tickets.register(by, facts)
        numbers[key] = ticket.number
        return ticket
    shown = desks.tickets.show(by, number)
    step = sop.STAGES[entry.stage].step
    if looks := [run.id for run in shown.runs if run.judged and run.step == step]:
        facts["runs"] = looks
    return desks.tickets.take(by, number, entry.stage, facts, seen=shown.ticket.version)
