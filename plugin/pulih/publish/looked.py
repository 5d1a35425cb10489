"""The way that was looked at when a case was examined, as a picture on its page. Pure."""

from __future__ import annotations

from pulih.domain.article import Article
from pulih.domain.passed import Passed, way_again
from pulih.publish.way import way_svg

_TITLE = "Jalur yang diperiksa, dan yang terlihat di sana"


def looked_picture(article: Article) -> str:
    """Return the picture as HTML that stands alone in a page; empty where nobody looked.

    A page's own markup begins and ends it, so that no reader of Markdown looks into it.
    """
    if not article.way:
        return ""
    return f'<div class="pulih-peta">\n{drawn(article.way)}</div>'


def drawn(stops: tuple[Passed, ...], *, printed: bool = False) -> str:
    """Return the picture itself; for paper it brings its own colours."""
    way, marks = way_again(stops)
    return way_svg(way, _TITLE, marks, name="pulih-jalur", printed=printed)
