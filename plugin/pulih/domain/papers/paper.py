"""A paper: all that its pages show, as plain data without HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pulih.domain.papers.kinds import PaperKind
from pulih.domain.papers.layout import Layout
from pulih.wording import Sentence

NONE = "–"  # what stands where there is nothing to say, and need not be


@dataclass(frozen=True, slots=True)
class Said:
    """A text on a paper.

    Attributes:
        text: As it is read; paragraphs are parted by line ends. Empty, with nothing missing, it is a place to write
            by hand.
        missing: The name of what is not known yet: shown in red, and keeps the paper from being issued. None where
            nothing is missing.
    """

    text: str = ""
    missing: Sentence | None = None

    def __bool__(self) -> bool:
        """Tell whether it says something."""
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Field:
    """A line "label : text"."""

    label: str
    said: Said


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as there are heads.

    Attributes:
        widths: Of the columns, in parts of the whole; as many as heads, or empty for equal ones.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that is ticked or not, as on a printed form."""

    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture.

    Attributes:
        source: A `data:` address; nothing else is ever shown.
    """

    caption: str
    source: str


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom the paper names with their office.

    Attributes:
        called: How the paper calls them further on: "PIHAK PERTAMA"; may be empty.
    """

    called: str
    name: Said
    nip: Said
    rank: Said
    position: Said
    address: Said = field(default_factory=lambda: Said(NONE))


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign, kept whole on one page.

    Attributes:
        above: The lines above it: "Mengetahui,", the position.
        name: Under it; `rank` and `nip` follow where they say something or are missing.
    """

    above: tuple[str, ...]
    name: Said
    rank: Said = field(default_factory=lambda: Said(NONE))
    nip: Said = field(default_factory=lambda: Said(NONE))


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The kop: who writes.

    Attributes:
        arms: A `data:` address of the coat of arms, or empty.
        lines: In capitals, the last one largest; `address` is set small below.
    """

    lines: tuple[Said, ...]
    address: tuple[str, ...] = ()
    arms: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper.

    Attributes:
        ticket: The ticket's number; empty on a form to be filled by hand.
        title: Its lines, in capitals.
        number: Empty text and "missing" only on a draft.
        on: The day it is issued on, which the agency's own letter has of its agency; None on an empty form.
        dated: Where and when, as it stands above the signatures.
        texts, lists, ticks, fields, tables, parties: What the page's places are filled with, by the place's name. A
            name that the page does not have is not shown; `documents/<kind>/page.html` says which it has.
        pictures: The photographs; `diagram` is the picture of the diagnosis, an SVG as a `data:` address, or empty.
        signatures: Rows of them, as they stand side by side.
        copies: "Tembusan".
        address: Where the paper can be checked; what the QR code holds. Empty on drafts and empty forms.
        replaces: The paper that this one corrects, "Nomor … tanggal …", or empty; `reason` says why.
        draft: Whether it has not been issued.
    """

    kind: PaperKind
    ticket: str
    title: tuple[str, ...]
    number: Said
    on: date | None
    dated: Said
    letterhead: Letterhead | None
    layout: Layout
    texts: Mapping[str, Said] = field(default_factory=dict)
    lists: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    ticks: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    fields: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    parties: tuple[Party, ...] = ()
    pictures: tuple[Picture, ...] = ()
    diagram: str = ""
    signatures: tuple[tuple[Signature, ...], ...] = ()
    copies: tuple[str, ...] = ()
    address: str = ""
    replaces: str = ""
    reason: str = ""
    draft: bool = True

    @property
    def name(self) -> str:
        """What it is called in one line, for the file's properties."""
        return f"{self.kind.label} {self.number.text}".rstrip()

    @property
    def missing(self) -> tuple[Sentence, ...]:
        """What is not known yet, each once, in the paper's order; a paper that misses nothing may be issued."""
        return tuple(
            {str(said.missing): said.missing for said in self._said() if said.missing}.values()
        )

    @property
    def named(self) -> tuple[str, ...]:
        """Who signs it, as it may be told to whoever checks it: names without numbers."""
        names = (signature.name.text for row in self.signatures for signature in row)
        return tuple(dict.fromkeys(name for name in names if name))

    def _said(self) -> Iterator[Said]:
        """Yield all that may be missing; not the number, which is given when the paper is issued."""
        if self.letterhead:
            yield from self.letterhead.lines
        yield from self.texts.values()
        for party in self.parties:
            yield from (party.name, party.nip, party.rank, party.position, party.address)
        for listed in self.lists.values():
            yield from listed
        for row in self.fields.values():
            yield from (one.said for one in row)
        for table in self.tables.values():
            for cells in table.rows:
                yield from cells
        yield self.dated
        for signatures in self.signatures:
            for signature in signatures:
                yield from (signature.name, signature.rank, signature.nip)
