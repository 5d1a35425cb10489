"""What people typed, as HTML that shows it letter by letter; what a device said keeps its columns. Pure.

Plone's output filters of Classic read `&lt;b&gt;` as a tag once more, and clean it away: of "<HUAWEI> display" only
"display" was left. A sign without width between the bracket and the letter keeps it from being one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby

from pulih.publish.literal import lines, one_line

BREAK = "<br>"
JOINER = "\u2060"  # a "word joiner": no width, no break, in no typed text (`domain.reading.clean`)
_TAG = re.compile(r"<(?=[A-Za-z/!?])|&(?=[A-Za-z#])")
_SPACES = re.compile(r"(?<= ) |^ ", re.MULTILINE)
_GAP = re.compile(r"\S(?: {2,}|\t+)(?=\S)")  # between two columns
_COLUMNS = 2  # gaps in a line of a device's answer; one where it is moved in
# What only programs write.
_SAID = re.compile(
    r"\bbytes=\d+\b|\bttl[= ]\d+\b|\bicmp_seq=|\btime[=<]\d|^\s*\d+ +(?:<?\d+(?:\.\d+)? ?ms|\*) |^(?:inet6?|flags:) ",
    re.IGNORECASE,
)
_NETWORK = r"(?:show|ping|trace\w*|conf\w*|int\w*|exit|no|copy|write|clear|reload|debug|undo|dis\w*|save|reset|sys\w*)"
_SHELL = r"(?:ip|ping|traceroute|mtr|cat|ls|systemctl|sudo|dig|nslookup|curl|tcpdump|ss|netstat|snmp\w*|uci|ubus|vtysh)"
_PROMPT = re.compile(
    rf"^\s*(?:\[[\w.-]+@[^\]\n]{{1,60}}\] *[>#$]|<[\w.-]{{1,60}}> *{_NETWORK}\b"
    rf"|[\w.-]{{1,40}}(?:\([\w/-]{{1,40}}\))?[#>] ?{_NETWORK}\b|[$#] {_SHELL}\b"
    r"|[A-Za-z]:\\[^>\n]{0,80}>|PS [A-Z]:\\|/(?:ip|ipv6|interface|system|tool|ping|export|routing|queue)\b)"
)
_LEAST = 2  # lines with columns that are no chance


def line(text: str) -> str:
    """Return one line that shows `text`, its line breaks as such: for a cell, an item, a caption."""
    return BREAK.join(_spaced(one) for one in lines(text))


def words(text: str) -> str:
    """Return one line without breaks: for a heading, the words of a link."""
    return _escaped(one_line(text))


def attribute(text: str) -> str:
    """Return a text as the value of an attribute: Plone drops those that look like a script's address."""
    return words(text.replace('"', "”")).replace(":", f"{JOINER}:")


def blocks(text: str) -> str:
    """Return paragraphs that show `text`, and what a device said in it as it stood; empty for nothing."""
    return "\n".join(_blocks(text)) if text.strip() else ""


def cell(text: str) -> str:
    """Return the content of a cell that shows `text`; several lines of a device's answer keep their columns."""
    told = lines(text)
    if len(told) >= _LEAST and _is_answer(told):
        return _answer(told)
    return line(text)


def led(label: str, text: str) -> str:
    """Return what `blocks` does, with a label in front of its first line."""
    shown = blocks(text)
    head = f"<strong>{words(label)}</strong>"
    if shown.startswith("<p>"):
        return f"<p>{head} {shown.removeprefix('<p>')}"
    return f"<p>{head}</p>\n{shown}"


def _blocks(text: str) -> Iterator[str]:
    told = lines(text)
    marked = zip(told, _answers(told), strict=True)
    for answer, found in groupby(marked, key=lambda one: one[1]):
        part = [one for one, _ in found]
        if answer:
            yield _answer(part)
        else:
            yield from _paragraphs(part)


def _paragraphs(told: list[str]) -> Iterator[str]:
    for blank, found in groupby(told, key=lambda one: not one.strip()):
        if not blank:
            yield f"<p>{BREAK.join(map(_spaced, found))}</p>"


def _answer(told: list[str]) -> str:
    kept = "\n".join(told).strip("\n")
    return f"<pre>{_escaped(kept)}</pre>"


def _answers(told: list[str]) -> list[bool]:
    """Return for each line whether it belongs to a device's answer; two lines of it at the least, or a prompt."""
    marks = [bool(_looks(one)) for one in told]
    for place in range(1, len(told) - 1):  # a line within an answer that could be anything
        marks[place] = marks[place] or (marks[place - 1] and marks[place + 1])
    found: list[bool] = []
    for answer, run in groupby(zip(told, marks, strict=True), key=lambda one: one[1]):
        part = [one for one, _ in run]
        found += [answer and _is_answer(part)] * len(part)
    return found


def _is_answer(told: list[str]) -> bool:
    looking = sum(map(_looks, told))
    return looking >= _LEAST or any(map(_PROMPT.search, told))


def _looks(one: str) -> bool:
    gaps = len(_GAP.findall(one))
    columns = gaps >= _COLUMNS or (gaps > 0 and one[:1].isspace())
    return columns or any(sign.search(one) for sign in (_SAID, _PROMPT))


def _spaced(one: str) -> str:
    return _SPACES.sub("&nbsp;", _escaped(one))


def _escaped(text: str) -> str:
    return html.escape(_TAG.sub(rf"\g<0>{JOINER}", text))
