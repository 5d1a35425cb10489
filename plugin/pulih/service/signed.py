"""Copies that come back signed: taken in as they are, looked at, kept beside the paper that was issued; taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from pulih.domain.authority import Deed, require
from pulih.domain.issued import Issued, Numbered
from pulih.domain.people import Person
from pulih.domain.records import Attachment
from pulih.domain.signed import Examined, Signed
from pulih.domain.struck import Struck, reason_of
from pulih.errors import Invalid, Problem
from pulih.ports import Records, Tools
from pulih.service.attachments import AttachmentDesk
from pulih.service.slips import may_withdraw, slip_of, slips_of
from pulih.wording import N_, sentence

FIELD = "signed"
_PDF = "application/pdf"
_BLOCK = 1 << 20
_WHY = N_("Tulis alasan menarik salinan ini.")


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
            TooLarge, Invalid: As of any file; or it is a paper as it was issued, without a signature; or it is another
                paper of this ticket.
            Duplicate: That copy is here already.
            Refused: There are as many copies as there may be.
        """
        with self.tools.store.reading() as records:
            paper = slip_of(records, by, number, key).issued
            others = [s.issued for s in slips_of(records, number) if s.issued.id != key]
        require(by, Deed.ATTACH)
        kept = self.attachments.keep(by, FIELD, name, content, number=number)
        if kept.digest == paper.digest:
            said = sentence(
                "Berkas ini dokumen aslinya sendiri, belum ditandatangani. Pilih yang sudah ditandatangani."
            )
            raise Invalid([Problem(FIELD, said)])
        signed = self._looked_at(kept, paper, others, by)

        def add(records: Records) -> Numbered:
            line = slip_of(records, by, number, key).line.taking(signed)
            records.numbers.put(key, line)
            return line

        return self.tools.store.write(add)

    def withdraw(self, by: Person, number: str, key: str, file: str, reason: str) -> Numbered:
        """Strike a signed copy that was handed in by mistake. It is kept; the same file may be handed in again.

        Who asks for the same once more, as with a second click, is given what came of the first.

        Raises:
            NotFound: There is no such copy for this person.
            NotAllowed: They neither handed it in nor may cancel numbers.
            Invalid: The reason is missing or too long.
            Refused: It was taken back before.
        """
        with self.tools.store.reading() as records:
            copy = slip_of(records, by, number, key).line.copy(file)
        if not may_withdraw(by, copy):
            require(by, Deed.CANCEL_PAPER)
        struck = Struck(reason_of(reason, _WHY), by.id, by.name, self.tools.now())

        def strike(records: Records) -> Numbered:
            line = slip_of(records, by, number, key).line
            before = line.copy(file).withdrawn
            if before and (before.by, before.reason) == (by.id, struck.reason):
                return line
            line = line.withdrawing(file, struck)
            records.numbers.put(key, line)
            return line

        return self.tools.store.write(strike)

    def _looked_at(
        self, kept: Attachment, paper: Issued, others: list[Issued], by: Person
    ) -> Signed:
        found, contains = Examined(), False
        if kept.media_type == _PDF:
            contains = self._begins(kept, paper)
            other = None if contains else next((o for o in others if self._begins(kept, o)), None)
            if other:
                said = sentence(
                    "Berkas ini dokumen lain, nomor {number}. Simpan di bawah dokumen itu, "
                    "atau pilih berkas yang benar.",
                    number=other.number,
                )
                raise Invalid([Problem(FIELD, said)])
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

    def _begins(self, kept: Attachment, paper: Issued) -> bool:
        if kept.size < paper.size:
            return False
        with self.tools.files.open(kept.digest) as content:
            return begins_with(content, paper.digest, paper.size)


def begins_with(content: BinaryIO, digest: str, size: int) -> bool:
    """Tell whether the first bytes of a content are those of a paper: its digest and size. It is read no further."""
    seen, left = hashlib.sha256(), size
    while left and (block := content.read(min(left, _BLOCK))):
        seen.update(block)
        left -= len(block)
    return not left and seen.hexdigest() == digest
