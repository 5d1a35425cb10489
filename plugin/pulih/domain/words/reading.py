"""From a text to the terms by which it is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pulih.domain.words.stemming import stem
from pulih.domain.words.tables import SPELLINGS, STOPS

_LONGEST = 64  # letters of a term
_SHORTEST = 2
_SHORTEST_PART = 3  # digits of a number within an identifier: the 4 of 10.20.4.1 says nothing
_HOLDING = frozenset(
    ".:/@_"
)  # what holds names of machines together; a hyphen or a comma alone does not

# Letters and digits, held together as in 10.20.4.1, aa:bb:cc, eth0/1, SG350-28.
_TOKENS = re.compile(r"[^\W_]+(?:[.,:/@_-][^\W_]+)*")
_PARTS = re.compile(r"[^\W_]+")


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, twice what is there twice.

    Words are told by their root; identifiers (2026-0012, SG350-28, 10.20.4.1, ether1) are whole, and in those parts
    that say something by themselves. Words that say nothing are left out.
    """
    return [term for token in tokens(text) for term in _reading(token)(token)]


def tokens(text: str) -> list[str]:
    """Return the words and identifiers of a text as they stand there, folded."""
    return _TOKENS.findall(fold(text))


def fold(text: str) -> str:
    """Return a text in small letters without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in letters if unicodedata.category(c)[0] != "M")
    return plain.lower().replace("ς", "σ")


def _reading(token: str) -> Callable[[str], tuple[str, ...]]:
    """Return what reads a token; one that is no word of anybody's is read and forgotten: many would fill the memory."""
    return of_token if len(token) <= _LONGEST else of_token.__wrapped__


@lru_cache(maxsize=1 << 17)  # an archive uses the same words again and again
def of_token(token: str) -> tuple[str, ...]:
    """Return the terms of one token."""
    if token in SPELLINGS:
        return SPELLINGS[token]
    if token.isalnum():
        return _of_word(token[:_LONGEST])
    found = [token[:_LONGEST]] if _is_name(token) else []
    for part in _PARTS.findall(token):
        if not part.isdecimal() or len(part) >= _SHORTEST_PART:
            found.extend(_of_word(part[:_LONGEST]))
    return tuple(dict.fromkeys(found))


def _is_name(token: str) -> bool:
    return any(c in _HOLDING or c.isdecimal() for c in token)


def _of_word(word: str) -> tuple[str, ...]:
    if len(word) < _SHORTEST or word in STOPS:
        return ()
    root = word if word in SPELLINGS else stem(word)
    return () if root in STOPS else SPELLINGS.get(root, (root,))
