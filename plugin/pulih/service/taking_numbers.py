"""Keeping a paper that was drawn: its number taken, its record and its bytes' place, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from pulih.domain.issued import Issued, Standing, line_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.people import Person
from pulih.domain.records import Attachment
from pulih.errors import Duplicate, Refused
from pulih.ports import Records
from pulih.service.slips import Slip, seen_by, slips_of


class Overtaken(Exception):
    """Another paper took the number that is on this one, or the ticket has moved on."""


def keeping(paper: Issued, by: Person) -> Callable[[Records], Issued]:
    """Return the deed that takes the paper's number and keeps it, or finds what another was quicker to keep."""

    def keep(records: Records) -> Issued:
        ticket = seen_by(records, by, paper.ticket, PaperKind(paper.kind))
        slips = slips_of(records, paper.ticket)
        stands = next(
            (s for s in slips if s.standing is Standing.VALID and s.issued.place == paper.place),
            None,
        )
        if paper.replaces:
            hold_same(stands, paper.replaces)
        elif stands:
            return stands.issued
        if ticket.version != paper.version:
            raise Overtaken
        if paper.series and records.next_number(paper.series) != paper.serial:
            raise Overtaken
        if stands:
            records.numbers.put(stands.issued.id, stands.line.replacing(paper.id))
        _put(records, paper)
        return paper

    return keep


def _put(records: Records, paper: Issued) -> None:
    name = f"{paper.title} {paper.number}".replace("/", "-")[:110] + ".pdf"
    records.attachments.put(
        paper.file,
        Attachment(
            paper.file,
            paper.ticket,
            name,
            "application/pdf",
            paper.size,
            paper.digest,
            paper.by,
            paper.at,
        ),
    )
    try:
        records.numbers.put(paper.id, line_of(paper))
    except Duplicate as error:
        if error.field != "number_key":
            raise Overtaken from error
        raise Duplicate(
            "Nomor {number} sudah ada pada dokumen lain sejenis. "
            "Pola nomornya harus memuat nomor urut; perbaiki di setelan dokumen.",
            field="number",
            number=paper.number,
        ) from error
    records.papers.put(paper.id, paper)


def hold_same(stands: Slip | None, old: str) -> None:
    """Do nothing where the paper to be corrected is the one that stands. Raises Refused."""
    if stands is None or stands.issued.id != old:
        raise Refused(
            "Dokumen ini tidak dapat diralat lagi: sudah diganti atau dibatalkan, atau langkahnya sudah diulang. "
            "Muat ulang halamannya dan lihat dokumen yang berlaku."
        )
