"""Whether a ticket's history is one that the procedure allows and nobody has touched since."""

from __future__ import annotations

from collections.abc import Iterator

from pulih.domain import sop
from pulih.domain.chain import flaw, link
from pulih.domain.people import Person, Role
from pulih.domain.ticket import Entry, Ticket
from pulih.ports import Document
from pulih.store.tickets import seal_of
from pulih.wording import Sentence, sentence


def touched(ticket: Ticket, seal: Document | None) -> Iterator[Sentence]:
    """Yield what tells that somebody changed the history after it was kept."""
    if position := flaw(ticket):
        yield sentence(
            "Sejak catatan ke-{position} ({stage}), riwayatnya bukan yang dulu disimpan.",
            position=position,
            stage=ticket.history[position - 1].stage,
        )
    if seal is None:
        yield sentence("Segelnya tidak ada.")
    elif seal != seal_of(link(ticket)):
        yield sentence(
            "Segelnya untuk riwayat lain: {sealed} catatan di segel, {version} di sini.",
            sealed=seal.get("version"),
            version=ticket.version,
        )


def missteps(ticket: Ticket) -> Iterator[Sentence]:
    """Yield each entry that could not have been added after those before it.

    What an entry says is not read again: it was right by the forms of its day.
    """
    if not ticket.history:
        yield sentence("Riwayatnya kosong.")
    for place, entry in enumerate(ticket.history):
        before = Ticket(ticket.number, ticket.history[:place])
        for wrong in _wrong(before, entry):
            yield sentence(
                "Catatan ke-{position} ({stage}): {wrong}",
                position=place + 1,
                stage=entry.stage,
                wrong=wrong,
            )


def _wrong(before: Ticket, entry: Entry) -> Iterator[Sentence]:
    deed = sop.STAGES.get(entry.stage)
    if deed is None:
        yield sentence("langkah ini tidak dikenal.")
        return
    if deed is not before.due and deed not in before.asides():
        yield sentence("belum atau tidak lagi waktunya.")
        return
    agency = before.agency if entry.role is Role.OPD else ""
    if refusal := before.refusal(deed, Person(entry.by, entry.name, entry.role, agency)):
        yield refusal.sentence
    if entry.to != (deed.way(entry.facts).to or before.history[-1].to):
        yield sentence("isinya tidak menuju {to}.", to=entry.to)
    last = before.history[-1] if before.history else entry
    if entry.at < last.at or entry.on < last.on:
        yield sentence("waktunya lebih awal dari langkah sebelumnya.")
    if entry.on > entry.at:
        yield sentence("dicatat sebelum terjadi.")
