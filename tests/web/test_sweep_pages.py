"""The state of the whole network on one page."""

from __future__ import annotations

import html
import re

import pytest

from pulih.domain.records import ProbeRun, RunKind

PAGE = "/jaringan/keadaan"
HEALTHY = {
    "addresses": 2,
    "answering": 2,
    "sent": 20,
    "lost": 0,
    "loss_low": 0.0,
    "typical_ms": 1.2,
}


@pytest.fixture
def rina(client_of):
    return client_of("rina")


@pytest.fixture
def sweep(rina, office, town):
    """Press the button, and do what it asked for; return the run's identifier."""

    def swept() -> str:
        assert rina.send(PAGE).status_code == 303
        key = office.tools.jobs.runs[-1]
        office.probing.perform(key)
        return key

    return swept


def read(browser, path=PAGE):
    return html.unescape(browser.get(path).text)


def test_before_the_first_look_the_page_says_what_it_is_for(rina):
    page = read(rina)
    assert "Seluruh jaringan belum pernah diperiksa." in page
    assert "Periksa seluruh jaringan" in page


def test_a_look_is_asked_for_watched_and_read(rina, office, town, cast):
    rina.send(PAGE)
    key = office.tools.jobs.runs[-1]
    page = read(rina)
    assert "<progress" in page
    assert "Periksa seluruh jaringan" not in page
    assert "<progress" in read(rina, f"{PAGE}/{key}?bagian=1")
    office.probing.perform(key)
    assert "data-done" in read(rina, f"{PAGE}/{key}?bagian=1")
    assert "2</strong> baik" in read(rina)


def test_every_agency_has_a_line_and_the_failing_place_stands_above(rina, sweep, town):
    town.silent = {"10.1.0.1", "10.1.0.2", "127.0.0.1"}
    sweep()
    page = read(rina)

    places = page.partition('id="gangguan"')[2].partition("</section>")[0]
    assert "Router Dukcapil" in places
    assert "Bukti" in places
    troubled = page.partition('id="perlu"')[2].partition("</section>")[0]
    assert "Dinas Kependudukan" in troubled
    assert "terganggu" in troubled
    assert "0 dari 3 alamat menjawab" in troubled
    assert "Dinas Pendidikan" not in troubled
    assert "Dinas Pendidikan" in page


def test_children_of_a_dead_parent_are_unknown_and_not_faulty(rina, sweep, town):
    town.silent = {"10.9.9.2", "10.1.0.1", "10.1.0.2", "127.0.0.1", "10.2.0.1"}
    sweep()
    page = read(rina)
    assert "tidak diketahui: di belakang gangguan lain" in page
    assert "Menara Sering" in page.partition('id="gangguan"')[2]


def test_an_earlier_state_can_be_looked_at_again(rina, sweep, town, clock):
    first = sweep()
    clock.tick(hours=1)
    town.silent = {"10.1.0.1", "10.1.0.2", "127.0.0.1"}
    sweep()
    assert f'href="{PAGE}/{first}"' in read(rina)
    assert "terganggu" not in read(rina, f"{PAGE}/{first}").partition("<main")[2]
    assert rina.get(f"{PAGE}/{'0' * 32}").status_code == 404


def test_one_at_a_time(rina, office, town):
    rina.send(PAGE)
    assert rina.send(PAGE).status_code == 409
    assert len(office.tools.jobs.runs) == 1


def test_people_of_agencies_see_nothing_of_it(client_of, sweep):
    key = sweep()
    dewi = client_of("dewi")
    for path in (PAGE, f"{PAGE}/{key}"):
        assert dewi.get(path).status_code == 403
    assert dewi.send(PAGE).status_code == 403
    assert PAGE not in dewi.get("/meja").text
    assert PAGE in client_of("irawan").get("/meja").text


def test_five_hundred_agencies_are_one_page(rina, office, cast):
    rows = tuple(
        {"node": f"rt-{n}", "agency": "dukcapil", "state": "healthy", **HEALTHY} for n in range(500)
    )
    verdict = {"status": "healthy", "candidates": []}
    run = ProbeRun(
        "a" * 32,
        "",
        cast.lead.id,
        office.tools.now(),
        state="done",
        kind=RunKind.SWEEP,
        offices=rows,
        verdict=verdict,
    )
    office.tools.store.write(lambda records: records.runs.put(run.id, run))
    page = read(rina)
    assert len(re.findall(r"2 dari 2 alamat menjawab", page)) == 500
    assert len(page) < 500_000


def test_a_look_that_broke_says_so(rina, office, cast):
    run = ProbeRun(
        "b" * 32,
        "",
        cast.lead.id,
        office.tools.now(),
        state="failed",
        kind=RunKind.SWEEP,
        doing="Pemeriksaan terhenti karena galat di server. Coba sekali lagi.",
    )
    office.tools.store.write(lambda records: records.runs.put(run.id, run))
    assert "terhenti karena galat" in read(rina)
