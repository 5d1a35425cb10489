"""What was looked for in vain: noted by the search itself, listed, answered."""

from __future__ import annotations

import pytest

from pulih.errors import StoreAway

pytestmark = pytest.mark.slow  # as a whole

LIST = "/kasus/dicari"
SCRIPT = '"><script>alert(1)</script>'


@pytest.fixture
def rina(client_of):
    return client_of("rina")


@pytest.fixture
def wanted(office, cast):
    return lambda **more: office.wanted.page(cast.admin, **more).items


def test_a_search_that_finds_nothing_is_noted_by_itself(rina, wanted, desk):
    desk()
    answer = rina.get("/kasus/?q=telepon+bisu")
    assert answer.status_code == 200
    assert "tercatat di daftar yang dicari" in answer.text
    rina.get("/kasus/?q=Bisu,+Telepon")
    assert [(one.words, one.times) for one in wanted()] == [("Bisu, Telepon", 1)]
    assert "Bisu, Telepon" in rina.get(LIST).text


@pytest.mark.parametrize(
    "search", ["?q=loket", "", "?q=", "?q=%20", "?q=telepon&opd=dikbud", "?q=%3F%3F"]
)
def test_a_search_that_finds_something_or_asks_for_less_is_not(rina, wanted, desk, search):
    desk()
    assert rina.get(f"/kasus/{search}").status_code == 200
    assert wanted() == ()


def test_who_finds_nothing_that_fits_says_so(rina, wanted, desk):
    desk()
    page = rina.get("/kasus/?q=loket").text
    assert "Tidak ada yang cocok?" in page
    answer = rina.send(LIST, {"words": "loket lambat"})
    assert (answer.status_code, answer.location) == (303, "/kasus/?q=loket+lambat")
    assert [one.words for one in wanted()] == ["loket lambat"]


def test_beside_a_ticket_it_is_said_with_the_ticket(rina, wanted, desk):
    number = desk("examination", letter_number="9/A")
    assert 'action="/kasus/dicari"' in rina.get(f"/tiket/{number}").text
    answer = rina.send(LIST, {"words": "telepon bisu", "ticket": number})
    assert answer.location == f"/tiket/{number}#temuan"
    assert [one.ticket for one in wanted()] == [number]
    assert f"/tiket/{number}" in rina.get(LIST).text
    assert rina.send(LIST, {"words": "cctv", "ticket": "2020-0001"}).status_code == 404


def test_words_beside_a_ticket_that_find_nothing_are_noted(rina, wanted, desk):
    number = desk("examination", letter_number="9/A")
    rina.get(f"/tiket/{number}?kata=telepon+bisu")
    assert [(one.words, one.ticket) for one in wanted()] == [("telepon bisu", number)]


def test_nothing_is_no_search(rina, wanted):
    assert rina.send(LIST, {"words": " ?! "}).status_code == 303
    assert "Tulis dahulu kata yang dicari." in rina.get(LIST).text
    assert wanted() == ()


def test_the_list_says_that_it_is_empty_and_leads_on_by_pages(rina, office, cast, clock):
    assert "Tidak ada yang dicari sia-sia." in rina.get(LIST).text
    assert "Belum ada yang beres." in rina.get(f"{LIST}?keadaan=beres").text
    for n in range(30):
        clock.tick(minutes=1)
        office.wanted.note(cast.lead, f"kata {n}")
    office.wanted.note(cast.technician, "kata 3")

    first = rina.get(LIST).text
    assert first.index("kata 3<") < first.index("kata 29<")
    assert "Halaman 1 dari 2" in first
    for far in ("2", "99", "999999999999999999999"):
        assert "kata 0<" in rina.get(f"{LIST}?halaman={far}").text
    assert rina.get(f"{LIST}?halaman=x").status_code == 200


def test_one_is_settled_with_a_case_and_taken_back(rina, wanted, desk):
    number = desk()
    rina.get("/kasus/?q=telepon+bisu")
    path = f"{LIST}/{wanted()[0].id}"
    assert rina.get(path).status_code == 200

    assert rina.send(path, {"answer": number}).status_code == 303
    assert wanted() == ()
    assert f'href="/kasus/{number}"' in rina.get(f"{LIST}?keadaan=beres").text
    assert "Yang sudah beres (1)" in rina.get(LIST).text
    found = rina.get("/kasus/?q=telepon+bisu").text
    assert "sudah ada jawabannya" in found
    assert f'href="/kasus/{number}"' in found

    assert rina.send(f"{path}/buka").status_code == 303
    assert len(wanted()) == 1


def test_an_answer_that_is_none_is_shown_again_with_what_is_wrong(rina, wanted):
    rina.get("/kasus/?q=telepon+bisu")
    path = f"{LIST}/{wanted()[0].id}"
    for answer in ("2020-0001", "https://jahat.example/", SCRIPT, "a" * 20_000, ""):
        page = rina.send(path, {"answer": answer})
        assert page.status_code == 422, answer
        assert "<script>alert" not in page.text
    assert not wanted()[0].settled


def test_what_was_typed_is_never_markup(rina, wanted):
    rina.get("/kasus/", query_string={"q": f"telepon {SCRIPT}"})
    [one] = wanted()
    for path in (LIST, f"{LIST}/{one.id}"):
        assert "<script>alert" not in rina.get(path).text


def test_a_guide_can_be_begun(rina, wanted):
    rina.get("/kasus/?q=telepon+IP+bisu")
    [one] = wanted()
    answer = rina.get(f"{LIST}/{one.id}/panduan.md")
    assert answer.status_code == 200
    assert answer.mimetype == "text/markdown"
    assert 'filename="telepon-ip-bisu.md"' in answer.headers["Content-Disposition"]
    assert answer.text.startswith("# Telepon IP bisu\n")


def test_what_was_never_looked_for_is_not_found(rina):
    for path in (f"{LIST}/x", f"{LIST}/x/panduan.md"):
        assert rina.get(path).status_code == 404
    for path in (f"{LIST}/x", f"{LIST}/x/buka"):
        assert rina.send(path, {"answer": "panduan/x"}).status_code == 404


def test_heads_above_read_the_list_and_settle_nothing(client_of, rina, wanted):
    rina.get("/kasus/?q=telepon+bisu")
    path = f"{LIST}/{wanted()[0].id}"
    irawan = client_of("irawan")
    assert "Sudah ada jawabannya?" not in irawan.get(path).text
    assert irawan.send(path, {"answer": "panduan/x"}).status_code == 403
    assert irawan.send(f"{path}/buka").status_code == 403


def test_agencies_neither_read_nor_write_it(client_of, wanted):
    dewi = client_of("dewi")
    assert dewi.get(LIST).status_code == 403
    assert dewi.send(LIST, {"words": "x"}).status_code == 403
    assert wanted() == ()


def test_a_search_has_its_answer_where_nothing_can_be_noted(rina, wanted, office, monkeypatch):
    def away(_store, _deed):
        raise StoreAway("Penyimpanan tidak terjangkau.")

    monkeypatch.setattr(type(office.tools.store), "write", away)
    answer = rina.get("/kasus/?q=telepon+bisu")
    assert answer.status_code == 200
    assert "Tidak ada kasus yang cocok." in answer.text
    monkeypatch.undo()
    assert wanted() == ()
