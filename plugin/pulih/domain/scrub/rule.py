"""A rule as data: what is hidden, where it stands, what must be near, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pulih.domain.scrub import values
from pulih.domain.scrub.kinds import Kind, Span
from pulih.domain.scrub.reading import trimmed

# A value in a line of configuration: quoted, or up to the next space. An opening quote without its end goes to the
# end of the line.
VALUE = r"""(?P<s>"(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?|[^\s"'][^\s]*+)"""
_PAIRS = {'"': '"', "'": "'"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a secret is written.

    Attributes:
        near: One of these must be in the text, in lower case; looked for first, because it is quick.
        expression: Of its `pattern`, with `exact` letters or any.
        why: What it is for.
        judge: Tells of a value whether it is a secret at all.
        whole: Whether the group is taken as it is, with its punctuation.
    """

    kind: Kind
    near: tuple[str, ...]
    expression: str
    why: str
    judge: Callable[[str], bool] = values.given
    whole: bool = False
    exact: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """Its group `s` is hidden, all else of it is kept."""
        return _compiled(self.expression, exact=self.exact)

    def spans(self, text: str) -> Iterator[Span]:
        """Yield what the rule hides in a text."""
        for found in self.pattern.finditer(text):
            start, end = found.span("s")
            value = found["s"]
            start, end = (
                start + len(value) - len(value.lstrip()),
                end - len(value) + len(value.rstrip()),
            )
            if not self.whole:
                start, end = _inside(text, start, end)
            if start < end and self.judge(text[start:end]):
                yield Span(start, end, self.kind)


def rule(
    kind: Kind,
    near: str,
    pattern: str,
    why: str,
    judge: Callable[[str], bool] = values.given,
    *,
    whole: bool = False,
    exact: bool = False,
) -> Rule:
    """Return a rule. `near` are words parted by spaces; `VALUE` may stand in the pattern for a value."""
    expression = pattern.replace("VALUE", VALUE)
    return Rule(kind, tuple(near.split()), expression, why, judge, whole, exact)


@cache
def _compiled(expression: str, *, exact: bool) -> re.Pattern[str]:
    """Compile a pattern when it is first looked for: of so many, most processes need few."""
    return re.compile(expression, re.MULTILINE if exact else re.MULTILINE | re.IGNORECASE)


class Rules:
    """Rules that are applied together; which of them can fit is found by looking for each of their words once."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple((frozenset(one.near), one) for one in rules)
        self._words = frozenset(word for near, _one in self._rules for word in near)

    def seek(self, text: str) -> Iterator[Span]:
        """Yield what the rules hide in a text."""
        folded = text.lower()
        here = {word for word in self._words if word in folded}
        for near, one in self._rules if here else ():
            if not near.isdisjoint(here):
                yield from one.spans(text)


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a value is without its quotes and the punctuation after it."""
    closing = _PAIRS.get(text[start]) if start < end else None
    if closing:
        return start + 1, end - (end - start > 1 and text[end - 1] == closing)
    return start, start + len(trimmed(text[start:end]))
