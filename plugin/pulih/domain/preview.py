"""The page of a case before it goes out: each of its texts in pieces, with what is found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pulih.domain.article import TEXTS, Article, hidden, rows_of
from pulih.domain.mask import Mask, PublicMask
from pulih.domain.scrub import MASKED, Finding, Kind
from pulih.domain.scrub.chosen import places, same

NOTES = "notes"  # the name of a line that is a note


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text.

    Attributes:
        text: What stands on the page: a mask where it is hidden.
        kind: What was found here, or None where nothing was; `original` is what was found.
        masked: Whether it is hidden.
    """

    text: str
    kind: Kind | None = None
    original: str = ""
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A text of the case, or a line of one of its tables.

    Attributes:
        name: The article's field, or `NOTES`.
        typed: As it was typed, a text a cell.
        cells: As it goes out.
    """

    name: str
    typed: tuple[str, ...]
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found, however often it stands there.

    Attributes:
        names: The article's fields in which it stands.
    """

    kind: Kind
    text: str
    masked: bool
    names: tuple[str, ...]
    times: int = 1

    def also(self, name: str) -> Found:
        """Return it found once more."""
        names = dict.fromkeys((*self.names, name))
        return replace(self, names=tuple(names), times=self.times + 1)

    def is_(self, text: str) -> bool:
        """Tell whether a text is this one."""
        return same(self.text) == same(text)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be published of a ticket now.

    Attributes:
        article: What goes out; only of a closed ticket it is the kept one.
    """

    article: Article
    lines: tuple[Line, ...]

    @property
    def findings(self) -> tuple[Found, ...]:
        """What was found in all texts, in their order, each once."""
        found: dict[tuple[Kind, str, bool], Found] = {}
        for name, piece in self._pieces():
            if piece.kind is not None:
                key = piece.kind, same(piece.original), piece.masked
                new = Found(piece.kind, piece.original, piece.masked, (name,))
                found[key] = found[key].also(name) if key in found else new
        return tuple(found.values())

    def has(self, passage: str) -> bool:
        """Tell whether a passage stands in a text as it was typed."""
        return any(_stands(text, passage) for line in self.lines for text in line.typed)

    def shows(self, passage: str) -> bool:
        """Tell whether a passage can be read on the page."""
        cells = (cell for line in self.lines for cell in line.cells)
        return any(_stands("".join(piece.text for piece in cell), passage) for cell in cells)

    def _pieces(self) -> Iterator[tuple[str, Piece]]:
        for line in self.lines:
            for cell in line.cells:
                for piece in cell:
                    yield line.name, piece


def preview(
    told: Article, mask: Mask, reader: Mask, public: PublicMask | None, notes: Iterable[str] = ()
) -> Preview:
    """Return the page of a ticket as it would go out.

    Args:
        told: What the ticket says, as it was typed.
        mask: What an article is kept with.
        reader: The same for those who can open the wiki; its findings are shown.
        public: What is taken out for the public besides, or None where the wiki is not for them.
        notes: What was noted of the case, as it is kept: masked when it was written.
    """
    article = hidden(told, mask)
    if public:
        article = hidden(article, public)
    lines = [
        Line(name, (typed,), (_pieces(typed, reader.found(typed), getattr(article, name)),))
        for name in TEXTS
        if (typed := getattr(told, name))
    ]
    for (name, cells), (_name, out) in zip(rows_of(told), rows_of(article), strict=True):
        found = reader.found_in_row(*cells)
        lines.append(Line(name, cells, tuple(map(_pieces, cells, found, out))))
    for note in notes:
        read = public(mask(note)) if public else mask(note)
        lines.append(Line(NOTES, (note,), (_pieces(note, reader.found(note), read),)))
    return Preview(article, tuple(lines))


def _pieces(typed: str, found: Sequence[Finding], out: str) -> tuple[Piece, ...]:
    """Return a text in pieces. What goes out counts: where the findings do not lead to it, it is shown without them."""
    pieces, at = [], 0
    for finding in found:
        original = typed[finding.start : finding.end]
        shown = finding.kind.mask if finding.masked else original
        pieces += [Piece(typed[at : finding.start])] if finding.start > at else []
        pieces.append(Piece(shown, finding.kind, original, finding.masked))
        at = finding.end
    pieces += [Piece(typed[at:])] if at < len(typed) else []
    told = "".join(piece.text for piece in pieces)
    return tuple(pieces) if told == out else tuple(_bare(out))


def _bare(out: str) -> Iterator[Piece]:
    at = 0
    for mask in MASKED.finditer(out):
        if mask.start() > at:
            yield Piece(out[at : mask.start()])
        yield Piece(mask[0], masked=True)
        at = mask.end()
    if at < len(out):
        yield Piece(out[at:])


def _stands(text: str, passage: str) -> bool:
    return any(True for _place in places(text, passage))
