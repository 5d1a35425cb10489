"""Issuing papers: a number, the bytes frozen, both in one transaction; correcting and cancelling them."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from pulih.domain.authority import Deed, require
from pulih.domain.issued import Issued, Numbered
from pulih.domain.papers.kinds import PaperKind
from pulih.domain.people import Person
from pulih.domain.struck import Struck, reason_of
from pulih.errors import Contended, Refused
from pulih.ports import Printer, Records, Tools
from pulih.service.papers_material import today
from pulih.service.planned import Content, Planner
from pulih.service.slips import seen_by, slip_of
from pulih.service.taking_numbers import Overtaken, keeping

MOST_BYTES = 64 * 1024 * 1024
_TRIES = 40  # papers of one series that may come in between while this one is drawn


@dataclass(frozen=True, slots=True)
class IssueDesk:
    """Issues papers.

    The number stands on the paper, and drawing takes longer than a transaction may. So the paper is drawn under the
    number that is next, its bytes are kept, and then one transaction takes the number; where it is another by then,
    all is taken back and drawn again. Of a process that is killed either the whole is left, or bytes that nothing
    refers to and that the next try keeps again: the same paper has the same bytes.

    Attributes:
        key: The office's secret, from which a paper's address is made that nobody can guess.
    """

    tools: Tools
    printer: Printer
    key: Callable[[], str]

    def issue(self, by: Person, number: str, kind: PaperKind, *, base: str) -> Issued:
        """Issue a paper of a ticket; where that was done already, return the one that is valid.

        Args:
            base: The address of the desk, as the QR code names it, with a slash at its end.

        Raises:
            NotFound: There is no such ticket for this person, or this paper is not for them.
            NotAllowed: They may not issue it.
            OutOfOrder: The ticket has not come so far.
            Invalid: A fact is missing.
            Unavailable: It cannot be drawn or kept; Contended where others kept taking the number.
        """
        return self._issue(by, number, kind, base, Deed.ISSUE_PAPER)

    def correct(self, by: Person, number: str, key: str, reason: str, *, base: str) -> Issued:
        """Issue a paper that takes the place of another and names it; the old one stays as it is.

        Who asks for the same once more, as with a second click, is given what came of the first.

        Args:
            key: The paper to be corrected.
            reason: Why; it is printed.

        Raises:
            Refused: The old one is not valid any more, or the ticket came to another of its kind.
            Invalid: The reason is missing or too long; else as `issue`.
        """
        with self.tools.store.reading() as records:
            old = slip_of(records, by, number, key)
        require(by, Deed.CORRECT_PAPER)
        said = reason_of(reason)
        try:
            old.line.replacing("-")  # refused now, and not after it was drawn
            kind = PaperKind(old.issued.kind)
            return self._issue(by, number, kind, base, Deed.CORRECT_PAPER, key, said)
        except Refused:
            with self.tools.store.reading() as records:
                later = records.papers.get(slip_of(records, by, number, key).line.replaced_by)
            if later and (later.by, later.reason) == (by.id, said):
                return later
            raise

    def cancel(self, by: Person, number: str, key: str, reason: str) -> Numbered:
        """Strike a number. The paper and its number are kept; the number is never given out again.

        Raises:
            NotFound: There is no such paper for this person.
            NotAllowed: They may not cancel it.
            Invalid: The reason is missing or too long.
            Refused: It is not valid any more.
        """
        with self.tools.store.reading() as records:
            slip_of(records, by, number, key)
        require(by, Deed.CANCEL_PAPER)
        struck = Struck(reason_of(reason), by.id, by.name, self.tools.now())

        def strike(records: Records) -> Numbered:
            line = slip_of(records, by, number, key).line
            if line.struck and (line.struck.by, line.struck.reason) == (by.id, struck.reason):
                return line  # the same once more, as with a second click
            line = line.striking(struck)
            records.numbers.put(key, line)
            return line

        return self.tools.store.write(strike)

    def _issue(
        self,
        by: Person,
        number: str,
        kind: PaperKind,
        base: str,
        deed: Deed,
        old: str = "",
        reason: str = "",
    ) -> Issued:
        file, planner = uuid.uuid4().hex, Planner(self.tools, self.printer, self.key, base)
        for _ in range(_TRIES):
            now, on = self.tools.now(), today(self.tools)
            with self.tools.store.reading() as records:
                ticket = seen_by(records, by, number, kind)
                require(by, deed, ticket.agency)
                planned = planner.plan(records, ticket, kind, on, old=old, reason=reason)
            if isinstance(planned, Issued):
                return planned
            content = self.printer.pdf(planned.paper)
            digest, size = self.tools.files.keep(io.BytesIO(content), most=MOST_BYTES)
            issued = planned.issued(by, now, Content(digest, size, file, self.printer.name))
            try:
                return self.tools.store.write(keeping(issued, by))
            except Overtaken:
                continue
        raise Contended(
            "Dokumen lain sejenis terus terbit pada saat yang sama. Tunggu sebentar, lalu ulangi."
        )
