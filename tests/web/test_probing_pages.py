"""The part of a ticket's page that looks at the network: verdict, picture, question, comparison, shared outage."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from pulih.domain.agency import Device, DeviceKind
from pulih.web.looks import Shown

pytestmark = pytest.mark.slow  # as a whole

SCRIPT = '"><script>alert(1)</script>'
BEHIND = {"10.1.0.1", "10.1.0.2", "127.0.0.1"}  # all of the agency's


@pytest.fixture
def number(desk, town):
    return desk("examination")


@pytest.fixture
def rina(client_of):
    return client_of("rina")


@pytest.fixture
def look(rina, office, number):
    """Press the button, and do what it asked for; return the run's identifier."""

    def looked() -> str:
        assert rina.send(f"/tiket/{number}/periksa").status_code == 303
        key = office.tools.jobs.runs[-1]
        office.probing.perform(key)
        return key

    return looked


def page_of(browser, number):
    return html.unescape(browser.get(f"/tiket/{number}").text)


@pytest.fixture
def taken(office, cast, clock, facts_for):
    """Take a ticket along through the service until a stage is due."""

    def take(number: str, to: str, **runs: object) -> str:
        ticket = office.tickets.show(cast.admin, number).ticket
        while ticket.due.id != to:
            stage = ticket.due.id
            changes = {"outcome": "fixed"} if stage == "remote-repair" else {}
            changes |= runs if stage == "examination" else {}
            clock.tick(minutes=10)
            ticket = office.tickets.take(
                cast.actor(stage), number, stage, facts_for(stage, **changes), seen=ticket.version
            )
        return number

    return take


def section(page):
    return page.partition('id="pemeriksaan"')[2].partition("</section>\n")[0]


# ---- Asked for, under way, done ---------------------------------------------------------------


def test_one_button_has_the_whole_way_examined(rina, office, number):
    before = section(page_of(rina, number))
    assert "Periksa sekarang" in before
    assert "10.1.0.1" in before, "single addresses may be chosen instead"

    rina.send(f"/tiket/{number}/periksa")
    page = section(page_of(rina, number))
    assert "<progress" in page
    assert "<noscript>" in page
    assert "Periksa sekarang" not in page
    key = office.tools.jobs.runs[-1]
    assert 'http-equiv="refresh"' in rina.get(f"/tiket/{number}/periksa/{key}").text


def test_certain_addresses_are_not_everything_where_none_is_chosen(rina, office, number):
    assert rina.send(f"/tiket/{number}/periksa", {"only": "1", "extra": " "}).status_code == 303
    assert not office.tools.jobs.runs
    assert "Pilih dahulu alamat" in page_of(rina, number)


def test_the_part_that_a_script_asks_for_says_when_it_is_done(rina, office, number, town):
    rina.send(f"/tiket/{number}/periksa")
    key = office.tools.jobs.runs[-1]
    path = f"/tiket/{number}/periksa/{key}?bagian=1"
    assert "data-done" not in rina.get(path).text
    office.probing.perform(key)
    part = rina.get(path).text
    assert "data-done" in part
    assert "<html" not in part


def test_the_verdict_the_picture_and_the_evidence_are_seen(rina, look, number, town):
    town.silent = BEHIND
    look()
    page = section(page_of(rina, number))

    assert "Gangguan di satu dari" in page
    assert re.search(r"\d dari \d penjelasan yang cocok", page)
    suspects = page.partition('class="suspects"')[2].partition("</ol>")[0]
    assert "%" not in suspects, "no invented percentage"
    assert "Yang mendukung" in page
    assert "Router Dukcapil (10.1.0.1) tidak menjawab" in page
    picture = re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]
    assert "Mungkin di sini: " in picture
    assert "tidak diketahui: di belakang gangguan" in picture
    assert "0 dari 3 alamat menjawab" in picture


def test_nothing_found_says_what_it_rules_out(rina, look, number, town):
    look()
    page = section(page_of(rina, number))

    assert "Tidak ditemukan gangguan" in page
    assert "kehilangan paket di atas" in page.partition("Yang dapat dipastikan")[2]
    assert "Yang tidak diperiksa" in page


def test_an_agency_without_addresses_is_told_so(rina, look, number, office, cast, town):
    for key in ("rt-dukcapil", "sw-2", "sw-dukcapil"):
        device = office.registry.get(cast.admin, Device, key)
        office.registry.save(cast.admin, replace(device, address=""))
    look()
    page = section(page_of(rina, number))
    assert "Belum dapat diperiksa" in page
    assert "Minta administrator mengisi alamatnya" in page


def test_what_was_measured_is_on_the_runs_own_page(rina, look, number, town):
    key = look()
    page = rina.get(f"/tiket/{number}/periksa/{key}").text
    assert "Semua yang diukur" in page
    assert '<pre tabindex="0">ping' in page
    assert "Router Dukcapil menjawab semua 10 ping" in page
    assert "rt-dukcapil menjawab" not in page
    assert f"/tiket/{number}/periksa/{key}" in page_of(rina, number)


def test_a_port_is_named_with_its_device(rina, look, number, office, cast, town):
    router = Device(
        "rt-dukcapil",
        "dukcapil",
        DeviceKind.ROUTER,
        "Router Dukcapil",
        parent="inti",
        address="10.1.0.1",
        interfaces="wan 10.9.0.2/30, lan 10.1.0.1/24",
    )
    office.registry.save(cast.admin, router)
    page = rina.get(f"/tiket/{number}/periksa/{look()}").text
    assert '<td data-label="Sasaran">Router Dukcapil lan<br>' in page


def test_several_faults_at_once_are_not_said_to_be_in_one_place(rina, look, number, town):
    town.silent = {"10.1.0.2"}
    town.mute = {"10.0.0.53"}
    look()
    page = section(page_of(rina, number))
    assert "Gangguan di beberapa dari" in page
    assert "2 gangguan sekaligus" in page


def test_in_english_the_evidence_is_marked_as_indonesian(rina, look, number, town):
    town.silent = BEHIND
    look()
    rina.send("/bahasa", {"language": "en"})
    page = page_of(rina, number)
    assert '<span lang="id">Dari Pulih: Router Dukcapil' in page
    assert '<p class="asked"><span lang="id">' in page


def test_hostile_names_do_nothing(rina, look, number, office, cast, town):
    device = office.registry.get(cast.admin, Device, "rt-dukcapil")
    office.registry.save(cast.admin, replace(device, name=SCRIPT))
    town.silent = BEHIND
    key = look()
    for path in (f"/tiket/{number}", f"/tiket/{number}/periksa/{key}", "/jaringan/keadaan"):
        assert "<script>alert" not in rina.get(path).text, path


# ---- The next question ------------------------------------------------------------------------


def test_an_answer_is_judged_at_once_and_can_be_taken_back(rina, look, number, office, cast, town):
    town.silent = BEHIND
    key = look()
    run = office.probing.get(cast.lead, number, key)
    question = run.verdict["next_question"]["id"]
    before = len(run.verdict["candidates"])
    assert f'name="question" value="{question}"' in page_of(rina, number)

    path = f"/tiket/{number}/periksa/{key}"
    assert rina.send(f"{path}/jawab", {"question": question, "value": "tidak"}).status_code == 303
    answered = office.probing.get(cast.lead, number, key)
    assert len(answered.verdict["candidates"]) < before
    page = section(page_of(rina, number))
    assert "Kata orang di lokasi" in page
    assert "Router Dukcapil menjawab ping? Tidak." in page

    assert rina.send(f"{path}/tarik", {"said": question}).status_code == 303
    assert len(office.probing.get(cast.lead, number, key).verdict["candidates"]) == before
    assert "Kata orang di lokasi" not in page_of(rina, number)
    assert len(office.tools.jobs.runs) == 1, "nothing is probed again"


def test_who_does_not_know_is_asked_something_else(rina, look, number, office, cast, town):
    town.silent = BEHIND
    key = look()
    asked = office.probing.get(cast.lead, number, key).verdict["next_question"]["id"]
    rina.send(f"/tiket/{number}/periksa/{key}/jawab", {"question": asked, "value": "tidak tahu"})
    after = office.probing.get(cast.lead, number, key).verdict["next_question"]
    assert after is None or after["id"] != asked


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"question": "power/rt-dukcapil", "value": "mungkin"}, 400),
        ({"question": "power/rt-dukcapil"}, 400),
        ({"question": "power/entah", "value": "ya"}, 303),
        ({"question": SCRIPT, "value": "ya"}, 303),
    ],
)
def test_what_is_no_answer_changes_nothing(rina, look, number, office, cast, town, *, form, status):
    town.silent = BEHIND
    key = look()
    assert rina.send(f"/tiket/{number}/periksa/{key}/jawab", form).status_code == status
    assert not office.probing.get(cast.lead, number, key).told
    assert "<script>alert" not in rina.get(f"/tiket/{number}").text


def test_only_the_team_of_the_ticket_looks_and_answers(client_of, look, number, town):
    town.silent = BEHIND
    key = look()
    for name in ("joko", "salim", "irawan"):
        page = page_of(client_of(name), number)
        assert "Gangguan di satu dari" in page, name
        assert "/jawab" not in page, name
        assert "Periksa lagi" not in section(page), name
        answer = client_of(name).send(
            f"/tiket/{number}/periksa/{key}/jawab", {"question": "power/rt-dukcapil", "value": "ya"}
        )
        assert answer.status_code == 403, name
    dewi = client_of("dewi")
    assert 'id="pemeriksaan"' not in dewi.get(f"/tiket/{number}").text
    assert dewi.get(f"/tiket/{number}/periksa/{key}").status_code == 403


# ---- After the repair -------------------------------------------------------------------------


def test_step_11_shows_both_looks_side_by_side(rina, look, number, town, taken):
    town.silent = BEHIND
    first = look()
    taken(number, "trial", runs=[first])
    assert "Periksa lagi, dan bandingkan" in page_of(rina, number)
    town.silent = set()
    look()
    page = section(page_of(rina, number))

    assert "Berfungsi kembali" in page
    table = page.partition("<table")[2].partition("</table>")[0]
    assert "0 dari 3 alamat menjawab" in table
    assert "lebih baik" in table
    assert page.count("<svg") == 2
    assert len(set(re.findall(r'id="(jalur-[^"]+)"', page))) == 4, "titles and descriptions of two"
    assert "Sudah pulih" in page
    assert "Pemeriksaan sebelumnya" in page


def test_a_fault_that_may_come_back_is_looked_at_again_by_itself_unless_that_is_dropped(
    rina, look, number, town, taken
):
    town.silent = BEHIND
    look()
    taken(number, "trial")
    town.silent = {"10.1.0.2"}
    look()
    page = page_of(rina, number)
    assert "Membaik, tetapi belum pulih" in page
    assert "Diperiksa lagi dengan sendirinya" in page
    drop = re.search(rf'action="(/tiket/{number}/periksa/\w+/batal)"', page)[1]
    assert rina.send(drop).status_code == 303
    assert "Diperiksa lagi dengan sendirinya" not in page_of(rina, number)


# ---- One cause of several tickets -------------------------------------------------------------


@pytest.mark.slow
def test_tickets_behind_the_same_place_are_offered_as_one_outage_and_parted_again(
    rina, client_of, look, number, town, *, office, cast, facts_for, taken
):
    letter = facts_for(
        "letter", agency="dikbud", site="", letter_number="9/2026", agenda_number="009/2026"
    )
    other = taken(office.tickets.register(cast.lead, letter).number, "examination")
    town.silent = BEHIND | {"10.9.9.2", "10.2.0.1"}
    look()
    page = page_of(rina, number)
    assert f'name="tickets" value="{other}"' in page

    assert rina.send(f"/tiket/{number}/bersama", {"tickets": other}).status_code == 303
    for one, beside in ((number, other), (other, number)):
        there = page_of(rina, one).partition('id="bersama"')[2]
        assert "Satu penyebab di" in there
        assert f"/tiket/{beside}" in there
    assert 'id="bersama"' not in client_of("dewi").get(f"/tiket/{number}").text

    assert rina.send(f"/tiket/{number}/bersama/lepas", {"ticket": other}).status_code == 303
    assert "Satu penyebab di" not in page_of(rina, other)


def test_nothing_chosen_is_no_outage(rina, number):
    assert rina.send(f"/tiket/{number}/bersama", {}).status_code == 303
    assert "Pilih dahulu tiket" in page_of(rina, number)


# ---- What is suggested ------------------------------------------------------------------------


def test_the_form_of_step_5_says_what_the_look_suggests(rina, look, number, town):
    town.silent = {"10.1.0.2"}
    look()
    form = page_of(rina, number).partition('id="langkah"')[2]
    assert "Menurut pemeriksaan: " in form


def test_a_run_of_an_earlier_pulih_is_still_shown(rina, office, cast, number):
    rina.send(f"/tiket/{number}/periksa", {"addresses": "127.0.0.1"})
    key = office.tools.jobs.runs[-1]
    office.probing.perform(key)
    page = section(page_of(rina, number))
    assert "Angka mentah" in page
    assert Shown.__name__ not in page
