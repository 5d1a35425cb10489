"""Secrets further from what they are called: after a colon later in the sentence, or after a few plain words."""

from __future__ import annotations

from pulih.domain.scrub import clauses, values
from pulih.domain.scrub.kinds import Kind
from pulih.domain.scrub.labels import Label
from pulih.domain.scrub.reading import Value, value_at
from pulih.domain.scrub.signs import FAR, FINGERPRINT, SPELLED, WORD
from pulih.domain.scrub.words import THINGS

_MOST_AMONG = 6  # words of a sentence about it
_SHORTEST_PIN = 4
_SHORTEST_CODE = 6
_LONG_WORD = 8
_SIGNS = "=:：|"
_APART = frozenset(" \t\r\n\xa0\"'`“‘«„([{<*_~:：=>→|")
_TITLES = frozenset({"pak", "bu", "bapak", "ibu", "mas", "mbak"})
_FROM = frozenset({"dari", "dr"})
_CHANGES = frozenset({"diganti", "ganti", "diubah", "jadi", "menjadi", "jd", "diset", "set", "ke"})


def seek(text: str, at: int, end: int, label: Label) -> Value | None:
    """Return a value after a colon further on, or after a few plain words, if it looks made up.

    Args:
        text: The text, in which `at` is behind the label and `end` is that of its line.
    """
    if spelled := SPELLED.match(text, at, end):
        value = value_at(text, spelled.end(), end)
        if value and _fits_spelled(value, text[value.past : end], label):
            return value
    far = FAR.match(text, at, end)
    if not far or FINGERPRINT.search(far[0]):
        return _among_words(text, at, end, label)
    value = value_at(text, far.end(), end)
    return value if value and _fits_far(value, label) else None


def is_apart(text: str, value: Value) -> bool:
    """Tell whether a value is a word of its own, and not the rest of the label's."""
    return text[value.start - 1] in _APART


def _fits_spelled(value: Value, after: str, label: Label) -> bool:
    """Tell whether the word after how it is spelled is the value: nothing else follows."""
    told = label.plain and values.given(value.text) and clauses.ends(after)
    return told and not values.verb(value.text) and not values.counted(after)


def _fits_far(value: Value, label: Label) -> bool:
    if value.text.isdecimal():
        return label.kind is Kind.TOKEN and len(value.text) >= _SHORTEST_PIN
    strength = values.strength(value.text) if values.filled(value.text) else 0
    plain = label.plain or len(value.text) >= _SHORTEST_CODE
    return strength > 0 and clauses.made_up(value.text) and plain


def _among_words(text: str, at: int, end: int, label: Label) -> Value | None:
    enough = 2
    for _ in range(_MOST_AMONG):
        word = WORD.match(text, at, end)
        if not word or text[word.end() : word.end() + 1] == ",":
            return None
        folded = word[1].casefold()
        if folded in _CHANGES:
            enough = 1
        elif clauses.stops(folded) and not _goes_on(folded, enough):
            return None
        at = word.end()
        value = value_at(text, at, end)
        if not value or not is_apart(text, value) or value.text[0] in _SIGNS:
            return None
        if _fits_among(value, text[value.past : end], label, enough):
            return value
    return None


def _goes_on(word: str, enough: int) -> bool:
    """Tell whether a value may follow a word of a sentence: "sandi Pak Budi diganti dari …"."""
    return word in _TITLES or word in THINGS or (enough == 1 and word in _FROM)


def _fits_among(value: Value, after: str, label: Label, enough: int) -> bool:
    long = enough > 1 or len(value.text) >= _LONG_WORD
    if value.text.isdecimal() and label.kind is Kind.TOKEN:
        return len(value.text) >= _SHORTEST_CODE and not values.counted(after)
    given = values.filled(value.text) and (label.plain or enough == 1)
    return given and long and values.strength(value.text) >= enough
