"""A page's HTML as plain lines: for a site's search, and for who compares two versions. Pure."""

from __future__ import annotations

from html.parser import HTMLParser

from pulih.publish.plone.typed import JOINER

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_UNREAD = frozenset({"script", "style", "template", "title"})


def plain(html: str) -> str:
    """Return the words of any piece of HTML: a line for each block, cells of a row apart, no empty line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]
        self._unread = 0
        self._as_it_stands = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        elif tag in _BLOCKS:
            self._lines.append([])
        elif tag in _CELLS and self._lines[-1]:
            self._lines[-1].append(" | ")
        elif tag == "img":
            self._add(dict(attrs).get("alt") or "")
        self._as_it_stands += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in _BLOCKS:
            self._lines.append([])
        if tag == "pre":
            self._as_it_stands = max(0, self._as_it_stands - 1)

    def handle_data(self, data: str) -> None:
        first, *rest = data.split("\n") if self._as_it_stands else [data]
        self._add(first)
        for line in rest:
            self._lines.append([])
            self._add(line)

    def text(self) -> str:
        """Return all lines so far."""
        lines = (" ".join("".join(line).replace(JOINER, "").split()) for line in self._lines)
        return "\n".join(line.strip(" |") for line in lines if line.strip(" |"))

    def _add(self, words: str) -> None:
        if not self._unread:
            self._lines[-1].append(words)
