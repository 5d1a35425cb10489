"""A paper that was issued: what is frozen of it for good, and what became of its number since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from pulih.domain.reading import clean
from pulih.errors import Duplicate, Invalid, Problem, Refused
from pulih.wording import N_, sentence

MOST_REASON = 500  # letters
MOST_SIGNED = 12  # copies of one paper


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
class Struck:
    """That a number was cancelled, why, and by whom."""

    reason: str
    by: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """What was found of a signature within a PDF. Whether its certificate is to be trusted is not asked.

    Attributes:
        signer: The name in the certificate; whoever made the certificate wrote it there.
        issuer: The name of who issued the certificate, as it says itself.
        intact: Whether the bytes that were signed are those in the file.
        valid: Whether the signature was made with the key of the certificate.
        whole: Whether what was signed is the whole file, so that nothing was added afterwards.
        changed: Whether something was added afterwards that is more than a further signature or the like.
        at: The time it gives itself, if any.
        stamped: Whether that time was given by a time-stamping service rather than by the signer's own clock.
    """

    signer: str
    issuer: str
    intact: bool
    valid: bool
    whole: bool
    changed: bool = False
    at: datetime | None = None
    stamped: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing was found that speaks against it."""
        return self.intact and self.valid and not self.changed


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a file that came back signed.

    Attributes:
        readable: Whether it could be looked through; a picture need not be.
        signatures: In the order in which they were made.
    """

    readable: bool = True
    signatures: tuple[FoundSignature, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """A copy that came back signed: a scan, or a PDF that was signed outside. Kept as it came.

    Attributes:
        file: The attachment that keeps it.
        digest: SHA-256 of its bytes.
        contains: Whether the file begins with every byte of the paper that was issued, as signing a PDF leaves them.
        found: What was found of signatures within it; of a picture nothing.
    """

    file: str
    file_name: str
    media_type: str
    size: int
    digest: str
    by: str
    name: str
    at: datetime
    contains: bool = False
    found: Examined = Examined()


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

    def taking(self, signed: Signed) -> Numbered:
        """Return the line with one more signed copy.

        Raises:
            Duplicate: That copy is here already.
            Refused: There are as many as there may be.
        """
        if any(one.digest == signed.digest for one in self.signed):
            raise Duplicate(
                "Salinan yang sama persis sudah ada di bawah dokumen ini.", field="signed"
            )
        if len(self.signed) >= MOST_SIGNED:
            raise Refused(
                "Paling banyak {most} salinan bertanda tangan untuk satu dokumen.", most=MOST_SIGNED
            )
        return replace(self, signed=(*self.signed, signed), version=self.version + 1)

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


def reason_of(typed: str) -> str:
    """Return why something is corrected or cancelled, as it was typed. Raises Invalid, of the field `reason`."""
    reason = clean(typed[: MOST_REASON * 40], lines=False)
    if not reason:
        said = sentence(
            "Tulis alasannya; alasan ini dapat dibaca pada halaman pemeriksaan dokumen."
        )
        raise Invalid([Problem("reason", said)])
    if len(reason) > MOST_REASON:
        raise Invalid(
            [
                Problem(
                    "reason",
                    sentence("Terlalu panjang: paling banyak {most} huruf.", most=MOST_REASON),
                )
            ]
        )
    return reason
