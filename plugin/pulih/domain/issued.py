"""A paper that was issued: what is frozen of it for good, and what became of its number since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from pulih.domain.signed import Signed
from pulih.domain.struck import Struck
from pulih.errors import Duplicate, NotFound, Refused
from pulih.wording import N_

MOST_SIGNED = 12  # copies of one paper that stand
_MOST_KEPT = 5 * MOST_SIGNED  # with those that were taken back


class Standing(StrEnum):
    """How a number stands in the office's register."""

    VALID = "valid"
    REPLACED = "replaced"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The name on screen, in Bahasa Indonesia."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.VALID: N_("Berlaku"),
    Standing.REPLACED: N_("Diganti"),
    Standing.CANCELLED: N_("Dibatalkan"),
}


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper as it was issued. Nothing of it ever changes.

    Attributes:
        id: What its QR code leads to; not guessable, and the same each time the same paper is made.
        kind: Which document of the procedure it is.
        occasion: The how-maniest time of its ticket that this document was due, from 1.
        series: What it is numbered within: a kind and a year. Empty where the office does not number it: the letter has
            its agency's number.
        serial: Its place in the series, from 1, without gap; 0 without a series.
        number: As it is printed.
        title: What kind of paper it calls itself.
        on: The date that is printed on it.
        parties: Who signs it and whom it concerns, by name, as they stand on it.
        digest: SHA-256 of its bytes, hexadecimal.
        file: The attachment that keeps them.
        engine: What they were made with.
        by: Who issued it; `name` is what they were called on that day.
        version: Of the ticket, when it was issued.
        replaces: The paper that this one corrects, and `reason` why; both empty for a first one.
    """

    id: str
    ticket: str
    kind: str
    occasion: int
    series: str
    serial: int
    number: str
    title: str
    on: date
    parties: tuple[str, ...]
    digest: str
    size: int
    file: str
    engine: str
    by: str
    name: str
    at: datetime
    version: int
    replaces: str = ""
    reason: str = ""

    @property
    def place(self) -> str:
        """What one valid paper at a time may fill: a document of a ticket, on one occasion."""
        return place_of(self.ticket, self.kind, self.occasion)

    @property
    def month(self) -> str:
        """The month that is printed on it, as `2026-03`."""
        return f"{self.on:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line of the register of numbers: that a number was given out, and what became of it.

    Attributes:
        id: The paper's.
        place: The place that the paper fills as long as it is valid.
        replaced_by: The paper that corrects this one.
        version: How often the line was written; who changes an older one is told.
    """

    id: str
    ticket: str
    series: str
    serial: int
    number: str
    place: str
    replaced_by: str = ""
    struck: Struck | None = None
    signed: tuple[Signed, ...] = ()
    version: int = 1

    @property
    def standing(self) -> Standing:
        """How the number stands."""
        if self.struck is not None:
            return Standing.CANCELLED
        return Standing.REPLACED if self.replaced_by else Standing.VALID

    def replacing(self, by: str) -> Numbered:
        """Return the line of a paper that another now corrects. Raises Refused where it is not valid any more."""
        self._hold_valid()
        return replace(self, replaced_by=by, version=self.version + 1)

    def striking(self, struck: Struck) -> Numbered:
        """Return the line, struck. Raises Refused where it is not valid any more."""
        self._hold_valid()
        return replace(self, struck=struck, version=self.version + 1)

    @property
    def copies(self) -> tuple[Signed, ...]:
        """The signed copies that stand: those that nobody took back."""
        return tuple(one for one in self.signed if one.withdrawn is None)

    def taking(self, signed: Signed) -> Numbered:
        """Return the line with one more signed copy.

        Raises:
            Duplicate: That copy is here already, and stands.
            Refused: There are as many as there may be.
        """
        if any(one.digest == signed.digest for one in self.copies):
            raise Duplicate(
                "Salinan yang sama persis sudah ada di bawah dokumen ini.", field="signed"
            )
        if len(self.copies) >= MOST_SIGNED or len(self.signed) >= _MOST_KEPT:
            raise Refused(
                "Paling banyak {most} salinan bertanda tangan untuk satu dokumen.", most=MOST_SIGNED
            )
        return replace(self, signed=(*self.signed, signed), version=self.version + 1)

    def copy(self, file: str) -> Signed:
        """Return the signed copy that a file keeps. Raises NotFound."""
        for one in self.signed:
            if one.file == file:
                return one
        raise NotFound("Salinan ini tidak ditemukan.")

    def withdrawing(self, file: str, struck: Struck) -> Numbered:
        """Return the line with a signed copy struck: it is kept, and does not count any more.

        Raises:
            NotFound: There is no such copy.
            Refused: It was taken back before.
        """
        if self.copy(file).withdrawn:
            raise Refused("Salinan ini sudah ditarik.")
        signed = tuple(
            replace(one, withdrawn=struck) if one.file == file else one for one in self.signed
        )
        return replace(self, signed=signed, version=self.version + 1)

    def _hold_valid(self) -> None:
        if self.standing is Standing.VALID:
            return
        if self.struck:
            raise Refused("Nomor {number} sudah dibatalkan.", number=self.number)
        raise Refused(
            "Dokumen nomor {number} sudah diganti dokumen lain. Ralat dibuat atas dokumen yang berlaku.",
            number=self.number,
        )


def line_of(paper: Issued) -> Numbered:
    """Return the first line of the register about a paper."""
    return Numbered(paper.id, paper.ticket, paper.series, paper.serial, paper.number, paper.place)


def place_of(ticket: str, kind: str, occasion: int) -> str:
    """Return what one valid paper at a time may fill."""
    return f"{ticket}:{kind}:{occasion}"


def series_of(kind: str, year: int) -> str:
    """Return what papers of a kind are numbered within."""
    return f"paper-{kind}-{year}"
