"""The start page and its plots."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.domain.edition import Case, Edition
from pulih.domain.records import Names
from pulih.publish.literal import lines, one_line
from pulih.publish.plots import cases_plot, hours_plot, months_shown, most_frequent
from pulih.publish.start import start_page, start_sheets

WIKI = Path(__file__).resolve().parents[2] / "wiki"
FAULTS = ("kabel-putus", "dns", "isp", "loop", "catu-daya", "dhcp", "malware")


@pytest.fixture(scope="session")
def archive_of(make):
    """Return so many cases, one every ten days up to March 2026."""

    def made(count: int) -> list:
        cases = []
        for n in range(count):
            day = date(2026, 3, 20) - timedelta(days=10 * (count - 1 - n))
            cases.append(
                make(
                    n + 1,
                    day.year,
                    fault_type=FAULTS[n % 7 if n % 3 else 0],
                    fault_name=FAULTS[n % 7 if n % 3 else 0].upper(),
                    resolved=day,
                    closed_at=datetime(day.year, day.month, day.day, 6, tzinfo=UTC),
                    working_hours=1.0 + n % 5,
                )
            )
        return cases

    return made


def edition_of(cases, **more) -> Edition:
    return Edition(tuple(map(Case, cases)), **more)


def digests(edition: Edition) -> dict[str, str]:
    return {case.number: case.digest for case in edition.cases}


# ---- The page ---------------------------------------------------------------------------------


def test_the_page_in_the_repository_is_that_of_a_new_office():
    assert (WIKI / "index.md").read_text(encoding="utf-8") == start_page(Edition())


def test_an_empty_office_is_told_what_will_come(rendered):
    page = rendered(start_page(Edition()))

    assert "Begitu sebuah tiket selesai" in page.text
    assert not page.all("svg")


def test_the_three_ways_and_the_guides_are_always_there(rendered, archive_of):
    for edition in (Edition(), edition_of(archive_of(40))):
        led = {node.attributes.get("href") for node in rendered(start_page(edition)).all("a")}
        assert led >= {
            "opd/index.md", "perangkat/index.md", "gangguan/index.md", "panduan/opd.md",
            "panduan/tim-jaringan.md", "sop/index.md", "glosarium.md",
        }  # fmt: skip


def test_the_newest_come_first_and_the_most_frequent_are_counted_over_a_year(rendered, archive_of):
    cases = archive_of(100)
    page = rendered(start_page(edition_of(cases, names=Names({}, {"kabel-putus": "Kabel rusak"}))))
    newest, frequent, _back = page.one("div", class_="pulih-kolom").all("section")

    assert [node.attributes["href"] for node in newest.all("a")[1:6]] == [
        f"kasus/{case.year}/{case.number}.md" for case in cases[:-6:-1]
    ]
    year = [case for case in cases if case.resolved >= date(2025, 4, 1)]
    count = sum(case.fault_type == "kabel-putus" for case in year)
    assert frequent.all("li")[0].text == f"Kabel rusak – {count} kasus"


def test_what_came_back_leads_to_both_cases(rendered, archive_of):
    cases = archive_of(30)
    recurring = {cases[-2].number: (cases[-9].number, cases[-12].number)}
    page = rendered(start_page(edition_of(cases, recurring=recurring)))
    back = page.one("div", class_="pulih-kolom").all("section")[2]

    assert [node.attributes["href"] for node in back.all("a")[1:3]] == [
        f"kasus/{case.year}/{case.number}.md" for case in (cases[-2], cases[-9])
    ]


def test_what_the_page_shows_is_in_its_digest(archive_of):
    cases = archive_of(12)

    def of(edition: Edition) -> str:
        (sheet,) = start_sheets(edition, digests(edition))
        return sheet.of

    shown = [
        edition_of(cases),
        edition_of(cases[:-1]),
        edition_of([*cases[:-1], replace(cases[-1], working_hours=99.0)]),
        edition_of(cases, names=Names({}, {"dns": "Nama"})),
        edition_of(cases, recurring={cases[3].number: (cases[1].number,)}),
        edition_of(cases, recurring={cases[3].number: (cases[2].number,)}),
    ]
    assert len({of(edition) for edition in shown}) == len(shown)
    assert of(edition_of(cases[::-1])) == of(edition_of(cases))
    assert start_page(edition_of(cases[::-1])) == start_page(edition_of(cases))


@given(data=st.data())
def test_names_and_titles_are_shown_as_they_were_typed(data, archive_of, hostile, rendered):
    title, agency, fault = (data.draw(hostile) for _ in range(3))
    cases = [
        replace(one, title=title, agency_name=agency, fault_name=fault) for one in archive_of(3)
    ]
    page = rendered(start_page(edition_of(cases)))

    assert not page.tags & {"script", "img", "iframe", "style"}
    assert not {key for node in page for key in node.attributes if key.startswith("on")}
    first = page.one("div", class_="pulih-kolom").all("li")[0]
    assert first.all("a")[0].text == (one_line(title).replace("\u00a0", " ") or cases[-1].number)
    typed = "\n".join(lines(agency)).replace("\u00a0", " ").split()
    assert first.one("small").text.split()[: len(typed)] == typed


# ---- The plots --------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "months"), [(1, 12), (30, 12), (60, 20), (200, 24)])
def test_the_plots_show_a_year_at_least_and_two_at_most(archive_of, count, months):
    shown = months_shown(archive_of(count))

    assert len(shown) == months
    assert shown[-1] == 2026 * 12 + 2


def test_a_plot_says_in_a_table_what_it_draws(seen, archive_of):
    cases = archive_of(33)
    months = months_shown(cases)
    shown = [case for case in cases if case.resolved >= date(2025, 4, 1)]
    page = seen(cases_plot(shown, months, {fault: fault.upper() for fault in FAULTS}))
    head, *rows = page.all("tr")

    assert [cell.text for cell in head.all("th")][-2:] == ["Jenis lain", "Semua"]
    assert rows[0].one("th").text == "Mar 2026"
    for row in rows:
        *parts, total = (0 if cell.text == "–" else int(cell.text) for cell in row.all("td"))
        assert sum(parts) == total
    assert sum(int(row.all("td")[-1].text) for row in rows) == len(shown)
    drawn = [n for n in page.all("rect") if "x" in n.attributes]
    assert len(drawn) == sum(cell.text != "–" for row in rows for cell in row.all("td")[:-1])


def test_bars_stand_on_one_another_and_stay_within_the_picture(seen, archive_of):
    cases = archive_of(70)
    page = seen(cases_plot(cases, months_shown(cases), {fault: fault for fault in FAULTS}))
    columns: dict[str, list[tuple[float, float]]] = {}
    for bar in (n.attributes for n in page.all("rect") if "x" in n.attributes):
        columns.setdefault(bar["x"], []).append((float(bar["y"]), float(bar["height"])))

    for bars in columns.values():
        foot = 176.0
        for y, height in bars:
            assert abs(y + height - foot) < 0.2
            foot = y
        assert foot >= 11.9


def test_time_to_repair_is_a_median_with_the_half_around_it(seen, make):
    cases = [
        make(n, resolved=date(2026, 3, 3), working_hours=float(h))
        for n, h in enumerate([1, 2, 3, 4, 100])
    ]
    cases.append(make(9, resolved=date(2026, 1, 3), working_hours=7.0))
    page = seen(hours_plot(cases, months_shown(cases)))
    rows = {row.one("th").text: [cell.text for cell in row.all("td")] for row in page.all("tr")[1:]}

    assert rows["Mar 2026"] == ["5", "2,0", "3,0", "4,0"]
    assert rows["Feb 2026"] == ["–"] * 4
    assert rows["Jan 2026"] == ["1", "7,0", "7,0", "7,0"]
    assert len(page.all("circle")) == 2


@pytest.mark.parametrize("hours", [0.0, 0.1, 3.9, 4.1, 99.0, 1234.5, 1e6])
def test_any_figure_fits_its_plot(seen, make, hours):
    cases = [make(1, resolved=date(2026, 3, 3), working_hours=hours)]
    page = seen(hours_plot(cases, months_shown(cases)))
    labels = [int(node.text) for node in page.all("text") if node.attributes.get("class") == "kiri"]

    assert labels[0] == 0
    assert labels[-1] >= hours
    assert 3 <= len(labels) <= 6
    assert all(12 <= float(node.attributes["cy"]) <= 176 for node in page.all("circle"))


def test_fault_types_of_equal_frequency_go_by_name():
    names = {"a": "Zebra", "b": "apel", "c": "Mangga"}

    assert most_frequent(["a", "b", "c", "c"], names) == [("c", 2), ("b", 1), ("a", 1)]
