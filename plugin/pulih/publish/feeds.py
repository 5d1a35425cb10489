"""Feeds of new cases, RSS 2.0: all, by agency, by fault type. Pure.

What a feed's reader shows of a description is HTML; so the texts of a case are escaped twice, once more by the XML.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from email.utils import format_datetime
from functools import partial
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pulih.domain.article import Article
from pulih.domain.edition import Edition
from pulih.publish import addresses
from pulih.publish.groups import Groups, Rows, grouped
from pulih.publish.literal import lines, one_line
from pulih.publish.sheet import Sheet, made_of

NEWEST = 30
_WIKI = "Wiki Gangguan Jaringan"
_ATOM = "http://www.w3.org/2005/Atom"
ET.register_namespace("atom", _ATOM)
_TEXTS = {"Gejala": "symptom", "Penyebab": "cause", "Tindakan": "actions", "Hasil": "result"}


class Feed(NamedTuple):
    """A feed: where it stands, the page that it tells of, what it is called, what is said of it."""

    address: str
    page: str
    title: str
    about: str


def feed_sheets(
    edition: Edition, digests: Mapping[str, str], base: str, groups: Groups | None = None
) -> Iterator[Sheet]:
    """Yield a sheet for each feed: its newest cases.

    Args:
        digests: Case number -> `Case.digest`.
        base: The wiki's address as people open it; empty where nobody knows it, then links are relative to the feed.
        groups: What `grouped` says of them, where that is known.
    """
    groups = groups or grouped(edition, digests)
    yield _sheet(
        Feed(addresses.FEED, addresses.CASES, _WIKI, "Kasus baru di semua OPD."), groups.all, base
    )
    for agency, rows in groups.agencies.items():
        name = groups.agency_names[agency]
        about = f"Kasus baru di {name}."
        feed = Feed(
            addresses.agency_feed(agency), addresses.agency(agency), f"{_WIKI}: {name}", about
        )
        yield _sheet(feed, rows, base)
    for fault, rows in groups.faults.items():
        name = groups.fault_names[fault]
        about = f"Kasus baru dengan gangguan {name}."
        feed = Feed(addresses.fault_feed(fault), addresses.fault(fault), f"{_WIKI}: {name}", about)
        yield _sheet(feed, rows, base)


def _sheet(feed: Feed, rows: Rows, base: str) -> Sheet:
    newest = rows[:NEWEST]
    of = made_of(repr(feed), base, "\n".join([row.key for row in newest]))
    return Sheet(feed.address, of, partial(_rss, feed, [row.case.article for row in newest], base))


def _rss(feed: Feed, articles: Sequence[Article], base: str) -> bytes:
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", _url(base, feed.address, feed.page))
    _add(channel, "description", feed.about)
    _add(channel, "language", "id")
    if articles:
        _add(channel, "lastBuildDate", format_datetime(articles[0].closed_at))
    if base:
        itself = {
            "href": f"{base.rstrip('/')}/{feed.address}",
            "rel": "self",
            "type": "application/rss+xml",
        }
        ET.SubElement(channel, f"{{{_ATOM}}}link", itself)
    for article in articles:
        _add_item(channel, feed, article, base)
    ET.indent(root)
    told: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return told + b"\n"


def _add_item(channel: ET.Element, feed: Feed, article: Article, base: str) -> None:
    item = ET.SubElement(channel, "item")
    page = addresses.case(article.number, article.year)
    _add(item, "title", one_line(article.title) or article.number)
    _add(item, "link", _url(base, feed.address, page))
    _add(item, "description", _described(article))
    for category in (article.agency_name, article.fault_name):
        if one_line(category):
            _add(item, "category", category)
    guid = _add(item, "guid", article.number)  # the wiki may move to another address
    guid.set("isPermaLink", "false")
    _add(item, "pubDate", format_datetime(article.closed_at))


def _add(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = "\n".join(lines(text))  # without signs that XML does not have
    return element


def _described(article: Article) -> str:
    texts = ((label, getattr(article, name)) for label, name in _TEXTS.items())
    return "".join(
        f"<p><b>{label}:</b> {'<br>'.join(map(html.escape, lines(text)))}</p>"
        for label, text in texts
        if text.strip()
    )


def _url(base: str, feed: str, page: str) -> str:
    """Return where a page is opened: the site has a folder for each."""
    folder = page.removesuffix("index.md")
    folder = folder if folder != page else f"{page.removesuffix('.md')}/"
    if base:
        return f"{base.rstrip('/')}/{folder}"
    return addresses.relative(feed, folder)
