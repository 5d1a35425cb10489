"""The lists that lead to the cases."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulih.domain.agency import Device, DeviceKind, Site
from pulih.domain.edition import Case, Edition, Review
from pulih.domain.records import Names
from pulih.publish import addresses, lists
from pulih.publish.feeds import feed_sheets
from pulih.publish.indexes import index_sheets
from pulih.publish.page import case_page
from pulih.publish.sheet import Sheet

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)]+\.(?:md|xml))\)")
ROW = re.compile(r"^- .*\]\(([^)]+)\)<br>", re.MULTILINE)
HEADS = {
    addresses.CASES,
    addresses.RECURRING,
    addresses.MATRIX,
    addresses.AGENCIES,
    addresses.DEVICES,
    addresses.FAULTS,
}


def edition(articles, **more) -> Edition:
    return Edition(tuple(a if isinstance(a, Case) else Case(a) for a in articles), **more)


def sheets(shown: Edition) -> dict[str, Sheet]:
    """Return the lists' sheets by address; no two have the same."""
    found = list(index_sheets(shown, {case.number: case.digest for case in shown.cases}))
    assert len({sheet.address for sheet in found}) == len(found)
    return {sheet.address: sheet for sheet in found}


def pages(articles, names=None, **more) -> dict[str, str]:
    shown = edition(articles, names=names or Names(), **more)
    return {address: sheet.make() for address, sheet in sheets(shown).items()}


def targets(page: str, text: str) -> set[str]:
    """Return the addresses that a page links to."""
    return {
        posixpath.normpath(posixpath.join(posixpath.dirname(page), found))
        for found in LINK.findall(text)
    }


def reached(
    pages: dict[str, str], start: str, folder: Callable[[str], bool] = lambda _: True
) -> set[str]:
    """Return what can be reached from a page, going on only in its own folder, as readers of that way do."""
    top, todo, found = start.partition("/")[0], [start], set()
    while todo:
        page = todo.pop()
        for target in targets(page, pages[page]) - found:
            found.add(target)
            if target.startswith(f"{top}/") and target in pages and folder(target):
                todo.append(target)
    return found


def in_matrix(address: str) -> bool:
    return address.startswith("kasus/matriks")


def in_years(address: str) -> bool:
    return bool(re.match(r"kasus/\d", address))


WAYS = (
    (addresses.CASES, in_years),
    (addresses.MATRIX, in_matrix),
    (addresses.AGENCIES, lambda _: True),
    (addresses.DEVICES, lambda _: True),
    (addresses.FAULTS, lambda _: True),
)


# ---- Ways -----------------------------------------------------------------------------------


def test_every_case_can_be_reached_by_year_agency_device_fault_and_matrix(archive):
    made, cases = pages(archive), {addresses.case(a.number, a.year) for a in archive}

    for start, folder in WAYS:
        assert cases <= reached(made, start, folder), start


def test_every_link_of_every_generated_page_leads_to_a_file(archive):
    others = {a.number: a for a in archive}
    shown = edition(archive, recurring={"2026-0002": ("2025-0001", "2019-0001")})
    made = {address: sheet.make() for address, sheet in sheets(shown).items()}
    made |= {addresses.case(a.number, a.year): case_page(Case(a), others) for a in archive}
    digests = {case.number: case.digest for case in shown.cases}
    feeds = {sheet.address for sheet in feed_sheets(shown, digests, "")}

    for page, text in made.items():
        assert targets(page, text) <= made.keys() | feeds, page


def test_the_newest_case_stands_first_and_counts_are_shown(make):
    cases = [
        make(n, 2025 + n % 2, closed_at=datetime(2026, 3, n, tzinfo=UTC)) for n in (1, 2, 3, 4)
    ]
    page = pages(cases)[addresses.agency("rsud")]

    assert re.findall(r"\d{4}-\d{4}(?=\.md)", page) == [
        "2025-0004",
        "2026-0003",
        "2025-0002",
        "2026-0001",
    ]
    assert "4 kasus" in page


def test_a_case_of_last_year_that_is_closed_today_changes_no_older_page(make):
    cases = [
        make(n, 2026, closed_at=datetime(2027, 1, 1, 0, n % 60, n // 60, tzinfo=UTC))
        for n in range(1, 151)
    ]
    late = make(999, 2025, closed_at=datetime(2027, 1, 9, tzinfo=UTC))
    page = addresses.older(addresses.agency("rsud"), 1)

    assert pages(cases)[page] == pages([*cases, late])[page]


def test_a_list_is_called_what_the_agency_is_called_today(make):
    names = Names({"rsud": "RSUD H. L. Manambai"}, {"kabel-putus": "Kabel terputus"})
    made = pages([make()], names)

    assert "# RSUD H. L. Manambai" in made[addresses.agency("rsud")]
    assert "[RSUD H. L. Manambai](rsud.md) – 1 kasus" in made[addresses.AGENCIES]
    assert "[Kabel terputus](kabel-putus.md)" in made[addresses.FAULTS]


def test_renaming_moves_no_page(make):
    cases = [make(n, agency=f"opd-{n % 3}", fault_type=f"jenis-{n % 4}") for n in range(1, 30)]
    names = Names({"opd-1": "Baru"}, {"jenis-1": "Baru juga"})

    assert pages(cases).keys() == pages(cases, names).keys()


def test_the_most_frequent_fault_of_an_agency_stands_first(make):
    cases = [make(1), *(make(n, fault_type="dns", fault_name="DNS") for n in (2, 3))]
    page = pages(cases)[addresses.agency("rsud")]

    assert page.index("[DNS](../kasus/matriks/rsud/dns.md) – 2 kasus") < page.index("[Kabel putus]")


def test_an_agency_that_is_no_longer_registered_keeps_its_last_name(make):
    assert "# RSUD Kabupaten Sumbawa" in pages([make()])[addresses.agency("rsud")]


def test_a_fault_renamed_into_anothers_name_can_be_told_from_it(make):
    cases = [make(1), make(2, fault_type="kabel-baru", fault_name="Kabel baru")]
    made = pages(cases, Names({}, {"kabel-baru": "kabel  putus"}))

    assert "[kabel putus (kabel-baru)](kabel-baru.md) – 1 kasus" in made[addresses.FAULTS]
    assert "[Kabel putus (kabel-putus)](kabel-putus.md) – 1 kasus" in made[addresses.FAULTS]


def test_agencies_whose_names_make_the_same_slug_have_pages_of_their_own(make):
    cases = [
        make(1, agency="a", agency_name="Dinas A/B"),
        make(2, agency="b", agency_name="Dinas A-B"),
    ]
    made = pages(cases)

    assert "[Dinas A/B](a.md)" in made[addresses.AGENCIES]
    assert "[Dinas A-B](b.md)" in made[addresses.AGENCIES]


@pytest.mark.parametrize("name", ["!!!", "***", "{: #x }", "\u200b", "", "<b>"])
def test_a_name_of_signs_only_is_shown_as_it_is_or_by_its_identifier(make, rendered, name):
    made = pages([make(agency="aneh", agency_name=name, fault_name=name)])

    for page, identifier in ((addresses.AGENCIES, "aneh"), (addresses.FAULTS, "kabel-putus")):
        assert f"{name.strip(chr(0x200B)) or identifier} – 1 kasus" in rendered(made[page]).text


# ---- Nothing yet ----------------------------------------------------------------------------


def test_without_cases_the_lists_say_when_they_will_fill():
    made = pages([])

    assert set(made) == HEADS
    for address in HEADS:
        committed = (ROOT / "wiki" / address).read_text(encoding="utf-8")
        assert committed == made[address], "a new office begins with these pages"
    for address in HEADS - {addresses.RECURRING}:
        assert "Belum ada kasus. Halaman ini terisi sendiri" in made[address], address
    assert "Belum ada gangguan yang kambuh." in made[addresses.RECURRING]


def test_a_year_without_a_case_between_others_says_so(make):
    made = pages([make(1, 2024), make(2, 2026)])

    assert "[Kasus 2025](2025/index.md) – belum ada kasus" in made[addresses.CASES]
    assert "Tidak ada kasus dari tahun ini." in made[addresses.year_of_cases(2025)]


def test_an_agency_and_a_fault_without_a_case_have_a_page_that_says_so():
    made = pages([], Names({"rsud": "RSUD"}, {"dns": "DNS"}))

    assert "Belum ada kasus dari OPD ini." in made[addresses.agency("rsud")]
    assert "Belum ada kasus dengan gangguan ini." in made[addresses.fault("dns")]
    assert "[RSUD](rsud.md) – belum ada kasus" in made[addresses.AGENCIES]


# ---- Pages of a list ------------------------------------------------------------------------


def many(make, count, **changes):
    began = datetime(2026, 1, 1, tzinfo=UTC)
    return [make(n, closed_at=began + timedelta(hours=n), **changes) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("count", "older"), [(1, 0), (99, 0), (100, 1), (149, 1), (150, 2), (260, 4)]
)
def test_a_head_shows_the_newest_fifty_to_ninety_nine(make, count, older):
    made = pages(many(make, count))
    head = addresses.fault("kabel-putus")
    listed = [head, *(addresses.older(head, n) for n in range(older, 0, -1))]

    assert addresses.older(head, older + 1) not in made
    assert [len(ROW.findall(made[page])) for page in listed[1:]] == [50] * older
    numbers = [
        number for page in listed for number in re.findall(r"(\d{4}-\d{4})\.md\)<br>", made[page])
    ]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == count
    assert f"{count} kasus" in made[head]


def test_older_pages_lead_to_the_older_and_the_newer_ones(make):
    made = pages(many(make, 210))
    head = addresses.fault("kabel-putus")
    first, second, third = (addresses.older(head, n) for n in (1, 2, 3))

    assert {first, third} <= targets(head, made[head])
    assert {head, second} <= targets(third, made[third])
    assert {first, third} <= targets(second, made[second])
    assert "Kasus ke-51 sampai ke-100" in made[second]
    assert "210" not in made[second]


def test_the_list_of_cases_shows_the_fifty_newest(make):
    page = pages(many(make, 80))[addresses.CASES]

    assert len(re.findall(r"2026/2026-\d{4}\.md", page)) == 50
    assert "[Kasus 2026](2026/index.md) – 80 kasus" in page
    assert "80 kasus · [Umpan RSS]" in page


def test_a_row_says_that_a_case_came_back_helped_and_should_be_looked_at(make, rendered):
    case = Case(make(2), helped=("2026-0009", "2026-0010"), review=(Review.OLD,))
    made = pages([make(1), case], recurring={"2026-0002": ("2026-0001", "2019-0007")})
    row = rendered(made[addresses.RECURRING]).one("li")

    assert "kambuh dari 2026-0001, 2019-0007 · membantu 2 kali · perlu ditinjau" in row.text
    assert [a.attributes["href"] for a in row.all("a")][1:] == ["2026/2026-0001.md"]
    assert "2026-0001.md)<br>" not in made[addresses.RECURRING]


# ---- Devices --------------------------------------------------------------------------------

SITES = {
    "gedung-b": Site("gedung-b", "rsud", "Gedung B"),
    "lama": Site("lama", "rsud", "Gedung lama", active=False),
}
DEVICES = {
    d.id: d
    for d in (
        Device("rsud-sw-2", "rsud", DeviceKind.SWITCH, "Switch lantai 2", "gedung-b", "Cisco", "SG350-28", "FCW1"),
        Device("rsud-rt", "rsud", DeviceKind.ROUTER, "Router RSUD", "gedung-b", "MikroTik", "RB750", active=True),
        Device("rsud-ap", "rsud", DeviceKind.ACCESS_POINT, "<b>AP</b>", "", "Ubiquiti", "M5", active=False),
        Device("rsud-polos", "rsud", DeviceKind.SWITCH, "Switch polos"),
    )
}  # fmt: skip


def test_kind_leads_to_model_and_model_to_the_single_device_with_its_history(make):
    made = pages([make(1), make(2, device="")], sites=SITES, devices=DEVICES)
    model, device = "perangkat/switch/cisco-sg350-28.md", "perangkat/unit/rsud-sw-2.md"

    assert "perangkat/switch.md" in targets(addresses.DEVICES, made[addresses.DEVICES])
    assert "[Cisco SG350-28](switch/cisco-sg350-28.md) – 2 kasus" in made["perangkat/switch.md"]
    assert "[Switch lantai 2](../unit/rsud-sw-2.md) – 1 kasus" in made[model]
    assert {model, "opd/rsud.md", "kasus/2026/2026-0001.md"} <= targets(device, made[device])
    assert "2026-0002" not in made[device]
    assert "Nomor seri: FCW1" in made[device]


def test_a_device_that_is_in_use_no_more_says_so_wherever_it_is_listed(make):
    made = pages([make()], sites=SITES, devices=DEVICES)

    for page in (
        "perangkat/access-point/ubiquiti-m5.md",
        "perangkat/unit/rsud-ap.md",
        "opd/rsud.md",
    ):
        assert "tidak dipakai lagi" in made[page], page
    assert "tidak dipakai lagi" not in made["perangkat/unit/rsud-sw-2.md"]


def test_every_device_on_record_can_be_reached(make):
    made = pages([make()], devices=DEVICES)

    assert {addresses.device(d) for d in DEVICES} <= reached(made, addresses.DEVICES)
    assert {addresses.device(d) for d in DEVICES} <= reached(made, addresses.AGENCIES)


def test_a_device_that_only_a_case_knows_has_a_page_that_says_so(make):
    made = pages([make(device="hilang")])

    assert "tidak ada dalam daftar perangkat" in made[addresses.device("hilang")]
    assert addresses.device("hilang") in reached(made, addresses.DEVICES)


def test_a_case_without_a_device_has_a_list_too(make):
    made = pages([make(device_kind="", device_make="", device="")])

    assert "2026-0012.md" in made["perangkat/tanpa-perangkat.md"]


def test_an_agencys_page_shows_its_sites_with_their_devices_and_counts(make, rendered):
    cases = [make(1), make(2, site="Gudang"), make(3, site="")]
    page = rendered(pages(cases, sites=SITES, devices=DEVICES)[addresses.agency("rsud")])

    assert [h.text.rstrip("#") for h in page.all("h3")] == [
        "Gedung B (1 kasus)",
        "Gedung lama (belum ada kasus, tidak dipakai lagi)",
        "Gudang (1 kasus)",
        "Tempatnya belum dicatat",
    ]
    assert "Switch lantai 2 – 3 kasus · Switch Cisco SG350-28" in page.text


def test_an_agencys_page_shows_the_way_to_the_service_as_far_as_it_is_on_record(make, rendered):
    page = rendered(pages([make()], devices=DEVICES)[addresses.agency("rsud")])
    stops = [stop.text for stop in page.one("div", class_="pulih-lintasan").all("li")]

    assert stops == [
        "Komputer pengguna",
        "Switch / access point: Switch lantai 2, Switch polos",
        "Router OPD: Router RSUD",
        "Jalur backbone",
        "Inti jaringan",
        "DNS / penyedia (ISP)",
        "Internet / layanan",
    ]
    assert "pulih-lintasan" not in pages([make()])[addresses.agency("rsud")]


# ---- The matrix -----------------------------------------------------------------------------


def test_the_matrix_counts_each_pair_and_leads_to_it(make, rendered):
    cases = [
        make(1), make(2), make(3, fault_type="dns", fault_name="DNS | {: .x }"),
        make(4, agency="dinkes", agency_name="<b>Dinkes</b>"),
    ]  # fmt: skip
    made = pages(cases)
    table = rendered(made[addresses.MATRIX]).one("div", class_="pulih-matriks").one("table")
    rows = [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")]

    assert rows == [
        ["OPD", "Jumlah", "Kabel putus", "DNS | {: .x }"],
        ["<b>Dinkes</b>", "1", "1", ""],
        ["RSUD Kabupaten Sumbawa", "3", "2", "1"],
        ["Jumlah", "4", "3", "1"],
    ]
    assert [row.all("td")[0].attributes["role"] for row in table.all("tr")[1:]] == ["rowheader"] * 3
    assert "matriks/rsud/kabel-putus.md" in made[addresses.MATRIX]
    assert len(ROW.findall(made["kasus/matriks/rsud/kabel-putus.md"])) == 2


def test_a_long_name_does_not_push_the_matrix_apart(make):
    made = pages([make(agency_name="Dinas " + "panjang " * 40, fault_name="x" * 300)])
    rows = [line for line in made[addresses.MATRIX].splitlines() if line.startswith("|")]

    assert max(len(cell) for row in rows for cell in row.split("|")) < 150


# ---- What a list is made of -----------------------------------------------------------------

WORDS = st.sampled_from(["Dinas A", "dinas a", "Dinas <b>", "!!!", "", "[x](y)", "Sama"])
SOME = st.sampled_from(["a", "b", "hal-1", "C++"])


@st.composite
def editions(draw, make):
    """Draw an edition, and what it may have become a while later."""

    def article(n):
        return make(
            n,
            draw(st.integers(2024, 2026)),
            title=draw(WORDS),
            agency=draw(SOME),
            agency_name=draw(WORDS),
            site=draw(WORDS),
            fault_type=draw(SOME),
            fault_name=draw(WORDS),
            device=draw(st.sampled_from(["", "d-1", "d-2", "hal-2"])),
            device_kind=draw(st.sampled_from(["", "switch", "unit", "hal-3"])),
            device_make=draw(WORDS),
            closed_at=datetime(2026, 3, draw(st.integers(1, 28)), tzinfo=UTC),
        )  # fmt: skip

    def names():
        return Names(draw(st.dictionaries(SOME, WORDS)), draw(st.dictionaries(SOME, WORDS)))

    def devices():
        kinds = st.sampled_from(list(DeviceKind))

        def device(name):
            active = draw(st.booleans())
            return Device(
                name, draw(SOME), draw(kinds), draw(WORDS), "s-1", draw(WORDS), active=active
            )

        return {i: device(i) for i in draw(st.sets(st.sampled_from(["d-1", "d-3"])))}

    cases = [Case(article(n)) for n in range(1, draw(st.integers(0, 14)))]
    numbers = [case.number for case in cases]
    recurring = {n: (numbers[0], "2019-0001") for n in numbers[1:] if draw(st.booleans())}
    one = Edition(
        tuple(cases), names(), {"s-1": Site("s-1", "a", draw(WORDS))}, devices(), recurring
    )
    later = list(cases)
    if cases and draw(st.booleans()):
        later.pop(draw(st.integers(0, len(cases) - 1)))
    if later and draw(st.booleans()):
        at = draw(st.integers(0, len(later) - 1))
        changes = draw(
            st.sampled_from(
                [
                    {"title": "Judul lain"},
                    {"agency": "b"},
                    {"fault_type": "b"},
                    {"device_make": "X"},
                ]
            )
        )
        later[at] = replace(later[at], article=replace(later[at].article, **changes))
    if draw(st.booleans()):
        later.append(Case(article(99)))
    return one, Edition(
        tuple(draw(st.permutations(later))),
        names() if draw(st.booleans()) else one.names,
        one.sites if draw(st.booleans()) else {},
        devices() if draw(st.booleans()) else one.devices,
        recurring if draw(st.booleans()) else {},
    )


@contextmanager
def short_pages():
    """Fill a page with three cases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "FULL", 3)
        yield


@pytest.mark.slow
@short_pages()
@settings(max_examples=150)
@given(data=st.data())
def test_a_list_whose_digest_is_the_same_is_the_same(make, data):
    one, other = map(sheets, data.draw(editions(make)))

    for address in one.keys() & other.keys():
        if one[address].of == other[address].of:
            assert one[address].make() == other[address].make(), address


@pytest.mark.slow
@short_pages()
@settings(max_examples=80)
@given(data=st.data())
def test_each_case_is_found_on_each_way_and_no_page_is_long(make, data):
    shown, _ = data.draw(editions(make))
    made = {address: sheet.make() for address, sheet in sheets(shown).items()}
    cases = {addresses.case(c.number, c.article.year) for c in shown.cases}

    for start, folder in WAYS:
        assert cases <= reached(made, start, folder), start
    for page in made.keys() - {addresses.CASES}:
        assert len(ROW.findall(made[page])) < 2 * lists.FULL, page
    digests = {case.number: case.digest for case in shown.cases}
    feeds = {sheet.address for sheet in feed_sheets(shown, digests, "")}
    for page, text in made.items():
        assert targets(page, text) <= made.keys() | feeds | cases, page


@short_pages()
@settings(max_examples=80)
@given(data=st.data())
def test_a_case_more_changes_only_the_heads_of_its_lists_and_the_pages_that_they_give_away(
    make, data
):
    before, _ = data.draw(editions(make))
    article = make(
        999, 2026, closed_at=datetime(2026, 4, 1, tzinfo=UTC), agency=data.draw(SOME), agency_name="Sama",
        fault_type=data.draw(SOME), fault_name="Sama", device=data.draw(st.sampled_from(["", "d-1"])),
    )  # fmt: skip
    names = Names(
        dict.fromkeys(["a", "b", "hal-1", "C++"], "x"),
        dict.fromkeys(["a", "b", "hal-1", "C++"], "y"),
    )
    before = replace(before, names=names)
    one, two = sheets(before), sheets(replace(before, cases=(*before.cases, Case(article))))

    changed = {at for at in two if at not in one or one[at].of != two[at].of}
    kind = addresses.kind_of(article)
    heads = {
        addresses.CASES,
        addresses.MATRIX,
        addresses.AGENCIES,
        addresses.DEVICES,
        addresses.FAULTS,
        addresses.year_of_cases(2026),
        addresses.agency(article.agency),
        addresses.fault(article.fault_type),
        addresses.pair(article.agency, article.fault_type),
        addresses.kind(kind),
        addresses.model(kind, article.device_make),
        addresses.device(article.device),
    }
    if unit := before.devices.get(article.device):  # listed where its record says, too
        heads |= {addresses.agency(unit.agency), addresses.kind(unit.kind)}
        heads.add(addresses.model(unit.kind, unit.brand))
    for address in changed - heads:
        older = re.fullmatch(r"(.+)/hal-(\d+)\.md", address)
        given_away = older and address not in one
        # The page before the one that was given away leads on to it.
        aged = older and f"{older[1]}/hal-{int(older[2]) + 1}.md" in two.keys() - one.keys()
        between = re.fullmatch(r"kasus/\d{4}/index\.md", address) and address not in one
        moved = article.device and not unit and address.startswith("perangkat/")
        assert given_away or aged or between or moved, address
    assert one.keys() <= two.keys()


# ---- Addresses ------------------------------------------------------------------------------


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


@given(name=st.text(max_size=80) | st.sampled_from(["hal-1", "unit", "index", "tanpa-perangkat"]))
def test_an_address_is_a_plain_file_name_in_its_folder(name):
    for address in (
        addresses.agency(name),
        addresses.fault(name),
        addresses.kind(name),
        addresses.model(name, name),
        addresses.device(name),
        addresses.pair(name, name),
    ):
        assert re.fullmatch(
            r"(opd|gangguan|perangkat|kasus/matriks)(/[a-z0-9_-]{1,80}){1,2}\.md", address
        )
        assert not address.endswith("/index.md")
        assert not re.search(r"/hal-\d+\.md", address)


@given(names=st.lists(st.text(max_size=10), min_size=2, max_size=2, unique=True))
def test_different_identifiers_have_different_addresses(names):
    for address in (addresses.agency, addresses.device, addresses.fault, addresses.kind):
        assert address(names[0]) != address(names[1])


def test_a_kind_called_as_the_folder_of_devices_does_not_take_their_place():
    assert addresses.model("unit", "rsud-sw-2") != addresses.device("rsud-sw-2")
    assert addresses.agency("unit") == "opd/unit.md"
