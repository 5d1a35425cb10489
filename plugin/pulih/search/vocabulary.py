"""The words there are, to be found by those who spell them otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pulih.domain.words.slips import (
    bigrams,
    distance,
    is_skeleton,
    likelihood,
    shortens,
    skeleton,
    slips_allowed,
)

_LOST = 2  # pairs of letters that one slip may change; an exchange of neighbours changes three
_MOST_LIKE = 4
_SLIP = {1: 0.85, 2: 0.7}
_NEARLY = 0.8  # of the likeliest
_SHORTEST_BEGUN = 4


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

    def like(self, word: str) -> list[tuple[str, float]]:
        """Return the words that this one may be a slip of, with how likely each is, the likeliest first."""
        most = slips_allowed(word)
        if not most:
            return []
        pairs = bigrams(word)
        shared = Counter(one for pair in pairs for one in self._by_pair.get(pair, ()))
        least = len(pairs) - _LOST * most - 1
        near = [
            (_SLIP[slips] * likelihood(word, one), one)
            for one, count in shared.items()
            if count >= least and 0 < (slips := distance(word, one, most)) <= most
        ]
        near.sort(key=lambda each: (-each[0], each[1]))
        enough = _NEARLY * near[0][0] if near else 0.0
        return [(one, share) for share, one in near[:_MOST_LIKE] if share >= enough]

    def resembling(self, word: str, *, least: float) -> list[tuple[str, float]]:
        """Return the words that share most pairs of letters with this one, and how much of them: 1 is all."""
        if not slips_allowed(word):
            return []
        pairs = bigrams(word)
        shared = Counter(one for pair in pairs for one in self._by_pair.get(pair, ()))
        near = [
            (2 * count / (len(pairs) + len(bigrams(one))), one) for one, count in shared.items()
        ]
        best = sorted((one for one in near if one[0] >= least), key=lambda one: (-one[0], one[1]))
        return [(one, like) for like, one in best[:_MOST_LIKE]]

    def boned(self, word: str) -> list[str]:
        """Return the words that this one may be when its vowels were left out."""
        if not is_skeleton(word):
            return []
        return [one for one in self._by_bones.get(skeleton(word), ()) if shortens(word, one)]

    def begun(self, word: str) -> list[str]:
        """Return words that begin with this one."""
        if len(word) < _SHORTEST_BEGUN:
            return []
        named = self._names.get(word[:_SHORTEST_BEGUN], {})
        first = list(named) or self._by_pair.get(f"^{word[0]}", [])
        longer = (one for one in first if one != word and one.startswith(word))
        return sorted((one for one in longer if _continues(one, word)), key=len)[:_MOST_LIKE]


def _continues(longer: str, word: str) -> bool:
    """Tell whether a longer name may be meant: RB750 is RB750Gr3, but ether1 is not ether10."""
    return not (word[-1].isdecimal() and longer[len(word)].isdecimal())
