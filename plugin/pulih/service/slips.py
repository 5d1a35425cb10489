"""Papers that were issued, as the records have them: found, shelved by kind, and their bytes held to their digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pulih.domain.authority import Deed, may
from pulih.domain.issued import Issued, Numbered, Standing, place_of
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.people import Person
from pulih.domain.signed import Signed
from pulih.domain.ticket import Ticket
from pulih.errors import Damaged, NotFound, OutOfOrder
from pulih.ports import Files, Records
from pulih.service.tickets import visible

INNER = frozenset(
    {PaperKind.DISPOSITION, PaperKind.REPORT}
)  # they go from desk to desk in the office
# Of these each occasion has a paper of its own: the letter that came again, the second device that was replaced.
_EACH_TIME = frozenset({PaperKind.RECEIPT, PaperKind.DISPOSITION, PaperKind.REPLACEMENT})
_AGAIN = {PaperKind.ASSIGNMENT: ("appointment", "reappointment")}


@dataclass(frozen=True, slots=True)
class Slip:
    """A paper that was issued, with its line in the register."""

    issued: Issued
    line: Numbered

    @property
    def standing(self) -> Standing:
        """How it stands."""
        return self.line.standing


@dataclass(frozen=True, slots=True)
class Shelved:
    """A kind of paper on a ticket's shelf.

    Attributes:
        current: The one that is valid for what the ticket came to last, if it was issued.
        before: All others that were ever issued, the newest first.
        again: Whether the step behind it was taken once more after it was issued.
    """

    kind: PaperKind
    current: Slip | None
    before: tuple[Slip, ...]
    again: bool


def occasion_of(kind: PaperKind, ticket: Ticket) -> int:
    """Return the how-maniest time the ticket has come to a paper of its own of this kind, from 1."""
    times = sum(1 for entry in ticket.history if entry.stage == kind.stage)
    return max(1, times) if kind in _EACH_TIME else 1


def hold_begun(ticket: Ticket, kind: PaperKind) -> None:
    """Do nothing where a paper of this kind can be made by now. Raises OutOfOrder."""
    if not kind.begun(ticket):
        raise OutOfOrder(
            "Tiket {number} belum sampai pada dokumen ini. Selesaikan dahulu langkahnya.",
            number=ticket.number,
        )


def deed_to_see(kind: PaperKind) -> Deed:
    """Return what somebody must be allowed who sees a paper of this kind."""
    return Deed.SEE_INNER_PAPERS if kind in INNER else Deed.SEE_PAPERS


def seen_by(records: Records, by: Person, number: str, kind: PaperKind) -> Ticket:
    """Return a ticket whose papers of a kind a person may see. To others they do not exist. Raises NotFound."""
    ticket = visible(records, by, number)
    if not may(by, deed_to_see(kind), ticket.agency):
        raise NotFound("Dokumen ini tidak ditemukan.")
    return ticket


def slip_of(records: Records, by: Person, number: str, key: str) -> Slip:
    """Return a paper of a ticket that was issued. Raises NotFound, also where it is not for this person."""
    visible(records, by, number)
    issued, line = records.papers.get(key), records.numbers.get(key)
    if issued is None or line is None or issued.ticket != number:
        raise NotFound("Dokumen ini tidak ditemukan.")
    seen_by(records, by, number, PaperKind(issued.kind))
    return Slip(issued, line)


def slips_of(records: Records, number: str) -> tuple[Slip, ...]:
    """Return all papers of a ticket that were ever issued, the newest first."""
    lines = {line.id: line for line in records.numbers.find(ticket=number)}
    slips = [Slip(paper, lines[paper.id]) for paper in records.papers.find(ticket=number)]
    return tuple(sorted(slips, key=lambda slip: (slip.issued.at, slip.issued.serial), reverse=True))


def shelved(ticket: Ticket, kind: PaperKind, slips: tuple[Slip, ...]) -> Shelved:
    """Return what was issued of a kind, the one first that stands for what the ticket came to last."""
    own = [slip for slip in slips if slip.issued.kind == kind]
    place = place_of(ticket.number, kind, occasion_of(kind, ticket))
    current = next(
        (s for s in own if s.standing is Standing.VALID and s.issued.place == place), None
    )
    stages = _AGAIN.get(kind, (kind.stage,))
    since = ticket.history[current.issued.version :] if current else ()
    return Shelved(
        kind,
        current,
        tuple(slip for slip in own if slip is not current),
        again=any(entry.stage in stages for entry in since),
    )


def may_withdraw(by: Person, copy: Signed) -> bool:
    """Tell whether a person may take a signed copy back: whoever handed it in, and who may cancel a number."""
    return (copy.by == by.id and may(by, Deed.ATTACH)) or may(by, Deed.CANCEL_PAPER)


def frozen(files: Files, paper: Issued) -> bytes:
    """Return the bytes of a paper. Raises Damaged where they are not there, or not those that were issued."""
    if (content := _held(files, paper.digest)) is None:
        raise damaged(paper)
    return content


def unchanged(files: Files, copy: Signed) -> bytes:
    """Return the bytes of a signed copy. Raises Damaged where they are not there, or not those that came."""
    if (content := _held(files, copy.digest)) is None:
        raise Damaged(
            "Berkas {name} bukan lagi yang dulu diserahkan. Pulihkan dari cadangan terakhir.",
            name=copy.file_name,
        )
    return content


def damaged(paper: Issued) -> Damaged:
    """Return what is said of a paper whose bytes are others."""
    return Damaged(
        "Berkas dokumen nomor {number} bukan lagi yang diterbitkan. Pulihkan dari cadangan terakhir.",
        number=paper.number,
    )


def _held(files: Files, digest: str) -> bytes | None:
    try:
        with files.open(digest) as kept:
            content = kept.read()
    except NotFound:
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None
