"""Roots of Indonesian words: gangguan, mengganggu and terganggu are one word to who searches.

A word is taken apart in every way that the prefixes and suffixes allow; the longest root that is known wins. That is
how mengirim is kirim and mengambil is ambil, which no rule can tell. Where no known root comes out, the most regular
way is gone, so that the forms of a word that nobody thought of still meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pulih.domain.words.tables import ROOTS

_SHORTEST = 4  # letters of a word that is taken apart, and of what a rule alone may leave
_DEEPEST = 3  # prefixes: mem-per-ber-
_VOWELS = "aiueo"


class Prefix(NamedTuple):
    """A prefix, the letter that it took the place of, and the letters that may follow it (empty: any)."""

    letters: str
    instead: str
    before: str = ""


# The regular way, in this order.
SURE = (
    Prefix("di", ""),
    Prefix("meny", "s", _VOWELS),
    Prefix("meng", ""),
    Prefix("mem", "p", _VOWELS),
    Prefix("mem", "", "bfpv"),
    Prefix("men", "t", _VOWELS),
    Prefix("men", "", "cdjstyz"),
    Prefix("me", "", "lmnrwy"),
    Prefix("peny", "s", _VOWELS),
    Prefix("peng", ""),
    Prefix("pem", "p", _VOWELS),
    Prefix("pem", "", "bfpv"),
    Prefix("pen", "t", _VOWELS),
    Prefix("pen", "", "cdjstyz"),
    Prefix("per", ""),
    Prefix("ter", ""),
    Prefix("ber", ""),
)
# These only where a known root comes out; the last are of the spoken language (ngirim, nyambung, nutup, masang).
MAYBE = (
    Prefix("meng", "k", _VOWELS),
    Prefix("menge", ""),
    Prefix("me", ""),
    Prefix("peng", "k", _VOWELS),
    Prefix("penge", ""),
    Prefix("pel", "", _VOWELS),
    Prefix("pe", ""),
    Prefix("te", "", "r"),
    Prefix("bel", "", _VOWELS),
    Prefix("be", ""),
    Prefix("ke", ""),
    Prefix("nge", ""),
    Prefix("ng", "k", _VOWELS),
    Prefix("ng", "", _VOWELS),
    Prefix("ny", "s", _VOWELS),
    Prefix("n", "t", _VOWELS),
    Prefix("n", "", "cdjt"),
    Prefix("m", "p", _VOWELS),
)
PARTICLES = ("nya", "lah", "kah", "pun", "ku", "mu", "in", "nye", "na", "x")
SUFFIXES = ("kan", "an", "i")
_SURE_PARTICLES = 4  # of PARTICLES
_SURE_PREFIXES = 2  # one after another, as in memper-
_ACTIVE = ("me", "di", "ter")


def stem(word: str) -> str:
    """Return the root of a word in small letters; what is not made of a to z is its own."""
    if len(word) < _SHORTEST or word in ROOTS or not (word.isascii() and word.isalpha()):
        return word
    best = ""
    for body in _bodies(word):
        for root in _roots(body, _DEEPEST):
            if len(root) > len(best) and root in ROOTS:
                best = root
    return best or _by_rule(word)


def _bodies(word: str) -> Iterator[str]:
    """Yield the word, and what is left without particle and suffix."""
    bare = [word, *(word[: -len(end)] for end in PARTICLES if word.endswith(end))]
    for body in bare:
        yield body
        for end in SUFFIXES:
            if body.endswith(end):
                yield body[: -len(end)]


def _roots(body: str, depth: int) -> Iterator[str]:
    """Yield what a body may be a form of."""
    yield body
    if not depth:
        return
    for prefix in (*SURE, *MAYBE):
        rest = _without(prefix, body)
        if rest:
            yield from _roots(rest, depth - 1)


def _without(prefix: Prefix, word: str) -> str:
    """Return a word without a prefix; empty where it does not have it."""
    if not word.startswith(prefix.letters):
        return ""
    rest = word[len(prefix.letters) :]
    if not rest or (prefix.before and rest[0] not in prefix.before):
        return ""
    return prefix.instead + rest


def _by_rule(word: str) -> str:
    whole = word
    for end in PARTICLES[:_SURE_PARTICLES]:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST:
            word = word[: -len(end)]
            break
    bare = word
    for _ in range(_SURE_PREFIXES):
        rest = next(filter(None, (_without(prefix, word) for prefix in SURE)), "")
        if len(rest) < _SHORTEST:
            break
        word = rest
    active = word != bare and whole.startswith(_ACTIVE)
    for end in SUFFIXES:
        # A bare -kan is as likely a k of the root and -an; a bare -i belongs to a loan: teknologi, koneksi.
        plain = active and not word.endswith("si") if end != "an" else True
        if plain and word.endswith(end) and len(word) - len(end) >= _SHORTEST:
            return word[: -len(end)]
    return word
