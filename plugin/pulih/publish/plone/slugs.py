"""The last part of a page's address in Plone, out of what people call it. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping

from pulih.publish.plone.reserved import RESERVED

_LONGEST = 60
_SHORT = 8
_WORDS = re.compile(r"[a-z0-9]+")
_SPELLED = str.maketrans({"+": " plus ", "&": " dan ", "@": " di "})


def slug(text: str) -> str:
    """Return a text in small letters, digits and hyphens; empty where it has no letter of ours."""
    letters = unicodedata.normalize("NFKD", text.translate(_SPELLED).casefold())
    words = _WORDS.findall(letters.encode("ascii", "ignore").decode())
    kept = "-".join(words)
    if len(kept) <= _LONGEST:
        return kept
    whole, _, _ = kept[: _LONGEST + 1].rpartition("-")
    return whole or kept[:_LONGEST]


def slugs(names: Mapping[str, str], kind: str, taken: Collection[str] = RESERVED) -> dict[str, str]:
    """Return identifier -> slug, no two the same. It depends on nothing but the names, in whatever order they come.

    Args:
        names: Identifier -> what people call it.
        kind: What is put in front of a slug that is taken.
        taken: Slugs that stand for something else.
    """
    plain = {}
    for key, name in names.items():
        said = slug(name) or slug(key)
        plain[key] = f"{kind}-{said}" if said in taken else said
    often = Counter(plain.values())
    found: dict[str, str] = {}
    # Of several, the one that is identified by it has it.
    given = {one for one, times in often.items() if times == 1 or plain.get(one) == one}
    for key in sorted(plain):
        chosen = plain[key]
        if not chosen or (often[chosen] > 1 and key != chosen):
            chosen = next(one for one in _apart(chosen, key) if one not in given)
            given.add(chosen)
        found[key] = chosen
    return found


def numbered(number: str) -> str:
    """Return the slug of a ticket's number; another number never has it, not even one that differs in its capitals."""
    plain = slug(number)
    own = plain and plain.upper() == number and plain not in RESERVED
    return plain if own else f"{plain or 'tiket'}-{_mark(number)}"


def _apart(plain: str, key: str) -> tuple[str, ...]:
    """Return slugs for one of several that are called the same, the shortest first."""
    own = slug(key)
    named = (f"{plain}-{own}",) if plain and own and own != plain else ()
    return (*named, *(f"{plain or 'x'}-{_mark(key, letters)}" for letters in (_SHORT, None)))


def _mark(text: str, letters: int | None = _SHORT) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:letters]
