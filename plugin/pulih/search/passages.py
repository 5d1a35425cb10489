"""The words of a case that answer a query best, marked as they were written. Text only: who shows it escapes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pulih.domain.article import Article
from pulih.domain.search import Passage, Piece
from pulih.domain.words import fold, terms
from pulih.wording import N_, sentence

LENGTH = 160  # characters of a passage, but for a word that is longer
_LINE = 140  # of a cause or a fix
_LONGEST_TEXT = 4000
_BEFORE = 3  # one part in so many of what is left of the length stands before the first mark
_AGAIN = 0.1  # what a word says that the window has already
CUT = "…"

# The best first: among fields that answer a query as well, the first is shown.
_FIELDS = (
    ("cause", N_("Penyebab")),
    ("symptom", N_("Gejala")),
    ("observed", N_("Menurut teknisi")),
    ("actions", N_("Tindakan")),
    ("on_site", N_("Di lokasi")),
    ("remote", N_("Dari jarak jauh")),
    ("result", N_("Hasil")),
    ("settings", N_("Pengaturan")),
    ("prevention", N_("Pencegahan")),
    ("location", N_("Titik")),
    ("installed", N_("Perangkat baru")),
    ("place", N_("Tempat")),
)
_READINGS, _TITLE = N_("Pemeriksaan"), N_("Perihal")

# As `domain.words` has them once accents are gone.
_WORD = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
_TOKENS = re.compile(rf"{_WORD}(?:[.,:/@_-]{_WORD})*")
_OF_ASCII = re.compile(r"[a-zA-Z0-9]+(?:[.,:/@_-][a-zA-Z0-9]+)*")  # found three times as fast
_LONGEST_WORD = 200

Marks = Mapping[str, float]


class _Token(NamedTuple):
    """A word that answers something.

    Attributes:
        opens, closes: Where what is written around it without a blank begins and ends: no window cuts that.
    """

    begin: int
    end: int
    opens: int
    closes: int
    says: float
    term: str


class _Window(NamedTuple):
    says: float
    first: int  # of the tokens
    last: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a case says of what was asked.

    Attributes:
        passage: Its part that says most; None where no text of it does.
        written: Term -> the words as they are written, in small letters, each once and the first first.
    """

    passage: Passage | None
    written: Mapping[str, Collection[str]]


def spoken(article: Article, marks: Marks) -> Spoken:
    """Return what a case says of what was asked; of its title only where nothing else says anything.

    Args:
        marks: Term -> what it says.
    """
    written: dict[str, dict[str, None]] = {}
    known: dict[str, tuple[float, str] | None] = {}
    best: tuple[float, Passage] | None = None
    for label, text in _texts(article) if marks else ():
        tokens = _read(text, marks, known)
        for token in tokens:
            written.setdefault(token.term, {})[fold(text[token.begin : token.end])] = None
        window = _window(tokens)
        is_better = best is None or (label is not _TITLE and window and window.says > best[0])
        if window and is_better:
            best = window.says, Passage(sentence(label), tuple(_pieces(text, tokens, window)))
    return Spoken(best[1] if best else None, written)


def line(*texts: str) -> str:
    """Return the first of some texts that says something, as one line; where it is longer than that, its beginning."""
    text = next((plain for one in texts if (plain := _plain(one))), "")
    if len(text) <= _LINE:
        return text
    end = text.rfind(" ", 0, _LINE)
    return f"{text[:end]} {CUT}" if end > 0 else text


def _texts(article: Article) -> Iterator[tuple[str, str]]:
    for name, label in _FIELDS:
        if text := _plain(getattr(article, name)):
            yield label, text
    for reading in (*article.checks, *article.tests):
        yield _READINGS, _plain(f"{reading.what}: {reading.value} {reading.note}")
    yield _TITLE, _plain(article.title)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text[:_LONGEST_TEXT]).split())


def _read(text: str, marks: Marks, known: dict[str, tuple[float, str] | None]) -> list[_Token]:
    """Return the words of a text that answer something.

    Args:
        known: Word -> what it says and by which term, or None, for those that were met already.
    """
    found = []
    for match in (_OF_ASCII if text.isascii() else _TOKENS).finditer(text):
        word = match.group()
        if word not in known:
            marked = [(marks[one], one) for one in _terms(word[:_LONGEST_WORD]) if one in marks]
            known[word] = max(marked) if marked else None
        if mark := known[word]:
            begin, end = match.span()
            found.append(_Token(begin, end, _back(text, begin, 0), _on(text, end, 0), *mark))
    return found


@lru_cache(maxsize=1 << 16)  # an archive uses the same words again and again
def _terms(word: str) -> tuple[str, ...]:
    return tuple(terms(word))


def _window(tokens: Sequence[_Token]) -> _Window | None:
    """Return the window that says most: from one marked word to another, no longer than a passage."""
    best: _Window | None = None
    for first in range(len(tokens)):
        says, seen, opens = 0.0, set[str](), tokens[first].opens
        for last in range(first, len(tokens)):
            token = tokens[last]
            if token.closes - opens > LENGTH and token.opens != opens:
                break
            says += token.says * (_AGAIN if token.term in seen else 1)
            seen.add(token.term)
            if best is None or says > best.says:
                best = _Window(says, first, last)
    return best


def _pieces(text: str, tokens: Sequence[_Token], window: _Window) -> Iterator[Piece]:
    begin, end = tokens[window.first].opens, tokens[window.last].closes
    begin = _back(text, begin, max(0, LENGTH - (end - begin)) // _BEFORE)
    end = _on(text, end, max(0, LENGTH - (end - begin)))
    begin = _back(text, begin, max(0, LENGTH - (end - begin)))
    at, before = begin, f"{CUT} " if begin else ""
    for token in tokens:
        if begin <= token.begin and token.end <= end:
            if plain := before + text[at : token.begin]:
                yield Piece(plain)
            yield Piece(text[token.begin : token.end], marked=True)
            at, before = token.end, ""
    if rest := text[at:end] + (f" {CUT}" if end < len(text) else ""):
        yield Piece(rest)


def _back(text: str, at: int, most: int) -> int:
    """Return the earliest beginning of a word that is no more than so far before; the word's own at the least."""
    own = text.rfind(" ", 0, at) + 1
    earliest = at - most
    if earliest <= 0:
        return 0
    return own if own <= earliest else text.find(" ", earliest - 1, own) + 1


def _on(text: str, at: int, most: int) -> int:
    """Return the latest end of a word that is no more than so far on; the word's own at the least."""
    own = text.find(" ", at)
    own = len(text) if own < 0 else own
    latest = at + most
    if latest >= len(text):
        return len(text)
    return own if own >= latest else text.rfind(" ", own, latest + 1)
