"""Steps of Python-Markdown that do the same with less work: what cannot change a text is not tried on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown import Markdown, serializers
from markdown import blockprocessors as blocks
from markdown import inlinepatterns as patterns
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.md_in_html import MarkdownInHtmlProcessor
from markdown.extensions.tables import TableProcessor
from markdown.serializers import to_xhtml_string
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

# What a text must have in it before a pattern can be found in it.
_NEEDED = {
    patterns.BACKTICK_RE: "`",
    patterns.ESCAPE_RE: "\\",
    patterns.LINK_RE: "[",
    patterns.IMAGE_LINK_RE: "![",
    patterns.AUTOLINK_RE: "<",
    patterns.AUTOMAIL_RE: "<",
    patterns.LINE_BREAK_RE: "  \n",
    patterns.HTML_RE: "<",
    patterns.ENTITY_RE: "&",
}
# The same of blocks; what is not named here is asked each time.
_NEEDED_IN_BLOCK: Mapping[type, str] = {
    MarkdownInHtmlProcessor: STX,
    blocks.ListIndentProcessor: "    ",
    DefListIndentProcessor: "    ",
    blocks.CodeBlockProcessor: "    ",
    TableProcessor: "|",
    blocks.HashHeaderProcessor: "#",
    blocks.SetextHeaderProcessor: "\n",
    blocks.OListProcessor: ". ",
    DefListProcessor: ": ",
    blocks.BlockQuoteProcessor: ">",
    blocks.ReferenceProcessor: "]:",
}
_TAGS = 1 << 10
_AS_IT_IS = {"script", "style"}
_written: Any = serializers  # its own ways to write a text, which its types do not tell of
_EMPTY = _written.HTML_EMPTY
_escape, _escape_attribute = _written._escape_cdata, _written._escape_attrib_html  # noqa: SLF001 - as above


def lighten(md: Markdown) -> None:
    """Give Markdown, when all its extensions are registered, steps that are cheaper and do the same."""
    names = frozenset(md.block_level_elements)

    @lru_cache(_TAGS)
    def is_block_level(tag: object) -> bool:
        return isinstance(tag, str) and tag.lower().rstrip("/") in names

    md.is_block_level = is_block_level  # type: ignore[method-assign] # a list is searched otherwise
    parser: Any = md.parser  # a method of one object is put in the place of its class's
    parser.parseBlocks = _parsing(list(md.parser.blockprocessors))
    if md.serializer is to_xhtml_string:
        md.serializer = _serialized
    md.treeprocessors.register(_Inline(md), "inline", 20)
    md.treeprocessors.register(_Unescape(md), "unescape", 0)
    if "attr_list" in md.treeprocessors:
        md.treeprocessors.register(_AttrList(md), "attr_list", 8)


def _parsing(
    processors: Sequence[blocks.BlockProcessor],
) -> Callable[[Element, list[str]], None]:
    """Return `BlockParser.parseBlocks` for these processors."""
    each = [(_NEEDED_IN_BLOCK.get(type(one), ""), one.test, one.run) for one in processors]

    def parse(parent: Element, rest: list[str]) -> None:
        while rest:
            for needed, test, run in each:
                block = rest[0]  # a processor that says no may still have changed it
                if needed in block and test(parent, block) and run(parent, rest) is not False:
                    break

    return parse


def _serialized(root: Element) -> str:
    """Return an element as `to_xhtml_string` does."""
    out: list[str] = []
    write, ahead = out.append, list[Element | str]([root])
    while ahead:
        element = ahead.pop()
        if isinstance(element, str):
            write(element)
            continue
        tag, text, tail = element.tag, element.text, element.tail
        if not isinstance(tag, str):
            return to_xhtml_string(root)
        start = f"<{tag}"
        for name, value in sorted(element.items()):
            if type(name) is not str or not isinstance(value, str):
                return to_xhtml_string(root)
            start += f' {name}="{_escape_attribute(value)}"'
        after = _escape(tail) if tail else ""
        low = tag.lower()
        if low in _EMPTY:
            write(f"{start} />{after}")
            continue
        inside = (text if low in _AS_IT_IS else _escape(text)) if text else ""
        if len(element):
            write(f"{start}>{inside}")
            ahead.append(f"</{tag}>{after}")
            ahead += reversed(element)
        else:
            write(f"{start}>{inside}</{tag}>{after}")
    return "".join(out)


class _Unescape(UnescapeTreeprocessor):
    def run(self, root: Element) -> None:
        """Unescape all text, and what attributes say."""
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and STX in text and element.tag != "code":
                element.text = self.unescape(text)
            if tail and STX in tail:
                element.tail = self.unescape(tail)
            for name, value in element.items():
                if value and STX in value:
                    element.set(name, self.unescape(value))


class _AttrList(AttrListTreeprocessor):
    def run(self, doc: Element) -> None:
        """Take attributes out of the text."""
        super().run(_Marked(doc))  # type: ignore[arg-type] # it asks for its elements, and for nothing else


class _Marked:
    """The elements of a page in or next to whose text attributes may stand."""

    def __init__(self, page: Element) -> None:
        self._page = page

    def iter(self) -> Iterator[Element]:
        for element in self._page.iter():
            text, tail = element.text, element.tail
            texts = (text, tail, *(one.tail for one in element)) if len(element) else (text, tail)
            if any(one and "{" in one for one in texts):
                yield element


class _Inline(InlineProcessor):
    """Looks only for patterns that may be in a text."""

    def run(  # noqa: C901 - as its pattern
        self, tree: Element, ancestors: list[str] | None = None
    ) -> Element:
        """Apply the patterns to a tree; see `InlineProcessor.run`, which this is but for plain texts."""
        self.stashed_nodes: dict[str, Element | str] = {}
        self.parent_map: dict[Element, Element] = {}  # only ever asked for what stands above `tree`
        handle, its = self._InlineProcessor__handleInline, cast("Any", self)
        process = its._InlineProcessor__processPlaceholders  # noqa: SLF001 - private to the class that this one is of
        plain = self._plain
        stack = [(tree, [*(ancestors or ()), tree.tag.lower()])]
        at = 0
        while at < len(stack):
            current, self.ancestors = stack[at]
            at += 1
            if current is not tree:
                self.ancestors.append(current.tag.lower())
            found = []
            for child in current:
                text, tail = child.text, child.tail
                if text and not isinstance(text, AtomicString) and not plain(text):
                    self.ancestors.append(child.tag.lower())
                    child.text = None
                    nodes = process(handle(text), child)
                    stack += nodes
                    found.append((child, nodes))
                    self.ancestors.pop()
                if tail and not plain(tail):
                    beside = Element("d")
                    tail = handle(tail)
                    child.tail = None
                    nodes = process(tail, beside, isText=False)
                    if beside.tail:
                        child.tail = beside.tail
                    place = list(current).index(child) + 1
                    for node in reversed(nodes):
                        current.insert(place, node[0])
                if len(child):
                    stack.append((child, self.ancestors[:]))
            for element, nodes in found:
                for place, node in enumerate(nodes):
                    element.insert(place, node[0])
        return tree

    def _InlineProcessor__handleInline(self, data: str, at: int = 0) -> str:  # noqa: N802 - its name
        if isinstance(data, AtomicString):
            return data
        start, apply = 0, self._InlineProcessor__applyPattern  # type: ignore[attr-defined] # a private one of its class
        each = self._each
        while at < len(each):
            pattern, may_be_in = each[at]
            matched = False
            if may_be_in(data):
                data, matched, start = apply(pattern, data, at, start)
            if not matched:
                at += 1
                start = 0
        return data

    @cached_property
    def _each(self) -> list[tuple[Any, Callable[[str], bool]]]:
        return [(pattern, self._test_for(pattern)) for pattern in self.inlinePatterns]

    @cached_property
    def _plain(self) -> Callable[[str], bool]:
        """What tells whether no pattern may be in a text, nor a sign that stands for another."""
        needed = {STX}
        for pattern in self.inlinePatterns:
            needed |= set(_needed_by(pattern))
        if "" in needed:
            return lambda _text: False
        return lambda text: not any(sign in text for sign in needed)

    def _test_for(self, pattern: Any) -> Callable[[str], bool]:  # noqa: ANN401 - there are several kinds
        """Return what tells whether a pattern may be in a text; a pattern that is not known may be in any."""
        needed = _needed_by(pattern)
        if isinstance(pattern, patterns.ReferenceInlineProcessor):  # of what stands elsewhere
            return lambda data: needed[0] in data and bool(self.md.references)
        return lambda data: any(sign in data for sign in needed)


def _needed_by(pattern: Any) -> Sequence[str]:  # noqa: ANN401 - there are several kinds
    if isinstance(pattern, patterns.DelimiterProcessor):
        return list(pattern.tokens)
    return [_NEEDED.get(pattern.pattern, "")]
