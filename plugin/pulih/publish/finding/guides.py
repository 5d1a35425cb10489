"""The hand-written pages as the search sees them: a section each, its heading and its words without markup."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pulih.publish.finding.analysis import REST, TITLE, Words, weighed
from pulih.publish.finding.inverted import inverted
from pulih.publish.finding.packing import numbers, script
from pulih.publish.finding.texts import cut

# Lists say what the cases say; what is written for those who change Pulih is in English.
_LEFT_OUT = ("kasus/", "opd/", "perangkat/", "gangguan/", "developer/", "assets/")
# The dictionary holds every word of the trade, so it would answer every query and say nothing.
_NOT_THESE = frozenset({"index.md", "cari.md", "kamus.md"})
_LONGEST = 4000

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r"^(#{1,3}) +(.+?)(?: +#+)?$", re.MULTILINE)
_ANCHOR = re.compile(r"\s*\{:?[^}]*#([\w-]+)[^}]*\}\s*$")
_FENCE = re.compile(r"^(?:```|~~~).*$", re.MULTILINE)
_UNSEEN = re.compile(r"<(style|script|svg|head)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ATTRIBUTES = re.compile(r"\{:[^}\n]*\}|\{[.#][^}\n]*\}")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_SIGNS = re.compile(r"[*`|]+|^\s*(?::|[-+>]|\d+\.)\s+|^\s*[-|: ]+$", re.MULTILINE)


class Section(NamedTuple):
    """A part of a hand-written page that a search may lead to."""

    page: str
    anchor: str
    title: str
    text: str


def sections(guides: Mapping[str, str]) -> Iterator[Section]:
    """Yield the sections of the pages that readers look for, in the order of their addresses.

    Args:
        guides: Address under `wiki/` -> Markdown.
    """
    for address in sorted(guides):
        if not address.startswith(_LEFT_OUT) and address not in _NOT_THESE:
            yield from _sections(address, guides[address])


def guide_index(found: Sequence[Section], mark: str) -> str:
    """Return the script with the sections and their words."""
    pages = list(dict.fromkeys(section.page for section in found))
    order = {page: n for n, page in enumerate(pages)}
    words = inverted(map(_words, found))
    return script(
        "panduan",
        mark,
        [page.removesuffix(".md") for page in pages],
        numbers(order[section.page] for section in found),
        [[section.anchor, section.title] for section in found],
        " ".join(words),
        " ".join(words.values()),
    )


def guide_texts(name: str, found: Sequence[Section]) -> str:
    """Return the script with the texts of a page's sections."""
    return script("teks", name, [cut(section.text, _LONGEST) for section in found])


def plain(markdown: str) -> str:
    """Return what a reader sees of Markdown, near enough for a passage. It is shown as text, never as HTML."""
    text = _FENCE.sub("", markdown)
    text = _LINK.sub(r"\1", _ATTRIBUTES.sub("", text))
    return html.unescape(_SIGNS.sub(" ", _TAG.sub(" ", text)))


def _sections(address: str, markdown: str) -> Iterator[Section]:
    body = _UNSEEN.sub(" ", _HEAD.sub("", markdown.replace("\r\n", "\n")))
    headings = list(_HEADING.finditer(_blank_code(body)))
    if not headings:
        yield Section(address, "", cut(address.removesuffix(".md"), 80), plain(body))
        return
    used: Counter[str] = Counter()
    title = ""
    ends = [*(found.start() for found in headings[1:]), len(body)]
    for found, end in zip(headings, ends, strict=True):
        words = body[found.start(2) : found.end(2)]
        anchor = _anchor(words, used)
        name = cut(plain(_ANCHOR.sub("", words)), 160)
        first = not title
        title = title or name
        yield Section(
            address,
            "" if first else anchor,
            title if first else f"{title} › {name}",
            plain(body[found.end() : end]),
        )


def _blank_code(body: str) -> str:
    """Return the text with blocks of code blanked: a comment in one is no heading."""
    return re.sub(
        r"^(```|~~~).*?^\1\s*$",
        lambda found: re.sub(r"[^\n]", " ", found[0]),
        body,
        flags=re.MULTILINE | re.DOTALL,
    )


def _anchor(heading: str, used: Counter[str]) -> str:
    """Return the anchor that the `toc` extension gives to a heading."""
    named = _ANCHOR.search(heading)
    if named:
        return named[1]
    letters = unicodedata.normalize("NFKD", plain(heading)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", letters).strip().lower())
    used[slug] += 1
    return slug if used[slug] == 1 else f"{slug}_{used[slug] - 1}"


def _words(section: Section) -> Words:
    return weighed({REST: section.text, TITLE: section.title})
