"""Secrets in tables: the heading names them, the cells below have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pulih.domain.scrub import values
from pulih.domain.scrub.kinds import COVER, Kind, Span

_HEADING = re.compile(
    r"(?P<password>(?:user[ _-]?|default[ _-]?|admin[ _-]?|wi-?fi[ _-]?|login[ _-]?)?"
    r"(?:password|passwd|pass|pwd|pw|kata[ ]sandi|sandi|passphrase|pin)(?:[ _-]?(?:baru|lama"
    r"|wi-?fi|default|admin|login|user|router))?)"
    r"|(?P<key>(?:pre-?shared[ -]?|shared[ -]?|psk[ -]?|wpa2?[ -]?|wi-?fi[ -]?)?(?:psk|secret"
    r"|key)|kunci[ ]wi-?fi|ipsec-secret|private-key|preshared-key)"
    r"|(?P<community>(?:snmp[ ])?community(?:[ ](?:name|string))?)",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(
    r"pass|pwd|\bpw\b|sandi|\bpin\b|psk|secret|\bkey\b|kunci|community", re.IGNORECASE
)
_KINDS = {"password": Kind.PASSWORD, "key": Kind.KEY, "community": Kind.COMMUNITY}
_RULE = re.compile(r"[\s|:+=-]*")
_CELL = re.compile(r"\S+(?: \S+)*")
_TOKEN = re.compile(r"\S+")
_SEPARATORS = ("|", "\t", ";", ",")
_MOST_ROWS = 2000
_FEWEST = 2
_SNMP = re.compile(r"/snmp[ \t]+community\b", re.IGNORECASE)
_SNMP_NAME = re.compile(r"(?<![\w-])name=(?:\"(?P<d>[^\"\n]*)\"|(?P<b>[^\s\"]+))")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str


def seek(text: str) -> Iterator[Span]:
    """Yield the cells under a heading that names a secret."""
    if not _CANDIDATE.search(text):
        return
    lines = list(_lines(text))
    done = 0
    for n, line in enumerate(lines):
        if n < done or len(line.text) > 500 or not _CANDIDATE.search(line.text):  # noqa: PLR2004 - no heading is longer
            continue
        for table in (_separated, _aligned):
            found = table(lines, n)
            if found:
                spans, done = found
                yield from spans
                break
    if _SNMP.search(text):
        yield from _snmp_names(lines)


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for line in text.split("\n"):
        yield _Line(at, line)
        at += len(line) + 1


def _kind(heading: str) -> Kind | None:
    found = _HEADING.fullmatch(heading.strip(" \t\r*_\"'`#").strip())
    return next((kind for name, kind in _KINDS.items() if found and found[name]), None)


def _separated(lines: list[_Line], head: int) -> tuple[list[Span], int] | None:
    """Return the secret cells of a table whose cells are parted by a sign, and the line after it."""
    for sign in _SEPARATORS:
        headings = lines[head].text.split(sign)
        kinds = {n: kind for n, heading in enumerate(headings) if (kind := _kind(heading))}
        cells = len(headings) - 2 * (sign == "|" and lines[head].text.lstrip().startswith("|"))
        if not kinds or cells < _FEWEST or not _is_heading(headings):
            continue
        spans: list[Span] = []
        n = head + 1
        while n < min(len(lines), head + _MOST_ROWS) and lines[n].text.count(sign) >= max(
            1, min(kinds)
        ):
            spans += _cells(lines[n], sign, kinds)
            n += 1
        if n > head + 1:
            return spans, n
    return None


def _is_heading(headings: list[str]) -> bool:
    """Tell whether the cells of a line are names of columns: short, and no values themselves."""
    named = [heading.strip() for heading in headings if heading.strip()]
    return all(len(h.split()) <= 4 and not re.search(r"[:=]\s*\S|\d{3}", h) for h in named)  # noqa: PLR2004 - words


def _cells(line: _Line, sign: str, kinds: dict[int, Kind]) -> Iterator[Span]:
    if _RULE.fullmatch(line.text):
        return
    at = line.start
    for n, cell in enumerate(line.text.split(sign)):
        inside = cell.strip(" \t\r\"'`*")
        if n in kinds and inside and values.given(inside):
            start = at + cell.index(inside)
            yield Span(start, start + len(inside), kinds[n])
        at += len(cell) + 1


def _aligned(lines: list[_Line], head: int) -> tuple[list[Span], int] | None:
    """Return the secret cells of a table that is set with spaces, as RouterOS and IOS print them."""
    columns = _columns(lines[head].text)
    kinds = {n: kind for n, (_at, heading) in enumerate(columns) if (kind := _kind(heading))}
    if not kinds or len(columns) < _FEWEST:
        return None
    spans: list[Span] = []
    n = head + 1
    while n < min(len(lines), head + _MOST_ROWS) and lines[n].text.strip():
        if COVER not in lines[n].text and not _RULE.fullmatch(lines[n].text):
            for column, kind in kinds.items():
                until = columns[column + 1][0] if column + 1 < len(columns) else None
                spans += _under(lines[n], columns[column][0], until, kind)
        n += 1
    return (spans, n) if n > head + 1 else None


def _columns(heading: str) -> list[tuple[int, str]]:
    """Return where the columns of a heading begin; nothing if the line is none.

    Headings are in capitals, or parted by two spaces and more.
    """
    tokens = [(m.start(), m[0]) for m in _TOKEN.finditer(heading)]
    capitals = [word for _at, word in tokens if any(c.isalpha() for c in word)]
    if (
        len(capitals) >= _FEWEST
        and all(word.isupper() for word in capitals)
        and not re.search(r"[:=,.]", heading)
    ):
        return tokens
    cells = [(m.start(), m[0]) for m in _CELL.finditer(heading.expandtabs(1))]
    apart = len(cells) >= _FEWEST and all(len(cell.split()) <= 3 for _at, cell in cells)  # noqa: PLR2004 - words
    return cells if apart and not re.search(r"[:=.]", heading) else []


def _under(line: _Line, at: int, until: int | None, kind: Kind) -> Iterator[Span]:
    for token in _TOKEN.finditer(line.text):
        begins = at <= token.start() and (until is None or token.start() < until)
        reaches = token.start() < at < token.end() and token.end() - at > at - token.start()
        if (begins or reaches) and values.given(token[0]):
            yield Span(line.start + token.start(), line.start + token.end(), kind)
            if until is None:
                return


def _snmp_names(lines: list[_Line]) -> Iterator[Span]:
    """Yield the names of RouterOS' SNMP communities, in an export and as they are printed."""
    inside, column = False, -1
    for line in lines:
        stripped = line.text.lstrip()
        if stripped.startswith(("/", "[")) and line.text.strip():
            inside, column = bool(_SNMP.search(line.text)), -1
        if not inside:
            continue
        for found in _SNMP_NAME.finditer(line.text):
            group = "d" if found["d"] is not None else "b"
            if values.given(found[group]):
                yield Span(
                    line.start + found.start(group), line.start + found.end(group), Kind.COMMUNITY
                )
        if column >= 0 and COVER not in line.text:
            yield from list(_under(line, column, None, Kind.COMMUNITY))[:1]
        heading = re.search(r"(?<!\S)NAME(?!\S)", line.text)
        if heading and column < 0:
            column = heading.start()
