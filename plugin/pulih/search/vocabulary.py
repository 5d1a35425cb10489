"""The words there are, to be found by those who spell them otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pulih.domain.words.slips import bigrams, distance, is_skeleton, skeleton, slips_allowed

_LOST = 2  # pairs of letters that one slip may change; an exchange of neighbours changes three
_MOST_LIKE = 4
_SHORTEST_BEGUN = 4
_SHORTEST_PART = 3


class Vocabulary:
    """Words that may be meant: those of the archive and of the dictionary."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words: set[str] = set()
        self._by_pair: dict[str, list[str]] = {}
        self._by_bones: dict[str, list[str]] = {}
        self._names: dict[str, dict[str, None]] = {}  # what holds digits, by how it begins
        for word in words:
            self.add(word)

    def add(self, word: str) -> None:
        """Learn a word; what holds digits or other letters than a to z is a name, and never guessed."""
        if not slips_allowed(word):
            if len(word) > _SHORTEST_BEGUN:
                self._names.setdefault(word[:_SHORTEST_BEGUN], {})[word] = None
            return
        if word in self._words:
            return
        self._words.add(word)
        for pair in bigrams(word):
            self._by_pair.setdefault(pair, []).append(word)
        self._by_bones.setdefault(skeleton(word), []).append(word)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def like(self, word: str) -> list[tuple[str, int]]:
        """Return the words that this one may be a slip of, with the slips, the likeliest first."""
        most = slips_allowed(word)
        if not most:
            return []
        pairs = bigrams(word)
        shared = Counter(one for pair in pairs for one in self._by_pair.get(pair, ()))
        least = len(pairs) - _LOST * most - 1
        near = [
            (slips, word[0] != one[0], abs(len(word) - len(one)), one)
            for one, count in shared.items()
            if count >= least and 0 < (slips := distance(word, one, most)) <= most
        ]
        near.sort()
        best = near[0][0] if near else 0
        return [(one, slips) for slips, _first, _length, one in near[:_MOST_LIKE] if slips == best]

    def boned(self, word: str) -> list[str]:
        """Return the words that this one may be when its vowels were left out."""
        return self._by_bones.get(skeleton(word), [])[:_MOST_LIKE] if is_skeleton(word) else []

    def parts(self, word: str) -> tuple[str, str] | None:
        """Return the two words that were run together, or None."""
        splits = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        known = [
            (abs(len(word) - 2 * at), word[:at], word[at:])
            for at in splits
            if self._is_word(word[:at]) and self._is_word(word[at:])
        ]
        return min(known)[1:] if known else None

    def begun(self, word: str) -> list[str]:
        """Return words that begin with this one."""
        if len(word) < _SHORTEST_BEGUN:
            return []
        named = self._names.get(word[:_SHORTEST_BEGUN], {})
        first = list(named) or self._by_pair.get(f"^{word[0]}", [])
        longer = (one for one in first if one != word and one.startswith(word))
        return sorted((one for one in longer if _continues(one, word)), key=len)[:_MOST_LIKE]

    def _is_word(self, part: str) -> bool:
        return part in self._words or part in SHORT


def _continues(longer: str, word: str) -> bool:
    """Tell whether a longer name may be meant: RB750 is RB750Gr3, but ether1 is not ether10."""
    return not (word[-1].isdecimal() and longer[len(word)].isdecimal())


SHORT = frozenset("lan fo ap ip pc dns nas ups poe wan vpn los odp ont".split())  # noqa: SIM905 - as words
