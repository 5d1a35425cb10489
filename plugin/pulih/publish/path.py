"""The way from the computer to the service, with the place that failed marked. Pure.

An ordered list that CSS draws as a chain: read aloud it is a list of seven, one of which says that it was here.
"""

from __future__ import annotations

from pulih.domain.article import Article
from pulih.domain.segment import Segment, likely

_HERE = "Di sini gangguannya"
_PERHAPS = "Perkiraan: di sini gangguannya"


def path_picture(article: Article) -> str:
    """Return the picture as HTML that stands alone in a page; empty where nobody knows the place."""
    told = article.segment in {segment.value for segment in Segment}
    place = Segment(article.segment) if told else likely(article.device_kind, article.fault_type)
    if place is None:
        return ""
    said = _HERE if told else _PERHAPS
    rows = (_stop(segment, said if segment is place else "") for segment in Segment)
    kind = "pulih-jalur" if told else "pulih-jalur pulih-perkiraan"
    return "\n".join(
        (f'<ol class="{kind}" aria-label="Jalur dari komputer sampai layanan">', *rows, "</ol>")
    )


def _stop(segment: Segment, said: str) -> str:
    if not said:
        return f"<li><span>{segment.label}</span></li>"
    return f'<li class="pulih-putus"><strong>{segment.label}</strong> <em>{said}</em></li>'
