"""Reading one value out of a line: quoted, in brackets, or up to the next space."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pulih.domain.scrub.kinds import COVER

_CLOSING = {
    '"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»", "„": "“", "(": ")", "[": "]", "<": ">", "{": "}",
}  # fmt: skip
_QUOTES = frozenset("\"'`“‘«„")
_MARKS = "*_~"
_GAP = re.compile(r"[ \t\r\xa0]*")
_MARKUP = re.compile(rf"(?:[{_MARKS}]{{1,3}}[ \t]?){{0,3}}")
_BARE = re.compile(rf"[^\s{COVER}]+")
_NEXT_SETTING = re.compile(r"[,;|&](?=[\w-]{1,32}[\"']?[ \t]?[:=])")
_MOST = 512
_TAG = re.compile(r"/?[\w .:-]*")
_AFTER = ".,;:"


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a text: `text[start:end]`; what comes after begins at `past`."""

    start: int
    end: int
    past: int
    text: str
    quoted: bool


def value_at(text: str, at: int, end: int) -> Value | None:
    """Return the value that begins at or after `at`, before `end`; nothing where there is none, or it is hidden."""
    at = _end_of(_GAP, text, at, end)
    begin = _end_of(_MARKUP, text, at, end)
    if begin >= end or text[begin] == COVER:
        return None
    closing = _CLOSING.get(text[begin])
    if closing:
        close = text.find(closing, begin + 1, min(end, begin + _MOST))
        if close > begin + 1:
            inside = text[begin + 1 : close]
            if COVER in inside or (closing == ">" and _TAG.fullmatch(inside)):
                return None
            return Value(begin + 1, close, close + 1, inside, quoted=text[begin] in _QUOTES)
    return _bare(text, begin, end)


def _bare(text: str, begin: int, end: int) -> Value | None:
    found = _BARE.match(text, begin, end)
    if not found:
        return None
    value = found[0]
    setting = _NEXT_SETTING.search(value)
    value = trimmed(value[: setting.start()] if setting else value)
    if not value:
        return None
    return Value(begin, begin + len(value), begin + len(value), value, quoted=False)


def trimmed(value: str) -> str:
    """Return a value without the punctuation of the sentence around it."""
    while value:
        last = value[-1]
        opening = next((o for o, c in _CLOSING.items() if c == last and o != last), "")
        lone_quote = last in "\"'`" and value.count(last) % 2 == 1
        unopened = bool(opening) and value.count(last) > value.count(opening)
        if last in _AFTER or lone_quote or unopened or last == "|":
            value = value[:-1]
        elif value.endswith(("**", "__")):
            value = value[:-2]
        else:
            break
    return value


def _end_of(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    found = pattern.match(text, at, end)
    return found.end() if found else at
