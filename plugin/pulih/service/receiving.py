"""A letter that a site hands in: registered once, however often and from wherever it is sent."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from pulih.domain.door import Door, Heard, submission_key, writer
from pulih.domain.people import Person, Role
from pulih.domain.posted import MOST_FILE_BYTES, Posted, under_its_names
from pulih.domain.records import Attachment
from pulih.domain.ticket import Ticket
from pulih.errors import Contended, Invalid, Problem, Refused, Unavailable
from pulih.ports import Records, Tools
from pulih.service.admitting import AdmitDesk, hold_once, not_open
from pulih.service.attachments import AttachmentDesk, tidy
from pulih.service.tickets import TicketDesk
from pulih.wording import sentence


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a sender is told.

    Attributes:
        ticket: As it was registered, or as it stands by now.
        fresh: Whether this very request registered it.
    """

    ticket: Ticket
    fresh: bool


class SentBefore(Refused):
    """The same form was registered with other words; `number` is what it became."""

    def __init__(self, number: str) -> None:
        """Take the number of the ticket."""
        self.number = number
        said = sentence(
            "Formulir ini sudah tercatat sebagai tiket {number} dengan isi lain. Yang tercatat tidak diubah; "
            "bila ada yang perlu diperbaiki, hubungi kantor dengan menyebut nomor itu.",
            number=number,
        )
        super().__init__(said)


@dataclass(frozen=True, slots=True)
class ReceiveDesk:
    """Takes letters that come through doors."""

    tools: Tools
    admitting: AdmitDesk
    tickets: TicketDesk
    attachments: AttachmentDesk

    def receive(self, door: Door, key: str, posted: Posted) -> Receipt:
        """Register a letter in the name of whom the site says has sent it.

        Files are kept first, under what they contain; all else is one transaction. Of a process that is killed in
        between nothing is left but contents that nothing refers to, and the same form, sent again, goes through.

        Args:
            key: The request's own identifier.

        Raises:
            NotAllowed: The door is not open to that agency.
            Invalid: A fact is missing or does not fit, under the name that the site has for it.
            Refused: The request was used before; `SentBefore` where the form was, with other words.
            Duplicate: The agency already sent a letter of that number.
        """
        if posted.agency and not door.allows(posted.agency):
            raise not_open(door)
        now, digest = self.tools.now(), posted.digest
        by = Person(writer(door.id), posted.sender, Role.OPD, posted.agency)
        with self.tools.store.reading() as records:
            known = _known(records, door, posted)
        drafted = None if known else self._drafted(door, by, posted, now)

        def deed(records: Records) -> Receipt:
            hold_once(records, door, key, now)
            if before := _known(records, door, posted):
                if before.digest != digest:
                    raise SentBefore(before.ticket)
                return Receipt(records.tickets.get(before.ticket), fresh=False)
            if drafted is None:
                raise Contended("Catatan formulir ini baru saja berubah. Kirim sekali lagi.")
            draft, files = drafted
            for file in files:
                records.attachments.put(file.id, file)
            ticket = self.tickets.enter(records, by, draft)
            noted = submission_key(door.id, posted.submission)
            records.door_requests.put(
                noted, Heard(noted, door.id, "submission", now, ticket.number, digest)
            )
            return Receipt(ticket, fresh=True)

        try:
            receipt = self.tools.store.write(deed)
        except Invalid as error:
            raise Invalid(under_its_names(error.problems)) from error
        with suppress(Unavailable):  # the next one sweeps as well
            self.admitting.sweep()
        return receipt

    def _drafted(
        self, door: Door, by: Person, posted: Posted, now: datetime
    ) -> tuple[Ticket, tuple[Attachment, ...]]:
        """Return the ticket that a letter opens, without a number yet, and its files, kept. Raises Invalid."""
        told = {**posted.facts, "through": door.name, "sender": posted.told_by}
        types, problems = [], list[Problem]()
        for file in posted.files:
            try:
                types.append(
                    self.attachments.type_of("attachments", file.name, io.BytesIO(file.content))
                )
            except Invalid as error:
                problems += error.problems
        keys = [uuid.uuid4().hex for _file in posted.files]
        try:
            zone = self.tools.calendar.zone
            draft = Ticket.open("", by, now, {**told, "scan": keys}, zone=zone)
        except Invalid as error:
            raise Invalid([*under_its_names(error.problems), *problems]) from error
        if problems:
            raise Invalid(problems)
        return draft, tuple(self._kept(by, posted, keys, types, now))

    def _kept(
        self, by: Person, posted: Posted, keys: list[str], types: list[str], now: datetime
    ) -> Iterator[Attachment]:
        for file, key, media_type in zip(posted.files, keys, types, strict=True):
            digest, size = self.tools.files.keep(io.BytesIO(file.content), most=MOST_FILE_BYTES)
            yield Attachment(key, "", tidy(file.name), media_type, size, digest, by.id, now)


def _known(records: Records, door: Door, posted: Posted) -> Heard | None:
    return records.door_requests.get(submission_key(door.id, posted.submission))
