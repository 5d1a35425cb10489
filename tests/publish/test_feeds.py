"""Feeds of new cases."""

from __future__ import annotations

import posixpath
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.edition import Case, Edition
from pulih.domain.records import Names
from pulih.publish import addresses
from pulih.publish.feeds import NEWEST, feed_sheets

BASE = "https://wiki.contoh.example/jaringan"
SELF = "{http://www.w3.org/2005/Atom}link"


def sheets(articles, base=BASE, names=None):
    shown = Edition(tuple(map(Case, articles)), names or Names())
    digests = {case.number: case.digest for case in shown.cases}
    return {sheet.address: sheet for sheet in feed_sheets(shown, digests, base)}


def channel(articles, address=addresses.FEED, **more) -> ET.Element:
    root = ET.fromstring(sheets(articles, **more)[address].make())
    assert (root.tag, root.attrib) == ("rss", {"version": "2.0"})
    (found,) = root
    return found


def test_there_is_a_feed_for_all_for_each_agency_and_for_each_fault(make):
    cases = [make(1), make(2, agency="dinkes", fault_type="dns")]
    found = sheets(cases, names=Names({"baru": "OPD baru"}, {"loop": "Loop"}))

    assert found.keys() == {
        "umpan/kasus.xml",
        *(f"umpan/opd/{name}.xml" for name in ("rsud", "dinkes", "baru")),
        *(f"umpan/gangguan/{name}.xml" for name in ("kabel-putus", "dns", "loop")),
    }
    for address, number in (
        ("umpan/opd/dinkes.xml", "2026-0002"),
        ("umpan/gangguan/kabel-putus.xml", "2026-0001"),
    ):
        feed = channel(cases, address)
        assert [guid.text for guid in feed.iter("guid")] == [number]


def test_an_item_says_what_a_reader_needs(make):
    case = make(12, closed_at=datetime(2026, 3, 3, 14, 30, tzinfo=timezone(timedelta(hours=8))))
    item = channel([case]).find("item")

    assert item.findtext("title") == case.title
    assert item.findtext("link") == f"{BASE}/kasus/2026/2026-0012/"
    assert item.findtext("guid") == "2026-0012"
    assert item.find("guid").attrib == {"isPermaLink": "false"}
    assert parsedate_to_datetime(item.findtext("pubDate")) == case.closed_at
    assert [c.text for c in item.findall("category")] == [case.agency_name, case.fault_name]
    assert "<p><b>Penyebab:</b> Kabel di atas plafon" in item.findtext("description")


def test_the_newest_thirty_come_first(make):
    began = datetime(2026, 1, 1, tzinfo=UTC)
    cases = [make(n, closed_at=began + timedelta(hours=n)) for n in range(1, 50)]
    feed = channel(cases)
    numbers = [guid.text for guid in feed.iter("guid")]

    assert numbers == [f"2026-{n:04d}" for n in range(49, 49 - NEWEST, -1)]
    assert parsedate_to_datetime(feed.findtext("lastBuildDate")) == began + timedelta(hours=49)


def test_where_the_address_is_known_a_feed_says_where_it_stands(make):
    feed = channel([make()], addresses.agency_feed("rsud"), base=f"{BASE}/")

    assert feed.find(SELF).attrib["href"] == f"{BASE}/umpan/opd/rsud.xml"
    assert feed.find(SELF).attrib["rel"] == "self"
    assert feed.findtext("link") == f"{BASE}/opd/rsud/"
    assert channel([make()]).findtext("link") == f"{BASE}/kasus/"


@pytest.mark.parametrize("address", ["umpan/kasus.xml", "umpan/opd/rsud.xml"])
def test_where_nobody_knows_the_address_links_are_relative_to_the_feed(make, address):
    feed = channel([make()], address, base="")
    link = feed.find("item").findtext("link")

    assert feed.find(SELF) is None
    assert (
        posixpath.normpath(posixpath.join(posixpath.dirname(address), link))
        == "kasus/2026/2026-0012"
    )
    assert link.endswith("/")
    assert feed.findtext("link").startswith("..")


def test_without_a_case_a_feed_is_empty_and_valid():
    feed = channel([])

    assert [child.tag for child in feed if child.tag != SELF] == [
        "title",
        "link",
        "description",
        "language",
    ]
    assert all(child.text for child in feed if child.tag != SELF)


def test_a_feed_is_called_what_the_agency_is_called_today(make):
    feed = channel([make()], "umpan/opd/rsud.xml", names=Names({"rsud": "RSUD <Baru>"}))

    assert feed.findtext("title") == "Wiki Gangguan Jaringan: RSUD <Baru>"


@given(data=st.data())
def test_hostile_texts_give_a_valid_feed_in_which_they_are_mere_text(make, hostile, seen, data):
    texts = hostile | st.text(max_size=20)
    draw = lambda: data.draw(texts)  # noqa: E731 - a name for a formula
    case = make(
        title=draw(), symptom=draw(), cause=draw(), agency_name=draw(), fault_name=draw(), agency=draw()
    )  # fmt: skip
    for address, sheet in sheets([case]).items():
        item = ET.fromstring(sheet.make()).find("channel/item")
        described = seen(item.findtext("description"))

        assert item.findtext("title"), address
        assert described.tags <= {"page", "p", "b", "br"}


def test_the_same_cases_in_any_order_give_the_same_bytes(archive):
    one, other = sheets(archive), sheets(archive[::-1])

    assert {at: (s.of, s.make()) for at, s in one.items()} == {
        at: (s.of, s.make()) for at, s in other.items()
    }


def test_a_case_more_changes_three_feeds(make):
    began = datetime(2026, 1, 1, tzinfo=UTC)
    cases = [
        make(n, agency=f"opd-{n % 3}", fault_type=f"jenis-{n % 4}", closed_at=began + timedelta(hours=n))
        for n in range(1, 60)
    ]  # fmt: skip
    one, two = sheets(cases[:-1]), sheets(cases)

    assert {at for at in two if one[at].of != two[at].of} == {
        "umpan/kasus.xml",
        "umpan/opd/opd-2.xml",
        "umpan/gangguan/jenis-3.xml",
    }
    assert sheets(cases, base="").keys() == two.keys()
    assert all(sheets(cases, base="")[at].of != two[at].of for at in two)
