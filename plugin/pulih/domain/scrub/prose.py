"""Secrets that people tell: "passwordnya admin123", "kata sandi: …", "password wifi jadi …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pulih.domain.scrub import afar, clauses, pairs, values
from pulih.domain.scrub.kinds import COVER, Kind, Span
from pulih.domain.scrub.labels import (
    LABEL,
    NEAR,
    OTHER_KEYS,
    SHORT,
    SNMP,
    WIRELESS,
    Label,
    label_of,
)
from pulih.domain.scrub.reading import Value, value_at
from pulih.domain.scrub.signs import ASIDE, NEXT_LINE, PROMPT, SOFT, STRONG, WORD
from pulih.domain.scrub.words import ACCOUNTS, LINKS, NOT_KNOWN, NOUNS, TELLING, THINGS

_WINDOW = 240  # characters after a label in which its value is looked for
_MOST_BETWEEN = 8  # words between the two
_BEFORE = 24
_SHORTEST = 3  # 123 is one
_SHORTEST_CODE = 6
_OF_KEYS = re.compile(
    r"(?:ssh|rsa|dsa|ecdsa|sha|md5|aes|host|dh|pgp|gpg)\b.*|SHA256:\S*|[A-Z]{2,}\d?", re.IGNORECASE
)
_HEADS_LINE = re.compile(r"(?:^|\n)[ \t>#*_-]{0,8}$")


def seek(text: str) -> Iterator[Span]:
    """Yield the secrets that stand after a word for one."""
    folded = text.lower()
    if not any(word in folded for word in NEAR):
        return
    for found in LABEL.finditer(text):
        begin = max(0, found.start() - _BEFORE)
        if OTHER_KEYS.search(text, begin, found.start()):
            continue
        search = _Search(text, found, label_of(found))
        if pairs.BOTH.search(text, begin, found.start()):
            if COVER in text[found.end() : search.end]:
                continue
            if span := pairs.after_both(text, found.end(), search.end):
                yield span
                continue
        if value := search.value():
            yield Span(value.start, value.end, search.label.kind)
            for other in clauses.others(text, value, search.end):
                yield Span(other.start, other.end, search.label.kind)


class _Search:
    """Looks for the value of one label, on its line."""

    def __init__(self, text: str, found: re.Match[str], label: Label) -> None:
        self.label = label
        self._text = text
        self._at = found.end()
        begin = max(0, found.start() - _BEFORE)
        line = text.find("\n", self._at, self._at + _WINDOW)
        self.end = line if line >= 0 else min(len(text), self._at + _WINDOW)
        self._strong = False  # a colon or an equals sign
        self._soft = False  # a dash, or the next cell of a table
        self._told = bool(found["nya"])
        self._linked = self._told
        self._short = found[0].casefold() in SHORT
        self._code = (
            found[0].casefold().startswith("kode") and not label.plain and label.kind is Kind.KEY
        )
        self._alone = label.plain and bool(_HEADS_LINE.search(text, begin, found.start()))
        self._means_it = found[0].casefold() not in {"key", "keys"}  # as an attribute has
        self._unknown = bool(NOT_KNOWN.search(text, begin, found.start()))
        self._context = text[max(0, found.start() - 2 * _BEFORE) : found.end() + _SHORTEST_CODE]

    def value(self) -> Value | None:
        """Return the value, or nothing where none is told."""
        if self.label.kind is Kind.COMMUNITY and not (self._told or SNMP.search(self._context)):
            return None
        if self._code and not WIRELESS.search(self._context):
            return None
        value = self._near() or self._far()
        return None if value and self._code and len(value.text) < _SHORTEST_CODE else value

    def _near(self) -> Value | None:
        for _ in range(_MOST_BETWEEN):
            if self._sign():
                continue
            word = WORD.match(self._text, self._at, self.end)
            if not word or not self._skips(word):
                break
        value = value_at(self._text, self._at, self.end)
        return self._judged(value) if value and afar.is_apart(self._text, value) else None

    def _sign(self) -> bool:
        """Step over a sign between label and value; tell whether there was one."""
        if not self._strong:
            if strong := STRONG.match(self._text, self._at, self.end):
                self._strong, self._at = True, strong.end()
                return True
            aside = ASIDE.match(self._text, self._at, self.end)
            if aside and not values.strength(aside[0].strip(" \t\xa0()")):
                self._at = aside.end()
                return True
            if soft := SOFT.match(self._text, self._at, self.end):
                self._soft, self._at = True, soft.end()
                return True
        return self._goes_on_below()

    def _goes_on_below(self) -> bool:
        """After a colon that ends the line, or a label that is the line, a line of one word is the value."""
        below = NEXT_LINE.match(self._text, self._at) if self._strong or self._alone else None
        if not below or self._at > self.end or below.end() <= self.end:
            return False
        if not values.strength(below[1].strip("\"'`*.,")) or PROMPT.fullmatch(below[1]):
            return False
        if not self._strong and ("(" in below[1] or not any(c.isdecimal() for c in below[1])):
            return False  # the name of a thing below a heading, "MikroTik", or a line of a program
        self._strong, self._at, self.end = True, below.end(), below.end(1)
        return True

    def _skips(self, word: re.Match[str]) -> bool:
        """Step over a word that belongs to the label; tell whether this was one."""
        folded = word[1].casefold().rstrip(".")
        last = word.end() >= self.end or self._text[word.end()] in ",\n\r"
        thing = folded.removesuffix("nya").rstrip("-")
        if folded in LINKS and not last:
            self._linked = True
            self._told = self._told or folded in TELLING
        elif thing in THINGS and not (self._strong or last or (self._told and folded in ACCOUNTS)):
            self._told = self._told or (thing != folded and folded not in THINGS)
            self._linked = self._linked or self._told
        else:
            return False
        self._at = word.end()
        return True

    def _judged(self, value: Value) -> Value | None:
        if not values.given(value.text):
            return self._noun(value)
        strength = values.strength(value.text)
        if clauses.remark(value.text) and not (value.quoted and strength):
            return None
        if self._strong:
            fits = self._fits_after_colon(value, strength)
        elif self._linked or self._soft or value.quoted:
            fits = self._fits_after_link(value, strength)
        else:
            fits = self._fits_alone(value, strength)
        return self._whole(value, strength) if fits else None

    def _noun(self, value: Value) -> Value | None:
        """A word for a thing or a desk is the value only as the one word after a colon."""
        alone = self._strong and self.label.plain and clauses.ends(self._after(value))
        noun = value.text.casefold() in NOUNS
        return value if alone and noun and values.filled(value.text) else None

    def _fits_after_colon(self, value: Value, strength: int) -> bool:
        if value.text.isdecimal():
            return len(value.text) >= _SHORTEST and not values.counted(self._after(value))
        if not self.label.plain and not (value.quoted and self._means_it):
            return strength > 0 and not _OF_KEYS.fullmatch(value.text)
        if values.feature(value.text):
            return False
        ends = clauses.ends(self._after(value))
        if strength == 0 and values.ordinary(value.text):
            return ends and not value.text[0].isdecimal()
        return strength > 0 or ends or not values.verb(value.text)

    def _fits_after_link(self, value: Value, strength: int) -> bool:
        if value.text.isdecimal():
            told = self._told and len(value.text) >= _SHORTEST
            return (told or strength > 0) and not values.counted(self._after(value))
        if strength > 0:
            return self.label.plain or strength > 1 or self._told or clauses.made_up(value.text)
        if not self.label.plain or values.feature(value.text):
            return False
        told = self._told and clauses.ends_clause(self._after(value))
        if values.ordinary(value.text):
            return told and clauses.made_up(value.text)
        if value.quoted:
            return not self._unknown
        return told and not values.verb(value.text)

    def _fits_alone(self, value: Value, strength: int) -> bool:
        if value.text.isdecimal():
            counted = values.counted(self._after(value))
            code = self.label.kind is Kind.TOKEN and len(value.text) >= _SHORTEST_CODE
            return (self.label.plain or code) and strength > 0 and not (counted or self._unknown)
        if strength == 0:
            return self._fits_as_a_word(value)
        made_up = self.label.plain or clauses.made_up(value.text)
        return strength > 1 or (made_up and not self._unknown)

    def _fits_as_a_word(self, value: Value) -> bool:
        """Tell whether a plain word right after the label is the value: after "snmp community" and "pw" it is."""
        tells = self._short or (
            self.label.kind is Kind.COMMUNITY and "snmp" in self._context.casefold()
        )
        word = values.ordinary(value.text) or values.verb(value.text) or self._unknown
        long = len(value.text) >= _SHORTEST_CODE or self.label.kind is Kind.COMMUNITY
        return tells and long and not word and clauses.ends(self._after(value))

    def _after(self, value: Value) -> str:
        return self._text[value.past : self.end]

    def _whole(self, value: Value, strength: int) -> Value:
        """Return the value with the words after it where it is a phrase."""
        if not self._strong or strength or value.quoted or self.label.kind is not Kind.PASSWORD:
            return value
        end = value.past + clauses.phrase(self._after(value))
        return Value(value.start, max(value.end, end), end, value.text, quoted=False)

    def _far(self) -> Value | None:
        return None if self._strong else afar.seek(self._text, self._at, self.end, self.label)
