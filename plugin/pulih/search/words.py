"""Words of a text, as the index compares them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LONGEST_TEXT = 10_000
_LONGEST_WORD = 64
_SHORTEST = 2
_SHORTEST_NUMBER = 3
_SHORTEST_STEM = 4
_LONGEST_ENDING = 4  # -nya, -kan, -lah, -an, -i and two of them at most

# A word, or words held together as in 10.10.4.1, aa:bb:cc, eth0/1, rb-951, -27dBm.
_WORDS = re.compile(r"(?<!\w)[+-]?[^\W_]+(?:[.,:/@_-][^\W_]+)*")
_PARTS = re.compile(r"[^\W_]+")

STOP = frozenset(
    """
    ada adalah agar akan atau bahwa bagi belum bisa dalam dan dapat dari dengan di hal harus hingga ini itu
    juga kami karena ke kepada lagi lalu maka masih mohon oleh pada para pun saat sampai sangat saja sebagai
    secara sedang sehingga sejak serta setelah sudah tapi telah terhadap tersebut tetapi tidak untuk yaitu yang
    """.split()  # noqa: SIM905 - words read better as words
)


def words(text: str) -> list[str]:
    """Return the words of a text in order: folded, without accents; stop words only where there is nothing else.

    What is held together by dots, hyphens and the like is there whole and, where they say something, in parts.
    """
    found = list(_all(text))
    return [word for word in found if word not in STOP] or found


def stems(word: str) -> list[str]:
    """Return what `word` may be an inflection of: itself without up to four letters at its end."""
    if not word.isalpha():
        return []
    shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)
    return [word[:end] for end in range(shortest, len(word))]


def may_continue(word: str) -> bool:
    """Tell whether longer words that begin with `word` are looked for."""
    return len(word) >= _SHORTEST_STEM


def continues(longer: str, word: str) -> bool:
    """Tell whether `longer`, which begins with `word`, means it: kabelnya means kabel, ether10 is not ether1."""
    return word.isalpha() or not longer[len(word)].isalnum()


def _all(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKD", text[:_LONGEST_TEXT]).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    for match in _WORDS.finditer(plain):
        whole = match[0][:_LONGEST_WORD]
        if len(whole) >= _SHORTEST:
            yield whole
        if not whole.isalnum():
            yield from filter(_speaks, _PARTS.findall(whole))


def _speaks(part: str) -> bool:
    # The 4 and the 1 of 10.10.4.1 say nothing on their own.
    return len(part) >= (_SHORTEST_NUMBER if part.isdecimal() else _SHORTEST)
