"""Text that people typed, as Markdown that shows it letter by letter.

Whatever could mean something to Markdown, to HTML or to YAML is written as a character reference (`&#42;`). Every
Markdown dialect reads those as plain letters, so the same page is safe with the next site builder too.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from pulih.domain.reading import clean

BREAK = "<br>"

# Signs that mean something anywhere in a line, and spaces that HTML would fold. The quotation mark
# is here because Material's search drops whatever looks like one of its own attributes from the
# finished page; the colon, so that no dialect makes a link of an address that somebody typed.
_ANYWHERE = r"""[&<>\\`*_{}\[\]|~^$@\#"]|:(?=//)|[^\S ]|(?<=[ ])[ ]"""
_AT_THE_ENDS = r"^[^\w\s]|^[ ]|[ ]$"
_MEANINGFUL = re.compile(f"{_ANYWHERE}|{_AT_THE_ENDS}")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})
_TAB = "    "
_NO_BREAK_SPACE = "&#160;"
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def lines(text: str) -> list[str]:
    """Return the lines of `text` as they are shown: one Unicode form, nothing invisible, tabs as four spaces."""
    return clean(text.translate(_LINE_ENDS), lines=True).replace("\t", _TAB).split("\n")


def prose(text: str) -> str:
    """Return Markdown for a paragraph that shows `text` with its line breaks; empty for nothing."""
    return f"{BREAK}\n".join(map(_literal, lines(text)))


@lru_cache(maxsize=1 << 15)  # lists show the same words again and again
def inline(text: str) -> str:
    """Return Markdown for one line that shows `text`: for a cell, a list item, the words of a link."""
    return BREAK.join(map(_literal, lines(text)))


@lru_cache(maxsize=1 << 15)  # as above
def heading(text: str) -> str:
    """Return Markdown for a heading that shows `text`, its line breaks as spaces."""
    return _literal(one_line(text))


def one_line(text: str) -> str:
    """Return `text` without line breaks and double spaces."""
    return clean(text.translate(_LINE_ENDS), lines=False)


def link(words: str, target: str) -> str:
    """Return a link; `words` are Markdown already, `target` is an address made here."""
    return f"[{words}]({target})"


def front_matter(title: str, values: Mapping[str, object]) -> str:
    """Return the block before a generated page. Values are written as JSON, which YAML reads as it is.

    The title is HTML, as MkDocs expects: themes print it as it stands.
    """
    head = {"title": html.escape(one_line(title), quote=True), **values}
    rows = (
        f"{key}: {json.dumps(_readable(value), ensure_ascii=False)}" for key, value in head.items()
    )
    return "\n".join(("---", MARK, *rows, "---", ""))


MARK = "pulih: generated"
"""The first line inside the front matter of a page that may be written over and removed."""


def day(when: date) -> str:
    """Return a date in words, as an Indonesian letter has it."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def _literal(line: str) -> str:
    return _NUMBERED.sub(_item, _MEANINGFUL.sub(_reference, line))


def _reference(found: re.Match[str]) -> str:
    return _NO_BREAK_SPACE if found[0] == " " else f"&#{ord(found[0])};"


def _item(found: re.Match[str]) -> str:
    return f"{found[1]}&#{ord(found[2])};"


def _readable(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Mapping):
        return {key: _readable(item) for key, item in value.items()}
    return value
