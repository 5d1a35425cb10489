"""Which pages are to stand on a Plone site, and when one of them is another page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from editions import edition

from pulih.domain.edition import Case, Note, Picture
from pulih.domain.plone.page import PageKind
from pulih.domain.plone.target import Target
from pulih.domain.records import Names
from pulih.domain.scrub import Audience
from pulih.publish.plone.pages import Around, pages

TARGET = Target("1" * 32, "Portal", "http://127.0.0.1:1/p", "u", "s", "kasus", Audience.INTRANET)


def pages_of(edition, target=TARGET, around=None):
    digests = {case.number: case.digest for case in edition.cases}
    return {page.key: page for page in pages(edition, digests, target, around or Around())}


@pytest.fixture
def some(make):
    """Three cases at two agencies, with two devices and two fault types."""
    return [
        make(1),
        make(
            2, agency="setda", agency_name="Sekretariat Daerah", fault_type="dns", fault_name="DNS"
        ),
        make(3, device_kind="router", device_make="MikroTik RB750", resolved=date(2026, 5, 1)),
    ]


def changed(before, after):
    """Return the keys of the pages that are written anew."""
    return {
        key
        for key, page in after.items()
        if before.get(key) is None or before[key].digest != page.digest
    }


def test_every_page_comes_after_the_one_it_stands_in(archive):
    met = {""}
    for page in pages_of(edition(archive)).values():
        assert page.parent in met
        met.add(page.key)


def test_no_two_pages_have_one_address(archive):
    found = pages_of(edition(archive))
    addresses = [(page.parent, page.id) for page in found.values()]

    assert len(set(addresses)) == len(addresses)
    assert sum(page.kind is PageKind.CASE for page in found.values()) == len(archive)


def test_cases_lie_with_their_agency_and_lists_by_device_and_fault(some):
    found = pages_of(edition(some), around=Around(shorts={"setda": "Setda"}))

    assert [(page.key, page.parent, page.id) for page in found.values() if page.kind is not PageKind.CASE] == [
        ("root", "", "kasus"),
        ("perangkat", "root", "perangkat"),
        ("gangguan", "root", "gangguan"),
        ("opd/rsud", "root", "rsud-kabupaten-sumbawa"),
        ("opd/setda", "root", "setda"),
        ("perangkat/router", "perangkat", "router"),
        ("perangkat/router/mikrotik-rb750", "perangkat", "router-mikrotik-rb750"),
        ("perangkat/switch", "perangkat", "switch"),
        ("perangkat/switch/cisco-sg350-28", "perangkat", "switch-cisco-sg350-28"),
        ("gangguan/dns", "gangguan", "dns"),
        ("gangguan/kabel-putus", "gangguan", "kabel-putus"),
    ]  # fmt: skip
    assert found["kasus/2026-0002"].parent == "opd/setda"


def test_every_keyword_of_a_case_has_its_list(archive):
    found = pages_of(edition(archive)).values()
    listed = {page.subject for page in found if page.kind is PageKind.INDEX}
    told = {word for page in found for word in page.subjects}

    assert told == listed


def test_a_fault_and_a_kind_of_one_name_have_two_keywords(make):
    odd = make(1, device_kind="lainnya", device_make="", fault_type="lainnya", fault_name="Lainnya")

    assert pages_of(edition([odd]))["kasus/2026-0001"].subjects == (
        "Perangkat lainnya",
        "Gangguan lainnya",
    )


def test_a_list_says_how_many_cases_there_are_and_how_new_they_are(some):
    found = pages_of(edition(some))

    assert found["gangguan/kabel-putus"].description == "2 kasus, yang terbaru selesai 1 Mei 2026."
    assert found["opd/rsud"].description.startswith("2 kasus gangguan jaringan, yang terbaru")


@pytest.mark.parametrize(
    ("target", "numbers"),
    [
        (TARGET, {"2026-0001", "2026-0002", "2026-0003"}),
        (replace(TARGET, agencies=("setda",)), {"2026-0002"}),
        (replace(TARGET, fault_types=("kabel-putus",)), {"2026-0001", "2026-0003"}),
        (replace(TARGET, agencies=("rsud",), fault_types=("dns",)), set()),
    ],
)
def test_a_target_shows_what_was_chosen_for_it(some, target, numbers):
    found = pages_of(edition(some), target)

    assert {page.case.number for page in found.values() if page.case} == numbers
    assert {"root", "perangkat", "gangguan"} <= found.keys()


def test_a_case_that_is_not_shown_is_not_linked(make):
    cases = [make(1, related=("2026-0002",)), make(2, agency="setda", agency_name="Setda")]
    page = pages_of(edition(cases), replace(TARGET, agencies=("rsud",)))["kasus/2026-0001"]

    assert 'href="../setda' not in page.made({}).after
    assert "2026-0002" in page.made({}).after


def test_one_case_more_changes_its_own_page_and_the_lists_it_is_in(some, make):
    before = pages_of(edition(some))
    after = pages_of(edition([*some, make(4, agency="setda", agency_name="Sekretariat Daerah")]))

    assert changed(before, after) == {
        "kasus/2026-0004", "opd/setda", "perangkat/switch", "perangkat/switch/cisco-sg350-28", "gangguan/kabel-putus",
    }  # fmt: skip


def test_an_agency_that_is_renamed_changes_no_case_of_its_own(some):
    names = Names({"rsud": "RSUD", "setda": "Setda"}, {})
    before = pages_of(edition(some, names))
    renamed = pages_of(edition(some, Names({**names.agencies, "setda": "Sekretariat"}, {})))

    assert changed(before, renamed) == {"opd/setda"}
    assert (before["opd/setda"].id, renamed["opd/setda"].id) == ("setda", "sekretariat")


@pytest.mark.parametrize(
    "other",
    [
        {"cause": "Lain."},
        {"title": "Lain"},
        {"segment": "inti"},
        {"agency_name": "Lain"},
        {"device_make": "Lain"},
        {"related": ("2020-0001",)},
    ],
)
def test_a_case_that_says_anything_else_is_another_page(some, other):
    before = pages_of(edition(some))
    after = pages_of(edition([replace(some[0], **other), *some[1:]]))

    assert "kasus/2026-0001" in changed(before, after)


def test_what_came_to_a_case_later_is_another_page_too(some):
    plain = edition(some)
    note = Note("1" * 32, "2026-0001", "r", "Rina", datetime(2026, 9, 3, tzinfo=UTC), "Stabil.")
    for added in (
        {"notes": (note,)},
        {"helped": ("2026-0009",)},
        {"pictures": (Picture("ab" * 32, "x"),)},
    ):
        cases = (Case(some[0], **added), *plain.cases[1:])
        assert "kasus/2026-0001" in changed(pages_of(plain), pages_of(replace(plain, cases=cases)))


def test_other_addresses_of_wiki_and_desk_are_other_pages(some):
    plain = edition(some)
    cases = {f"kasus/{one.number}" for one in some}
    before = pages_of(plain, around=Around("https://a.id", "https://b.id"))

    assert changed(before, pages_of(plain, around=Around("https://c.id", "https://b.id"))) == cases
    assert changed(before, pages_of(plain, around=Around("https://a.id", "https://c.id"))) == cases
    assert not changed(before, pages_of(plain, around=Around("https://a.id/", "https://b.id")))


def test_a_linked_case_with_another_title_is_shown_with_it(make):
    cases = [make(1, related=("2026-0002",)), make(2)]
    before = pages_of(edition(cases))
    after = pages_of(edition([cases[0], replace(cases[1], title="Lain sekali")]))

    assert {"kasus/2026-0001", "kasus/2026-0002"} <= changed(before, after)


def test_photographs_and_the_printed_case_belong_to_a_page(make):
    case = Case(make(1), pictures=(Picture("ab" * 32, "Panel"), Picture("cd" * 32)))
    printed = replace(TARGET, printed=True)
    page = pages_of(replace(edition([]), cases=(case,)), printed)["kasus/2026-0001"]

    assert [(one.id, one.image, one.title, one.source[:2]) for one in page.attached] == [
        ("2026-0001-1.jpg", True, "Foto 1: Panel", "ab"),
        ("2026-0001-2.jpg", True, "Foto 2", "cd"),
        ("2026-0001.pdf", False, "Kasus 2026-0001 untuk dicetak (PDF)", ""),
    ]


def test_another_printer_prints_anew_and_leaves_the_page_alone(make):
    told = [
        pages_of(edition([make(1)]), replace(TARGET, printed=True), Around(printer=name))[
            "kasus/2026-0001"
        ]
        for name in ("weasyprint 70", "weasyprint 71")
    ]

    assert told[0].digest == told[1].digest
    assert told[0].attached[0].digest != told[1].attached[0].digest


@pytest.mark.parametrize(
    ("sure", "said"), [(True, "Kabel di atas"), (False, "Dugaan: Kabel di atas")]
)
def test_below_its_title_a_case_says_what_it_was(make, sure, said):
    page = pages_of(edition([make(1, cause_confirmed=sure)]))["kasus/2026-0001"]

    assert page.description.startswith(said)


def test_titles_and_keywords_are_single_lines(archive):
    for page in pages_of(edition(archive)).values():
        for text in (page.title, page.description, *page.subjects):
            assert "\n" not in text
            assert text == text.strip()
