"""The search in JSON: whole for people of the office, as published for whoever holds the key."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pulih.domain.scrub import Audience
from pulih.errors import StoreAway

pytestmark = pytest.mark.slow  # as a whole

KEY = "kunci-pencarian-situs-kabupaten-0123456789"
PATH = "/cari.json"
OUTSIDE = {
    "number", "title", "agency", "agency_name", "device_kind", "device", "fault_type", "fault_name",
    "solution_class", "year", "resolved", "cause", "fix", "url",
}  # fmt: skip


@pytest.fixture
def audience():
    return Audience.INTRANET


@pytest.fixture
def office(office, audience):
    """The office of the other tests, with a key for other sites."""
    tools = replace(office.tools, audience=audience)
    published = replace(office.published, tools=tools)
    settings = replace(office.settings, search_token=KEY)
    return replace(office, settings=settings, published=published)


@pytest.fixture
def rina(client_of):
    return client_of("rina")


@pytest.fixture
def case(office, desk):
    """A case that is on the wiki."""

    def closed(**letter: object) -> str:
        number = desk(**letter)
        office.cases.publish_due()
        return number

    return closed


@pytest.fixture
def site(client_of):
    """Ask as another site does: with a key and without a session."""
    browser = client_of()

    def ask(words: str = "", key: str = f"Bearer {KEY}", **more: object):
        given = {"q": words, **more}
        return browser.get(PATH, query_string=given, headers={"Authorization": key})

    return ask


# ---- For people of the office -----------------------------------------------------------------


@pytest.mark.parametrize("who", ["irawan", "nurhayati", "salim", "rina", "joko", "admin"])
def test_everybody_of_the_office_gets_all_that_the_page_shows(client_of, case, who):
    number = case()
    told = client_of(who).get(PATH, query_string={"q": "switch hangus"}).json
    (found,) = told["matches"]
    assert found["number"] == number
    assert any("(sinonim)" in reason for reason in found["reasons"])
    assert any(piece["marked"] for piece in found["passage"]["pieces"])
    assert found["hours"] > 0
    assert found["url"] == f"http://localhost/wiki/kasus/2026/{number}/"
    assert told["facets"]["agency"] == [
        {"value": "dukcapil", "name": "Dinas Kependudukan dan Pencatatan Sipil", "count": 1}
    ]


def test_people_of_an_agency_are_refused_in_json(client_of, case):
    case()
    answer = client_of("dewi").get(PATH, query_string={"q": "loket"})
    assert (answer.status_code, list(answer.json)) == (403, ["error"])
    assert "Anda tidak berwenang" in answer.json["error"]


def test_nobody_is_told_to_sign_in_by_a_status_and_no_page(client_of):
    answer = client_of().get(PATH, query_string={"q": "loket"})
    assert (answer.status_code, answer.is_json) == (401, True)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_session_that_was_idle_too_long_is_over_here_too(rina):
    with rina.client.session_transaction() as session:
        session["seen"] = 1
    assert rina.get(PATH).status_code == 401


def test_pages_and_filters_are_those_of_the_search(rina, case):
    numbers = [case(letter_number=f"{n}/A") for n in range(3)]
    pages = [rina.get(PATH, query_string={"banyak": 2, "halaman": page}).json for page in (1, 2)]
    assert [len(page["matches"]) for page in pages] == [2, 1]
    assert {one["number"] for page in pages for one in page["matches"]} == set(numbers)
    told = rina.get(PATH, query_string={"q": "loket", "opd": "dikbud"}).json
    assert told["matches"] == []
    assert told["wider"][0]["facet"] == "agency"


def test_nothing_is_noted_as_looked_for_in_vain(office, cast, rina):
    assert rina.get(PATH, query_string={"q": "telepon bisu"}).json["total"] == 0
    assert office.wanted.page(cast.admin).total == 0


# ---- With the key -----------------------------------------------------------------------------


def test_the_key_opens_what_the_wiki_publishes_and_no_more(site, case):
    number = case()
    answer = site("switch hangus")
    (found,) = answer.json["matches"]
    assert set(found) == OUTSIDE
    assert found["number"] == number
    assert answer.json.keys() == {"total", "matches", "facets", "wider"}
    assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "key",
    ["Bearer", "Bearer ", f"Bearer {KEY}x", f"bearer {KEY[:-1]}", "Bearer kunci-é", "Bearer " + "x" * 5000],
)  # fmt: skip
def test_another_key_is_refused_also_where_there_is_a_session(site, rina, case, key):
    case()
    assert site("loket", key).status_code == 401
    answer = rina.get(PATH, query_string={"q": "loket"}, headers={"Authorization": key})
    assert (answer.status_code, list(answer.json)) == (401, ["error"])


@pytest.mark.parametrize("header", ["", KEY, f"Basic {KEY}", "Basic cHJveHk6c2FuZGk="])
def test_what_a_proxy_asks_for_is_no_key_and_does_not_end_a_session(site, rina, case, header):
    case()
    assert site("loket", header).status_code == 401
    answer = rina.get(PATH, query_string={"q": "loket"}, headers={"Authorization": header})
    assert answer.status_code == 200


@pytest.mark.parametrize("key", ["Bearer", "Bearer ", "bearer", f"Bearer {KEY}"])
def test_an_office_without_a_key_opens_to_none(app, office, site, case, key):
    case()
    app.extensions["pulih-office"] = replace(
        office, settings=replace(office.settings, search_token="")
    )
    assert site("loket", key).status_code == 401


def test_the_key_is_shown_nowhere(office, site, caplog):
    assert KEY not in repr(office.settings)
    site("loket", f"Bearer {KEY}x")
    assert KEY not in caplog.text


def test_the_key_opens_no_other_page(client_of, case):
    case()
    answer = client_of().get("/kasus/?q=loket", headers={"Authorization": f"Bearer {KEY}"})
    assert answer.status_code == 303


def test_a_case_that_is_taken_off_the_wiki_or_not_on_it_yet_is_not_told(
    office, cast, site, case, desk
):
    number, waiting = case(), desk(letter_number="9/A")
    assert [one["number"] for one in site("loket").json["matches"]] == [number]
    office.retracting.retract(cast.section, number, "Memuat denah ruang server.")
    told = site("loket")
    assert number not in told.text
    assert waiting not in told.text


def test_an_open_ticket_is_not_told(site, desk):
    desk("examination", subject="Telepon meja bisu")
    assert "Telepon meja bisu" not in site("telepon bisu").text


@pytest.mark.parametrize("audience", [Audience.PUBLIC])
def test_the_public_gets_no_address_and_cannot_ask_for_one(office, cast, site, case):
    case(subject="Loket tidak dapat membuka 10.20.30.40")
    told = site("loket").text
    assert "10.20.30.40" not in told
    assert "Loket tidak dapat membuka" in told
    nonsense = site("qwrtzpsdf").json
    assert site("10.20.30.40").json["total"] == nonsense["total"]
    assert site("10.20.30").json["total"] == nonsense["total"]
    assert cast.lead.name not in site("").text


@pytest.mark.slow
@pytest.mark.parametrize("audience", [Audience.PUBLIC])
@pytest.mark.parametrize(
    "words",
    ["172.29", "172", "229", "172 229", "vlan229", "17 2", "loket 172", "loket 172.29", "iraw", "Irawan", "irawna",
     "ira wan", "loketirawan"],
)  # fmt: skip
def test_the_public_cannot_ask_for_a_part_of_what_is_hidden(cast, site, case, words):
    lead = cast.head.name.split()[0]
    assert lead == "Irawan"
    case(subject="Loket tidak dapat membuka halaman", letter_number="1/A")
    hidden = case(
        subject=f"Loket padam kata {cast.head.name} di 172.29.40.229", letter_number="2/A"
    )
    page = next(one for one in site("padam").json["matches"] if one["number"] == hidden)
    assert lead not in page["title"]
    assert "172" not in page["title"]
    expected = site("loket" if words.startswith("loket ") else "qwrtzpsdf").json
    assert site(words).json == expected


# ---- What is odd ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("odd", "name"),
    [("halaman=0", "halaman"), ("halaman=-1", "halaman"), ("halaman=x", "halaman"), ("halaman=²", "halaman"),
     ("halaman=" + "9" * 5000, "halaman"), ("banyak=51", "banyak"), ("banyak=1.5", "banyak"),
     ("opd=" + "x" * 81, "opd"), ("agency=dikbud", "agency"), ("<b>=1", "<b>")],
)  # fmt: skip
def test_a_parameter_that_does_not_fit_is_said_by_its_name(rina, odd, name):
    answer = rina.get(f"{PATH}?q=loket&{odd}")
    assert answer.status_code == 400
    assert list(answer.json["parameters"]) == [name]
    assert answer.json["error"] == "Pencarian ini tidak dapat dibaca."


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    ["internet lemot " * 700, "?!#$%^&*()", 'loket AND NOT ("putus"', "'; DROP TABLE tickets; --",
     "<script>alert(1)</script>", "📶🚫", "a", "\u200b\x00", "\ud800"],
)  # fmt: skip
def test_words_are_never_an_error(rina, site, case, words):
    case()
    for answer in (
        rina.get(PATH, query_string={"q": words.encode("utf-8", "surrogatepass")}),
        site(words.encode("utf-8", "surrogatepass")),
    ):
        assert answer.status_code == 200
        assert json.loads(answer.get_data())["total"] in (0, 1)


def test_another_method_is_refused_in_json(rina):
    answer = rina.send(PATH)
    assert (answer.status_code, answer.is_json) == (405, True)


def test_records_that_are_away_are_said_in_json(rina, office, monkeypatch):
    def away(_store):
        raise StoreAway("Basis data tidak dapat dihubungi.")

    monkeypatch.setattr(type(office.tools.store), "reading", away)
    answer = rina.get(PATH)
    assert (answer.status_code, answer.is_json) == (503, True)
    assert answer.headers["Retry-After"]
