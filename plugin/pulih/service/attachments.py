"""Files that people hand in: letters, photographs."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from pulih.domain.authority import Deed, require
from pulih.domain.people import Person
from pulih.domain.reading import clean
from pulih.domain.records import Attachment, TicketFilter
from pulih.errors import Invalid, NotFound, Problem, TooLarge
from pulih.ports import Tools
from pulih.service.tickets import visible
from pulih.wording import sentence

MOST_BYTES = 20 * 1024 * 1024
TYPES = {"application/pdf": (".pdf",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}
_LONGEST_NAME = 120
_NOTHING = hashlib.sha256().hexdigest()  # the digest of no bytes


@dataclass(frozen=True, slots=True)
class AttachmentDesk:
    """Takes files in and gives them out.

    Attributes:
        sniff: Reads a content's beginning and tells its media type, or an empty string when it knows none.
    """

    tools: Tools
    sniff: Callable[[BinaryIO], str]

    def keep(
        self, by: Person, field: str, name: str, content: BinaryIO, *, number: str = ""
    ) -> Attachment:
        """Keep a file until a step refers to it.

        Args:
            field: The form's field, for the problem's place.
            name: The file's name as the person's machine calls it.
            number: The ticket that it is for; empty while the letter is being typed.

        Raises:
            TooLarge: The file is over the limit.
            Invalid: It is empty, of another type, or its content is not what its name says.
            NotFound: There is no such ticket for this person.
        """
        if number:
            with self.tools.store.reading() as records:
                visible(records, by, number)
        require(by, Deed.ATTACH)
        media_type = self.type_of(field, name, content)
        try:
            digest, size = self.tools.files.keep(content, most=MOST_BYTES)
        except TooLarge as error:
            raise TooLarge([Problem(field, p.sentence) for p in error.problems]) from error
        kept = Attachment(
            uuid.uuid4().hex, number, tidy(name), media_type, size, digest, by.id, self.tools.now()
        )
        self.tools.store.write(lambda records: records.attachments.put(kept.id, kept))
        return kept

    def type_of(self, field: str, name: str, content: BinaryIO) -> str:
        """Return a file's media type, by its content; that is left at its beginning.

        Raises:
            Invalid: It is of another type than are taken, or its content is not what its name says.
        """
        found = self.sniff(content)
        content.seek(0)
        if found not in TYPES:
            raise Invalid(
                [
                    Problem(
                        field,
                        sentence(
                            "Berkas {name} bukan PDF, JPEG, atau PNG. Pilih berkas lain.",
                            name=tidy(name),
                        ),
                    )
                ]
            )
        if not name.lower().endswith(TYPES[found]):
            problem = sentence(
                "Isi berkas {name} tidak sesuai akhiran namanya; isinya {kind}. Periksa berkasnya.",
                name=tidy(name),
                kind=found.rpartition("/")[2].upper(),
            )
            raise Invalid([Problem(field, problem)])
        return found

    def get(self, by: Person, number: str, key: str) -> tuple[Attachment, BinaryIO]:
        """Return a file of a ticket and its content, open. Raises NotFound."""
        with self.tools.store.reading() as records:
            visible(records, by, number)
            kept = records.attachments.get(key)
        if kept is None or kept.ticket != number:
            raise NotFound("Berkas ini tidak ditemukan.")
        return kept, self.tools.files.open(kept.digest)

    def missing(self) -> Attachment | None:
        """Return an attachment of the newest or the oldest tickets whose content is not there, or None.

        Two are looked at, not all: enough to see that contents were left in another place.

        Raises:
            Unavailable: The place of the contents cannot be reached, also where there is nothing in it yet.
        """
        some = self._ends()
        for digest in [a.digest for a in some] or [_NOTHING]:
            try:
                self.tools.files.open(digest).close()
            except NotFound:
                return next((a for a in some if a.digest == digest), None)
        return None

    def _ends(self) -> list[Attachment]:
        with self.tools.store.reading() as records:
            newest = records.tickets.list(TicketFilter())
            oldest = records.tickets.list(TicketFilter(), page=max(1, newest.pages))
            found = (
                next((a for t in tickets for a in records.attachments.find(ticket=t.number)), None)
                for tickets in (newest.items, oldest.items[::-1])
            )
            return [a for a in found if a is not None]

    def pending(self, by: Person, keys: list[str]) -> list[Attachment]:
        """Return those of the files that this person handed in and no step refers to yet."""
        with self.tools.store.reading() as records:
            kept = [records.attachments.get(key) for key in keys]
        return [a for a in kept if a is not None and a.by == by.id and not a.used]


def tidy(name: str) -> str:
    """Return a file's name as it is kept: without folders, on one line, not too long."""
    bare = clean(name.replace("\\", "/").rpartition("/")[2], lines=False) or "berkas"
    return bare if len(bare) <= _LONGEST_NAME else bare[: _LONGEST_NAME - 10] + "…" + bare[-9:]
