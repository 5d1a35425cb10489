"""The lists that lead to the cases."""

from __future__ import annotations

import posixpath
import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.records import Names
from pulih.publish import addresses
from pulih.publish.indexes import index_pages
from pulih.publish.page import case_page

LINK = re.compile(r"\]\(([^)]+\.md)\)")


def targets(page: str, text: str) -> set[str]:
    """Return the addresses that a page links to."""
    return {
        posixpath.normpath(posixpath.join(posixpath.dirname(page), found))
        for found in LINK.findall(text)
    }


def reached(pages: dict[str, str], start: str) -> set[str]:
    """Return what can be reached from a page by going down its own folder, and the cases there."""
    folder, todo, found = start.partition("/")[0], [start], set()
    while todo:
        page = todo.pop()
        for target in targets(page, pages[page]) - found:
            found.add(target)
            if target.startswith(f"{folder}/") and target in pages:
                todo.append(target)
    return found


def test_every_case_can_be_reached_by_year_agency_device_and_fault(archive):
    pages, cases = (
        index_pages(archive, Names()),
        {addresses.case(a.number, a.year) for a in archive},
    )

    for start in (addresses.CASES, addresses.AGENCIES, addresses.DEVICES, addresses.FAULTS):
        assert cases <= reached(pages, start), start


def test_every_link_of_every_generated_page_leads_to_a_page(archive):
    others = {a.number: a for a in archive}
    pages = index_pages(archive, Names())
    pages |= {addresses.case(a.number, a.year): case_page(a, others) for a in archive}

    for page, text in pages.items():
        assert targets(page, text) <= pages.keys(), page


def test_the_newest_case_stands_first_and_counts_are_shown(make):
    cases = [
        make(n, 2025 + n % 2, closed_at=datetime(2026, 3, n, tzinfo=UTC)) for n in (1, 2, 3, 4)
    ]
    page = index_pages(cases, Names())[addresses.agency("rsud")]

    assert re.findall(r"\d{4}-\d{4}(?=\.md)", page) == [
        "2026-0003",
        "2026-0001",
        "2025-0004",
        "2025-0002",
    ]
    assert "4 kasus" in page
    assert page.index("## 2026 (2)") < page.index("## 2025 (2)")


def test_a_list_is_called_what_the_agency_is_called_today(make):
    names = Names({"rsud": "RSUD H. L. Manambai"}, {"kabel-putus": "Kabel terputus"})
    pages = index_pages([make()], names)

    assert "# RSUD H. L. Manambai" in pages[addresses.agency("rsud")]
    assert "[RSUD H. L. Manambai](rsud.md) – 1 kasus" in pages[addresses.AGENCIES]
    assert "[Kabel terputus](kabel-putus.md)" in pages[addresses.FAULTS]


def test_the_most_frequent_fault_of_an_agency_stands_first(make):
    cases = [make(1), *(make(n, fault_type="dns", fault_name="DNS") for n in (2, 3))]
    page = index_pages(cases, Names())[addresses.agency("rsud")]

    assert page.index("[DNS](../gangguan/dns.md) – 2 kasus") < page.index("[Kabel putus]")


def test_an_agency_that_is_no_longer_registered_keeps_its_last_name(make):
    assert "# RSUD Kabupaten Sumbawa" in index_pages([make()], Names())[addresses.agency("rsud")]


def test_without_cases_the_four_lists_say_when_they_will_fill():
    pages = index_pages([], Names())

    assert set(pages) == {addresses.CASES, addresses.AGENCIES, addresses.DEVICES, addresses.FAULTS}
    assert all("Belum ada kasus." in page for page in pages.values())


def test_the_list_of_cases_shows_the_fifty_newest(make):
    page = index_pages([make(n) for n in range(1, 81)], Names())[addresses.CASES]

    assert len(re.findall(r"2026/2026-\d{4}\.md", page)) == 50
    assert "[Kasus 2026](2026/index.md) – 80 kasus" in page


def test_a_case_without_a_device_has_a_list_too(make):
    pages = index_pages([make(device_kind="", device_make="", device="")], Names())

    assert "2026-0012.md" in pages["perangkat/tanpa-perangkat.md"]


def test_makes_that_differ_in_case_or_hyphens_only_share_a_page():
    assert addresses.model("router", "TP-Link TL-WR840N") == addresses.model(
        "router", "tp link TL WR840N"
    )
    assert addresses.model("router", "TP-Link TL-WR840N") == "perangkat/router/tp-link-tl-wr840n.md"
    assert addresses.model("router", "CCR1009-1S+") == "perangkat/router/ccr1009-1s-plus.md"


def test_makes_that_differ_in_more_have_pages_of_their_own():
    makes = [
        "C",
        "C+",
        "C++",
        "???",
        "!!!",
        "Größe",
        "Grosse",
        "漢字",
        "index",
        "x" * 60,
        "x" * 61,
        "x" * 62,
    ]

    assert len({addresses.model("router", make) for make in makes}) == len(makes)


@given(name=st.text(max_size=80))
def test_an_address_is_a_plain_file_name_in_its_folder(name):
    for address in (
        addresses.agency(name),
        addresses.fault(name),
        addresses.kind(name),
        addresses.model(name, name),
    ):
        assert re.fullmatch(r"(opd|gangguan|perangkat)(/[a-z0-9_-]{1,80}){1,2}\.md", address)
        assert not address.endswith("/index.md")


@given(names=st.lists(st.text(max_size=10), min_size=2, max_size=2, unique=True))
def test_different_identifiers_have_different_addresses(names):
    assert addresses.agency(names[0]) != addresses.agency(names[1])
