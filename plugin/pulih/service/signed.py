"""Copies that come back signed: taken in as they are, looked at, and kept beside the paper that was issued."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from pulih.domain.authority import Deed, require
from pulih.domain.issued import Examined, Numbered, Signed
from pulih.domain.people import Person
from pulih.domain.records import Attachment
from pulih.errors import Invalid, Problem
from pulih.ports import Records, Tools
from pulih.service.attachments import AttachmentDesk
from pulih.service.papers import slip_of
from pulih.wording import sentence

FIELD = "signed"
_PDF = "application/pdf"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class SignedDesk:
    """Takes signed copies back.

    Attributes:
        examine: Looks through a PDF for signatures; tells what it found and never raises on what it cannot read.
    """

    tools: Tools
    attachments: AttachmentDesk
    examine: Callable[[BinaryIO], Examined]

    def take(self, by: Person, number: str, key: str, name: str, content: BinaryIO) -> Numbered:
        """Keep a signed copy of a paper, unchanged.

        Args:
            key: The paper.
            name: The file's name as the person's machine calls it.

        Raises:
            NotFound: There is no such paper for this person.
            NotAllowed: They may not hand in files.
            TooLarge, Invalid: As of any file; or it is the paper itself, as it was issued, without a signature.
            Duplicate: That copy is here already.
            Refused: There are as many copies as there may be.
        """
        with self.tools.store.reading() as records:
            paper = slip_of(records, by, number, key).issued
        require(by, Deed.ATTACH)
        kept = self.attachments.keep(by, FIELD, name, content, number=number)
        if kept.digest == paper.digest:
            said = sentence(
                "Berkas ini dokumen aslinya sendiri, belum ditandatangani. Pilih yang sudah ditandatangani."
            )
            raise Invalid([Problem(FIELD, said)])
        signed = self._looked_at(kept, paper.digest, paper.size, by)

        def add(records: Records) -> Numbered:
            line = slip_of(records, by, number, key).line.taking(signed)
            records.numbers.put(key, line)
            return line

        return self.tools.store.write(add)

    def _looked_at(self, kept: Attachment, digest: str, size: int, by: Person) -> Signed:
        found, contains = Examined(), False
        if kept.media_type == _PDF:
            with self.tools.files.open(kept.digest) as content:
                contains = begins_with(content, digest, size)
            with self.tools.files.open(kept.digest) as content:
                found = self.examine(content)
        return Signed(
            kept.id,
            kept.name,
            kept.media_type,
            kept.size,
            kept.digest,
            by.id,
            by.name,
            kept.at,
            contains,
            found,
        )


def begins_with(content: BinaryIO, digest: str, size: int) -> bool:
    """Tell whether the first bytes of a content are those of a paper: its digest and size. It is read no further."""
    seen, left = hashlib.sha256(), size
    while left and (block := content.read(min(left, _BLOCK))):
        seen.update(block)
        left -= len(block)
    return not left and seen.hexdigest() == digest
